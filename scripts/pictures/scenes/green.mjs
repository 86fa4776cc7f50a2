// Parks and gardens.
import {
  P,
  WIDTH,
  cloud,
  darker,
  disc,
  fade,
  hills,
  inside,
  lighter,
  mirror,
  oval,
  place,
  poly,
  rect,
  shadow,
  shape,
  sky,
  stroke,
  sun,
  times,
} from "../draw.mjs";
import { birch, flowers, grass, tree } from "../nature.mjs";
import { child, person, wheeled } from "../people.mjs";
import { bench, house, skyline } from "../city.mjs";

const duck = (x, y, s = 1, colour = P.wood) =>
  place(
    x,
    y,
    shape("M-22 0Q-26 -12 -12 -13Q4 -14 10 -10Q12 -24 22 -24Q31 -23 30 -15L38 -12L29 -9Q24 2 14 6H-12Q-20 4 -22 0z", colour) +
      disc(22, -17, 9, P.pine) +
      poly(
        [
          [29, -18],
          [40, -13],
          [29, -11],
        ],
        P.gold,
      ) +
      stroke("M-30 9H34", P.white, 2, 'opacity=".6"'),
    s,
  );

export function park() {
  const bridge =
    shape("M500 640Q760 470 1020 640L1000 656Q760 520 520 656z", "#d9c6a4") +
    stroke("M492 606Q760 430 1028 606", P.deep, 7) +
    times(13, (i) => {
      const t = i / 12,
        x = 500 + t * 520,
        y = 640 - 170 * 4 * t * (1 - t) * 0.5;
      return rect(x - 2, y - 36, 4, 36, P.deep);
    });
  const pond = "M180 720C200 620 520 590 820 610S1420 640 1460 730S1120 860 760 850S160 830 180 720z";
  return (
    sky("#9ccfe6", "#d9eef0", "#f6f4dd") +
    sun(360, 170, 58, P.butter) +
    cloud(640, 150, 300, P.white, 0.85, 5) +
    cloud(1180, 110, 260, P.white, 0.75, 8) +
    skyline(470, "#b6d0d3", 11, { low: 30, high: 110 }) +
    hills(500, 80, "#a5c7a8", 4) +
    hills(540, 60, "#8ab58c", 9) +
    times(9, (i) => tree(60 + i * 190, 560 + (i % 2) * 14, 200 + (i % 3) * 40, [P.moss, P.leaf, "#79a577"][i % 3], { seed: i + 2 })) +
    shape("M0 570Q800 530 1600 570V1000H0z", fade(["#9cc48f", "#6fa06a"])) +
    shape(pond, fade(["#b7dbe4", "#4e98ad"])) +
    inside(
      shape(pond, "#000"),
      mirror(650, bridge, 0.3, 0.75) +
        times(26, (i) => rect(220 + ((i * 173) % 1180), 640 + ((i * 37) % 190), 50 + (i % 4) * 18, 3, P.white, 2, 'opacity=".45"')),
    ) +
    stroke(pond, "#5b8a58", 7, 'opacity=".6"') +
    bridge +
    person(760, 552, 104, { coat: P.brick, look: 1, hair: "long" }) +
    child(800, 554, 70, { coat: P.gold, look: 1, arms: "wave" }) +
    duck(460, 740, 1.1) +
    duck(560, 765, 1, "#8c8378") +
    duck(390, 775, 0.7, P.gold) +
    duck(1100, 720, 0.9, "#8c8378") +
    times(9, (i) => oval(1180 + (i % 5) * 44, 770 + (i % 3) * 22, 20, 7, P.moss) + (i % 3 ? "" : disc(1180 + (i % 5) * 44, 762 + (i % 3) * 22, 8, P.rose))) +
    shape("M1600 690C1500 760 1300 900 900 912S300 900 0 1000H1600z", "#7fb077") +
    shape("M1600 830C1380 930 980 940 640 960L560 1000H900C1200 990 1500 960 1600 900z", "#eadcc0") +
    birch(1480, 880, 560, P.leaf, 3) +
    birch(1390, 860, 430, "#a2c795", 8) +
    tree(90, 870, 520, P.moss, { seed: 5 }) +
    bench(1080, 905, 190) +
    person(1140, 893, 160, { coat: P.sea, legs: "sit", arms: "hold", look: 4, ground: false, hair: "bald" }) +
    person(1215, 893, 158, { coat: P.plum, legs: "sit", arms: "forward", look: 3, hair: "bun", ground: false, flip: false }) +
    wheeled(840, 975, 170, { coat: P.gold, look: 2, trousers: P.deep }) +
    person(700, 978, 196, { coat: P.blue, look: 0, legs: "walk", hair: "long" }) +
    poly(
      [
        [250, 930],
        [420, 905],
        [520, 945],
        [340, 978],
      ],
      P.brick,
    ) +
    times(4, (i) =>
      poly(
        [
          [292 + i * 44, 924 - i * 6.4],
          [304 + i * 44, 922 - i * 6.4],
          [394 + i * 44, 962 - i * 7],
          [382 + i * 44, 964 - i * 7],
        ],
        P.cream,
        'opacity=".55"',
      ),
    ) +
    rect(355, 905, 56, 34, P.wood, 4) +
    stroke("M362 905Q383 876 404 905", P.wood, 5) +
    grass(20, 900, 1560, 90, "#5d8f5c", 70, 6) +
    flowers(20, 905, 210, 70, [P.white, P.gold, P.rose], 34, 3, 6)
  );
}

export function lekplats() {
  const swing = (x, y, kid) =>
    stroke(`M${x - 15} 470L${x - 15 + y} 770M${x + 15} 470L${x + 15 + y} 770`, P.ink, 3) + rect(x - 24 + y, 768, 48, 8, P.bark, 3) + kid(x + y, 838);
  const tower =
    rect(980, 420, 14, 450, P.bark) +
    rect(1146, 420, 14, 450, P.bark) +
    rect(970, 600, 200, 16, P.wood) +
    rect(980, 540, 180, 60, P.sea, 4) +
    times(5, (i) => disc(1004 + i * 33, 570, 10, "#174f57")) +
    poly(
      [
        [946, 430],
        [1070, 320],
        [1194, 430],
      ],
      P.brick,
    ) +
    poly(
      [
        [1070, 320],
        [1194, 430],
        [1110, 430],
      ],
      P.rust,
    ) +
    times(7, (i) => rect(900 + i * 0, 640 + i * 34, 82, 8, P.wood, 3)) +
    rect(900, 610, 8, 262, P.bark) +
    shape("M1162 604C1300 640 1330 820 1480 850H1530V872H1470C1320 850 1280 690 1162 640z", P.gold) +
    shape("M1162 604C1300 640 1330 820 1480 850H1530V858H1470C1320 834 1290 670 1162 616z", lighter(P.gold, 0.4));
  return (
    sky("#8fc8e6", "#d5ecf0", "#f8f2da") +
    sun(250, 160, 56, P.butter) +
    cloud(520, 130, 320, P.white, 0.9, 3) +
    cloud(1120, 170, 260, P.white, 0.8, 9) +
    skyline(600, "#b9d2d6", 4, { low: 80, high: 220 }) +
    times(8, (i) => tree(30 + i * 225, 690, 280 + (i % 3) * 50, [P.leaf, P.moss, "#7fae80"][i % 3], { seed: i + 6 })) +
    rect(0, 672, WIDTH, 330, fade(["#a2c78f", "#86b37c"])) +
    times(40, (i) => rect(i * 42, 650, 9, 48, P.cream, 2) + (i % 2 ? "" : rect(i * 42, 660, 84, 6, P.cream))) +
    shape("M120 860C260 790 760 800 1080 820S1560 840 1600 880V1000H60Q60 900 120 860z", fade(["#ecd6a8", "#dcc08a"])) +
    [560, 300].map((x) => shadow(x + 40, 862, 90, 12)).join("") +
    stroke("M210 860L260 466L310 860M650 860L600 466L550 860", P.brick, 13) +
    stroke("M246 466H614", P.brick, 14) +
    swing(370, -70, (x, y) => child(x - 8, y, 118, { coat: P.blue, legs: "sit", arms: "up", look: 1, trousers: P.deep, ground: false })) +
    swing(490, 50, (x, y) => child(x - 8, y, 118, { coat: P.gold, legs: "sit", arms: "up", look: 4, hair: "bun", trousers: P.sea, ground: false })) +
    shadow(1120, 874, 210, 16) +
    tower +
    child(1070, 600, 104, { coat: P.rose, look: 0, arms: "wave", hair: "long", ground: false }) +
    `<g transform="rotate(34 1330 770)">${child(1320, 800, 104, { coat: P.blue, legs: "sit", arms: "up", look: 2, trousers: P.brick, ground: false })}</g>` +
    child(884, 800, 108, { coat: P.brick, look: 3, arms: "up", legs: "walk", trousers: P.navy, ground: false }) +
    person(220, 940, 220, { coat: P.sea, look: 1, arms: "forward", hair: "long" }) +
    oval(800, 948, 130, 26, "#c9a871") +
    rect(676, 915, 250, 16, P.wood, 6) +
    child(740, 946, 100, { coat: P.teal, legs: "sit", arms: "hold", look: 2, ground: false }) +
    child(865, 944, 98, { coat: P.gold, legs: "sit", arms: "hold", look: 0, flip: true, hair: "long", ground: false, trousers: P.brick }) +
    poly(
      [
        [790, 930],
        [812, 900],
        [834, 930],
      ],
      P.ochre,
    ) +
    shape("M1010 962L1004 930H1044L1038 962z", P.blue) +
    stroke("M1006 928Q1024 902 1042 928", P.deep, 3) +
    bench(1240, 960, 200) +
    person(1330, 948, 178, { coat: P.plum, legs: "sit", arms: "hold", look: 3, ground: false }) +
    `<g transform="translate(1520 800)">${rect(-5, -10, 10, 150, P.ink)}${poly(
      [
        [-80, -5],
        [80, -35],
        [80, -23],
        [-80, 7],
      ],
      P.sea,
    )}</g>` +
    flowers(20, 690, 90, 40, [P.white, P.gold], 16, 4, 6) +
    disc(520, 960, 24, P.white) +
    shape("M496 960A24 24 0 0 1 520 936V984A24 24 0 0 1 496 960z", P.brick)
  );
}

export function odling() {
  const bed = (x, y, w, h, plant) =>
    poly(
      [
        [x, y],
        [x + w, y],
        [x + w + 14, y + h],
        [x - 14, y + h],
      ],
      "#6b4c3a",
    ) +
    rect(x - 14, y + h, w + 28, 34, P.wood) +
    rect(x - 14, y + h, w + 28, 5, lighter(P.wood, 0.25)) +
    rect(x - 14, y + h + 17, w + 28, 2.5, darker(P.wood)) +
    plant(x, y, w, h);
  const rowsOf = (one, cols, lines) => (x, y, w, h) =>
    times(cols * lines, (i) =>
      one(x + 22 + ((i % cols) * (w - 44)) / (cols - 1), y + (lines > 1 ? 14 + (Math.floor(i / cols) * (h - 16)) / (lines - 1) : h * 0.7)),
    );
  const cabbage = (x, y) =>
    disc(x, y - 8, 22, P.moss) + disc(x - 5, y - 12, 17, P.leaf) + disc(x - 4, y - 13, 10, "#b9d6a8") + stroke(`M${x - 16} ${y - 8}q12 -12 24 0`, P.moss, 2);
  const carrot = (x, y) => stroke(`M${x} ${y}q-9 -26 -16 -34M${x} ${y}q0 -30 2 -42M${x} ${y}q8 -22 17 -30`, P.moss, 4.4) + oval(x, y + 1, 7, 4, "#e08a3f");
  const tomato = (x, y) =>
    rect(x - 2, y - 120, 4, 122, P.bark) +
    times(5, (i) => oval(x + (i % 2 ? 15 : -15), y - 20 - i * 20, 18, 11, i % 2 ? P.moss : P.leaf)) +
    times(4, (i) => disc(x + (i % 2 ? -10 : 11), y - 26 - i * 22, 8.5, i === 3 ? P.gold : "#cf4f35"));
  const sunflower = (x, y, h) =>
    stroke(`M${x} ${y}Q${x + 8} ${y - h / 2} ${x} ${y - h}`, P.moss, 8) +
    oval(x - 20, y - h * 0.4, 24, 11, P.moss, `transform="rotate(-24 ${x - 20} ${y - h * 0.4})"`) +
    oval(x + 24, y - h * 0.58, 24, 11, P.leaf, `transform="rotate(24 ${x + 24} ${y - h * 0.58})"`) +
    times(14, (i) => oval(x, y - h - 32, 10, 22, i % 2 ? P.gold : "#f0c66c", `transform="rotate(${i * 25.7} ${x} ${y - h})"`)) +
    disc(x, y - h, 21, P.bark) +
    disc(x - 4, y - h - 4, 13, "#86583d");
  return (
    sky("#a4d2e7", "#e0eeea", "#fcf1d3") +
    sun(1300, 170, 60, P.butter) +
    cloud(200, 140, 320, P.white, 0.85, 7) +
    cloud(760, 110, 250, P.white, 0.7, 3) +
    hills(440, 100, "#b3cfb6", 6) +
    skyline(470, "#a9c7cf", 15, { low: 40, high: 150, from: 700, to: 1600 }) +
    hills(520, 50, "#8fba8b", 12) +
    times(6, (i) => tree(640 + i * 190, 560, 190 + (i % 2) * 50, i % 2 ? P.moss : P.leaf, { seed: i + 4 })) +
    rect(0, 540, WIDTH, 460, fade(["#a9ca8e", "#7fae70"])) +
    times(44, (i) => rect(i * 38, 516, 22, 56, i % 2 ? "#efe6d2" : P.cream, 3)) +
    rect(0, 530, WIDTH, 7, "#e3d8c0") +
    house(90, 640, 250, 150, {
      wall: "#b4532a",
      roof: "gable",
      roofColour: P.slate,
      rise: 110,
      cols: 2,
      rows: 1,
      chimneys: 0,
      boards: true,
      frame: P.cream,
      doorColour: P.sea,
      ww: 0.32,
      wh: 0.5,
    }) +
    sunflower(380, 650, 190) +
    sunflower(440, 655, 230) +
    sunflower(495, 648, 170) +
    sunflower(60, 660, 200) +
    bed(620, 610, 260, 62, rowsOf(cabbage, 5, 2)) +
    bed(960, 610, 250, 62, rowsOf(tomato, 5, 1)) +
    bed(1290, 615, 260, 62, rowsOf(carrot, 7, 2)) +
    shape("M500 1000L560 690Q580 660 600 700L700 1000z", "#e3d2ac") +
    bed(720, 800, 330, 84, rowsOf(carrot, 9, 3)) +
    bed(1150, 800, 360, 84, rowsOf(cabbage, 6, 2)) +
    person(560, 930, 250, { coat: P.blue, look: 2, arms: "forward", hat: { straw: P.gold }, trousers: P.deep }) +
    place(
      632,
      790,
      shape("M-30 -26H26V30H-30z", P.sea) +
        stroke("M26 14L62 -22", P.sea, 8) +
        stroke("M-28 -24Q-4 -56 22 -24", "#174f57", 6) +
        rect(56, -32, 14, 16, "#174f57", 3) +
        times(6, (i) => stroke(`M${68 + i * 3} ${-18 + i * 2}q${12 + i * 5} ${20 + i * 4} ${14 + i * 8} ${60 + i * 6}`, "#9fd0e0", 2.4, 'opacity=".8"')),
      0.9,
    ) +
    child(430, 950, 150, {
      coat: P.brick,
      look: 2,
      arms: "hold",
      hat: { straw: P.butter },
      trousers: P.navy,
      held: rect(-12, -66, 26, 18, P.wood, 3) + disc(-6, -68, 6, "#cf4f35") + disc(6, -69, 6, P.leaf),
    }) +
    person(250, 800, 176, { coat: P.gold, look: 3, hair: "bun", skirt: true, arms: "wave", trousers: P.bark }) +
    shape("M140 950L120 880H270L250 950z", P.slate) +
    disc(280, 946, 26, P.ink) +
    disc(280, 946, 10, P.stone) +
    stroke("M120 880L40 850", P.bark, 8) +
    times(7, (i) => disc(145 + i * 18, 876 - (i % 2) * 9, 15, i % 3 ? P.moss : P.leaf)) +
    grass(10, 950, 480, 40, "#5d8f5c", 22, 4) +
    grass(1060, 950, 520, 40, "#5d8f5c", 26, 8) +
    times(3, (i) =>
      place(
        820 + i * 240,
        700 - (i % 2) * 90,
        oval(-6, -5, 8, 11, P.white, 'opacity=".9" transform="rotate(-30)"') +
          oval(6, -5, 8, 11, P.white, 'opacity=".9" transform="rotate(30)"') +
          oval(0, 0, 2, 9, P.ink),
        0.9,
      ),
    )
  );
}
