// The sea chart: a coast that lies nowhere, with its depth lines, drawn from seeded noise so that
// the same bytes come out each time. Two masks come of it; their colours are tokens in the CSS.
import { contours } from "d3-contour";

const WIDTH = 1200, HEIGHT = 640, STEP = 5;
const COLUMNS = WIDTH / STEP + 1, ROWS = HEIGHT / STEP + 1;

/** Pseudo-random numbers in 0..1 from a seed (mulberry32). */
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Smooth noise in about -1..1 over a lattice whose cells are `size` pixels. */
function noise(size, seed) {
  const next = random(seed), across = Math.ceil(WIDTH / size) + 2, down = Math.ceil(HEIGHT / size) + 2;
  const lattice = Array.from({ length: across * down }, () => next() * 2 - 1);
  const ease = (t) => t * t * t * (t * (t * 6 - 15) + 10);
  return (x, y) => {
    const gx = x / size, gy = y / size, ix = Math.floor(gx), iy = Math.floor(gy);
    const u = ease(gx - ix), v = ease(gy - iy), at = iy * across + ix;
    const top = lattice[at] * (1 - u) + lattice[at + 1] * u;
    const low = lattice[at + across] * (1 - u) + lattice[at + across + 1] * u;
    return top * (1 - v) + low * v;
  };
}

/** Distance from a point to a polyline. */
function distance(x, y, line) {
  let least = Infinity;
  for (let i = 1; i < line.length; i++) {
    const [ax, ay] = line[i - 1], [bx, by] = line[i];
    const t = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)));
    least = Math.min(least, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)));
  }
  return least;
}

const wide = noise(210, 31), middle = noise(95, 7), fine = noise(42, 1621), grain = noise(19, 4);
const river = [[520, 372], [640, 330], [760, 330], [880, 268], [985, 170], [1065, 60], [1090, -40]];

/** Height over the sea: land above 0. */
function height(x, y) {
  const shore = (x - 665 + 70 * Math.sin(y / 95)) / 330;
  const rough = 0.42 * wide(x, y) + 0.3 * middle(x, y) + 0.15 * fine(x, y) + 0.06 * grain(x, y);
  const rise = Math.min(shore, 0.75) + rough;
  const islands = 0.55 * Math.max(0, middle(x + 31, y + 17)) + 0.34 * Math.max(0, fine(y, x % HEIGHT)) + 0.1 * grain(x, y) - 0.36;
  const land = Math.max(rise, Math.min(islands, 0.3) - Math.max(0, (560 - x) / 1400));
  const breadth = 30 + 10 * middle(x, y) + 4 * grain(x, y);
  const bed = (distance(x, y, river) - breadth) / 120;
  return Math.min(land, bed);
}

const field = [];
for (let row = 0; row < ROWS; row++) for (let column = 0; column < COLUMNS; column++) field.push(height(column * STEP, row * STEP));

/** Depth: the distance to the nearest shore in pixels, bent a little; 40 on land. */
const shores = [];
for (let row = 0; row < ROWS; row++) for (let column = 0; column < COLUMNS; column++) if (field[row * COLUMNS + column] > 0) shores.push([column, row]);
const depth = field.map((at, i) => {
  if (at > 0) return 40;
  const column = i % COLUMNS, row = Math.floor(i / COLUMNS), x = column * STEP, y = row * STEP;
  let least = Infinity;
  for (const [c, r] of shores) least = Math.min(least, (c - column) ** 2 + (r - row) ** 2);
  return -STEP * Math.sqrt(least) + 9 * fine(x, y) + 7 * middle(y, x % HEIGHT) + 2 * grain(x, y);
});

/** Leaves out points that lie within `slack` of the line between their neighbours. */
function simplify(points, slack) {
  if (points.length < 3) return points;
  const [first, last] = [points[0], points.at(-1)];
  let far = 0, at = 0;
  for (let i = 1; i < points.length - 1; i++) {
    const d = distance(...points[i], [first, last[0] === first[0] && last[1] === first[1] ? [last[0] + 0.01, last[1]] : last]);
    if (d > far) [far, at] = [d, i];
  }
  if (far <= slack) return [first, last];
  return [...simplify(points.slice(0, at + 1), slack).slice(0, -1), ...simplify(points.slice(at), slack)];
}

/** A ring as relative whole-pixel path text. With `open`, pieces along the picture's edge are left out. */
function path(ring, slack, open) {
  const points = simplify(ring.map(([x, y]) => [(x - 0.5) * STEP, (y - 0.5) * STEP]), slack).map((p) => p.map(Math.round));
  const edge = ([x, y]) => x <= 0 || y <= 0 || x >= WIDTH || y >= HEIGHT;
  let out = "", at = null;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    if (a[0] === b[0] && a[1] === b[1]) continue;
    if (open && edge(a) && edge(b)) { at = null; continue; }
    if (at === null) out += `M${a[0]} ${a[1]}l`;
    else out += " ";
    out += `${b[0] - a[0]} ${b[1] - a[1]}`;
    at = b;
  }
  return out.replaceAll(" -", "-") + (open || out === "" ? "" : "z");
}

function level(values, threshold, slack, smallest, open) {
  const [shape] = contours().size([COLUMNS, ROWS]).thresholds([threshold])(values);
  return shape.coordinates.flat()
    .filter((ring) => ring.length > smallest)
    .map((ring) => path(ring, slack, open)).join("");
}

const svg = (body) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">${body}</svg>\n`;

/** The masks by file name. */
export function ornaments() {
  const depths = [-16, -32, -52, -78].map((at) => level(depth, at, 1.3, 18, true)).join("");
  return {
    "land.svg": svg(`<path d="${level(field, 0, 1.1, 14, false)}"/>`),
    "depth.svg": svg(`<g fill="none" stroke="#000" stroke-linejoin="round"><path stroke-width="1.6" d="${level(field, 0, 1.1, 14, true)}"/><path stroke-opacity=".55" d="${depths}"/></g>`),
  };
}
