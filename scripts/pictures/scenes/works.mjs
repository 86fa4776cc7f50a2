// Building site and recycling.
import { P, WIDTH, cloud, darker, disc, fade, hills, lighter, oval, place, poly, rect, see, shadow, shape, sky, stroke, sun, times } from "../draw.mjs";
import { bush, grass, tree } from "../nature.mjs";
import { child, person, wheeled } from "../people.mjs";
import { house, pane, skyline } from "../city.mjs";

export function byggplats() {
  const helmet = { hat: { hard: P.gold } },
    vest = (x, base, h, more) =>
      person(x, base, h, { coat: "#e58a3c", trousers: P.deep, ...helmet, ...more }) +
      rect(x - h * 0.13, base - h * 0.64, h * 0.26, h * 0.032, P.butter) +
      rect(x - h * 0.13, base - h * 0.55, h * 0.26, h * 0.032, P.butter);
  const mast = (x, top, base, colour) =>
    rect(x - 15, top, 30, base - top, "none", 0, `stroke="${colour}" stroke-width="6"`) +
    times(Math.floor((base - top) / 40), (i) =>
      stroke(`M${x - 15} ${top + i * 40}L${x + 15} ${top + i * 40 + 40}M${x + 15} ${top + i * 40}L${x - 15} ${top + i * 40 + 40}`, colour, 3.4),
    );
  const towerCrane = (x, top, base, left, right, colour) =>
    mast(x, top, base, colour) +
    poly(
      [
        [x - 10, top],
        [x, top - 90],
        [x + 10, top],
      ],
      "none",
      `stroke="${colour}" stroke-width="5"`,
    ) +
    rect(x - left, top - 16, left + right, 6, colour) +
    rect(x - left, top + 6, left + right, 6, colour) +
    times(Math.floor((left + right) / 30), (i) =>
      stroke(`M${x - left + i * 30} ${top + 8}L${x - left + i * 30 + 15} ${top - 13}L${x - left + i * 30 + 30} ${top + 8}`, colour, 3),
    ) +
    stroke(`M${x} ${top - 88}L${x - left * 0.85} ${top - 14}M${x} ${top - 88}L${x + right * 0.8} ${top - 14}`, P.ink, 2.4) +
    rect(x + right - 60, top + 8, 56, 44, P.slate, 3) +
    rect(x + 16, top + 12, 34, 40, colour, 4) +
    rect(x + 22, top + 18, 22, 18, P.pale, 2);
  const frame = (x, base, cols, floors, cw, fh, done) =>
    times(
      floors,
      (f) =>
        rect(x - 8, base - (f + 1) * fh, cols * cw + 16, 14, "#b9b3aa") +
        times(cols + 1, (c) => rect(x + c * cw - 6, base - (f + 1) * fh, 12, fh, "#a59f96")) +
        times(cols, (c) =>
          f < done
            ? rect(x + c * cw + 6, base - (f + 1) * fh + 14, cw - 12, fh - 14, "#c66f49") +
              pane(x + c * cw + cw * 0.27, base - (f + 1) * fh + fh * 0.3, cw * 0.46, fh * 0.45, { frame: P.cream, bars: 1 })
            : rect(x + c * cw + 6, base - (f + 1) * fh + 14, cw - 12, fh - 14, P.ink, 0, 'opacity=".13"'),
        ),
    ) + times(cols + 1, (c) => times(2, (k) => rect(x + c * cw - 4 + k * 6, base - floors * fh - 34, 2, 36, P.brick)));
  const scaffold = (x, base, w, floors, fh) =>
    times(floors + 1, (f) => rect(x - 4, base - f * fh - 8, w + 8, 6, P.wood)) +
    times(Math.round(w / 70) + 1, (i) => rect(x + (i * w) / Math.round(w / 70) - 2, base - floors * fh - 40, 4, floors * fh + 40, P.slate)) +
    times(floors, (f) => rect(x, base - f * fh - 44, w, 3, P.slate)) +
    times(floors, (f) =>
      stroke(f % 2 ? `M${x} ${base - f * fh}L${x + w} ${base - (f + 1) * fh}` : `M${x + w} ${base - f * fh}L${x} ${base - (f + 1) * fh}`, P.slate, 2.4),
    );
  const ground = "M0 760Q420 735 800 760T1600 750V1000H0z";
  return (
    sky("#7fb0d0", "#c6dbe4", "#f8dcb8", "#fbe9c9") +
    sun(330, 520, 70, "#fff0cc", 5, 0.8) +
    cloud(900, 150, 360, P.white, 0.6, 3) +
    cloud(120, 240, 260, P.white, 0.55, 6) +
    skyline(700, "#b3c3cc", 14, { low: 60, high: 220 }) +
    see(0.55, towerCrane(240, 300, 740, 240, 120, "#9a8f86")) +
    shadow(760, 770, 560, 26) +
    frame(540, 762, 6, 5, 108, 84, 3) +
    scaffold(1192, 762, 140, 5, 84) +
    towerCrane(1400, 130, 790, 760, 170, P.gold) +
    stroke("M850 142V300", P.ink, 2.6) +
    rect(780, 300, 140, 16, "#b9b3aa", 2) +
    stroke("M850 262L786 300M850 262L914 300", P.ink, 2.4) +
    vest(700, 342, 78, { look: 2, arms: "wave", ground: false }) +
    vest(1010, 342, 76, { look: 0, legs: "walk", ground: false }) +
    vest(1262, 502, 76, { look: 3, arms: "forward", flip: true, ground: false }) +
    shape(ground, fade(["#c8a679", "#a5855d"])) +
    shape("M0 830Q300 800 620 850T1200 850T1600 830V1000H0z", "#b8946a") +
    place(
      330,
      860,
      shape("M-150 -8Q-160 -50 -120 -50H60Q96 -48 90 -8z", P.ink) +
        times(4, (i) => disc(-116 + i * 58, -28, 18, P.slate) + disc(-116 + i * 58, -28, 7, P.stone)) +
        rect(-120, -130, 190, 78, P.gold, 8) +
        rect(-120, -74, 190, 20, darker(P.gold), 4) +
        rect(-30, -206, 92, 86, P.gold, 8) +
        rect(-18, -196, 68, 54, "#a9cbdd", 5) +
        stroke("M60 -120Q150 -280 240 -260L300 -120", darker(P.gold, 0.1), 24) +
        stroke("M60 -120Q150 -280 240 -260", P.gold, 22) +
        shape("M270 -130H336Q340 -60 276 -62Q254 -90 270 -130z", P.slate) +
        times(4, (i) =>
          poly(
            [
              [276 + i * 15, -64],
              [284 + i * 15, -46],
              [290 + i * 15, -64],
            ],
            P.ink,
          ),
        ),
    ) +
    shape("M600 880Q650 800 720 806T860 884z", "#8f6f4c") +
    shape("M720 806T860 884H770Q740 850 720 806z", "#7d5f40") +
    times(3, (r) => times(6 - r, (i) => rect(1000 + r * 24 + i * 50, 890 - r * 26, 46, 23, i % 2 ? "#c46b46" : P.brick, 2))) +
    vest(930, 945, 232, { look: 1, arms: "forward", hair: "bun" }) +
    poly(
      [
        [960, 800],
        [1034, 784],
        [1040, 834],
        [966, 850],
      ],
      P.white,
    ) +
    stroke("M972 812L1024 800M974 824L1026 812M976 836L1010 828", P.azure, 3) +
    vest(1090, 950, 238, { look: 4, arms: "forward", flip: true }) +
    times(
      9,
      (i) =>
        rect(1230 + i * 44, 862, 8, 96, P.cream, 2) +
        rect(1226 + i * 44, 884, 50, 16, i % 2 ? P.brick : P.cream) +
        rect(1226 + i * 44, 924, 50, 12, i % 2 ? P.cream : P.brick),
    ) +
    [
      [110, 940],
      [190, 960],
    ]
      .map(
        ([x, y]) =>
          poly(
            [
              [x - 20, y],
              [x - 7, y - 58],
              [x + 7, y - 58],
              [x + 20, y],
            ],
            "#e5733a",
          ) +
          poly(
            [
              [x - 14, y - 24],
              [x - 10, y - 40],
              [x + 10, y - 40],
              [x + 14, y - 24],
            ],
            P.cream,
          ) +
          rect(x - 28, y - 4, 56, 8, "#c55d2a", 3),
      )
      .join("")
  );
}

export function atervinning() {
  const sign = {
    glas: stroke("M-6 -34V-20Q-14 -14 -14 -4V22H14V-4Q14 -14 6 -20V-34z", P.white, 5),
    papper: rect(-18, -24, 36, 46, "none", 3, `stroke="${P.white}" stroke-width="5"`) + stroke("M-9 -10H9M-9 1H9M-9 12H4", P.white, 4),
    metall: rect(-16, -22, 32, 42, "none", 6, `stroke="${P.white}" stroke-width="5"`) + stroke("M-16 -12H16M-16 10H16", P.white, 4),
    plast: stroke("M-9 -30H9V-20L15 -10V22H-15V-10L-9 -20z", P.white, 5),
    lampa: stroke("M-8 12Q-22 -2 -14 -18Q0 -34 14 -18Q22 -2 8 12zM-7 22H7", P.white, 5),
  };
  const bin = (x, base, colour, kind) =>
    shadow(x + 95, base + 4, 118, 15) +
    shape(`M${x} ${base}L${x + 6} ${base - 190}H${x + 184}L${x + 190} ${base}z`, colour) +
    shape(`M${x + 130} ${base - 190}H${x + 184}L${x + 190} ${base}H${x + 140}z`, darker(colour, 0.16)) +
    shape(`M${x - 6} ${base - 186}Q${x + 10} ${base - 250} ${x + 95} ${base - 252}T${x + 196} ${base - 186}z`, lighter(colour, 0.1)) +
    shape(`M${x + 95} ${base - 252}T${x + 196} ${base - 186}H${x + 140}Q${x + 130} ${base - 236} ${x + 95} ${base - 252}z`, colour) +
    oval(x + 95, base - 212, 36, 13, P.ink) +
    rect(x + 50, base - 158, 90, 90, "#ffffff", 14, 'opacity=".16"') +
    place(x + 95, base - 110, sign[kind], 1.05) +
    rect(x + 6, base - 24, 178, 8, P.ink, 4, 'opacity=".2"');
  const van = (x, y) =>
    place(
      x,
      y,
      shadow(0, 4, 190, 18) +
        shape("M-180 -30V-150Q-180 -170 -160 -170H60Q96 -168 116 -104L176 -86Q190 -80 188 -30z", P.cream) +
        shape("M64 -156Q86 -150 100 -104H30V-156z", "#9fc3d8") +
        rect(-180, -70, 368, 14, P.sea) +
        rect(-20, -150, 3, 116, P.stone) +
        disc(-110, -26, 34, P.ink) +
        disc(-110, -26, 14, P.stone) +
        disc(112, -26, 34, P.ink) +
        disc(112, -26, 14, P.stone),
    );
  return (
    sky("#98cae4", "#d9ebef", "#f8f1da") +
    sun(1240, 170, 58, P.butter) +
    cloud(220, 140, 320, P.white, 0.85, 4) +
    cloud(760, 100, 260, P.white, 0.75, 9) +
    hills(520, 130, "#b1cfb9", 7) +
    hills(590, 70, "#8ab58c", 3) +
    times(8, (i) => tree(30 + i * 220, 640, 240 + (i % 3) * 46, [P.moss, P.leaf, "#6f9c74"][i % 3], { seed: i + 5 })) +
    house(1130, 640, 420, 150, {
      wall: "#d9a763",
      roof: "shed",
      roofColour: P.slate,
      rise: 70,
      cols: 5,
      rows: 1,
      chimneys: 0,
      boards: true,
      doorColour: P.sea,
      wh: 0.5,
    }) +
    rect(0, 636, WIDTH, 364, fade(["#c4c2bb", "#a3a099"])) +
    rect(0, 630, WIDTH, 12, "#dcd8cc") +
    times(30, (i) => rect(i * 56, 590, 5, 46, P.slate)) +
    rect(0, 594, WIDTH, 4, P.slate) +
    rect(0, 614, WIDTH, 4, P.slate) +
    [
      ["glas", P.sea],
      ["papper", P.blue],
      ["metall", P.slate],
      ["plast", P.brick],
      ["lampa", "#c9952f"],
    ]
      .map(([kind, colour], i) => bin(70 + i * 235, 760, colour, kind))
      .join("") +
    van(1400, 770) +
    times(4, (i) =>
      poly(
        [
          [80 + i * 420, 860],
          [300 + i * 420, 860],
          [292 + i * 420, 870],
          [72 + i * 420, 870],
        ],
        P.cream,
        'opacity=".8"',
      ),
    ) +
    person(300, 890, 230, { coat: P.gold, look: 0, hair: "long", arms: "forward", trousers: P.sea }) +
    place(372, 752, rect(-9, -40, 18, 44, "#5f9a6c", 6) + rect(-4, -56, 8, 18, "#5f9a6c")) +
    rect(330, 850, 90, 64, P.wood, 4) +
    rect(330, 850, 90, 8, lighter(P.wood, 0.2)) +
    times(4, (i) => rect(342 + i * 20, 826 - (i % 2) * 8, 14, 30, ["#5f9a6c", P.steel, P.sea, "#b9d3a8"][i], 4)) +
    person(740, 900, 236, {
      coat: P.blue,
      look: 3,
      legs: "walk",
      trousers: P.ink,
      arms: "hold",
      held: rect(-20, -78, 40, 34, P.wood, 2) + rect(-20, -64, 40, 3, darker(P.wood)),
    }) +
    child(860, 905, 158, { coat: P.brick, look: 3, legs: "walk", trousers: P.navy, arms: "hold", held: rect(-14, -68, 26, 20, P.butter, 2) }) +
    person(1150, 890, 226, { coat: "#e58a3c", look: 4, hat: P.deep, arms: "wave", trousers: P.deep }) +
    rect(1121, 742, 58, 8, P.butter) +
    wheeled(540, 960, 196, { coat: P.teal, look: 1, trousers: P.deep }) +
    grass(0, 960, 300, 36, "#6c9a66", 18, 3) +
    bush(1560, 985, 150, P.moss, 4)
  );
}
