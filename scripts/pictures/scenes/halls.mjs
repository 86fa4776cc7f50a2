// Large rooms: pool, polling station, stage.
import { P, WIDTH, chance, darker, disc, fade, glow, hills, inside, lighter, oval, place, poly, rect, see, shadow, shape, stroke, times } from "../draw.mjs";
import { pine, spruce, tree } from "../nature.mjs";
import { child, person, wheeled } from "../people.mjs";
import { pane } from "../city.mjs";

export function simhall() {
  const outside =
    rect(0, 0, WIDTH, 600, fade(["#a5d2e8", "#e6f0ec"])) +
    hills(360, 70, "#a9c9b5", 6) +
    times(9, (i) => (i % 3 ? spruce(60 + i * 190, 470, 250 + (i % 2) * 60, i % 2 ? P.pine : P.moss) : pine(60 + i * 190, 470, 300, P.pine))) +
    rect(0, 440, WIDTH, 80, "#c3d9bb");
  const rope = (i) =>
    times(26, (k) => {
      const t = (k / 25) ** 1.6,
        x = 800 + (i - 3) * 128 + (i - 3) * 160 * t,
        y = 540 + t * 470;
      return rect(x - 3 - 5 * t, y, 6 + 10 * t, 7 + 15 * t, k % 2 ? P.cream : P.brick, 3);
    });
  const swimmer = (x, y, s, cap, skin = "#e3b390") =>
    oval(x, y + 10 * s, 70 * s, 12 * s, P.white, 'opacity=".55"') +
    shape(`M${x - 64 * s} ${y + 8 * s}Q${x - 20 * s} ${y - 14 * s} ${x + 6 * s} ${y}L${x + 2 * s} ${y + 12 * s}z`, skin) +
    disc(x + 18 * s, y - 2 * s, 17 * s, skin) +
    shape(`M${x + s} ${y - 4 * s}A17 17 0 0 1 ${x + 35 * s} ${y - 4 * s}z`, cap) +
    shape(`M${x + 1 * s} ${y - 3 * s}A${17 * s} ${17 * s} 0 0 1 ${x + 35 * s} ${y - 3 * s}z`, cap) +
    stroke(`M${x} ${y}Q${x + 20 * s} ${y - 54 * s} ${x + 62 * s} ${y - 4 * s}`, skin, 11 * s) +
    times(5, (k) => disc(x + (60 + k * 9) * s, y - (4 + (k % 3) * 9) * s, 4 * s, P.white));
  return (
    rect(0, 0, WIDTH, 1000, "#e9f1f2") +
    outside +
    times(9, (i) => rect(i * 200 - 7, 60, 14, 420, P.white)) +
    rect(0, 60, WIDTH, 12, P.white) +
    rect(0, 250, WIDTH, 7, P.white) +
    poly(
      [
        [0, 0],
        [WIDTH, 0],
        [WIDTH, 74],
        [0, 74],
      ],
      "#c99b6c",
    ) +
    times(9, (i) =>
      poly(
        [
          [i * 200 - 60 + (i - 4) * 30, 0],
          [i * 200 - 20 + (i - 4) * 30, 0],
          [i * 200 + 8, 76],
          [i * 200 - 12, 76],
        ],
        "#a5754a",
      ),
    ) +
    rect(0, 466, WIDTH, 80, fade(["#dfe8e8", "#c6d5d8"])) +
    rect(0, 540, WIDTH, 460, fade(["#e9eeec", "#cfdadb"])) +
    times(9, (i) => rect(0, 560 + i * i * 6, WIDTH, 1.5, "#b9c7ca")) +
    times(34, (i) => rect(i * 48, 500, 2, 44, "#b3c6ca")) +
    rect(0, 498, WIDTH, 2, "#b3c6ca") +
    poly(
      [
        [170, 540],
        [1430, 540],
        [1900, 1000],
        [-300, 1000],
      ],
      fade(["#9cd6de", "#41a3b8", "#2688a3"]),
    ) +
    inside(
      poly(
        [
          [170, 540],
          [1430, 540],
          [1900, 1000],
          [-300, 1000],
        ],
        "#000",
      ),
      see(
        0.35,
        `<g transform="translate(0 1080) scale(1 -1)">${rect(0, 60, WIDTH, 440, "#dff0f2")}${times(9, (i) => rect(i * 200 - 7, 60, 14, 480, "#8fc8d3"))}</g>`,
      ) +
        times(60, (i) => {
          const t = ((i * 37) % 60) / 60,
            y = 556 + t * 430;
          return stroke(`M${(i * 271) % 1600} ${y}q${12 + 22 * t} ${-6 - 8 * t} ${26 + 44 * t} 0t${26 + 44 * t} 0`, P.white, 1.5 + 2.6 * t, 'opacity=".45"');
        }) +
        [1, 2, 3, 4, 5].map(rope).join(""),
    ) +
    stroke("M170 540H1430", P.white, 8) +
    stroke("M170 540L-300 1000M1430 540L1900 1000", "#f4f8f8", 20) +
    times(5, (i) => {
      const x = 545 + i * 128;
      return rect(x - 34, 494, 68, 40, P.blue, 4) + rect(x - 40, 486, 80, 12, P.deep, 3) + rect(x - 8, 506, 16, 20, P.white, 3);
    }) +
    person(672, 486, 130, { coat: P.brick, trousers: "#c98f68", look: 1, arms: "up", ground: false }) +
    swimmer(560, 640, 0.8, P.gold) +
    swimmer(880, 740, 1.15, P.brick, "#8d5b3f") +
    swimmer(380, 850, 1.5, P.deep) +
    swimmer(1080, 620, 0.75, P.white) +
    `<circle cx="1420" cy="850" r="50" fill="none" stroke="${P.brick}" stroke-width="24"/>` +
    `<circle cx="1420" cy="850" r="50" fill="none" stroke="${P.cream}" stroke-width="24" stroke-dasharray="40 38.5"/>` +
    disc(1420, 810, 26, "#e3b390") +
    shape("M1394 808A26 26 0 0 1 1446 808z", P.sea) +
    stroke("M1386 846L1366 826M1454 846L1474 828", "#e3b390", 13) +
    person(1120, 545, 116, { coat: P.sea, trousers: P.deep, look: 3, arms: "wave", hair: "long" }) +
    child(1270, 552, 88, { coat: P.gold, trousers: P.gold, look: 0 }) +
    child(1320, 554, 84, { coat: P.brick, trousers: P.brick, look: 4, arms: "up" }) +
    rect(80, 420, 8, 190, P.slate) +
    rect(150, 420, 8, 190, P.slate) +
    times(4, (i) => rect(80, 450 + i * 38, 78, 6, P.slate)) +
    rect(68, 400, 104, 26, P.cream, 4) +
    person(112, 470, 140, { coat: P.brick, legs: "sit", trousers: P.brick, look: 2, arms: "forward", ground: false }) +
    disc(1490, 180, 56, P.white) +
    `<circle cx="1490" cy="180" r="56" fill="none" stroke="${P.deep}" stroke-width="8"/>` +
    stroke("M1490 180V142M1490 180L1516 196", P.ink, 6)
  );
}

export function valokal() {
  const screen = (x, base) =>
    rect(x, base - 250, 170, 176, P.blue, 6) +
    rect(x + 120, base - 250, 50, 176, P.ink, 6, 'opacity=".14"') +
    rect(x + 12, base - 238, 146, 10, lighter(P.blue, 0.4), 4) +
    rect(x - 14, base - 84, 198, 16, P.wood, 4) +
    rect(x + 4, base - 70, 10, 70, P.slate) +
    rect(x + 156, base - 70, 10, 70, P.slate);
  const envelope = (x, y, s, colour = P.cream) => place(x, y, rect(-34, -22, 68, 44, colour, 3) + stroke("M-34 -20L0 6L34 -20", darker(colour, 0.25), 3.4), s);
  return (
    rect(0, 0, WIDTH, 720, fade(["#f2e6cd", "#ead9b8"])) +
    rect(0, 470, WIDTH, 250, "#c99b6c") +
    times(33, (i) => rect(i * 50, 470, 2.5, 250, "#b18357")) +
    rect(0, 462, WIDTH, 12, P.cream) +
    times(5, (i) => {
      const x = 90 + i * 300;
      return (
        pane(x, 70, 220, 190, { frame: P.white, bars: 2, glass: "#a9d0e6" }) +
        inside(
          rect(x, 70, 220, 184, "#000"),
          tree(x + [60, 160, 110, 40, 180][i], 300, [170, 230, 200, 240, 180][i], i % 2 ? P.moss : P.leaf, { seed: i + 2 }),
        ) +
        rect(x - 8, 252, 236, 14, P.white, 3) +
        rect(x + 106, 70, 10, 190, P.white)
      );
    }) +
    times(8, (i) => rect(1330 + (i * 242) / 7 - 2, 300, i % 7 ? 3 : 12, 420, "#8f6b46")) +
    times(7, (i) => rect(1330, 320 + i * 52, 242, 6, "#8f6b46")) +
    rect(0, 716, WIDTH, 284, fade(["#d9ab74", "#c08f58"])) +
    rect(0, 712, WIDTH, 8, "#8f6b46") +
    stroke("M0 860H1600", P.blue, 9, 'opacity=".55"') +
    `<ellipse cx="800" cy="900" rx="420" ry="90" fill="none" stroke="${P.brick}" stroke-width="9" opacity=".5"/>` +
    times(16, (i) => stroke(`M${i * 108} 720L${i * 108 + (i - 7.5) * 70} 1000`, "#a97a48", 2, 'opacity=".6"')) +
    [80, 310, 540].map((x) => screen(x, 790)).join("") +
    person(395, 812, 250, { coat: P.gold, look: 2, hair: "long", trousers: P.deep }) +
    person(625, 812, 262, { coat: P.plum, look: 4, trousers: P.ink }) +
    person(900, 884, 288, { coat: P.teal, look: 3, hair: "bun", arms: "forward", ground: false }) +
    shadow(1080, 900, 330, 22) +
    rect(800, 742, 560, 22, lighter(P.wood, 0.35), 5) +
    rect(800, 762, 560, 120, P.sea) +
    rect(800, 762, 560, 12, "#174f57") +
    times(8, (i) => rect(830 + i * 70, 774, 3, 108, "#174f57")) +
    rect(1040, 640, 150, 106, P.brick, 6) +
    rect(1150, 640, 40, 106, P.ink, 6, 'opacity=".14"') +
    rect(1034, 626, 162, 20, lighter(P.brick, 0.15), 5) +
    rect(1080, 631, 72, 8, P.ink, 4) +
    `<g transform="rotate(-14 1116 600)">${envelope(1116, 606, 0.86)}</g>` +
    envelope(1115, 698, 0.7, "#f3d3c3") +
    times(4, (i) => rect(820 + i * 4, 732 - i * 4, 76, 5, [P.cream, P.white, P.cream, P.white][i])) +
    rect(1240, 718, 90, 24, P.white, 3) +
    stroke("M1252 726H1316M1252 733H1300", P.steel, 3) +
    person(1262, 930, 330, { coat: P.blue, look: 0, hair: "long", arms: "forward", flip: true, trousers: P.deep }) +
    person(1400, 940, 300, { coat: P.brick, look: 4, hair: "veil", skirt: true, arms: "hold", flip: true, trousers: P.plum }) +
    wheeled(1510, 960, 240, { coat: P.gold, look: 1, trousers: P.navy }) +
    person(430, 980, 300, { coat: P.sea, look: 3, legs: "walk", stick: true, hair: "bald", trousers: P.slate }) +
    child(560, 985, 180, { coat: P.gold, look: 3, legs: "walk", trousers: P.brick }) +
    person(720, 985, 290, { coat: P.deep, look: 1, legs: "walk", hair: "bun", trousers: P.ink }) +
    poly(
      [
        [60, 380],
        [290, 380],
        [290, 440],
        [60, 440],
      ],
      P.deep,
    ) +
    stroke("M84 410H222M196 392L224 410L196 428", P.white, 9)
  );
}

export function scen() {
  const next = chance(21),
    ray = (x, y, to, w, colour) =>
      poly(
        [
          [x - 10, y],
          [x + 10, y],
          [to + w, 700],
          [to - w, 700],
        ],
        fade([
          [colour, 0.55],
          [colour, 0.03],
        ]),
      );
  const fold = (x, w, h, flip) =>
    times(7, (i) => {
      const fx = x + (i * w) / 7;
      return shape(
        `M${fx} 0H${fx + w / 7 + 1}Q${fx + w / 7 + (flip ? 20 : -20)} ${h * 0.6} ${fx + w / 7} ${h}H${fx}Q${fx + (flip ? 20 : -20)} ${h * 0.6} ${fx} 0z`,
        i % 2 ? "#8a3a1c" : "#b4532a",
      );
    });
  const lampOf = (x, y, angle, colour) =>
    `<g transform="rotate(${angle} ${x} ${y})">${rect(x - 18, y - 16, 36, 44, "#0b1a26", 6)}${rect(x - 22, y + 24, 44, 10, "#20394a", 3)}${oval(x, y + 34, 18, 5, colour)}</g>`;
  const cello = (x, y, s) =>
    place(
      x,
      y,
      shape("M0 -150Q-46 -146 -40 -108Q-22 -92 -50 -66Q-66 0 0 4Q66 0 50 -66Q22 -92 40 -108Q46 -146 0 -150z", P.rust) +
        shape("M0 -150Q46 -146 40 -108Q22 -92 50 -66Q66 0 0 4z", "#73290f") +
        rect(-6, -270, 12, 180, P.ink) +
        disc(0, -276, 11, P.bark) +
        stroke("M-3 -262V-30M3 -262V-30", P.butter, 1.4) +
        stroke("M0 4V26", P.ink, 4),
      s,
    );
  const audience = (y, s, colour, seed) => {
    const pick = chance(seed);
    return times(Math.ceil(1700 / (86 * s)), (i) => {
      const x = i * 86 * s + (pick() - 0.5) * 22 * s,
        h = y - pick() * 16 * s,
        hand = pick();
      return (
        disc(x, h - 40 * s, 26 * s, colour) +
        shape(`M${x - 50 * s} 1000V${h + 18 * s}Q${x - 44 * s} ${h - 14 * s} ${x} ${h - 14 * s}T${x + 50 * s} ${h + 18 * s}V1000z`, colour) +
        (hand < 0.16 ? stroke(`M${x + 40 * s} ${h + 20 * s}L${x + 50 * s} ${h - 70 * s}`, colour, 17 * s) : "") +
        (hand > 0.85 ? disc(x, h - 68 * s, 13 * s, colour) : "")
      );
    });
  };
  return (
    rect(0, 0, WIDTH, 1000, fade(["#0a2438", "#0f3a55", "#144d63"])) +
    disc(
      800,
      420,
      620,
      glow([
        ["#f7c98b", 0.75],
        ["#e08a5a", 0.3],
        ["#0f3a55", 0],
      ]),
    ) +
    times(5, (i) => shape(`M${200 + i * 300} 640Q${350 + i * 300} ${360 - (i % 2) * 70} ${500 + i * 300} 640z`, "#1f6f78", 'opacity=".35"')) +
    disc(800, 330, 130, "#fbe6bd", 'opacity=".92"') +
    times(60, () => disc(300 + next() * 1000, 60 + next() * 420, 1.5 + next() * 2, P.butter, 'opacity=".55"')) +
    ray(340, 70, 560, 130, "#fbe2b0") +
    ray(640, 60, 760, 120, "#bfe3f1") +
    ray(960, 60, 860, 120, "#f6b79a") +
    ray(1260, 70, 1060, 130, "#fbe2b0") +
    rect(140, 40, 1320, 14, "#0b1a26") +
    lampOf(340, 60, -18, "#fff3d6") +
    lampOf(640, 56, -8, "#dff3fb") +
    lampOf(960, 56, 8, "#ffd9c7") +
    lampOf(1260, 60, 18, "#fff3d6") +
    rect(0, 690, WIDTH, 110, fade(["#d09a63", "#9a6a40"])) +
    poly(
      [
        [0, 700],
        [1600, 700],
        [1600, 690],
        [0, 690],
      ],
      "#e9c08e",
    ) +
    times(18, (i) => stroke(`M${800 + (i - 9) * 84} 692L${800 + (i - 9) * 108} 800`, "#855a34", 2)) +
    [560, 800, 1060].map((x) => oval(x, 745, 170, 26, "#fff0cc", 'opacity=".4"')).join("") +
    person(860, 762, 330, { coat: P.brick, look: 1, hair: "long", skirt: true, arms: "wave", trousers: P.brick, long: true }) +
    rect(806, 540, 5, 220, P.ink) +
    oval(808, 762, 36, 6, P.ink) +
    `<g transform="rotate(40 808 532)">${rect(802, 512, 12, 36, P.ink, 5)}</g>` +
    person(612, 758, 300, { coat: P.deep, look: 3, legs: "sit", arms: "forward", ground: false, trousers: P.ink, hair: "short" }) +
    cello(700, 742, 1) +
    stroke("M646 640L758 612", P.bark, 4) +
    rect(566, 690, 60, 10, P.ink, 3) +
    rect(574, 698, 6, 60, P.ink) +
    person(1090, 758, 318, { coat: P.gold, look: 4, arms: "forward", trousers: P.ink }) +
    place(
      1130,
      590,
      `<g transform="rotate(-24)">${shape("M-46 0Q-66 -34 -26 -34Q-6 -28 12 -30Q40 -30 34 0Q40 30 12 30Q-6 26 -26 34Q-66 34 -46 0z", P.ochre)}${disc(-8, 0, 11, P.ink)}${rect(20, -5, 120, 10, P.bark, 3)}${rect(134, -9, 30, 18, P.ink, 3)}</g>`,
      1,
    ) +
    rect(330, 600, 150, 158, "#0b1a26", 6) +
    rect(330, 586, 190, 22, P.ink, 4) +
    rect(338, 580, 170, 10, P.white, 2) +
    times(12, (i) => rect(350 + i * 13, 580, 5, 6, P.ink)) +
    person(330, 770, 300, { coat: P.sea, look: 0, hair: "bun", arms: "forward", trousers: P.ink, ground: false }) +
    shadow(1270, 760, 110, 12, 0.4) +
    oval(1270, 700, 70, 56, P.cream) +
    `<ellipse cx="1270" cy="700" rx="70" ry="56" fill="none" stroke="${P.brick}" stroke-width="12"/>` +
    rect(1180, 620, 70, 52, P.blue, 6) +
    rect(1176, 614, 78, 9, P.cream, 3) +
    rect(1286, 614, 76, 56, P.blue, 6) +
    rect(1282, 608, 84, 9, P.cream, 3) +
    stroke("M1382 560V750M1160 540V750", P.slate, 4) +
    oval(1384, 558, 58, 9, P.gold) +
    oval(1158, 538, 52, 8, P.gold) +
    person(1270, 762, 275, { coat: P.plum, look: 2, arms: "up", ground: false, trousers: P.ink }) +
    rect(1180, 630, 66, 40, P.blue, 6) +
    rect(1290, 626, 66, 40, P.blue, 6) +
    oval(1270, 702, 64, 50, P.cream) +
    fold(0, 210, 760, false) +
    fold(1390, 210, 760, true) +
    times(9, (i) => shape(`M${i * 178} 0H${i * 178 + 179}Q${i * 178 + 90} 150 ${i * 178} 0z`, i % 2 ? "#b4532a" : "#9c441f")) +
    rect(0, 0, WIDTH, 22, P.gold) +
    rect(0, 796, WIDTH, 204, fade(["#0b2233", "#06131d"])) +
    rect(0, 792, WIDTH, 8, P.ochre) +
    audience(880, 0.8, "#12344a", 3) +
    audience(930, 1, "#0c2638", 8) +
    audience(985, 1.25, "#06161f", 14)
  );
}
