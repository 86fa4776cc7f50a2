// Simple figures, a hundred units high, without faces.
import { P, darker, disc, lighter, oval, place, rect, shadow, shape, stroke } from "./draw.mjs";

const SKIN = ["#f0cdb2", "#c98f68", "#8d5b3f", "#e3b390", "#6b4331"];
const HAIR = ["#4a3324", "#20262b", "#c79a55", "#8a4b26", "#d9d6cf"];

function head(kind, hair, skin, hat) {
  const cap = {
    short: shape("M-9.6 -91C-10 -102 10 -103 9.6 -91C8 -96 3 -97.5 -2 -96.5C-6 -96 -8 -94 -9.6 -91z", hair),
    long: shape("M-10 -79C-13 -104 13 -105 10.5 -79C9 -82 9 -92 7 -95C2 -96.5 -4 -96 -7 -94C-8.5 -90 -8 -83 -10 -79z", hair),
    bun: disc(0, -103.5, 4.6, hair) + shape("M-9.6 -90C-10 -102 10 -103 9.6 -90C8 -96 3 -98 0 -97.5C-5 -97.5 -8 -95 -9.6 -90z", hair),
    veil: shape("M-11 -74C-14 -106 14 -106 11 -74C6 -71 -6 -71 -11 -74z", hair) + oval(1, -91, 6.2, 7.4, skin),
    bald: shape("M-9.4 -89C-10.5 -93 -9 -96 -7.5 -96C-8.5 -92 -8 -90 -7.6 -87zM9.4 -89C10.5 -93 9 -96 7.5 -96C8.5 -92 8 -90 7.6 -87z", hair),
  }[kind];
  const under = kind === "veil" ? "" : rect(-3.4, -86, 6.8, 9, darker(skin, 0.1), 2) + disc(0, -91, 9, skin);
  return (
    under +
    cap +
    (hat
      ? hat.hard
        ? shape("M-10.6 -93C-11 -107 11 -107 10.6 -93z", hat.hard) +
          rect(-2, -105, 4, 11, lighter(hat.hard, 0.35), 2) +
          rect(-12, -95, 27, 3.6, darker(hat.hard, 0.15), 1.8)
        : hat.straw
          ? oval(0, -95.5, 17, 3.6, darker(hat.straw, 0.12)) + shape("M-9.6 -96C-10 -108 10 -108 9.6 -96z", hat.straw) + rect(-9.8, -98.6, 19.6, 3.4, P.brick)
          : shape("M-10.4 -92C-11 -107 11 -107 10.4 -92z", hat) + rect(-11, -95, 22, 5.4, lighter(hat, 0.25), 2.7) + disc(0, -105.5, 3.4, lighter(hat, 0.35))
      : "")
  );
}

const LEGS = {
  stand: "M-5.5 -46L-6 -3M5.5 -46L6 -3",
  walk: "M-3 -46L-13 -5M3 -46L8 -26L13 -3",
  run: "M-3 -46L-12 -30L-25 -22M3 -46L15 -30L12 -4",
  sit: "M-4 -46L17 -43L17 -3M2 -46L24 -43L25 -3",
};
const ARMS = {
  down: ["M-12 -75L-17 -48", "M12 -75L17 -48"],
  walk: ["M-11 -75L-20 -50", "M11 -75L19 -52"],
  wave: ["M-12 -75L-17 -48", "M11 -75L21 -92L17 -107"],
  up: ["M-11 -75L-21 -96", "M11 -75L21 -96"],
  forward: ["M-10 -74L4 -58L20 -61", "M11 -74L14 -58L27 -62"],
  hold: ["M-12 -74L-15 -57L0 -55", "M12 -74L17 -57L4 -54"],
};

/** A figure. A `hat` is the colour of a woolly hat, or `{ hard }` or `{ straw }`. `look` picks skin and hair (0–4); `legs` stand|walk|run|sit, `arms` as above. */
export function person(
  x,
  base,
  h,
  {
    coat = P.blue,
    legs = "stand",
    trousers = P.ink,
    arms = legs === "walk" ? "walk" : "down",
    look = 0,
    hair = "short",
    hat,
    skirt = false,
    long = false,
    scarf,
    bag,
    stick = false,
    flip = false,
    held = "",
    ground = true,
  } = {},
) {
  const skin = SKIN[look % 5],
    shade = HAIR[look % 5],
    [back, front] = ARMS[arms],
    low = long ? -26 : -43,
    sitting = legs === "sit";
  const hand = (d) =>
    d
      .slice(d.lastIndexOf("L") + 1)
      .split(" ")
      .map(Number);
  const limb = (d, colour) => {
    const [hx, hy] = hand(d);
    return stroke(d, colour, 7.4) + disc(hx, hy, 3.7, skin);
  };
  const body = skirt
    ? `M-11 -80Q0 -84 11 -80L15 -62L20 ${low + 10}Q0 ${low + 14} -20 ${low + 10}L-15 -62z`
    : `M-12 -79Q0 -84 12 -79Q14.5 -60 ${long ? 16 : 13.5} ${low}Q0 ${low + 3} ${long ? -16 : -13.5} ${low}Q-14.5 -60 -12 -79z`;
  const feet = {
    stand: [
      [-8, 0],
      [8, 0],
    ],
    walk: [
      [-14, -2],
      [16, 0],
    ],
    run: [
      [-26, -20],
      [15, -1],
    ],
    sit: [
      [20, 0],
      [28, 0],
    ],
  }[legs];
  return (
    (ground && !sitting ? shadow(x + h * 0.06, base, h * 0.2, h * 0.035) : "") +
    place(
      x,
      base,
      limb(back, darker(coat, 0.28)) +
        (bag ? rect(-24, -60, 14, 20, bag, 3) : "") +
        stroke(LEGS[legs], trousers, 8.6) +
        feet.map(([fx, fy]) => oval(fx, fy - 2, 6.4, 3.2, darker(trousers, 0.4))).join("") +
        shape(body, coat) +
        shape(
          skirt
            ? `M4 -82Q8 -82 11 -80L15 -62L20 ${low + 10}Q12 ${low + 12} 7 ${low + 12}z`
            : `M5 -81.5Q10 -80.5 12 -79Q14.5 -60 ${long ? 16 : 13.5} ${low}Q10 ${low + 2} 6 ${low + 2}z`,
          darker(coat, 0.16),
        ) +
        head(hair, shade, skin, hat) +
        (scarf ? rect(-9, -83.5, 18, 6.4, scarf, 3.2) + rect(3, -80, 6, 16, darker(scarf, 0.1), 2) : "") +
        held +
        limb(front, darker(coat, 0.08)) +
        (stick ? stroke("M19 -50L24 -1", P.bark, 2.6) : ""),
      h / 100,
      flip,
    )
  );
}

/** A child: a larger head on a shorter body. */
export const child = (x, base, h, look = {}) => person(x, base, h * 1.02, look);

/** Somebody in a wheelchair. */
export function wheeled(x, base, h, look = {}) {
  return (
    shadow(x, base, h * 0.3, h * 0.045) +
    person(x - h * 0.04, base - h * 0.02, h * 0.92, { ...look, legs: "sit", arms: "forward", ground: false }) +
    place(
      x,
      base,
      stroke("M-22 -68V-34H14", P.slate, 4) +
        `<circle cx="-6" cy="-22" r="21" fill="none" stroke="${P.ink}" stroke-width="4"/>` +
        stroke("M-6 -43V-1M-27 -22H15M-21 -37L9 -7M9 -37L-21 -7", P.steel, 1.4) +
        disc(-6, -22, 3.4, P.ink) +
        `<circle cx="24" cy="-6" r="5.4" fill="none" stroke="${P.ink}" stroke-width="3"/>`,
      h / 100,
    )
  );
}

/** A bicycle, its wheels on the ground, about 170 units long. */
export const bicycle = (colour = P.brick) =>
  [-52, 52]
    .map(
      (x) =>
        `<circle cx="${x}" cy="-32" r="31" fill="none" stroke="${P.ink}" stroke-width="4.4"/>` +
        stroke(`M${x} -63V-1M${x - 31} -32H${x + 31}M${x - 22} -54L${x + 22} -10M${x + 22} -54L${x - 22} -10`, P.steel, 1) +
        disc(x, -32, 4, P.ink),
    )
    .join("") +
  stroke("M-52 -32L-22 -84M-52 -32L0 -30L36 -78M-22 -84L0 -30M-20 -76L36 -78L52 -32M36 -78L32 -98L46 -102", colour, 5.4) +
  stroke("M-34 -88H-12", P.ink, 7) +
  disc(0, -30, 7, P.slate);

/** Somebody on a bicycle. */
export function cyclist(x, base, size, { coat = P.blue, bike = P.brick, trousers = P.ink, look = 0, helmet = P.cream, flip = false, box } = {}) {
  const skin = SKIN[look % 5];
  return (
    shadow(x, base, 92 * size, 9 * size) +
    place(
      x,
      base,
      stroke("M-22 -96L8 -66L-4 -24", darker(trousers, 0.25), 13) +
        bicycle(bike) +
        (box ? rect(-82, -112, 46, 36, box, 5) + rect(-82, -112, 46, 9, darker(box, 0.15), 4) : "") +
        stroke("M-22 -96L16 -76L6 -16", trousers, 14) +
        stroke("M2 -14H18", P.ink, 8) +
        shape("M-34 -98Q-30 -142 2 -158L24 -150Q18 -120 -8 -92z", coat) +
        shape("M24 -150Q18 -120 -8 -92L-18 -94Q8 -120 14 -154z", darker(coat, 0.16)) +
        stroke("M12 -146L26 -118L44 -103", darker(coat, 0.1), 12) +
        disc(45, -102, 6, skin) +
        rect(8, -166, 10, 14, darker(skin, 0.1), 4) +
        disc(18, -175, 15, skin) +
        shape("M1 -176C0 -198 36 -198 36 -178Q18 -184 1 -176z", helmet) +
        shape("M18 -193Q36 -194 36 -178Q28 -181 20 -181z", darker(helmet, 0.12)),
      size,
      flip,
    )
  );
}
