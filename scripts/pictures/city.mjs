// Houses, street furniture and vehicles.
import { P, chance, darker, disc, glow, inside, lighter, mix, poly, rect, see, shadow, shape, stroke, times } from "./draw.mjs";

/** One window with frame, bars and a glint. */
export function pane(x, y, w, h, { glass = "#9fc3d8", frame = P.white, lit = false, bars = 1, arch = false } = {}) {
  const colour = lit ? "#ffd98a" : glass,
    f = Math.max(1.5, w * 0.08);
  const hole = arch ? `M${x} ${y + h}V${y + w / 2}A${w / 2} ${w / 2} 0 0 1 ${x + w} ${y + w / 2}V${y + h}z` : `M${x} ${y}H${x + w}V${y + h}H${x}z`;
  return (
    shape(hole, colour) +
    inside(
      shape(hole, "#000"),
      (lit
        ? rect(x, y + h * 0.55, w, h * 0.45, "#f7c069", 0, 'opacity=".6"')
        : poly(
            [
              [x, y + h],
              [x, y + h * 0.3],
              [x + w * 0.7, y],
              [x + w, y],
              [x + w, y + h * 0.12],
            ],
            lighter(colour, 0.3),
            'opacity=".7"',
          )) + (bars ? rect(x + w / 2 - f / 2, y, f, h, frame) + (bars > 1 ? rect(x, y + h * 0.42, w, f, frame) : "") : ""),
    ) +
    `<path d="${hole}" fill="none" stroke="${frame}" stroke-width="${f}"/>`
  );
}

/** Rows of windows; a part `lit` of them shines. */
export function panes(x, y, w, h, cols, rows, { ww = 0.5, wh = 0.6, lit = 0, seed = 1, sill, ...more } = {}) {
  const next = chance(seed),
    cw = w / cols,
    ch = h / rows;
  return times(rows * cols, (i) => {
    const wx = x + (i % cols) * cw + (cw * (1 - ww)) / 2,
      wy = y + Math.floor(i / cols) * ch + (ch * (1 - wh)) / 2;
    return (
      pane(wx, wy, cw * ww, ch * wh, { ...more, lit: next() < lit }) +
      (sill ? rect(wx - cw * 0.04, wy + ch * wh, cw * (ww + 0.08), Math.max(2, ch * 0.05), sill) : "")
    );
  });
}

/** A roof over a house of width `w`, its eaves at `y`. */
function roofOf(kind, x, y, w, rise, colour) {
  const over = w * 0.025;
  const forms = {
    saddle: [
      [x - over, y],
      [x + rise * 0.35, y - rise],
      [x + w - rise * 0.35, y - rise],
      [x + w + over, y],
    ],
    gable: [
      [x - over * 2, y],
      [x + w / 2, y - rise],
      [x + w + over * 2, y],
    ],
    hip: [
      [x - over, y],
      [x + w * 0.2, y - rise],
      [x + w * 0.8, y - rise],
      [x + w + over, y],
    ],
    mansard: [
      [x - over, y],
      [x + w * 0.04, y - rise * 0.68],
      [x + w * 0.14, y - rise],
      [x + w * 0.86, y - rise],
      [x + w * 0.96, y - rise * 0.68],
      [x + w + over, y],
    ],
    shed: [
      [x - over, y - rise * 0.25],
      [x + w + over, y - rise],
      [x + w + over, y],
    ],
  };
  if (kind === "flat") return rect(x - over, y - 9, w + 2 * over, 11, colour, 2);
  return poly(kind === "shed" ? [...forms.shed, [x - over, y]] : forms[kind], colour) + rect(x - over, y - 3, w + 2 * over, 6, darker(colour, 0.2));
}

/** A house seen from the front, its ground at `base`, its walls `h` high. */
export function house(
  x,
  base,
  w,
  h,
  {
    wall = P.cream,
    roof = "saddle",
    roofColour = P.brick,
    rise = h * 0.26,
    cols = 4,
    rows = 3,
    ground,
    groundHeight = h * 0.26,
    lit = 0,
    seed = 1,
    frame = P.white,
    glass,
    boards = false,
    door = true,
    doorColour = P.sea,
    chimneys = 1,
    dormers = 0,
    shop,
    bars = 2,
    snow = false,
    side = 0.1,
    ww = 0.46,
    wh = 0.58,
  } = {},
) {
  const top = base - h,
    gh = ground || shop ? groundHeight : 0,
    next = chance(seed * 3 + 7);
  const chimney = times(chimneys, (i) => {
    const cx = x + w * (0.28 + 0.44 * (chimneys > 1 ? i / (chimneys - 1) : next()));
    return (
      rect(cx, top - rise - h * 0.07, w * 0.05 + 7, rise * 0.7, darker(P.brick, 0.15)) +
      rect(cx - 2, top - rise - h * 0.085, w * 0.05 + 11, 7, snow ? P.white : P.slate, 1)
    );
  });
  const dormer = times(dormers, (i) => {
    const dw = w * 0.09 + 12,
      dx = x + (w / (dormers + 1)) * (i + 1) - dw / 2,
      dy = top - rise * 0.18;
    return (
      rect(dx, dy - dw, dw, dw, wall) +
      pane(dx + dw * 0.22, dy - dw * 0.84, dw * 0.56, dw * 0.7, { frame, glass, lit: next() < lit }) +
      poly(
        [
          [dx - 4, dy - dw],
          [dx + dw / 2, dy - dw * 1.45],
          [dx + dw + 4, dy - dw],
        ],
        darker(roofColour, 0.12),
      )
    );
  });
  const lines = boards
    ? see(
        0.1,
        times(Math.floor((h - gh) / 11), (i) => rect(x, top + i * 11, w, 1.6, P.ink)),
      )
    : "";
  let low = "";
  if (shop) {
    low =
      rect(x, base - gh, w, gh, darker(wall, 0.3)) +
      times(Math.max(2, Math.round(w / 110)), (i) => {
        const count = Math.max(2, Math.round(w / 110)),
          sw = w / count,
          sx = x + i * sw + sw * 0.1;
        return (
          pane(sx, base - gh * 0.72, sw * 0.8, gh * 0.58, { frame: P.cream, glass, lit: lit > 0 }) +
          times(6, (k) => rect(sx - 4 + (k * (sw * 0.8 + 8)) / 6, base - gh * 0.86, (sw * 0.8 + 8) / 6 + 0.5, gh * 0.24, k % 2 ? P.cream : shop, 2))
        );
      });
  } else if (ground) {
    low =
      rect(x, base - gh, w, gh, ground) +
      see(
        0.12,
        times(3, (i) => rect(x, base - gh + (i + 1) * (gh / 4), w, 1.6, P.ink)),
      ) +
      rect(x, base - gh - 3, w, 6, lighter(wall, 0.4)) +
      panes(x, base - gh, w, gh, cols, 1, { ww, wh: 0.52, lit, seed: seed + 9, frame, glass, bars: 1 });
  }
  const dh = gh ? Math.max(44, gh * 0.8) : Math.min(96, Math.max(44, (h / rows) * 0.66)),
    dw = dh * 0.56,
    dx = x + w / 2 - dw / 2;
  const doorway = door
    ? rect(dx - 4, base - dh - 4, dw + 8, dh + 4, frame, 2) +
      rect(dx, base - dh, dw, dh, doorColour, 2) +
      rect(dx + dw * 0.2, base - dh * 0.86, dw * 0.6, dh * 0.3, lit ? "#ffd98a" : P.steel, 2)
    : "";
  return (
    chimney +
    roofOf(roof, x, top, w, rise, roofColour) +
    (snow ? roofOf(roof, x + 2, top - 3, w - 4, rise, P.mist) : "") +
    dormer +
    rect(x, top, w, h, wall) +
    (roof === "gable"
      ? poly(
          [
            [x, top + 1],
            [x + w / 2, top - rise * 0.9],
            [x + w, top + 1],
          ],
          wall,
        ) +
        pane(x + w / 2 - w * 0.07, top - rise * 0.42, w * 0.14, rise * 0.36, { frame, glass, lit: next() < lit }) +
        stroke(`M${x - w * 0.04} ${top + 2}L${x + w / 2} ${top - rise}L${x + w * 1.04} ${top + 2}`, snow ? P.mist : roofColour, Math.max(7, w * 0.035))
      : "") +
    lines +
    panes(x + w * 0.03, top + h * 0.03, w * 0.94, h - gh - h * 0.05, cols, rows, { ww, wh, lit, seed, frame, glass, bars, sill: lighter(wall, 0.5) }) +
    low +
    rect(x + w * (1 - side), top, w * side, h, P.ink, 0, 'opacity=".1"') +
    rect(x, top, w, 8, P.ink, 0, 'opacity=".13"') +
    rect(x, base - 9, w, 9, darker(wall, 0.4)) +
    doorway
  );
}

/** A row of houses with their settings, side by side. */
export const row = (x, base, list) => {
  let at = x;
  return list
    .map(({ w, h, gap = 0, ...more }) => {
      const out = house(at, base, w, h, more);
      at += w + gap;
      return out;
    })
    .join("");
};

/** Far houses as plain forms in the haze. */
export function skyline(y, colour, seed = 1, { low = 60, high = 170, from = 0, to = 1600, lit = 0, litColour = "#ffd98a" } = {}) {
  const next = chance(seed);
  let out = "",
    x = from;
  while (x < to) {
    const w = 46 + next() * 90,
      h = low + next() * (high - low),
      kind = next(),
      tint = mix(colour, P.ink, next() * 0.07);
    out +=
      rect(x, y - h, w + 1, h + 2, tint) +
      (kind < 0.34
        ? poly(
            [
              [x, y - h],
              [x + w / 2, y - h - w * 0.4],
              [x + w, y - h],
            ],
            tint,
          )
        : kind < 0.6
          ? poly(
              [
                [x, y - h],
                [x + w * 0.16, y - h - 22],
                [x + w * 0.84, y - h - 22],
                [x + w, y - h],
              ],
              tint,
            )
          : kind < 0.68
            ? rect(x + w * 0.44, y - h - 70, w * 0.12, 70, tint) +
              poly(
                [
                  [x + w * 0.4, y - h - 70],
                  [x + w / 2, y - h - 120],
                  [x + w * 0.6, y - h - 70],
                ],
                tint,
              )
            : "");
    for (let wy = y - h + 12; wy < y - 16; wy += 22)
      for (let wx = x + 9; wx < x + w - 14; wx += 17)
        if (next() < 0.75) {
          const on = next() < lit;
          out += rect(wx, wy, 8, 12, on ? litColour : lit ? darker(colour, 0.25) : lighter(tint, 0.22), 1);
        }
    x += w + (next() < 0.15 ? 24 : 0);
  }
  return out;
}

/** A street lamp; `on` gives it a light. */
export const lamp = (x, base, h, on = false) =>
  shadow(x, base, h * 0.08) +
  rect(x - h * 0.011, base - h, h * 0.022, h, P.ink) +
  rect(x - h * 0.025, base - h * 0.06, h * 0.05, h * 0.06, P.ink, 2) +
  (on
    ? disc(
        x,
        base - h * 1.03,
        h * 0.42,
        glow([
          ["#ffdf9a", 0.75],
          ["#ffdf9a", 0.22, 0.4],
          ["#ffdf9a", 0],
        ]),
      )
    : "") +
  shape(`M${x - h * 0.04} ${base - h}L${x - h * 0.055} ${base - h * 1.08}H${x + h * 0.055}L${x + h * 0.04} ${base - h}z`, on ? "#ffe3a6" : P.cream) +
  poly(
    [
      [x - h * 0.065, base - h * 1.075],
      [x, base - h * 1.13],
      [x + h * 0.065, base - h * 1.075],
    ],
    P.ink,
  );

/** A bench. */
export const bench = (x, base, w, colour = P.wood) =>
  shadow(x + w / 2, base, w * 0.55, w * 0.05) +
  rect(x + w * 0.08, base - w * 0.2, w * 0.04, w * 0.2, P.ink) +
  rect(x + w * 0.88, base - w * 0.2, w * 0.04, w * 0.2, P.ink) +
  times(3, (i) => rect(x, base - w * (0.46 - i * 0.075), w, w * 0.055, i ? darker(colour, i * 0.04) : lighter(colour, 0.1), 3)) +
  rect(x - w * 0.02, base - w * 0.22, w * 1.04, w * 0.05, colour, 3);
