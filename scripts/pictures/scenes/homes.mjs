// Where people live: a courtyard, a home for older people.
import { P, WIDTH, chance, cloud, darker, disc, fade, hills, lighter, oval, place, poly, rect, shadow, shape, sky, stroke, sun, times } from "../draw.mjs";
import { birch, bush, flowers, grass, potted, tree } from "../nature.mjs";
import { bicycle, child, person } from "../people.mjs";
import { bench, lamp, pane, skyline } from "../city.mjs";

/** A block of flats with balconies. */
function block(x, base, w, h, wall, { floors = 6, cols = 4, seed = 1, rail = P.cream, plants = true } = {}) {
  const fh = (h - 30) / floors,
    cw = w / cols,
    next = chance(seed);
  return (
    rect(x, base - h, w, h, wall) +
    rect(x - 4, base - h - 8, w + 8, 12, darker(wall, 0.35), 2) +
    times(floors * cols, (i) => {
      const fx = x + (i % cols) * cw,
        fy = base - h + 24 + Math.floor(i / cols) * fh,
        balcony = (i % cols) % 2 === 1,
        plant = next();
      if (!balcony)
        return (
          pane(fx + cw * 0.26, fy + fh * 0.16, cw * 0.48, fh * 0.52, { frame: P.white, bars: 1, lit: next() < 0.08 }) +
          rect(fx + cw * 0.22, fy + fh * 0.68, cw * 0.56, 4, lighter(wall, 0.5))
        );
      return (
        rect(fx + cw * 0.1, fy + fh * 0.08, cw * 0.8, fh * 0.78, darker(wall, 0.28)) +
        rect(fx + cw * 0.18, fy + fh * 0.14, cw * 0.4, fh * 0.7, "#9fc3d8") +
        poly(
          [
            [fx + cw * 0.18, fy + fh * 0.5],
            [fx + cw * 0.42, fy + fh * 0.14],
            [fx + cw * 0.54, fy + fh * 0.14],
            [fx + cw * 0.18, fy + fh * 0.7],
          ],
          P.white,
          'opacity=".35"',
        ) +
        rect(fx + cw * 0.37, fy + fh * 0.14, 3, fh * 0.7, P.white) +
        (plants && plant < 0.5
          ? times(
              4,
              (k) =>
                disc(fx + cw * (0.3 + k * 0.14), fy + fh * 0.5, cw * 0.075, k % 2 ? P.moss : P.leaf) +
                disc(fx + cw * (0.32 + k * 0.14), fy + fh * 0.47, 3.5, [P.brick, P.gold, P.rose][Math.floor(plant * 6) % 3]),
            )
          : "") +
        rect(fx + cw * 0.04, fy + fh * 0.54, cw * 0.92, fh * 0.32, rail, 2, 'opacity=".93"') +
        times(6, (k) => rect(fx + cw * (0.1 + k * 0.15), fy + fh * 0.56, 2, fh * 0.28, darker(rail, 0.18))) +
        rect(fx + cw * 0.02, fy + fh * 0.84, cw * 0.96, 6, darker(rail, 0.25)) +
        (plant > 0.82
          ? rect(fx + cw * 0.6, fy + fh * 0.56, cw * 0.2, fh * 0.3, P.brick, 2) + rect(fx + cw * 0.6, fy + fh * 0.64, cw * 0.2, fh * 0.06, P.butter)
          : "")
      );
    }) +
    rect(x + w * 0.9, base - h, w * 0.1, h, P.ink, 0, 'opacity=".12"') +
    rect(x + w / 2 - 30, base - 76, 60, 76, P.white, 3) +
    rect(x + w / 2 - 25, base - 71, 50, 71, P.deep, 2) +
    rect(x + w / 2 - 18, base - 64, 16, 60, P.steel, 2) +
    rect(x + w / 2 + 4, base - 64, 16, 60, P.steel, 2) +
    rect(x + w / 2 - 44, base - 88, 88, 9, P.deep, 2)
  );
}

export function bostader() {
  return (
    sky("#97c8e5", "#d8eaf2", "#fbf2dd") +
    sun(1360, 150, 56, P.butter) +
    cloud(640, 110, 280, P.white, 0.85, 5) +
    cloud(60, 150, 240, P.white, 0.7, 9) +
    skyline(600, "#bdd3dd", 8, { low: 160, high: 330 }) +
    hills(640, 60, "#a3c4a5", 5) +
    block(30, 720, 380, 520, "#cf7f58", { floors: 7, cols: 5, seed: 3 }) +
    block(470, 720, 290, 390, "#ead6ae", { floors: 5, cols: 4, seed: 5, rail: P.sea }) +
    block(820, 720, 330, 470, "#7ba39a", { floors: 6, cols: 4, seed: 8 }) +
    block(1210, 720, 400, 560, "#dcc08f", { floors: 7, cols: 5, seed: 4, rail: "#c46b46" }) +
    tree(440, 730, 300, P.moss, { seed: 2 }) +
    tree(790, 735, 250, P.leaf, { seed: 7 }) +
    birch(1180, 735, 330, P.leaf, 4) +
    rect(0, 716, WIDTH, 284, fade(["#a6c994", "#84b07a"])) +
    rect(0, 712, WIDTH, 9, "#d8d0bd") +
    shape("M0 790Q500 740 860 800T1600 830V900Q1200 850 860 870T0 880z", "#e3d6bc") +
    shape("M640 720L600 800H720L690 720z", "#e3d6bc") +
    bush(120, 740, 170, P.moss, 2) +
    bush(1050, 742, 150, P.moss, 5) +
    flowers(70, 735, 110, 16, [P.brick, P.gold], 14, 5, 6) +
    lamp(560, 800, 210) +
    bench(230, 800, 150) +
    person(300, 790, 130, { coat: P.plum, legs: "sit", arms: "hold", look: 3, hair: "bun", ground: false }) +
    times(3, (i) => place(1310 + i * 70, 790, bicycle([P.brick, P.blue, P.gold][i]), 0.6)) +
    person(930, 838, 160, { coat: P.sea, look: 2, legs: "walk", bag: P.ochre }) +
    person(1220, 850, 162, { coat: P.brick, look: 0, legs: "walk", arms: "forward", flip: true, hair: "long" }) +
    place(
      1130,
      852,
      shape("M-40 -76Q-46 -112 0 -112V-76z", P.navy) +
        shape("M-42 -76H40Q36 -36 0 -36H-6Q-38 -38 -42 -76z", P.blue) +
        stroke("M36 -74L62 -100M-20 -38L18 -10M18 -38L-22 -10", P.ink, 5) +
        disc(-24, -10, 11, P.ink) +
        disc(22, -10, 11, P.ink) +
        disc(-24, -10, 4, P.stone) +
        disc(22, -10, 4, P.stone),
    ) +
    poly(
      [
        [540, 925],
        [740, 910],
        [790, 960],
        [560, 980],
      ],
      P.cream,
    ) +
    times(3, (i) =>
      poly(
        [
          [576 + i * 62, 922 - i * 4.4],
          [600 + i * 62, 920 - i * 4.4],
          [628 + i * 66, 973 - i * 6],
          [602 + i * 66, 976 - i * 6],
        ],
        P.brick,
        'opacity=".7"',
      ),
    ) +
    child(640, 965, 118, { coat: P.gold, legs: "sit", arms: "hold", look: 2, ground: false }) +
    child(480, 960, 136, { coat: P.blue, legs: "run", look: 4, trousers: P.deep }) +
    disc(410, 950, 17, P.brick) +
    disc(405, 945, 7, P.rose) +
    tree(1500, 960, 460, P.moss, { seed: 11 }) +
    tree(50, 970, 400, P.leaf, { seed: 6 }) +
    grass(10, 900, 1580, 95, "#5f965e", 50, 3)
  );
}

export function aldreboende() {
  const view =
    sky("#a9d4e8", "#e2eee6") +
    sun(520, 170, 46, P.butter) +
    hills(420, 80, "#a9cbb0", 5) +
    rect(0, 480, WIDTH, 200, "#93bd88") +
    tree(250, 560, 330, P.moss, { seed: 3 }) +
    birch(700, 570, 380, P.leaf, 5) +
    tree(1010, 560, 280, "#d9a05a", { seed: 6 }) +
    flowers(300, 520, 640, 60, [P.brick, P.gold, P.white, P.rose], 70, 4, 8) +
    shape("M420 680Q560 540 900 530L930 540Q660 570 600 680z", "#eadcc0");
  const chair = (x, base, colour, flip) =>
    place(
      x,
      base,
      shape("M-62 -150Q-70 -172 -46 -172Q-28 -170 -28 -130V-60H-62z", darker(colour, 0.12)) +
        rect(-58, -84, 120, 44, colour, 14) +
        rect(-62, -96, 30, 74, darker(colour, 0.18), 12) +
        rect(40, -98, 26, 76, lighter(colour, 0.08), 12) +
        rect(-56, -24, 10, 24, P.bark) +
        rect(44, -24, 10, 24, P.bark),
      1.32,
      flip,
    );
  return (
    rect(0, 0, WIDTH, 1000, fade(["#f7efe0", "#efe1c8"])) +
    `<g>${rect(150, 90, 1030, 560, P.white, 6)}<svg x="166" y="106" width="998" height="528" viewBox="100 60 998 528">${view}</svg></g>` +
    times(2, (i) => rect(494 + i * 334, 100, 16, 540, P.white)) +
    rect(160, 262, 1010, 10, P.white) +
    rect(130, 640, 1070, 26, "#e6d3b0", 4) +
    shape("M60 60H210Q190 340 90 700H60z", P.sea, 'opacity=".9"') +
    shape("M60 60H110Q110 360 60 700z", "#174f57") +
    shape("M1290 60H1140Q1160 340 1262 700H1290z", P.sea, 'opacity=".9"') +
    shape("M1290 60H1240Q1240 360 1290 700z", "#174f57") +
    rect(40, 48, 1270, 16, P.bark, 8) +
    potted(240, 640, 130, P.brick, P.moss) +
    potted(1080, 640, 110, P.blue, P.leaf) +
    rect(420, 606, 60, 34, P.cream, 4) +
    flowers(424, 570, 50, 20, [P.brick, P.gold], 8, 3, 8) +
    rect(1370, 150, 170, 130, P.bark, 4) +
    rect(1380, 160, 150, 110, "#dbe9ee") +
    shape("M1380 240Q1430 200 1470 230T1530 215V270H1380z", P.teal) +
    disc(1500, 190, 13, P.gold) +
    rect(1380, 330, 110, 140, P.bark, 4) +
    rect(1389, 339, 92, 122, P.butter) +
    disc(1435, 400, 30, P.brick) +
    stroke("M1435 430V450", P.moss, 5) +
    rect(1340, 640, 250, 16, P.bark, 3) +
    rect(1356, 560, 14, 80, P.brick) +
    rect(1372, 550, 16, 90, P.sea) +
    rect(1390, 566, 13, 74, P.gold) +
    rect(1405, 556, 18, 84, P.deep) +
    rect(1430, 572, 14, 68, P.rose) +
    potted(1530, 640, 120, P.cream, P.moss) +
    rect(0, 720, WIDTH, 280, fade(["#c99b6c", "#b5845a"])) +
    rect(0, 712, WIDTH, 14, P.cream) +
    times(12, (i) => stroke(`M${i * 145} 726L${i * 145 + (i - 6) * 50} 1000`, "#a3754d", 2.5)) +
    oval(720, 918, 640, 92, "#dfe8e6") +
    oval(720, 918, 580, 78, "none", `stroke="${P.teal}" stroke-width="7"`) +
    oval(720, 918, 540, 68, "none", `stroke="${P.gold}" stroke-width="3"`) +
    poly(
      [
        [330, 726],
        [640, 726],
        [900, 1000],
        [420, 1000],
      ],
      P.butter,
      'opacity=".25"',
    ) +
    chair(430, 930, P.brick) +
    person(440, 930, 268, { coat: P.teal, legs: "sit", arms: "forward", look: 4, hair: "bun", ground: false, trousers: P.slate }) +
    chair(1010, 930, P.blue, true) +
    person(1000, 930, 272, { coat: P.gold, legs: "sit", arms: "forward", look: 4, hair: "bald", ground: false, flip: true, trousers: P.navy }) +
    shadow(720, 965, 150, 20) +
    rect(708, 812, 24, 146, P.bark) +
    oval(720, 958, 70, 12, P.bark) +
    oval(720, 812, 165, 24, darker(P.wood, 0.1)) +
    oval(720, 806, 165, 22, lighter(P.wood, 0.25)) +
    rect(655, 778, 32, 24, P.white, 5) +
    stroke("M687 784q14 4 0 14", P.white, 5) +
    rect(766, 782, 32, 24, P.white, 5) +
    stroke("M798 788q14 4 0 14", P.white, 5) +
    stroke("M664 768q-6 -10 0 -20q6 -10 0 -18M776 772q-6 -10 0 -20q6 -10 0 -18", P.white, 3, 'opacity=".7"') +
    oval(726, 800, 30, 8, P.cream) +
    shape("M702 796Q704 778 726 778T750 796z", P.ochre) +
    person(1280, 940, 305, { coat: P.sea, look: 2, hair: "long", legs: "walk", flip: true, trousers: P.deep, arms: "forward" }) +
    place(
      150,
      950,
      stroke("M-44 -140L-36 -14M40 -140L30 -14M-44 -140H-66M40 -140H58M-40 -78H36", P.brick, 8) +
        rect(-46, -84, 84, 26, P.brick, 5) +
        disc(-36, -10, 13, P.ink) +
        disc(32, -10, 13, P.ink) +
        disc(-36, -10, 5, P.stone) +
        disc(32, -10, 5, P.stone),
      1.15,
    ) +
    place(
      -560,
      30,
      shape("M1120 950Q1110 920 1132 918Q1150 900 1176 912Q1206 912 1206 936Q1208 952 1196 954H1130Q1122 956 1120 950z", "#d08f52") +
        disc(1136, 914, 17, "#d08f52") +
        poly(
          [
            [1122, 904],
            [1124, 886],
            [1136, 898],
          ],
          "#b87638",
        ) +
        poly(
          [
            [1138, 898],
            [1150, 886],
            [1152, 904],
          ],
          "#b87638",
        ) +
        stroke("M1204 944Q1236 950 1230 922", "#b87638", 9),
    )
  );
}
