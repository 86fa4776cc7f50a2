// What every picture is drawn with: the palette, shapes as SVG text, light, sky, land and water.
// Light comes from the upper left. All chance is seeded, so that the same picture comes out again.
export const WIDTH = 1600,
  HEIGHT = 1000;

/** The palette: the site's blue, sea and brick, with the colours of stone, sand and leaves. */
export const P = {
  ink: "#00283f",
  deep: "#002f4d",
  navy: "#0c4468",
  blue: "#0069a8",
  azure: "#4a97c4",
  steel: "#8fb3c8",
  sky: "#cfe3f1",
  pale: "#e3eff6",
  mist: "#f1f6f9",
  white: "#ffffff",
  cream: "#fbf6ea",
  butter: "#fdeecb",
  gold: "#e6b858",
  ochre: "#c98f3c",
  brick: "#b4532a",
  rust: "#8a3a1c",
  rose: "#e0ab92",
  sand: "#ead7ba",
  wood: "#b07d52",
  bark: "#6d4a35",
  sea: "#1f6f78",
  teal: "#5b9ca0",
  mint: "#b9d8cf",
  leaf: "#8fb788",
  moss: "#5f8f68",
  pine: "#2d5f50",
  forest: "#1c4640",
  stone: "#c3ccd1",
  slate: "#5c6e7a",
  plum: "#6d4a63",
};

let defs = [],
  serial = 0;

/** A whole picture from a function that draws it. */
export function picture(draw) {
  defs = [];
  serial = 0;
  const body = draw();
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}"><defs>${defs.join("")}</defs>${body}</svg>`;
}

/** Pseudo-random numbers in 0..1 from a seed. */
export function chance(seed) {
  let state = (seed * 2654435761) >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    let t = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    t ^= t >>> 15;
    return (t >>> 0) / 4294967296;
  };
}

/** One thing drawn `count` times: `draw(i, next)`. */
export const times = (count, draw) => Array.from({ length: count }, (_, i) => draw(i)).join("");

/** A colour between two, `t` of the way. */
export function mix(from, to, t) {
  const part = (colour, at) => parseInt(colour.slice(at, at + 2), 16);
  return (
    "#" +
    [1, 3, 5]
      .map((at) =>
        Math.round(part(from, at) * (1 - t) + part(to, at) * t)
          .toString(16)
          .padStart(2, "0"),
      )
      .join("")
  );
}
export const darker = (colour, t = 0.18) => mix(colour, P.ink, t);
export const lighter = (colour, t = 0.25) => mix(colour, "#ffffff", t);

const n = (value) => Math.round(value * 10) / 10;
const stopsOf = (stops) =>
  stops
    .map((stop, i) => {
      const [colour, opacity, at] = Array.isArray(stop) ? stop : [stop, 1];
      return `<stop offset="${at ?? i / (stops.length - 1)}" stop-color="${colour}" stop-opacity="${opacity}"/>`;
    })
    .join("");

/** A gradient from top to bottom, or along `way`; a stop is a colour or [colour, opacity, place]. */
export function fade(stops, way = [0, 0, 0, 1]) {
  const id = `f${serial++}`,
    [x1, y1, x2, y2] = way;
  defs.push(`<linearGradient id="${id}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${stopsOf(stops)}</linearGradient>`);
  return `url(#${id})`;
}

/** A gradient from the middle outwards. */
export function glow(stops) {
  const id = `f${serial++}`;
  defs.push(`<radialGradient id="${id}">${stopsOf(stops)}</radialGradient>`);
  return `url(#${id})`;
}

/** `content` seen only inside `shape`. */
export function inside(shape, content) {
  const id = `c${serial++}`;
  defs.push(`<clipPath id="${id}">${shape}</clipPath>`);
  return `<g clip-path="url(#${id})">${content}</g>`;
}

export const rect = (x, y, w, h, fill, rx = 0, more = "") =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${fill}"${rx ? ` rx="${n(rx)}"` : ""} ${more}/>`;
export const disc = (x, y, r, fill, more = "") => `<circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" fill="${fill}" ${more}/>`;
export const oval = (x, y, rx, ry, fill, more = "") => `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" fill="${fill}" ${more}/>`;
export const shape = (d, fill, more = "") => `<path d="${d}" fill="${fill}" ${more}/>`;
export const stroke = (d, colour, width, more = "") =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`;
export const poly = (points, fill, more = "") => shape("M" + points.map(([x, y]) => `${n(x)} ${n(y)}`).join("L") + "z", fill, more);
export const group = (content, more = "") => `<g ${more}>${content}</g>`;
export const see = (opacity, content) => `<g opacity="${opacity}">${content}</g>`;
/** Content drawn round the origin, put in its place. */
export const place = (x, y, content, size = 1, flip = false) =>
  `<g transform="translate(${n(x)} ${n(y)}) scale(${flip ? -size : size} ${size})">${content}</g>`;
/** Content as the water at `y` mirrors it. */
export const mirror = (y, content, opacity = 0.35, squash = 0.7) =>
  `<g opacity="${opacity}" transform="translate(0 ${n(y * (1 + squash))}) scale(1 ${-squash})">${content}</g>`;
/** The soft shadow that something on the ground throws. */
export const shadow = (x, y, rx, ry = rx * 0.16, opacity = 0.18) => oval(x, y, rx, ry, P.ink, `opacity="${opacity}"`);

export const sky = (...stops) => rect(0, 0, WIDTH, HEIGHT, fade(stops));

export function sun(x, y, r, colour = P.cream, reach = 4.5, strength = 0.6) {
  return (
    disc(
      x,
      y,
      r * reach,
      glow([
        [colour, strength],
        [colour, strength * 0.3, 0.4],
        [colour, 0],
      ]),
    ) + disc(x, y, r, colour)
  );
}

/** A flat cloud of capsules. */
export function cloud(x, y, width, colour = P.white, opacity = 0.75, seed = 1) {
  const next = chance(seed),
    h = width * 0.085;
  const bars = times(4, (i) => {
    const w = width * (1 - i * 0.2) * (0.85 + next() * 0.2);
    return rect(x + (width - w) * (0.25 + next() * 0.5), y - i * h * 0.95, w, h * 1.12, colour, h * 0.56);
  });
  return see(opacity, bars);
}

/** A line of hills over the whole width down to the bottom. */
export function hills(y, rise, fill, seed, lengths = [620, 260, 110]) {
  const next = chance(seed),
    waves = lengths.map((length, i) => [length * (0.8 + next() * 0.4), next() * 7, rise / (i * 1.9 + 1)]);
  let d = `M0 ${HEIGHT}`;
  for (let x = 0; x <= WIDTH; x += 16)
    d += `L${x} ${n(y - waves.reduce((sum, [length, from, size]) => sum + size * (0.5 + 0.5 * Math.sin((x / length) * 6.283 + from)), 0) / 1.7)}`;
  return shape(`${d}L${WIDTH} ${HEIGHT}z`, fill);
}

/** Water from `y` down, with glints that grow towards the eye. */
export function water(y, top, bottom, { seed = 3, glint = P.white, count = 70, low = HEIGHT, strength = 0.5 } = {}) {
  const next = chance(seed);
  return (
    rect(0, y, WIDTH, low - y, fade([top, bottom])) +
    times(count, () => {
      const t = next() ** 1.6,
        near = 0.25 + t,
        w = (26 + next() * 120) * near;
      return rect(next() * WIDTH - w / 2, y + 6 + t * (low - y - 12), w, 1.4 + 4.4 * t, glint, 3, `opacity="${n((0.15 + next() * 0.5) * strength * 10) / 10}"`);
    })
  );
}

/** The sun's road on the water. */
export function road(x, y, width, colour = P.cream, seed = 5, low = HEIGHT) {
  const next = chance(seed);
  return times(46, (i) => {
    const t = (i / 46) ** 1.5,
      w = width * (0.25 + t * 1.2) * (0.3 + next() * 0.8);
    return rect(x - w / 2 + (next() - 0.5) * width * (0.3 + t), y + 4 + t * (low - y), w, 2 + 6 * t, colour, 4, `opacity="${n((0.75 - t * 0.5) * 10) / 10}"`);
  });
}

/** A smooth rock of granite with its light and shaded side. */
export function rock(x, y, w, h, colour = P.sand, seed = 1) {
  const next = chance(seed),
    top = 0.3 + next() * 0.25,
    b = 0.7 + next() * 0.1;
  const d = `M${n(x)} ${n(y)}C${n(x + w * 0.05)} ${n(y - h * 0.7)} ${n(x + w * (top - 0.15))} ${n(y - h)} ${n(x + w * top)} ${n(y - h)}S${n(x + w * (b - 0.1))} ${n(y - h * 0.75)} ${n(x + w * b)} ${n(y - h * 0.52)}S${n(x + w)} ${n(y - h * 0.2)} ${n(x + w)} ${n(y)}z`;
  return (
    shape(d, colour) +
    inside(
      shape(d, "#000"),
      shape(
        `M${n(x + w * top)} ${n(y - h)}C${n(x + w * (top + 0.1))} ${n(y - h * 0.5)} ${n(x + w * 0.45)} ${n(y - h * 0.3)} ${n(x + w * 0.4)} ${n(y)}H${n(x + w)}V${n(y - h)}z`,
        darker(colour, 0.16),
      ) +
        stroke(
          `M${n(x + w * 0.14)} ${n(y - h * 0.4)}C${n(x + w * 0.22)} ${n(y - h * 0.7)} ${n(x + w * 0.28)} ${n(y - h * 0.6)} ${n(x + w * 0.3)} ${n(y - h * 0.85)}`,
          lighter(colour, 0.4),
          Math.max(2, h * 0.03),
        ) +
        stroke(
          `M${n(x + w * 0.55)} ${n(y)}C${n(x + w * 0.6)} ${n(y - h * 0.25)} ${n(x + w * 0.7)} ${n(y - h * 0.2)} ${n(x + w * 0.74)} ${n(y - h * 0.5)}`,
          darker(colour, 0.3),
          Math.max(1.5, h * 0.02),
        ),
    )
  );
}

/** A gull far off. */
export const gull = (x, y, size, colour = P.white) =>
  stroke(
    `M${x - size} ${y - size * 0.25}Q${x - size * 0.45} ${y - size * 0.6} ${x} ${y}Q${x + size * 0.5} ${y - size * 0.6} ${x + size} ${y - size * 0.15}`,
    colour,
    Math.max(2, size * 0.13),
  );
