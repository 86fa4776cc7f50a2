// Streets and squares: tram, square, city hall, bicycles, winter.
import {
  P,
  WIDTH,
  chance,
  cloud,
  disc,
  fade,
  hills,
  inside,
  lighter,
  mirror,
  mix,
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
  water,
} from "../draw.mjs";
import { bush, flowers, spruce, tree } from "../nature.mjs";
import { child, cyclist, person } from "../people.mjs";
import { bench, house, lamp, pane, row, skyline } from "../city.mjs";
import { stall, tram } from "../vehicles.mjs";

export function sparvagn() {
  const town = row(-60, 690, [
    { w: 300, h: 330, wall: "#e3c48c", roof: "saddle", roofColour: P.rust, cols: 5, rows: 3, ground: P.stone, rise: 66, boards: true, seed: 2, dormers: 2 },
    { w: 270, h: 300, wall: "#8fae9b", roof: "saddle", roofColour: P.slate, cols: 4, rows: 3, shop: P.brick, rise: 60, boards: true, seed: 5 },
    { w: 330, h: 350, wall: "#d79d80", roof: "mansard", roofColour: P.deep, cols: 6, rows: 3, ground: P.stone, rise: 84, seed: 8, dormers: 3 },
    { w: 260, h: 310, wall: P.cream, roof: "saddle", roofColour: P.brick, cols: 4, rows: 3, shop: P.sea, rise: 62, boards: true, seed: 6 },
    { w: 320, h: 340, wall: "#9db7c6", roof: "saddle", roofColour: P.rust, cols: 5, rows: 3, ground: P.sand, rise: 70, boards: true, seed: 3, dormers: 2 },
    { w: 300, h: 300, wall: "#e3c48c", roof: "saddle", roofColour: P.slate, cols: 4, rows: 3, ground: P.stone, rise: 60, seed: 4 },
  ]);
  return (
    sky("#9ccbe6", "#d5e8f2", "#fbf1dd") +
    sun(1330, 170, 54, P.butter) +
    cloud(160, 160, 320, P.white, 0.85, 4) +
    cloud(760, 110, 280, P.white, 0.75, 7) +
    hills(460, 110, "#b6ccc4", 9) +
    town +
    poly(
      [
        [0, 690],
        [WIDTH, 690],
        [WIDTH, 1000],
        [0, 1000],
      ],
      fade(["#c9c4ba", "#aaa59d"]),
    ) +
    rect(0, 688, WIDTH, 46, "#ddd7ca") +
    rect(0, 732, WIDTH, 6, "#b5aea1") +
    [90, 520, 1010, 1500].map((x, i) => tree(x, 728, 230, i % 2 ? P.leaf : P.moss, { seed: i + 3 })).join("") +
    person(660, 722, 116, { coat: P.deep, look: 0, hair: "long", skirt: true, trousers: P.slate }) +
    child(712, 724, 76, { coat: P.gold, look: 0, hat: P.brick }) +
    bench(1120, 722, 110) +
    rect(0, 860, WIDTH, 5, "#7d7b78") +
    rect(0, 865, WIDTH, 2, "#eceae4") +
    rect(0, 800, WIDTH, 4, "#8b8986") +
    rect(0, 804, WIDTH, 2, "#eceae4") +
    stroke(`M0 499H${WIDTH}`, P.ink, 3) +
    [60, 1545].map((x) => rect(x - 5, 330, 10, 540, P.ink) + rect(x - 10, 850, 20, 24, P.ink, 3)).join("") +
    stroke("M60 352H220M60 400L140 352M1545 352H1385M1545 400L1465 352", P.ink, 4) +
    stroke("M220 352V499M1385 352V499", P.ink, 2.5) +
    tram(215, 866, 1190) +
    rect(0, 885, WIDTH, 115, fade(["#e6dfd0", "#cfc6b4"])) +
    rect(0, 880, WIDTH, 9, "#f5f0e4") +
    times(13, (i) => rect(i * 130 - 20, 889, 2.5, 111, "#b8af9e", 0, 'opacity=".7"')) +
    rect(960, 640, 12, 270, P.deep) +
    rect(1440, 640, 12, 270, P.deep) +
    rect(935, 622, 545, 20, P.sea, 6) +
    rect(972, 690, 468, 196, "#dcebf3", 0, 'opacity=".34"') +
    rect(972, 800, 468, 4, P.white, 0, 'opacity=".5"') +
    bench(1180, 930, 230, P.ochre) +
    disc(880, 660, 44, P.blue) +
    disc(880, 660, 35, P.white) +
    rect(860, 642, 40, 32, P.blue, 7) +
    rect(865, 648, 13, 11, P.white, 2) +
    rect(882, 648, 13, 11, P.white, 2) +
    stroke("M866 682H894M872 636H888", P.blue, 4) +
    rect(874, 700, 12, 230, P.deep) +
    person(1070, 965, 230, { coat: P.gold, look: 1, hair: "bun", trousers: P.sea, bag: P.brick }) +
    person(380, 975, 236, { coat: P.sea, legs: "walk", look: 3, hat: P.deep, scarf: P.gold }) +
    person(1260, 935, 205, { coat: P.plum, legs: "sit", arms: "hold", look: 4, hair: "veil", trousers: P.ink, ground: false }) +
    child(505, 975, 150, { coat: P.brick, legs: "walk", look: 3, trousers: P.deep })
  );
}

export function torg() {
  const fruits = (colours) => (x, y, w) =>
    times(
      16,
      (i) =>
        disc(x + 10 + (i % 8) * ((w - 20) / 7), y - (i > 7 ? 12 : 2), 10, colours[(i * 7) % colours.length]) +
        disc(x + 7 + (i % 8) * ((w - 20) / 7), y - (i > 7 ? 15 : 5), 3.4, P.white, 'opacity=".4"'),
    );
  const blooms = (x, y, w) => flowers(x + 6, y - 34, w - 12, 22, [P.brick, P.gold, P.rose, P.white, "#b98ab0"], 26, 8, 9);
  const bread = (x, y, w) =>
    times(
      6,
      (i) =>
        oval(x + 22 + i * ((w - 40) / 5), y - 6, 20, 12, i % 2 ? P.ochre : P.wood) +
        stroke(`M${x + 12 + i * ((w - 40) / 5)} ${y - 10}l8 6m4 -8l8 6`, P.butter, 2.4),
    );
  const town = row(-30, 600, [
    { w: 230, h: 310, wall: "#d9a37f", roof: "gable", roofColour: P.rust, rise: 110, cols: 3, rows: 3, ground: P.sand, chimneys: 0, seed: 3 },
    { w: 260, h: 280, wall: P.cream, roof: "mansard", roofColour: P.slate, cols: 4, rows: 3, shop: P.sea, rise: 84, dormers: 2, seed: 4 },
    { w: 210, h: 340, wall: "#8fb0a0", roof: "gable", roofColour: P.deep, rise: 110, cols: 3, rows: 4, ground: P.stone, chimneys: 0, seed: 5 },
    { w: 330, h: 270, wall: "#e7cd96", roof: "hip", roofColour: P.brick, cols: 5, rows: 3, shop: P.brick, rise: 80, chimneys: 2, seed: 6 },
    { w: 240, h: 330, wall: "#a9c0cd", roof: "gable", roofColour: P.rust, rise: 112, cols: 3, rows: 4, ground: P.sand, chimneys: 0, seed: 7 },
    { w: 300, h: 290, wall: P.rose, roof: "mansard", roofColour: P.deep, cols: 5, rows: 3, shop: P.gold, rise: 80, dormers: 2, seed: 9 },
    { w: 200, h: 310, wall: P.cream, roof: "gable", roofColour: P.brick, rise: 90, cols: 3, rows: 3, chimneys: 0, seed: 2 },
  ]);
  const next = chance(8);
  return (
    sky("#a7d1e8", "#e6f0f2", "#fdf0d8") +
    sun(210, 130, 50, P.butter) +
    cloud(470, 130, 260, P.white, 0.8, 3) +
    cloud(1130, 90, 330, P.white, 0.8, 6) +
    town +
    rect(0, 596, WIDTH, 404, fade(["#d8cfbf", "#c2b6a2"])) +
    times(260, () => {
      const t = next() ** 1.2,
        y = 610 + t * 385,
        w = 18 + 34 * t;
      return rect(next() * 1640 - 30, y, w, 4 + 7 * t, next() < 0.5 ? "#e3dccd" : "#b3a792", 3, 'opacity=".5"');
    }) +
    times(9, (i) => stroke(`M${i * 200} 590Q${i * 200 + 100} 620 ${i * 200 + 200} 590`, P.ink, 0)) +
    tree(70, 690, 280, P.moss, { seed: 3 }) +
    tree(1540, 700, 300, P.leaf, { seed: 8 }) +
    lamp(800, 690, 270) +
    stall(210, 720, 250, P.brick, fruits([P.brick, P.gold, P.leaf, "#d9713f"])) +
    stall(510, 705, 220, P.sea, blooms) +
    stall(880, 705, 220, P.gold, bread) +
    stall(1150, 722, 260, P.blue, fruits([P.moss, P.leaf, P.butter, P.brick])) +
    person(290, 742, 150, { coat: P.deep, look: 3, hair: "long", bag: P.ochre }) +
    person(420, 748, 152, { coat: P.gold, look: 2, legs: "walk", trousers: P.navy, flip: true }) +
    person(645, 728, 142, { coat: P.cream, look: 0, hair: "bun", skirt: true, trousers: P.wood }) +
    person(990, 730, 142, { coat: P.brick, look: 4, hair: "veil", long: true, trousers: P.brick }) +
    person(1280, 745, 150, { coat: P.teal, look: 1, arms: "forward" }) +
    person(1120, 740, 140, { coat: P.slate, look: 4, legs: "walk" }) +
    person(540, 925, 236, { coat: P.blue, look: 0, legs: "walk", hair: "long", bag: P.brick, scarf: P.gold, trousers: P.deep }) +
    child(650, 930, 158, { coat: P.brick, look: 0, legs: "walk", hat: P.gold, trousers: P.sea }) +
    cyclist(1060, 935, 1.12, { coat: P.sea, bike: P.brick, look: 2, box: P.wood, flip: true }) +
    person(150, 935, 222, { coat: P.plum, look: 3, hair: "bun", long: true, stick: true, trousers: P.ink }) +
    times(9, (i) => {
      const px = 770 + (i % 5) * 42 + (i > 4 ? 18 : 0),
        py = 880 + (i > 4 ? 52 : 0) + (i % 2) * 12;
      return (
        shape(`M${px} ${py}q4 -14 18 -12l6 -8q8 0 8 7q-2 8 -10 9q-8 8 -22 4z`, i % 3 ? P.slate : P.stone) +
        stroke(`M${px + 14} ${py + 2}v8m5 -8v8`, P.brick, 1.6)
      );
    })
  );
}

export function stadshuset() {
  const wing = (x, w, seed) =>
    house(x, 690, w, 300, {
      wall: "#ecdcb8",
      roof: "hip",
      roofColour: "#5f8a80",
      cols: 6,
      rows: 3,
      ground: "#d9c6a0",
      rise: 62,
      chimneys: 0,
      seed,
      door: false,
      ww: 0.42,
    });
  const columns = times(6, (i) => {
    const x = 612 + i * 68;
    return (
      rect(x, 400, 26, 268, P.cream) +
      rect(x + 17, 400, 9, 268, P.ink, 0, 'opacity=".12"') +
      rect(x - 7, 388, 40, 16, P.white, 3) +
      rect(x - 7, 660, 40, 14, P.white, 3)
    );
  });
  const pillarShade =
    rect(590, 404, 420, 268, "#c6ae85") +
    times(5, (i) => pane(646 + i * 68, 440, 32, 76, { arch: true, frame: P.cream })) +
    times(5, (i) =>
      i === 2 ? rect(640 + i * 68, 552, 46, 120, P.sea, 3) + rect(662 + i * 68, 552, 3, 120, P.deep) : pane(646 + i * 68, 556, 32, 72, { frame: P.cream }),
    );
  const hall =
    rect(570, 330, 460, 345, "#f0e2c2") +
    pillarShade +
    columns +
    rect(556, 356, 488, 34, "#f7ecd2") +
    rect(552, 346, 496, 12, P.white) +
    poly(
      [
        [548, 346],
        [800, 232],
        [1052, 346],
      ],
      "#f0e2c2",
    ) +
    poly(
      [
        [596, 338],
        [800, 248],
        [1004, 338],
      ],
      "#ddc9a0",
    ) +
    disc(800, 304, 26, P.cream) +
    `<circle cx="800" cy="304" r="26" fill="none" stroke="${P.sea}" stroke-width="5"/>` +
    stroke("M800 304V288M800 304L812 310", P.ink, 3.5) +
    stroke("M548 346L800 232L1052 346", P.white, 9) +
    rect(760, 150, 80, 86, "#e6d5ad") +
    pane(784, 172, 32, 50, { arch: true, frame: P.white }) +
    shape("M748 152Q756 92 800 82Q844 92 852 152z", "#5f8a80") +
    shape("M808 84Q844 94 852 152H820Q826 110 808 84z", "#4c746c") +
    rect(797, 44, 6, 42, P.gold) +
    disc(800, 42, 8, P.gold);
  const steps = times(5, (i) => rect(540 - i * 20, 672 + i * 13, 520 + i * 40, 14, mix("#f7efde", "#cfc2a6", i / 5)));
  const shade = (x, w) => shape(`M${x} 745L${x + w} 745L${x + w + 130} 1000L${x + 90} 1000z`, P.ink, 'opacity=".06"');
  return (
    sky("#8cc0e0", "#cde4f0", "#f7f1e1") +
    sun(1350, 190, 56, P.butter) +
    cloud(120, 190, 360, P.white, 0.85, 5) +
    cloud(1000, 130, 250, P.white, 0.7, 9) +
    skyline(640, "#b5cbd4", 6, { low: 160, high: 280 }) +
    wing(90, 480, 3) +
    wing(1030, 480, 5) +
    hall +
    rect(0, 690, WIDTH, 310, fade(["#ddd6c8", "#bfb5a3"])) +
    steps +
    times(15, (i) => {
      const x = 800 + (i - 7) * 120;
      return stroke(`M${800 + (i - 7) * 66} 738L${x + (i - 7) * 90} 1000`, "#b1a591", 2, 'opacity=".7"');
    }) +
    times(6, (i) => rect(0, 745 + i * i * 9, WIDTH, 2, "#b1a591", 0, 'opacity=".7"')) +
    shade(560, 480) +
    [250, 1350].map((x) => lamp(x, 800, 300)).join("") +
    [60, 1540].map((x, i) => tree(x, 780, 330, P.moss, { seed: i + 2 })).join("") +
    [430, 1010]
      .map(
        (x) =>
          rect(x, 756, 160, 42, P.stone, 5) +
          rect(x - 6, 750, 172, 12, lighter(P.stone, 0.4), 5) +
          bush(x + 80, 752, 150, P.moss, x) +
          flowers(x + 10, 724, 140, 18, [P.brick, P.gold, P.white], 18, x, 7),
      )
      .join("") +
    person(700, 735, 96, { coat: P.deep, look: 2, legs: "walk" }) +
    person(890, 732, 94, { coat: P.brick, look: 0, hair: "long" }) +
    person(925, 734, 92, { coat: P.sea, look: 1, arms: "forward", flip: true }) +
    person(360, 890, 190, { coat: P.blue, look: 3, legs: "walk", bag: P.ochre }) +
    person(1180, 905, 204, { coat: P.gold, look: 1, hair: "long", legs: "walk", flip: true, trousers: P.sea }) +
    child(1100, 908, 130, { coat: P.brick, look: 1, legs: "run", flip: true, trousers: P.deep }) +
    cyclist(660, 945, 0.95, { coat: P.teal, look: 4, bike: P.deep }) +
    bench(1290, 850, 150)
  );
}

export function cykel() {
  const leafs = [P.ochre, "#d9713f", P.gold, P.brick, P.leaf],
    next = chance(5);
  const far = row(-40, 470, [
    { w: 190, h: 170, wall: P.rose, cols: 4, rows: 3, roofColour: P.slate, rise: 44 },
    { w: 230, h: 200, wall: P.cream, cols: 5, rows: 3, roofColour: P.brick, rise: 50, seed: 3, dormers: 2 },
    { w: 180, h: 180, wall: "#a9c0b0", cols: 4, rows: 3, roofColour: P.deep, rise: 44, seed: 4 },
    { w: 250, h: 210, wall: "#e3c48c", roof: "mansard", cols: 6, rows: 3, roofColour: P.rust, rise: 54, seed: 5, dormers: 3 },
    { w: 200, h: 175, wall: "#b9cad3", cols: 4, rows: 3, roofColour: P.slate, rise: 44, seed: 6 },
    { w: 240, h: 200, wall: P.rose, cols: 5, rows: 3, roofColour: P.brick, rise: 50, seed: 7 },
    { w: 200, h: 190, wall: P.cream, cols: 4, rows: 3, roofColour: P.deep, rise: 44, seed: 8 },
    { w: 260, h: 180, wall: "#e3c48c", cols: 5, rows: 3, roofColour: P.rust, rise: 44, seed: 9 },
  ]);
  const rowOfTrees = times(8, (i) => tree(60 + i * 215, 500, 180, leafs[i % 5], { seed: i + 1 }));
  return (
    sky("#a9cfe3", "#e3edec", "#fdecd0") +
    sun(1180, 190, 60, "#fff3d4") +
    cloud(240, 150, 300, P.white, 0.75, 6) +
    cloud(820, 90, 220, P.white, 0.6, 2) +
    far +
    rect(0, 468, WIDTH, 40, "#c9bfae") +
    rowOfTrees +
    rect(0, 500, WIDTH, 36, "#a89c8a") +
    times(28, (i) => rect(i * 58, 504 + (i % 2) * 16, 54, 13, "#b9ad9b", 2)) +
    water(534, "#a8bfc0", "#5f93a6", { seed: 11, low: 700, count: 50 }) +
    inside(rect(0, 536, WIDTH, 165, "#000"), mirror(535, far + rowOfTrees, 0.33, 0.62)) +
    times(40, () => oval(next() * 1600, 550 + next() * 130, 6, 2.4, leafs[Math.floor(next() * 4)])) +
    rect(0, 690, WIDTH, 310, fade(["#8fa878", "#7d9a6c"])) +
    rect(0, 684, WIDTH, 14, "#c9bfae") +
    shape("M0 760H1600V930H0z", fade(["#8a8f93", "#777d82"])) +
    rect(0, 757, WIDTH, 5, P.cream) +
    rect(0, 927, WIDTH, 5, P.cream) +
    times(14, (i) => rect(i * 122 + 20, 842, 66, 6, P.cream, 2)) +
    times(120, () =>
      oval(
        next() * 1600,
        705 + next() * 290,
        7,
        3.6,
        leafs[Math.floor(next() * 4)],
        `transform="rotate(${Math.round(next() * 40 - 20)} 800 800)" opacity=".85"`,
      ),
    ) +
    tree(1420, 770, 520, "#d98a3f", { seed: 4 }) +
    tree(110, 772, 470, P.gold, { seed: 9 }) +
    lamp(760, 765, 300) +
    bench(980, 752, 150) +
    person(1050, 738, 124, { coat: P.plum, legs: "sit", arms: "hold", look: 4, hair: "short", ground: false }) +
    cyclist(1130, 840, 1.05, { coat: P.gold, bike: P.deep, look: 4, flip: true, helmet: P.brick }) +
    cyclist(420, 900, 1.5, { coat: P.blue, bike: P.brick, look: 0, box: P.wood }) +
    cyclist(790, 920, 1.05, { coat: P.brick, bike: P.sea, look: 3, helmet: P.gold, trousers: P.navy }) +
    times(14, () => oval(next() * 1600, 200 + next() * 420, 8, 4, leafs[Math.floor(next() * 4)], `transform="rotate(30 800 500)"`))
  );
}

export function vinter() {
  const next = chance(9),
    snow = { snow: true, lit: 0.55 };
  const sledge = (x, y, colour) =>
    stroke(`M${x - 50} ${y}H${x + 44}Q${x + 62} ${y} ${x + 58} ${y - 16}`, P.bark, 5) +
    rect(x - 46, y - 17, 92, 8, colour, 3) +
    rect(x - 30, y - 12, 5, 12, P.bark) +
    rect(x + 22, y - 12, 5, 12, P.bark);
  const town = row(20, 600, [
    { w: 200, h: 170, wall: "#c9744e", cols: 4, rows: 2, roofColour: P.rust, rise: 60, boards: true, seed: 2, ...snow },
    { w: 170, h: 210, gap: 16, wall: "#d9b86e", roof: "gable", cols: 3, rows: 2, rise: 80, chimneys: 0, boards: true, seed: 7, ...snow },
    { w: 230, h: 180, gap: 12, wall: "#7f9fb2", cols: 5, rows: 2, roofColour: P.slate, rise: 60, seed: 5, ...snow },
    { w: 180, h: 220, wall: "#b4532a", roof: "gable", cols: 3, rows: 2, rise: 84, chimneys: 0, boards: true, seed: 6, ...snow },
  ]);
  return (
    sky("#3d6d94", "#86a9c2", "#e3bfb0", "#f7dcc0") +
    sun(1230, 470, 60, "#ffe6c4", 5, 0.75) +
    times(60, () => disc(next() * 1600, next() * 260, 1.6, P.white, 'opacity=".6"')) +
    hills(540, 130, "#9fb6c8", 5) +
    skyline(560, "#7f9db4", 9, { low: 40, high: 110, lit: 0.4, from: 860, to: 1600 }) +
    hills(600, 60, "#c3d3df", 14, [700, 400, 200]) +
    town +
    times(9, (i) => spruce(870 + i * 88 + (i % 2) * 20, 640 + (i % 3) * 14, 150 + (i % 4) * 34, P.pine, true)) +
    shape("M0 600C320 560 620 640 900 640S1360 560 1600 610V1000H0z", fade(["#eaf1f6", "#cfdeea"])) +
    shape("M0 790C260 620 560 650 800 760S1300 900 1600 850V1000H0z", fade(["#ffffff", "#d9e5ef"])) +
    stroke("M300 668C560 690 760 800 1080 900M340 662C600 684 800 790 1120 890", "#b9cbdb", 4) +
    [
      [480, 700],
      [1010, 868],
    ]
      .map(([x, y], i) =>
        place(
          x,
          y,
          `<g transform="rotate(${i ? 17 : 21})">` +
            sledge(0, 0, i ? P.gold : P.brick) +
            child(-12, 30, 104, {
              coat: i ? P.brick : P.blue,
              legs: "sit",
              arms: i ? "up" : "forward",
              hat: i ? P.sea : P.gold,
              scarf: P.cream,
              look: i ? 2 : 0,
              trousers: P.deep,
              ground: false,
            }) +
            "</g>",
        ),
      )
      .join("") +
    times(18, () => disc(930 + next() * 60, 850 + next() * 30, 3 + next() * 5, P.white)) +
    person(250, 700, 150, { coat: P.plum, look: 3, hat: P.rose, scarf: P.cream, arms: "wave" }) +
    child(180, 730, 104, { coat: P.gold, look: 3, hat: P.brick, legs: "walk", trousers: P.sea }) +
    lamp(700, 722, 280, true) +
    lamp(1390, 700, 230, true) +
    person(1330, 940, 210, { coat: P.sea, look: 1, hat: P.deep, scarf: P.gold, legs: "walk", flip: true, trousers: P.ink }) +
    sledge(1440, 945, P.blue) +
    stroke("M1385 930Q1370 880 1352 850", P.bark, 3) +
    child(1435, 950, 112, { coat: P.brick, legs: "sit", arms: "hold", look: 1, hat: P.cream, ground: false }) +
    shadow(640, 935, 80, 14) +
    disc(640, 890, 50, P.white) +
    disc(650, 898, 40, "#dfe9f1") +
    disc(640, 888, 44, P.white) +
    disc(640, 814, 36, P.white) +
    disc(648, 820, 28, "#e3ecf3") +
    disc(640, 811, 32, P.white) +
    disc(640, 762, 26, P.white) +
    stroke("M620 782Q640 792 662 780L672 812", P.brick, 10) +
    poly(
      [
        [642, 762],
        [676, 768],
        [642, 770],
      ],
      "#e08a3f",
    ) +
    disc(634, 754, 3.4, P.ink) +
    disc(650, 754, 3.4, P.ink) +
    rect(618, 736, 46, 7, P.ink, 3) +
    rect(624, 704, 34, 34, P.ink, 3) +
    stroke("M606 814L562 780M574 790L562 796M676 814L716 784", P.bark, 5) +
    spruce(40, 985, 460, P.pine, true) +
    times(150, () => disc(next() * 1600, next() * 1000, 1.6 + next() * 3.4, P.white, 'opacity=".75"'))
  );
}
