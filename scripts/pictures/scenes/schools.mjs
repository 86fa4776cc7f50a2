// Preschool in the rain, and school in autumn.
import { P, WIDTH, chance, cloud, darker, disc, fade, hills, mirror, oval, place, poly, rect, see, shape, sky, stroke, sun, times } from "../draw.mjs";
import { pine, tree } from "../nature.mjs";
import { bicycle, child, person, wheeled } from "../people.mjs";
import { bench, house, lamp, pane, panes } from "../city.mjs";

export function forskola() {
  const next = chance(14),
    puddle = (x, y, w) => oval(x, y, w, w * 0.16, "#9fbfcc") + oval(x - w * 0.1, y - w * 0.03, w * 0.75, w * 0.1, "#c3dbe3");
  const umbrella = (x, y, s, a, b) =>
    rect(x - 2, y - 6, 4, 96 * s, P.ink) +
    times(4, (i) =>
      shape(
        `M${x} ${y - 66 * s}Q${x + (-76 + i * 38) * s} ${y - 60 * s} ${x + (-84 + i * 42) * s} ${y}Q${x + (-63 + i * 42) * s} ${y - 16 * s} ${x + (-42 + i * 42) * s} ${y}Q${x + (-38 + i * 38) * s} ${y - 60 * s} ${x} ${y - 66 * s}z`,
        i % 2 ? a : b,
      ),
    ) +
    rect(x - 2, y - 76 * s, 4, 12 * s, P.ink);
  const boots = (x, base, h, look) => child(x, base, h, { hat: look.coat, ...look, trousers: look.trousers ?? darker(look.coat, 0.2) });
  const hut =
    rect(100, 380, 620, 260, "#e6bd62") +
    rect(660, 430, 560, 210, "#7fae9c") +
    rect(1180, 400, 330, 240, "#cf7d58") +
    see(
      0.09,
      times(20, (i) => rect(100, 392 + i * 13, 1410, 2, P.ink)),
    ) +
    poly(
      [
        [70, 384],
        [400, 290],
        [750, 384],
      ],
      P.slate,
    ) +
    rect(650, 418, 560, 16, P.deep, 2) +
    rect(690, 404, 90, 14, P.slate, 2) +
    poly(
      [
        [1160, 404],
        [1345, 300],
        [1540, 404],
      ],
      P.slate,
    ) +
    panes(140, 430, 340, 160, 4, 1, { ww: 0.74, wh: 0.8, lit: 1, bars: 2, frame: P.white }) +
    rect(540, 470, 96, 170, P.white, 4) +
    rect(548, 478, 80, 162, P.brick, 3) +
    disc(588, 520, 22, "#ffd98a") +
    panes(700, 470, 460, 120, 5, 1, { ww: 0.7, wh: 0.85, lit: 0.8, seed: 3, bars: 1, frame: P.white }) +
    disc(1345, 372, 26, "#ffd98a") +
    panes(1220, 440, 250, 150, 3, 1, { ww: 0.66, wh: 0.8, lit: 1, bars: 2, frame: P.white }) +
    rect(500, 452, 176, 14, P.deep, 3) +
    rect(506, 462, 8, 180, P.deep) +
    rect(662, 462, 8, 180, P.deep);
  return (
    sky("#9db7c6", "#c3d3da", "#e3e5de") +
    cloud(80, 170, 420, "#e3eaee", 0.8, 3) +
    cloud(640, 120, 480, "#d5dfe5", 0.8, 8) +
    cloud(1180, 190, 380, "#e3eaee", 0.8, 5) +
    hills(520, 110, "#93b0a4", 8) +
    times(7, (i) => (i % 2 ? pine : tree)(40 + i * 260, 640, 330 + (i % 3) * 40, i % 2 ? P.pine : "#c99a4a", i % 2 ? 0.05 : { seed: i + 3 })) +
    hut +
    rect(0, 636, WIDTH, 364, fade(["#a3a89f", "#8b918b"])) +
    rect(0, 632, WIDTH, 10, "#c3c6bd") +
    see(0.25, mirror(640, hut, 1, 0.5)) +
    rect(0, 640, WIDTH, 360, "#98a09a", 0, 'opacity=".55"') +
    [
      [300, 760, 150],
      [860, 890, 230],
      [1330, 770, 170],
      [330, 960, 160],
      [1150, 960, 120],
    ]
      .map(([x, y, w]) => puddle(x, y, w))
      .join("") +
    times(34, () => {
      const x = next() * 1600,
        y = 680 + next() * 310;
      return `<ellipse cx="${x}" cy="${y}" rx="13" ry="3.4" fill="none" stroke="#dbe8ee" stroke-width="1.6"/>`;
    }) +
    oval(1250, 905, 190, 44, "#c8a874") +
    rect(1062, 890, 30, 44, P.wood, 4) +
    rect(1408, 890, 30, 44, P.wood, 4) +
    poly(
      [
        [1200, 895],
        [1232, 848],
        [1268, 895],
      ],
      "#b58f56",
    ) +
    boots(230, 770, 132, { coat: P.gold, look: 0, legs: "run", arms: "up", trousers: P.sea }) +
    times(8, (i) => disc(196 + i * 17, 752 - (i % 3) * 14, 4.5, "#e3f0f5")) +
    boots(430, 800, 128, { coat: P.brick, look: 2, legs: "walk", trousers: P.deep }) +
    boots(840, 880, 150, { coat: P.blue, look: 3, legs: "run", arms: "up", trousers: P.gold }) +
    times(9, (i) => disc(800 + i * 18, 868 - (i % 4) * 15, 5, "#e3f0f5")) +
    boots(1180, 905, 140, { coat: P.teal, legs: "sit", arms: "hold", look: 4, ground: false }) +
    boots(1320, 912, 142, { coat: P.rose, legs: "sit", arms: "hold", look: 0, flip: true, ground: false, trousers: P.brick }) +
    person(620, 930, 236, { coat: P.sea, look: 1, hair: "long", arms: "wave", trousers: P.ink }) +
    umbrella(652, 690, 1.5, P.cream, P.brick) +
    boots(520, 940, 140, { coat: P.gold, look: 1, trousers: P.blue }) +
    times(150, () => {
      const x = next() * 1640,
        y = next() * 960;
      return stroke(`M${x} ${y}l-6 26`, P.white, 1.8, 'opacity=".42"');
    })
  );
}

export function skola() {
  const main =
    house(320, 640, 900, 330, {
      wall: "#b8603d",
      roof: "hip",
      roofColour: P.slate,
      rise: 80,
      cols: 11,
      rows: 3,
      ground: "#d5c2a0",
      groundHeight: 90,
      chimneys: 2,
      door: false,
      ww: 0.5,
      seed: 4,
      frame: P.cream,
    }) +
    rect(690, 240, 160, 400, "#c06a45") +
    rect(690, 240, 160, 10, P.cream) +
    poly(
      [
        [672, 244],
        [770, 150],
        [868, 244],
      ],
      P.slate,
    ) +
    poly(
      [
        [770, 150],
        [868, 244],
        [800, 244],
      ],
      darker(P.slate),
    ) +
    disc(770, 300, 42, P.cream) +
    `<circle cx="770" cy="300" r="42" fill="none" stroke="${P.deep}" stroke-width="6"/>` +
    stroke("M770 300V272M770 300L790 312", P.ink, 5) +
    times(2, (i) => pane(712 + i * 66, 370, 48, 76, { frame: P.cream, bars: 2 })) +
    rect(712, 498, 116, 142, P.cream, 3) +
    shape("M722 640V540Q770 490 818 540V640z", P.sea) +
    rect(768, 512, 4, 128, "#174f57") +
    times(4, (i) => rect(680 - i * 12, 636 + i * 9, 180 + i * 24, 10, ["#f2ead9", "#e3d9c4", "#d6cab2", "#c9bca2"][i]));
  const hop = times(6, (i) =>
    place(
      0,
      0,
      poly(
        [
          [900 + i * 62, 850 + (i % 2 ? -14 : 0)],
          [954 + i * 62, 850 + (i % 2 ? -14 : 0)],
          [966 + i * 62, 884 + (i % 2 ? -14 : 0)],
          [912 + i * 62, 884 + (i % 2 ? -14 : 0)],
        ],
        "none",
        `stroke="${P.white}" stroke-width="5"`,
      ),
    ),
  );
  return (
    sky("#8fc3e2", "#d6e9f1", "#faefd9") +
    sun(190, 170, 54, P.butter) +
    cloud(360, 120, 300, P.white, 0.85, 2) +
    cloud(1080, 110, 340, P.white, 0.85, 7) +
    hills(560, 120, "#b5cdb4", 3) +
    [60, 200, 1310, 1450, 1570].map((x, i) => tree(x, 660, 360 + (i % 3) * 50, ["#d98a3f", P.gold, P.ochre, "#c96a3c", P.leaf][i], { seed: i + 7 })).join("") +
    main +
    rect(0, 660, WIDTH, 340, fade(["#b9b5ab", "#9a968d"])) +
    rect(0, 656, WIDTH, 9, "#d6d0c2") +
    shape("M0 680Q180 660 380 700L300 760Q120 770 0 780z", "#93b682") +
    shape("M1600 680Q1450 664 1260 700L1330 760Q1500 770 1600 780z", "#93b682") +
    hop +
    rect(1346, 470, 10, 330, P.slate) +
    rect(1286, 458, 130, 86, P.white, 4) +
    rect(1286, 458, 130, 86, "none", 4, `stroke="${P.brick}" stroke-width="6"`) +
    `<ellipse cx="1351" cy="548" rx="30" ry="8" fill="none" stroke="${P.brick}" stroke-width="5"/>` +
    disc(1310, 500, 20, "#e08a3f") +
    stroke("M1290 500H1330M1310 480V520", P.rust, 2) +
    child(1290, 830, 160, { coat: P.blue, look: 4, legs: "run", arms: "up", trousers: P.deep }) +
    child(1430, 840, 156, { coat: P.gold, look: 0, legs: "walk", arms: "up", flip: true, trousers: P.sea }) +
    child(1010, 880, 150, { coat: P.brick, look: 1, hair: "long", legs: "run", trousers: P.navy }) +
    child(1180, 905, 146, { coat: P.teal, look: 3, arms: "wave" }) +
    person(560, 800, 180, { coat: P.deep, look: 1, hair: "bun", skirt: true, trousers: P.slate, arms: "hold", held: rect(-14, -68, 28, 20, P.butter, 2) }) +
    child(640, 812, 134, { coat: P.gold, look: 2, legs: "walk", bag: P.brick }) +
    child(470, 806, 130, { coat: P.rose, look: 0, hair: "long", bag: P.sea, flip: true }) +
    child(330, 930, 178, { coat: P.sea, look: 2, legs: "walk", bag: P.gold, hat: P.brick }) +
    child(450, 940, 172, { coat: P.brick, look: 0, legs: "walk", bag: P.blue, hair: "bun", trousers: P.slate }) +
    wheeled(720, 950, 172, { coat: P.plum, look: 3, trousers: P.deep }) +
    bench(140, 800, 170) +
    times(3, (i) => place(110 + i * 56, 930, bicycle([P.brick, P.sea, P.gold][i]), 0.72)) +
    lamp(240, 740, 250) +
    times(40, (i) =>
      oval(
        (i * 211) % 1600,
        690 + ((i * 97) % 300),
        8,
        4,
        ["#d98a3f", P.gold, P.brick][i % 3],
        `transform="rotate(${(i * 37) % 50} ${(i * 211) % 1600} ${690 + ((i * 97) % 300)})"`,
      ),
    )
  );
}
