// Indoors: library, museum, citizen office.
import {
  P,
  WIDTH,
  chance,
  cloud,
  darker,
  disc,
  fade,
  glow,
  hills,
  inside,
  lighter,
  oval,
  place,
  poly,
  rect,
  shadow,
  shape,
  stroke,
  sun,
  times,
} from "../draw.mjs";
import { potted, spruce, tree } from "../nature.mjs";
import { child, person, wheeled } from "../people.mjs";
import { skyline } from "../city.mjs";

/** Books standing on a shelf. */
function books(x, base, w, h, seed) {
  const next = chance(seed),
    colours = [P.brick, P.sea, P.gold, P.navy, P.rose, P.azure, P.cream, P.moss, P.rust, P.teal];
  let out = "",
    at = x;
  while (at < x + w - 16) {
    const bw = 9 + next() * 16,
      bh = h * (0.62 + next() * 0.33),
      colour = colours[Math.floor(next() * colours.length)],
      lean = next() < 0.1;
    out += `<g${lean ? ` transform="rotate(9 ${at + bw / 2} ${base})"` : ""}>${rect(at, base - bh, bw, bh, colour, 1.5)}${rect(at + 2, base - bh * 0.82, bw - 4, 4, lighter(colour, 0.5))}${rect(at + bw * 0.75, base - bh, bw * 0.25, bh, P.ink, 1, 'opacity=".12"')}</g>`;
    at += bw + 1.5 + (lean ? 10 : 0) + (next() < 0.06 ? 34 : 0);
  }
  return out;
}

const bookcase = (x, y, w, h, shelves, seed, colour = P.wood) =>
  rect(x, y, w, h, darker(colour, 0.42), 5) +
  times(
    shelves,
    (i) =>
      books(x + 14, y + ((i + 1) * (h - 12)) / shelves, w - 28, (h - 12) / shelves - 16, seed + i) +
      rect(x + 6, y + ((i + 1) * (h - 12)) / shelves, w - 12, 11, colour),
  ) +
  rect(x, y, 12, h, colour, 3) +
  rect(x + w - 12, y, 12, h, darker(colour, 0.15), 3) +
  rect(x - 5, y - 10, w + 10, 14, lighter(colour, 0.12), 3);

/** A window in a wall with `view` behind it. */
const view = (x, y, w, h, content, frame = P.white, arch = true) => {
  const hole = arch ? `M${x} ${y + h}V${y + w / 2}A${w / 2} ${w / 2} 0 0 1 ${x + w} ${y + w / 2}V${y + h}z` : `M${x} ${y}H${x + w}V${y + h}H${x}z`;
  return (
    inside(shape(hole, "#000"), content) +
    `<path d="${hole}" fill="none" stroke="${frame}" stroke-width="14"/>` +
    rect(x + w / 2 - 5, y, 10, h, frame) +
    rect(x, y + h * 0.46, w, 8, frame) +
    rect(x - 20, y + h - 2, w + 40, 18, lighter(frame, 0.3), 4)
  );
};

export function bibliotek() {
  const outside =
    rect(0, 0, WIDTH, 800, fade(["#9fcde6", "#e3eff2"])) +
    sun(700, 180, 40, P.butter) +
    cloud(560, 230, 180, P.white, 0.8, 4) +
    skyline(520, "#b3ccd8", 6, { low: 60, high: 170 }) +
    hills(540, 40, "#8db595", 3) +
    tree(540, 600, 210, P.moss, { seed: 3 }) +
    tree(1000, 600, 240, P.leaf, { seed: 5 });
  const armchair = (x, base, colour) =>
    shadow(x, base, 130, 18) +
    rect(x - 88, base - 190, 176, 150, darker(colour, 0.1), 40) +
    rect(x - 70, base - 92, 140, 52, lighter(colour, 0.1), 16) +
    rect(x - 110, base - 122, 46, 104, colour, 20) +
    rect(x + 64, base - 122, 46, 104, darker(colour, 0.16), 20) +
    rect(x - 92, base - 20, 12, 20, P.bark) +
    rect(x + 80, base - 20, 12, 20, P.bark);
  const hanging = (x, y) =>
    rect(x - 1.5, 0, 3, y, P.ink) +
    disc(
      x,
      y + 46,
      130,
      glow([
        ["#ffe9b8", 0.55],
        ["#ffe9b8", 0],
      ]),
    ) +
    shape(`M${x - 58} ${y + 44}Q${x - 50} ${y - 10} ${x} ${y - 12}T${x + 58} ${y + 44}z`, P.sea) +
    shape(`M${x + 14} ${y - 10}Q${x + 52} ${y} ${x + 58} ${y + 44}H${x + 30}z`, "#174f57") +
    oval(x, y + 44, 58, 9, "#ffe9b8");
  return (
    rect(0, 0, WIDTH, 1000, fade(["#f4e9d3", "#ecdcbf"])) +
    view(520, 120, 230, 470, outside) +
    view(830, 120, 230, 470, outside) +
    bookcase(60, 120, 390, 600, 5, 3) +
    bookcase(1130, 120, 410, 600, 5, 14) +
    rect(0, 716, WIDTH, 284, fade(["#b98556", "#a06d43"])) +
    rect(0, 708, WIDTH, 12, "#f7efdf") +
    times(13, (i) => stroke(`M${i * 132} 720L${i * 132 + (i - 6) * 60} 1000`, "#946239", 2.5)) +
    poly(
      [
        [530, 720],
        [740, 720],
        [620, 1000],
        [300, 1000],
      ],
      "#ffeec6",
      'opacity=".22"',
    ) +
    poly(
      [
        [840, 720],
        [1050, 720],
        [1000, 1000],
        [700, 1000],
      ],
      "#ffeec6",
      'opacity=".22"',
    ) +
    bookcase(500, 610, 600, 112, 1, 31, P.sea) +
    potted(560, 600, 110, P.brick) +
    rect(960, 578, 90, 20, P.brick, 2) +
    rect(966, 560, 78, 18, P.gold, 2) +
    rect(974, 544, 66, 16, P.navy, 2) +
    hanging(470, 90) +
    hanging(1110, 90) +
    person(1240, 790, 330, { coat: P.sea, look: 2, hair: "long", arms: "up", trousers: P.deep }) +
    rect(1282, 452, 40, 10, P.gold, 2) +
    oval(520, 905, 420, 74, P.brick) +
    oval(520, 905, 372, 62, "none", `stroke="${P.butter}" stroke-width="6"`) +
    oval(520, 905, 320, 50, darker(P.brick, 0.12)) +
    place(330, 890, armchair(0, 0, P.sea), 1.35) +
    person(306, 886, 300, {
      coat: P.gold,
      legs: "sit",
      arms: "hold",
      look: 0,
      hair: "bun",
      ground: false,
      trousers: P.navy,
      held: shape("M-4 -62L14 -70L34 -62V-42L14 -50L-4 -42z", P.cream) + stroke("M14 -69V-50", P.brick, 2),
    }) +
    rect(470, 820, 10, 100, P.bark) +
    oval(475, 922, 46, 9, P.bark) +
    oval(475, 818, 64, 13, P.wood) +
    rect(450, 798, 24, 18, P.white, 4) +
    shadow(690, 952, 50, 9) +
    rect(646, 876, 72, 72, P.gold, 14) +
    rect(646, 906, 72, 8, darker(P.gold), 3) +
    child(680, 955, 168, {
      coat: P.blue,
      legs: "sit",
      arms: "hold",
      look: 3,
      ground: false,
      trousers: P.deep,
      held: rect(-2, -66, 36, 24, P.butter, 2) + disc(16, -54, 7, P.brick),
    }) +
    times(4, (i) => rect(775 + (i % 2) * 6, 936 - i * 13, 74 - i * 5, 13, [P.navy, P.gold, P.brick, P.teal][i], 2)) +
    rect(900, 822, 560, 20, lighter(P.wood, 0.2), 6) +
    rect(900, 838, 560, 8, darker(P.wood)) +
    rect(930, 842, 14, 130, P.bark) +
    rect(1416, 842, 14, 130, P.bark) +
    shadow(1180, 972, 300, 16) +
    person(1060, 975, 300, { coat: P.brick, legs: "sit", arms: "forward", look: 4, ground: false, trousers: P.slate, hair: "veil" }) +
    rect(900, 822, 560, 20, lighter(P.wood, 0.2), 6) +
    poly(
      [
        [1170, 822],
        [1290, 822],
        [1312, 748],
        [1192, 748],
      ],
      P.slate,
    ) +
    poly(
      [
        [1178, 816],
        [1284, 816],
        [1304, 754],
        [1198, 754],
      ],
      "#cfe3f1",
    ) +
    rect(1130, 816, 160, 8, P.stone, 3) +
    rect(1370, 806, 66, 15, P.navy, 2) +
    rect(1376, 792, 56, 14, P.cream, 2) +
    potted(1520, 960, 250, P.cream, P.moss)
  );
}

export function museum() {
  const spot = (x, w) =>
    poly(
      [
        [x - 30, 0],
        [x + 30, 0],
        [x + w, 640],
        [x - w, 640],
      ],
      "#fff3d6",
      'opacity=".2"',
    ) + rect(x - 16, 40, 32, 26, P.ink, 4);
  const framed = (x, y, w, h, art) =>
    rect(x + 8, y + 12, w, h, P.ink, 2, 'opacity=".16"') +
    rect(x - 14, y - 14, w + 28, h + 28, P.ochre, 3) +
    rect(x - 14, y - 14, w + 28, 6, lighter(P.ochre, 0.4), 3) +
    rect(x - 5, y - 5, w + 10, h + 10, P.cream) +
    `<svg x="${x}" y="${y}" width="${w}" height="${h}" viewBox="0 0 400 300" preserveAspectRatio="xMidYMid slice">${art}</svg>` +
    rect(x + w + 28, y + h - 20, 34, 22, P.cream, 2);
  const sea =
    rect(0, 0, 400, 300, fade(["#f3cfa0", "#f8e7c6", "#9fc3d0"])) +
    disc(270, 120, 36, "#fff3d4") +
    shape("M0 170H400V300H0z", P.azure) +
    shape("M0 200Q100 180 200 200T400 196V300H0z", P.blue) +
    shape("M0 246Q120 224 220 246T400 240V300H0z", P.deep) +
    shape("M120 90L92 184H120zM126 104L158 184H126z", P.white) +
    shape("M80 188H172L156 206H96z", P.rust);
  const shapes =
    rect(0, 0, 400, 300, P.cream) +
    disc(140, 140, 90, P.brick) +
    rect(190, 40, 150, 150, P.blue, 0, 'opacity=".88"') +
    poly(
      [
        [80, 270],
        [200, 120],
        [320, 270],
      ],
      P.gold,
      'opacity=".92"',
    ) +
    stroke("M30 40L370 250", P.ink, 6) +
    disc(330, 230, 26, P.ink);
  const wood =
    rect(0, 0, 400, 300, fade(["#bcd7cf", "#e8ecd6"])) +
    times(9, (i) => spruce(10 + i * 48, 250 + (i % 3) * 12, 170 + (i % 4) * 34, i % 2 ? P.pine : P.moss)) +
    rect(0, 246, 400, 60, "#7ea27c");
  const portrait =
    rect(0, 0, 400, 300, P.plum) +
    shape("M110 300Q120 190 200 190T290 300z", P.gold) +
    rect(178, 140, 44, 60, "#c98f68", 14) +
    oval(200, 112, 50, 60, "#e3b390") +
    shape("M142 124Q140 40 200 40T258 124Q250 80 200 78T142 124z", P.ink) +
    disc(200, 40, 22, P.ink);
  return (
    rect(0, 0, WIDTH, 700, fade(["#7f9aa5", "#93acb4"])) +
    rect(0, 0, WIDTH, 46, "#e7e3d8") +
    rect(0, 36, WIDTH, 10, P.ink) +
    poly(
      [
        [0, 0],
        [120, 60],
        [120, 690],
        [0, 760],
      ],
      "#6c8792",
    ) +
    [330, 760, 1210].map((x, i) => spot(x, [210, 260, 230][i])).join("") +
    framed(180, 200, 300, 230, sea) +
    framed(600, 150, 330, 330, shapes) +
    framed(1060, 190, 300, 240, wood) +
    framed(1465, 220, 180, 220, portrait) +
    rect(0, 690, WIDTH, 310, fade(["#d3b48c", "#b99468"])) +
    rect(0, 682, WIDTH, 12, P.cream) +
    times(16, (i) => stroke(`M${i * 110} 694L${i * 110 + (i - 7.5) * 70} 1000`, "#a98459", 2.5)) +
    times(3, (i) => rect(0, 760 + i * i * 34 + i * 30, WIDTH, 2, "#a98459", 0, 'opacity=".6"')) +
    [330, 760, 1210].map((x) => oval(x, 730, 180, 26, "#fff3d6", 'opacity=".4"')).join("") +
    shadow(960, 900, 150, 20) +
    rect(860, 700, 200, 200, "#eee8dc", 3) +
    rect(1000, 700, 60, 200, P.ink, 0, 'opacity=".1"') +
    rect(850, 690, 220, 16, P.white, 3) +
    shape("M900 690Q880 590 940 560Q1010 530 990 460Q970 400 1030 380Q1080 420 1060 500Q1050 560 1040 600Q1030 650 1030 690z", P.sea) +
    shape("M1000 690Q1000 600 1026 540Q1050 460 1030 380Q1080 420 1060 500Q1050 560 1040 600Q1030 650 1030 690z", "#174f57") +
    disc(962, 616, 26, "#8aa3ac") +
    stroke("M926 620Q936 586 966 576", P.teal, 7) +
    bench2(420, 880) +
    person(500, 868, 236, { coat: P.brick, legs: "sit", arms: "hold", look: 3, hair: "bun", ground: false, trousers: P.deep }) +
    person(700, 830, 262, { coat: P.deep, look: 0, arms: "down", long: true, trousers: P.ink, hair: "short" }) +
    person(1230, 880, 286, { coat: P.gold, look: 2, hair: "long", arms: "hold", skirt: true, trousers: P.bark }) +
    child(1340, 885, 186, { coat: P.blue, look: 2, arms: "up", trousers: P.deep }) +
    wheeled(250, 940, 250, { coat: P.teal, look: 1, trousers: P.navy }) +
    person(1490, 900, 280, { coat: P.plum, look: 4, legs: "walk", flip: true, bag: P.ochre, trousers: P.ink }) +
    times(
      4,
      (i) =>
        rect(850 + i * 84, 905, 6, 64, P.ochre) +
        disc(853 + i * 84, 902, 8, P.gold) +
        (i < 3 ? stroke(`M${853 + i * 84} 914Q${895 + i * 84} 946 ${937 + i * 84} 914`, P.rust, 5) : ""),
    )
  );
}

function bench2(x, base) {
  return (
    shadow(x + 110, base, 150, 14) +
    rect(x - 10, base - 74, 260, 30, P.ink, 8) +
    rect(x - 10, base - 74, 260, 10, P.slate, 5) +
    rect(x + 14, base - 46, 14, 46, P.bark) +
    rect(x + 212, base - 46, 14, 46, P.bark)
  );
}

export function kontor() {
  const outside =
    rect(0, 0, WIDTH, 700, fade(["#a3cfe6", "#e2eef1"])) +
    cloud(260, 200, 220, P.white, 0.8, 3) +
    skyline(520, "#a9c4d1", 10, { low: 80, high: 230 }) +
    tree(260, 560, 240, P.moss, { seed: 4 }) +
    tree(560, 560, 210, P.leaf, { seed: 6 }) +
    rect(0, 540, WIDTH, 120, "#a5c69a");
  const number = (x, y, w) =>
    rect(x, y, w, w * 0.62, P.deep, 8) +
    rect(x + w * 0.12, y + w * 0.14, w * 0.2, w * 0.34, P.gold, 3) +
    stroke(
      `M${x + w * 0.42} ${y + w * 0.2}H${x + w * 0.86}M${x + w * 0.42} ${y + w * 0.31}H${x + w * 0.78}M${x + w * 0.42} ${y + w * 0.42}H${x + w * 0.82}`,
      P.pale,
      5,
    );
  const plantWall = rect(1340, 0, 260, 1000, "#1f6f78");
  return (
    rect(0, 0, WIDTH, 1000, fade(["#f3f6f4", "#e3ebea"])) +
    plantWall +
    times(5, (i) => rect(1340 + i * 56, 0, 3, 720, "#174f57")) +
    view(90, 110, 560, 470, outside, P.white, false) +
    view(710, 110, 270, 470, outside, P.white, false) +
    number(1060, 150, 220) +
    rect(0, 720, WIDTH, 280, fade(["#c8cfcf", "#a9b4b6"])) +
    rect(0, 712, WIDTH, 12, P.white) +
    poly(
      [
        [130, 724],
        [620, 724],
        [760, 1000],
        [60, 1000],
      ],
      P.white,
      'opacity=".3"',
    ) +
    times(3, (i) => rect(1380 + i * 64, 200 + i * 24, 44, 62, [P.butter, P.cream, P.rose][i], 2)) +
    rect(1370, 330, 200, 10, P.wood) +
    times(6, (i) => rect(1378 + i * 32, 282, 24, 48, [P.gold, P.cream, P.azure, P.rose, P.butter, P.brick][i], 2)) +
    rect(1370, 420, 200, 10, P.wood) +
    times(6, (i) => rect(1378 + i * 32, 372, 24, 48, [P.cream, P.azure, P.brick, P.butter, P.teal, P.gold][i], 2)) +
    potted(1290, 740, 330, P.brick, P.moss) +
    times(
      2,
      (i) =>
        rect(420 + i * 420, 0, 3, 110, P.ink) +
        disc(
          421 + i * 420,
          140,
          90,
          glow([
            ["#ffe9b8", 0.5],
            ["#ffe9b8", 0],
          ]),
        ) +
        shape(`M${366 + i * 420} 140Q${372 + i * 420} 104 ${421 + i * 420} 102T${476 + i * 420} 140z`, P.gold) +
        oval(421 + i * 420, 140, 55, 8, "#ffefc9"),
    ) +
    person(560, 880, 330, { coat: P.blue, legs: "sit", arms: "forward", look: 1, hair: "bun", ground: false, trousers: P.ink }) +
    rect(470, 700, 20, 200, P.deep, 8) +
    rect(466, 880, 150, 10, P.deep, 4) +
    person(1080, 880, 335, { coat: P.brick, legs: "sit", arms: "forward", look: 4, hair: "veil", ground: false, flip: true, trousers: P.plum }) +
    rect(1130, 700, 20, 200, P.deep, 8) +
    rect(1006, 880, 150, 10, P.deep, 4) +
    shadow(810, 965, 360, 22) +
    rect(640, 716, 16, 240, P.slate) +
    rect(966, 716, 16, 240, P.slate) +
    rect(606, 690, 410, 22, lighter(P.wood, 0.3), 6) +
    rect(606, 710, 410, 8, darker(P.wood, 0.1)) +
    poly(
      [
        [720, 690],
        [728, 610],
        [862, 610],
        [852, 690],
      ],
      P.slate,
    ) +
    poly(
      [
        [716, 690],
        [722, 612],
        [730, 610],
        [724, 690],
      ],
      P.ink,
    ) +
    disc(790, 652, 9, P.stone) +
    rect(700, 684, 160, 7, P.ink, 3) +
    poly(
      [
        [868, 690],
        [880, 680],
        [952, 680],
        [964, 690],
      ],
      P.white,
    ) +
    stroke("M892 685H940", P.azure, 3) +
    rect(664, 668, 26, 22, P.white, 4) +
    rect(976, 652, 20, 38, P.brick, 3) +
    flowersIn(986, 652) +
    child(1230, 940, 190, {
      coat: P.gold,
      look: 4,
      arms: "hold",
      trousers: P.sea,
      hair: "long",
      held: oval(6, -60, 12, 14, P.wood) + disc(6, -78, 9, P.wood) + disc(-1, -86, 4, P.wood) + disc(13, -86, 4, P.wood),
    }) +
    wheeled(230, 930, 290, { coat: P.teal, look: 3, trousers: P.navy }) +
    person(370, 900, 310, { coat: P.gold, look: 2, hair: "long", arms: "forward", flip: true, trousers: P.deep }) +
    potted(1500, 980, 300, P.cream, P.leaf) +
    potted(60, 990, 240, P.brick, P.moss)
  );
}

const flowersIn = (x, y) =>
  [
    [-16, -34, P.gold],
    [0, -48, P.brick],
    [15, -32, P.rose],
  ]
    .map(([dx, dy, colour]) => stroke(`M${x} ${y}L${x + dx} ${y + dy}`, P.moss, 4) + disc(x + dx, y + dy, 11, colour) + disc(x + dx, y + dy, 4, P.butter))
    .join("");
