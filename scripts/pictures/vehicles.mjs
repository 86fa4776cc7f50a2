// The tram, boats, the crane of the shipyard and the stall of the market.
import { P, darker, disc, inside, lighter, place, poly, rect, shadow, shape, stroke, times } from "./draw.mjs";

/** A tram, `length` long, its rail at `base`. */
export function tram(x, base, length, { body = P.blue, lit = false } = {}) {
  const h = length * 0.2,
    low = base - h * 0.1,
    top = low - h,
    parts = 3,
    pw = length / parts;
  const hull = `M${x + 12} ${low}H${x + length - 12}Q${x + length + 4} ${low} ${x + length + 2} ${low - h * 0.3}L${x + length - h * 0.28} ${top + 8}Q${x + length - h * 0.34} ${top} ${x + length - h * 0.5} ${top}H${x + h * 0.5}Q${x + h * 0.34} ${top} ${x + h * 0.28} ${top + 8}L${x - 2} ${low - h * 0.3}Q${x - 4} ${low} ${x + 12} ${low}z`;
  const glass = lit ? "#ffe0a0" : "#a9cbdd";
  return (
    shadow(x + length / 2, base + 2, length * 0.54, h * 0.07, 0.28) +
    times(6, (i) => disc(x + length * (0.09 + i * 0.163), base - h * 0.07, h * 0.1, P.ink)) +
    stroke(`M${x + length * 0.48} ${top}l${h * 0.22} ${-h * 0.22}l${-h * 0.26} ${-h * 0.22}M${x + length * 0.44} ${top - h * 0.44}h${h * 0.36}`, P.ink, 4) +
    rect(x + length * 0.2, top - h * 0.09, length * 0.2, h * 0.1, P.slate, 4) +
    rect(x + length * 0.6, top - h * 0.09, length * 0.18, h * 0.1, P.slate, 4) +
    shape(hull, P.cream) +
    inside(
      shape(hull, "#000"),
      rect(x - 10, low - h * 0.36, length + 20, h * 0.4, body) +
        rect(x - 10, low - h * 0.4, length + 20, h * 0.05, P.gold) +
        rect(x - 10, top, length + 20, h * 0.1, lighter(body, 0.1)) +
        rect(x - 10, low - h * 0.07, length + 20, h * 0.1, darker(body, 0.4)) +
        times(parts, (p) =>
          times(4, (i) => {
            const wide = pw * 0.185,
              wx = x + p * pw + pw * 0.1 + i * pw * 0.205,
              door = i === (p === 1 ? 1 : 2);
            return door
              ? rect(wx - 2, top + h * 0.17, wide + 4, h * 0.76, darker(body, 0.15), 4) +
                  rect(wx + 3, top + h * 0.22, wide / 2 - 5, h * 0.62, glass, 3) +
                  rect(wx + wide / 2 + 2, top + h * 0.22, wide / 2 - 5, h * 0.62, glass, 3)
              : rect(wx, top + h * 0.19, wide, h * 0.36, glass, 5) +
                  poly(
                    [
                      [wx + 4, top + h * 0.53],
                      [wx + wide * 0.5, top + h * 0.2],
                      [wx + wide * 0.75, top + h * 0.2],
                      [wx + wide * 0.35, top + h * 0.53],
                    ],
                    P.white,
                    'opacity=".35"',
                  );
          }),
        ) +
        poly(
          [
            [x - 6, low - h * 0.42],
            [x + h * 0.3, top + h * 0.18],
            [x + pw * 0.075, top + h * 0.18],
            [x + pw * 0.075, low - h * 0.42],
          ],
          glass,
        ) +
        poly(
          [
            [x + length + 6, low - h * 0.42],
            [x + length - h * 0.3, top + h * 0.18],
            [x + length - pw * 0.075, top + h * 0.18],
            [x + length - pw * 0.075, low - h * 0.42],
          ],
          glass,
        ) +
        times(parts - 1, (p) => rect(x + (p + 1) * pw - 7, top, 14, h, P.slate) + times(4, (i) => rect(x + (p + 1) * pw - 6 + i * 3.6, top, 1.4, h, P.ink))),
    ) +
    disc(x + length - 8, low - h * 0.2, h * 0.05, P.butter) +
    disc(x + 8, low - h * 0.2, h * 0.05, "#e07a5f")
  );
}

/** A sailing boat round its waterline. */
export const sail = (x, y, size, { hull = P.rust, canvas = P.white } = {}) =>
  place(
    x,
    y,
    rect(-2, -150, 4, 140, P.bark) +
      shape("M-6 -146Q-62 -70 -70 -22H-6z", canvas) +
      shape("M6 -138Q44 -60 52 -24H6z", darker(canvas, 0.1)) +
      shape("M-78 -16H80Q66 14 46 16H-50Q-68 10 -78 -16z", hull) +
      shape("M20 -16H80Q66 14 46 16H12z", darker(hull, 0.2)) +
      rect(-78, -18, 158, 4, P.cream),
    size,
  );

/** A small open boat. */
export const rowboat = (x, y, size, colour = P.sea) =>
  place(
    x,
    y,
    shape("M-60 -14Q0 -4 60 -16Q52 12 34 14H-36Q-54 10 -60 -14z", colour) +
      shape("M-60 -14Q0 -4 60 -16Q58 -10 57 -7Q0 4 -57 -6z", lighter(colour, 0.3)) +
      rect(-18, -12, 30, 5, P.wood),
    size,
  );

/** A ferry of the river. */
export function ferry(x, y, size, colour = P.blue) {
  return place(
    x,
    y,
    rect(-10, -130, 20, 22, P.cream, 3) +
      rect(-70, -108, 150, 34, P.cream, 6) +
      times(5, (i) => rect(-60 + i * 27, -101, 20, 17, P.steel, 3)) +
      rect(-140, -76, 290, 46, P.white, 6) +
      times(9, (i) => rect(-128 + i * 30, -67, 22, 23, i % 4 === 3 ? P.sea : "#9fc3d8", 3)) +
      shape("M-190 -32H196Q186 10 160 16H-164Q-184 6 -190 -32z", colour) +
      shape("M40 -32H196Q186 10 160 16H30z", darker(colour, 0.16)) +
      rect(-190, -36, 386, 6, P.gold, 2) +
      stroke("M-186 -38V-58H-142M192 -38V-58H150", P.slate, 3) +
      rect(26, -146, 5, 40, P.slate) +
      rect(20, -146, 17, 4, P.slate),
    size,
  );
}

/** A crane of the old shipyard. */
export function crane(x, base, size, colour = P.brick) {
  const beam = (d, width = 9) => stroke(d, colour, width);
  return place(
    x,
    base,
    beam("M-60 0L-34 -250M60 0L34 -250M-52 -76H52M-44 -160H44") +
      beam("M-52 -76L44 -160M52 -76L-44 -160", 4) +
      rect(-46, -268, 92, 22, darker(colour)) +
      rect(-26, -330, 74, 62, colour, 4) +
      rect(22, -320, 20, 26, P.pale, 2) +
      beam("M10 -318L-190 -470M-24 -280L-190 -470M-50 -312L-30 -330M-112 -366L-72 -344", 7) +
      beam("M10 -330L30 -390L-190 -470M30 -390L48 -330", 4) +
      stroke("M-188 -468V-330", P.ink, 2.5) +
      rect(-194, -334, 12, 16, P.ink, 2) +
      rect(40, -300, 46, 34, darker(colour, 0.3), 3),
    size,
  );
}

/** A stall of the market under a striped cloth. */
export function stall(x, base, w, colour, goods) {
  const h = w * 0.78;
  return (
    shadow(x + w / 2, base, w * 0.6, w * 0.06) +
    rect(x + 6, base - h * 0.8, 7, h * 0.8, P.bark) +
    rect(x + w - 13, base - h * 0.8, 7, h * 0.8, P.bark) +
    rect(x + 13, base - h * 0.72, w - 26, h * 0.36, P.ink, 0, 'opacity=".22"') +
    goods(x + 8, base - h * 0.38, w - 16) +
    rect(x - 2, base - h * 0.36, w + 4, h * 0.36, P.wood, 3) +
    times(4, (i) => rect(x - 2, base - h * 0.36 + (i * h * 0.36) / 4, w + 4, 2, darker(P.wood, 0.25))) +
    times(8, (i) => {
      const cx = x - w * 0.06 + (i * w * 1.12) / 8,
        cw = (w * 1.12) / 8,
        top = w * 0.1,
        tx = x + w * 0.06 + (i * w * 0.88) / 8;
      return shape(
        `M${tx} ${base - h - top}H${tx + (w * 0.88) / 8 + 0.5}L${cx + cw + 0.5} ${base - h * 0.76}Q${cx + cw / 2} ${base - h * 0.66} ${cx} ${base - h * 0.76}z`,
        i % 2 ? P.cream : colour,
      );
    })
  );
}
