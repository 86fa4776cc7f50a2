// Trees, bushes, flowers.
import { P, chance, darker, disc, lighter, oval, place, poly, rect, shadow, shape, stroke, times } from "./draw.mjs";

/** A leaf tree with a crown of balls, lit from the upper left. `h` is its whole height. */
export function tree(x, base, h, colour = P.moss, { seed = 1, trunk = P.bark, slim = 1 } = {}) {
  const next = chance(seed * 7 + 1),
    r = h * 0.2 * slim,
    top = base - h + r * 1.5;
  const balls = [
    [0, 0.1, 1.25],
    [-0.95, 0.75, 0.9],
    [0.95, 0.7, 0.92],
    [-0.45, 1.35, 0.95],
    [0.55, 1.4, 0.9],
    [0, -0.55, 0.85],
  ].map(([dx, dy, size]) => [x + (dx + (next() - 0.5) * 0.25) * r, top + (dy + (next() - 0.5) * 0.2) * r, size * r]);
  return (
    shadow(x + h * 0.06, base, h * 0.24) +
    shape(`M${x - h * 0.024} ${base}L${x - h * 0.012} ${base - h * 0.6}H${x + h * 0.012}L${x + h * 0.026} ${base}z`, trunk) +
    stroke(`M${x} ${base - h * 0.32}L${x - r * 0.5} ${base - h * 0.47}M${x} ${base - h * 0.38}L${x + r * 0.55} ${base - h * 0.52}`, trunk, h * 0.013) +
    balls.map(([bx, by, br]) => disc(bx + br * 0.1, by + br * 0.12, br, darker(colour, 0.16))).join("") +
    balls.map(([bx, by, br]) => disc(bx - br * 0.1, by - br * 0.1, br * 0.9, colour)).join("") +
    balls.map(([bx, by, br]) => disc(bx - br * 0.34, by - br * 0.34, br * 0.5, lighter(colour, 0.1))).join("")
  );
}

/** A birch: a white trunk and hanging leaves. */
export function birch(x, base, h, colour = P.leaf, seed = 1) {
  const next = chance(seed * 13);
  return (
    shadow(x + h * 0.05, base, h * 0.18) +
    shape(`M${x - h * 0.018} ${base}L${x - h * 0.006} ${base - h * 0.88}H${x + h * 0.006}L${x + h * 0.02} ${base}z`, P.cream) +
    times(7, (i) => rect(x - h * 0.014 + next() * h * 0.012, base - h * (0.06 + i * 0.08), h * 0.014, h * 0.007, P.slate, 1)) +
    times(64, (i) => {
      const t = 0.06 + next() * 0.94,
        side = (next() - 0.5) * 2,
        layer = i / 64,
        width = Math.sin(Math.PI * (0.1 + t * 0.84)) * 0.19;
      return oval(
        x + side * width * h,
        base - h * (0.32 + t * 0.66),
        h * (0.03 + next() * 0.03),
        h * (0.045 + next() * 0.04),
        layer < 0.4 ? darker(colour, 0.16) : layer < 0.75 ? colour : lighter(colour, 0.12 + (side < 0 ? 0.08 : 0)),
      );
    })
  );
}

/** A spruce in tiers, its right side in shade. */
export function spruce(x, base, h, colour = P.pine, snow = false) {
  const w = h * 0.36;
  return (
    shadow(x + w * 0.1, base, w * 0.6) +
    rect(x - h * 0.02, base - h * 0.1, h * 0.04, h * 0.1, P.bark) +
    times(4, (i) => {
      const low = base - h * (0.07 + i * 0.21),
        half = w * (0.5 - i * 0.1),
        peak = low - h * 0.36;
      return (
        poly(
          [
            [x - half, low],
            [x, peak],
            [x + half, low],
          ],
          colour,
        ) +
        poly(
          [
            [x, peak],
            [x + half, low],
            [x + half * 0.1, low],
          ],
          darker(colour, 0.22),
        ) +
        (snow
          ? shape(
              `M${x - half * 0.8} ${low - h * 0.06}L${x} ${peak}L${x + half * 0.62} ${low - h * 0.14}Q${x + half * 0.3} ${low - h * 0.12} ${x + half * 0.2} ${low - h * 0.07}Q${x} ${low - h * 0.15} ${x - half * 0.25} ${low - h * 0.04}Q${x - half * 0.5} ${low - h * 0.1} ${x - half * 0.8} ${low - h * 0.06}z`,
              P.mist,
            )
          : "")
      );
    })
  );
}

/** A pine with a bare trunk and flat clouds of needles. */
export function pine(x, base, h, colour = P.pine, lean = 0.06) {
  const tip = x + h * lean;
  return (
    shadow(x, base, h * 0.2) +
    shape(
      `M${x - h * 0.024} ${base}Q${x} ${base - h * 0.5} ${tip - h * 0.01} ${base - h * 0.85}H${tip + h * 0.012}Q${x + h * 0.03} ${base - h * 0.5} ${x + h * 0.026} ${base}z`,
      "#a4623f",
    ) +
    [
      [-0.17, 0.62, 0.17],
      [0.17, 0.7, 0.17],
      [-0.1, 0.8, 0.2],
      [0.06, 0.9, 0.19],
    ]
      .map(
        ([dx, up, size]) =>
          oval(tip + (dx + 0.015) * h, base - (up - 0.02) * h, size * h, size * h * 0.46, darker(colour, 0.2)) +
          oval(tip + dx * h, base - up * h, size * h * 0.94, size * h * 0.38, colour) +
          oval(tip + (dx - 0.04) * h, base - (up + 0.025) * h, size * h * 0.5, size * h * 0.15, lighter(colour, 0.14)),
      )
      .join("")
  );
}

/** A round bush. */
export function bush(x, base, w, colour = P.moss, seed = 1) {
  const next = chance(seed * 31);
  return times(5, (i) => {
    const r = w * (0.18 + next() * 0.08),
      bx = x - w * 0.4 + i * w * 0.2;
    return disc(bx, base - r * 0.7, r, darker(colour, i % 2 ? 0.14 : 0.05)) + disc(bx - r * 0.25, base - r * 0.95, r * 0.6, lighter(colour, 0.12));
  });
}

/** Tufts of grass over a stretch. */
export function grass(x, y, w, h, colour, count = 30, seed = 2) {
  const next = chance(seed);
  return times(count, () => {
    const gx = x + next() * w,
      gy = y + next() * h,
      size = 7 + next() * 9;
    return stroke(`M${gx} ${gy}q-2 ${-size * 0.6} -5 ${-size * 0.8}M${gx} ${gy}q0 -6 1 ${-size}M${gx} ${gy}q2 ${-size * 0.6} 6 ${-size * 0.7}`, colour, 2);
  });
}

/** A bed of flowers. */
export function flowers(x, y, w, h, colours, count = 40, seed = 4, size = 6) {
  const next = chance(seed);
  return times(count, () => {
    const fx = x + next() * w,
      fy = y + next() * h,
      colour = colours[Math.floor(next() * colours.length)],
      s = size * (0.7 + next() * 0.6);
    return stroke(`M${fx} ${fy}v${s * 2.2}`, P.moss, s * 0.35) + disc(fx, fy, s, colour) + disc(fx, fy, s * 0.4, P.butter);
  });
}

/** A plant in a pot. */
export function potted(x, base, h, pot = P.brick, colour = P.moss) {
  const leaf = (angle, length, tint) =>
    `<g transform="rotate(${angle})">${shape(`M0 0C${-length * 0.22} ${-length * 0.4} ${-length * 0.16} ${-length * 0.8} 0 ${-length}C${length * 0.16} ${-length * 0.8} ${length * 0.22} ${-length * 0.4} 0 0z`, tint)}${stroke(`M0 0V${-length * 0.85}`, darker(tint, 0.15), 2)}</g>`;
  return (
    shadow(x, base, h * 0.22) +
    place(
      x,
      base - h * 0.3,
      [
        [-62, 0.5, 0.12],
        [62, 0.5, 0.2],
        [-35, 0.62, 0],
        [36, 0.6, 0.12],
        [-10, 0.7, 0.05],
        [14, 0.66, 0],
      ]
        .map(([angle, length, shade]) => leaf(angle, length * h, darker(colour, shade)))
        .join(""),
    ) +
    shape(`M${x - h * 0.16} ${base - h * 0.34}H${x + h * 0.16}L${x + h * 0.11} ${base}H${x - h * 0.11}z`, pot) +
    shape(`M${x + h * 0.02} ${base - h * 0.34}H${x + h * 0.16}L${x + h * 0.11} ${base}H${x + h * 0.02}z`, darker(pot)) +
    rect(x - h * 0.18, base - h * 0.36, h * 0.36, h * 0.06, lighter(pot, 0.12), 3)
  );
}
