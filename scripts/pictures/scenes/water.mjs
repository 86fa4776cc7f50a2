// By the water: harbour, archipelago, beach, night over the river.
import {
  P,
  WIDTH,
  chance,
  cloud,
  disc,
  fade,
  glow,
  gull,
  hills,
  inside,
  mirror,
  oval,
  poly,
  rect,
  road,
  rock,
  see,
  shadow,
  shape,
  sky,
  stroke,
  sun,
  times,
  water,
} from "../draw.mjs";
import { bush, grass, pine } from "../nature.mjs";
import { child, person } from "../people.mjs";
import { bench, house, lamp, row, skyline } from "../city.mjs";
import { crane, ferry, rowboat, sail } from "../vehicles.mjs";

export function hamn() {
  const town = skyline(470, "#a9c6d6", 12, { low: 40, high: 120 });
  const houses = row(860, 560, [
    { w: 190, h: 190, wall: P.brick, roof: "gable", roofColour: P.rust, cols: 3, rows: 3, rise: 90, chimneys: 0, frame: P.cream, doorColour: P.deep },
    { w: 150, h: 230, gap: 6, wall: P.sand, roofColour: P.slate, cols: 3, rows: 4, dormers: 1, seed: 4 },
    { w: 230, h: 180, wall: "#cf8d6f", roof: "saddle", roofColour: P.deep, cols: 5, rows: 3, seed: 5 },
    { w: 200, h: 220, wall: P.rust, roof: "gable", roofColour: P.deep, cols: 3, rows: 3, rise: 100, chimneys: 0, frame: P.cream, seed: 8 },
  ]);
  return (
    sky("#a8cfe6", "#dcebf3", "#fdf1dc", "#fbf6ea") +
    sun(420, 330, 62) +
    cloud(930, 170, 330, P.white, 0.8, 3) +
    cloud(180, 130, 240, P.white, 0.6, 9) +
    cloud(1340, 260, 220, P.white, 0.7, 4) +
    hills(470, 90, "#bfd6df", 7) +
    town +
    see(0.85, crane(250, 560, 0.78, "#c9785a") + crane(560, 560, 0.92, P.brick)) +
    rect(0, 548, WIDTH, 20, "#8fa4ad") +
    rect(0, 562, WIDTH, 10, P.slate) +
    houses +
    water(570, "#8fbcd3", "#2f7da5", { seed: 8, count: 90 }) +
    mirror(571, houses + see(0.8, crane(560, 560, 0.92, P.brick) + crane(250, 560, 0.78, "#c9785a")), 0.22, 0.55) +
    road(420, 575, 170, "#fff6dc", 6, 860) +
    rowboat(1330, 700, 1.1, P.brick) +
    oval(680, 736, 260, 10, P.deep, 'opacity=".25"') +
    ferry(680, 720, 1.25) +
    times(5, (i) => stroke(`M${880 + i * 34} ${742 + (i % 2) * 8}h${50 + i * 8}`, P.white, 4, 'opacity=".6"')) +
    rect(0, 872, WIDTH, 128, fade(["#d9d2c4", "#b9b2a6"])) +
    rect(0, 866, WIDTH, 14, "#efe8da") +
    times(17, (i) => rect(i * 98 + 20, 880, 3, 120, "#9d968b", 0, 'opacity=".5"')) +
    rect(0, 930, WIDTH, 3, "#9d968b", 0, 'opacity=".5"') +
    [110, 760, 1180]
      .map(
        (x) =>
          shadow(x + 8, 905, 34) +
          shape(`M${x - 16} 903V876Q${x - 26} 866 ${x - 20} 858H${x + 20}Q${x + 26} 866 ${x + 16} 876V903z`, P.ink) +
          rect(x - 24, 856, 48, 9, P.slate, 4),
      )
      .join("") +
    bench(1290, 930, 170) +
    person(330, 950, 190, { coat: P.brick, hat: P.gold, scarf: P.butter, legs: "walk", look: 0 }) +
    child(420, 956, 122, { coat: P.gold, trousers: P.sea, legs: "walk", hat: P.blue, look: 0 }) +
    person(1040, 938, 178, { coat: P.sea, arms: "wave", hair: "long", look: 3, trousers: P.deep }) +
    gull(300, 240, 26) +
    gull(390, 205, 17) +
    gull(700, 210, 22) +
    gull(760, 300, 14)
  );
}

export function skargard() {
  const boathouse = (x, base, w, h, wall = "#a8452c") =>
    rect(x + 10, base - 4, 12, 50, P.bark) +
    rect(x + w - 22, base - 4, 12, 50, P.bark) +
    house(x, base, w, h, {
      wall,
      roof: "gable",
      roofColour: P.slate,
      rise: h * 0.62,
      cols: 2,
      rows: 1,
      chimneys: 0,
      boards: true,
      doorColour: P.deep,
      ww: 0.3,
      wh: 0.5,
      bars: 2,
    });
  const huts = boathouse(930, 610, 170, 105) + boathouse(1120, 616, 150, 92, P.gold) + boathouse(1290, 612, 180, 112);
  return (
    sky("#8fc1e0", "#cfe5f1", "#f6f3e6") +
    sun(1240, 250, 50, P.butter) +
    cloud(120, 210, 330, P.white, 0.85, 5) +
    cloud(640, 130, 260, P.white, 0.7, 8) +
    cloud(1000, 330, 200, P.white, 0.6, 2) +
    water(470, "#b4d6e6", "#1f6f94", { seed: 4, count: 110 }) +
    road(1240, 474, 110, P.cream, 8, 700) +
    see(0.6, rock(-60, 476, 330, 50, "#cdbfae", 3) + rock(520, 474, 260, 34, "#cdbfae", 6) + rock(1380, 476, 300, 46, "#cdbfae", 4)) +
    see(0.95, rock(210, 500, 350, 74, "#dcc6ae", 8)) +
    rect(366, 300, 30, 130, P.white) +
    shape("M362 432L366 300H396L400 432z", P.white) +
    rect(365, 336, 33, 28, P.brick) +
    rect(363, 392, 36, 28, P.brick) +
    rect(360, 292, 42, 9, P.ink, 2) +
    rect(368, 270, 26, 24, P.butter) +
    poly(
      [
        [364, 272],
        [381, 250],
        [398, 272],
      ],
      P.brick,
    ) +
    house(410, 444, 74, 40, { wall: P.white, roof: "gable", roofColour: P.brick, cols: 2, rows: 1, chimneys: 0, door: false, rise: 28 }) +
    sail(700, 600, 1.25, {}) +
    mirror(618, sail(700, 600, 1.25), 0.18, 0.5) +
    sail(180, 540, 0.42, { hull: P.deep }) +
    rock(800, 690, 420, 120, "#dfc3a6", 2) +
    rock(1110, 690, 560, 150, "#d6b99c", 5) +
    pine(1515, 575, 190, P.pine) +
    bush(1440, 590, 90, P.moss, 5) +
    huts +
    mirror(668, huts, 0.2, 0.5) +
    rect(880, 652, 640, 12, P.wood) +
    times(32, (i) => rect(880 + i * 20, 652, 2, 12, P.bark)) +
    times(8, (i) => rect(900 + i * 84, 662, 9, 52, P.bark)) +
    person(1090, 652, 104, { coat: P.blue, look: 2, trousers: P.ink, hat: P.brick }) +
    rowboat(830, 706, 1.1, P.brick) +
    rowboat(1330, 730, 1.2, P.sea) +
    rock(-120, 1040, 780, 250, "#e3c7a8", 7) +
    rock(360, 1060, 560, 150, "#cfae90", 9) +
    rock(1200, 1050, 620, 140, "#d8b798", 12) +
    grass(120, 822, 220, 20, P.moss, 22, 3) +
    times(26, (i) => disc(150 + ((i * 67) % 230), 815 + ((i * 29) % 26), 4.5, i % 3 ? "#e5a3b0" : P.butter)) +
    person(262, 868, 150, { coat: P.gold, hair: "long", legs: "sit", arms: "forward", look: 0, trousers: P.sea, ground: false }) +
    gull(560, 300, 28) +
    gull(660, 260, 18) +
    gull(900, 390, 20) +
    gull(1090, 180, 15)
  );
}

export function badplats() {
  const parasol = (x, y, size, a, b) =>
    rect(x - 2.5, y - 150 * size, 5, 150 * size, P.bark) +
    times(6, (i) =>
      shape(
        `M${x} ${y - 178 * size}Q${x + (-110 + i * 36.6) * size} ${y - 160 * size} ${x + (-110 + i * 36.6) * size} ${y - 112 * size}Q${x + (-92 + i * 36.6) * size} ${y - 124 * size} ${x + (-73.4 + i * 36.6) * size} ${y - 112 * size}Q${x + (-73.4 + i * 36.6) * size} ${y - 160 * size} ${x} ${y - 178 * size}z`,
        i % 2 ? a : b,
      ),
    );
  const swimmer = (x, y, s, cap) =>
    oval(x, y + 4, 34 * s, 7 * s, P.white, 'opacity=".6"') +
    disc(x, y - 10 * s, 12 * s, "#e3b390") +
    shape(`M${x - 12 * s} ${y - 12 * s}A12 12 0 0 1 ${x + 12 * s} ${y - 12 * s}z`, cap) +
    shape(`M${x - 12 * s} ${y - 11 * s}A${12 * s} ${12 * s} 0 0 1 ${x + 12 * s} ${y - 11 * s}z`, cap) +
    stroke(`M${x + 14 * s} ${y - 2}q${14 * s} ${-18 * s} ${26 * s} ${-4 * s}`, "#e3b390", 7 * s);
  const towel = (x, y, w, colour) =>
    poly(
      [
        [x, y],
        [x + w, y - 12],
        [x + w + 40, y + 26],
        [x + 34, y + 40],
      ],
      colour,
    ) +
    poly(
      [
        [x + w * 0.3, y - 4],
        [x + w * 0.45, y - 5],
        [x + w * 0.45 + 37, y + 33],
        [x + w * 0.3 + 35, y + 35],
      ],
      P.cream,
      'opacity=".7"',
    );
  return (
    sky("#79b7df", "#bfe0ee", "#f3f3e4") +
    sun(260, 190, 66, P.butter) +
    cloud(900, 170, 360, P.white, 0.9, 6) +
    cloud(480, 260, 200, P.white, 0.7, 2) +
    cloud(1330, 280, 240, P.white, 0.75, 11) +
    hills(450, 70, "#9fc0b4", 13) +
    hills(462, 40, "#7fa992", 21) +
    water(450, "#9ed0de", "#3f9bb5", { seed: 9, count: 90, low: 800 }) +
    road(260, 454, 150, P.cream, 3, 640) +
    sail(1060, 505, 0.62, { hull: P.deep }) +
    sail(1240, 490, 0.4) +
    rock(-90, 640, 380, 150, "#d9bb9c", 4) +
    pine(60, 510, 210, P.pine) +
    pine(150, 540, 150, P.moss, -0.05) +
    rect(620, 560, 620, 15, P.wood) +
    times(31, (i) => rect(620 + i * 20, 560, 2, 15, P.bark)) +
    times(7, (i) => rect(640 + i * 96, 572, 10, 62, P.bark) + rect(640 + i * 96, 634, 10, 40, P.bark, 0, 'opacity=".25"')) +
    rect(1244, 516, 7, 128, P.slate) +
    rect(1272, 516, 7, 128, P.slate) +
    times(5, (i) => rect(1244, 534 + i * 22, 35, 5, P.slate)) +
    child(1000, 560, 96, { coat: P.brick, trousers: P.brick, arms: "up", look: 3 }) +
    child(1218, 556, 92, { coat: P.gold, legs: "run", arms: "up", look: 1, trousers: P.gold }) +
    person(850, 560, 122, { coat: P.sea, trousers: P.sea, look: 2, hair: "short" }) +
    swimmer(500, 690, 1.2, P.brick) +
    swimmer(760, 730, 1.4, P.deep) +
    swimmer(1390, 660, 1.1, P.gold) +
    swimmer(1130, 705, 1.2, P.blue) +
    shape("M0 800C260 742 520 800 800 790S1300 720 1600 770V1000H0z", "#bfe3e6", 'opacity=".8"') +
    shape("M0 820C260 766 520 822 800 812S1300 744 1600 792V1000H0z", fade(["#f2e0bd", "#e4c994"])) +
    stroke("M0 818C260 764 520 820 800 810S1300 742 1600 790", P.white, 7, 'opacity=".8"') +
    shadow(330, 935, 130, 20) +
    parasol(320, 930, 1.35, P.cream, P.brick) +
    towel(330, 930, 150, P.blue) +
    towel(900, 900, 150, P.sea) +
    person(1010, 930, 160, { coat: P.gold, legs: "sit", arms: "hold", hair: "bun", look: 3, trousers: P.sea, ground: false }) +
    child(620, 930, 128, { coat: P.brick, legs: "run", look: 4, trousers: P.deep }) +
    person(1370, 940, 190, { coat: P.pale, trousers: P.blue, look: 1, legs: "walk", bag: P.brick, flip: true, skirt: true, hair: "long" }) +
    child(1270, 946, 112, { coat: P.teal, trousers: P.navy, look: 1, flip: true, legs: "walk" }) +
    shape("M730 960L742 914H786L798 960z", P.rose) +
    times(3, (i) => rect(738 + i * 19, 904, 12, 12, P.rose)) +
    shape("M836 962L830 924H866L860 962z", P.blue) +
    stroke("M832 922Q848 898 864 922", P.deep, 3) +
    disc(500, 962, 20, P.cream) +
    shape("M480 962A20 20 0 0 1 500 942V962z", P.brick) +
    shape("M520 962A20 20 0 0 1 500 982V962z", P.blue) +
    gull(640, 150, 24) +
    gull(740, 190, 16)
  );
}

export function natt() {
  const next = chance(77),
    city = skyline(590, "#164c6d", 5, { low: 60, high: 200, lit: 0.34 }),
    near = skyline(610, "#0d3854", 16, { low: 40, high: 130, lit: 0.5, to: 720 }) + skyline(610, "#0d3854", 23, { low: 50, high: 150, lit: 0.45, from: 1180 });
  const tower = (x) =>
    poly(
      [
        [x - 16, 640],
        [x - 7, 210],
        [x + 7, 210],
        [x + 16, 640],
      ],
      "#dfe9ee",
    ) +
    poly(
      [
        [x + 1, 640],
        [x + 1, 210],
        [x + 7, 210],
        [x + 16, 640],
      ],
      "#a5bccb",
    ) +
    disc(x, 204, 5, "#ff9d7a");
  const ropes = (x) =>
    times(11, (i) => stroke(`M${x} ${230 + i * 9}L${x - 320 + i * 26} 560M${x} ${230 + i * 9}L${x + 320 - i * 26} 560`, "#cfe0ea", 1.7, 'opacity=".75"'));
  const bridge =
    ropes(720) +
    ropes(1220) +
    tower(720) +
    tower(1220) +
    rect(240, 556, 1400, 15, "#b9ccd7") +
    rect(240, 568, 1400, 7, "#5f7e92") +
    times(
      18,
      (i) =>
        rect(268 + i * 78, 524, 3, 34, "#b9ccd7") +
        disc(270 + i * 78, 522, 5, "#ffe3a6") +
        disc(
          270 + i * 78,
          522,
          22,
          glow([
            ["#ffe3a6", 0.6],
            ["#ffe3a6", 0],
          ]),
        ),
    );
  return (
    sky("#04233b", "#0b3c60", "#2a6488", "#7fa3b4") +
    disc(
      330,
      210,
      190,
      glow([
        ["#eaf3f8", 0.4],
        ["#eaf3f8", 0],
      ]),
    ) +
    disc(330, 210, 56, "#f4efe0") +
    disc(312, 196, 11, "#e2dcc9") +
    disc(348, 226, 15, "#e6e0cd") +
    disc(338, 184, 6, "#e2dcc9") +
    times(120, () => disc(next() * 1600, next() * 380, 0.8 + next() * 1.8, P.white, `opacity="${(0.3 + next() * 0.7).toFixed(2)}"`)) +
    shape(
      "M420 420C700 300 1000 380 1240 240S1500 200 1600 130V0C1400 60 1250 60 1060 150S700 180 420 420z",
      fade([
        ["#6fd0b4", 0],
        ["#6fd0b4", 0.3],
        ["#6fd0b4", 0],
      ]),
    ) +
    hills(560, 90, "#1b5172", 31) +
    city +
    near +
    bridge +
    water(610, "#285f80", "#062a45", { seed: 15, count: 60, glint: "#9fc6dc", strength: 0.35 }) +
    inside(rect(0, 612, WIDTH, 400, "#000"), mirror(612, city + near + bridge, 0.3, 0.8)) +
    times(70, () => {
      const x = next() * 1600,
        y = 630 + next() * 210;
      return rect(x, y, 5 + next() * 8, 26 + next() * 50, next() < 0.8 ? "#ffd98a" : "#ffb08a", 4, `opacity="${(0.08 + next() * 0.25).toFixed(2)}"`);
    }) +
    road(330, 640, 60, "#f4efe0", 7, 860) +
    times(
      1,
      () =>
        shape("M860 726H1150Q1138 756 1110 760H890Q868 754 860 726z", "#07243a") +
        rect(900, 690, 200, 38, "#12405f", 5) +
        times(7, (i) => rect(910 + i * 27, 698, 19, 18, "#ffe0a0", 3)) +
        rect(960, 664, 70, 28, "#12405f", 4) +
        rect(968, 670, 54, 13, "#ffe0a0", 3) +
        times(7, (i) => rect(914 + i * 27, 770, 10, 40 + (i % 3) * 12, "#ffd98a", 4, 'opacity=".3"')),
    ) +
    shape("M0 880H1600V1000H0z", "#04192b") +
    rect(0, 874, WIDTH, 9, "#244e68") +
    stroke("M0 830H1600", "#1d4a66", 5) +
    times(27, (i) => rect(20 + i * 60, 830, 4, 48, "#1d4a66")) +
    [190, 780, 1390]
      .map(
        (x) =>
          lamp(x, 930, 290, true) +
          oval(
            x,
            938,
            210,
            40,
            glow([
              ["#ffdf9a", 0.5],
              ["#ffdf9a", 0],
            ]),
          ),
      )
      .join("") +
    person(1110, 950, 178, { coat: "#17476a", legs: "walk", look: 0, hat: P.brick, scarf: P.gold, trousers: "#020f1b" }) +
    person(1195, 952, 170, { coat: P.brick, legs: "walk", look: 2, hair: "long", trousers: "#020f1b" }) +
    person(520, 948, 172, { coat: "#2d5f6b", look: 3, trousers: "#020f1b", long: true, flip: true, hat: P.sea })
  );
}
