// Makes demo/map/: districts and address points of the demo city, by rules from a fixed seed. Names are known
// ones; shapes and numbers are made up and say so. Every address lies on the land of the base map.
//
//   node scripts/demo-map.mjs
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const here = (path) => new URL(path, import.meta.url);
mkdirSync(here("../demo/map/"), { recursive: true });
const MADE_UP = "Påhittade gränser för demonstration";

/** Pseudo-random numbers in 0..1 (mulberry32). */
let seed = 20261122;
function random() {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const round = (n) => Math.round(n * 1e5) / 1e5;

// ---- districts ---------------------------------------------------------------------------------

const corner = {
  a: [11.62, 57.86], b: [11.8, 57.89], c: [11.97, 57.87], d: [12.0, 57.8], e: [11.985, 57.76], f: [11.975, 57.735],
  g: [11.955, 57.708], h: [11.89, 57.69], i: [11.8, 57.688], j: [11.62, 57.68], k: [12.05, 57.87], l: [12.13, 57.85],
  m: [12.16, 57.79], n: [12.1, 57.735], o: [12.03, 57.722], p: [12.09, 57.695], q: [12.02, 57.665], r: [11.945, 57.672],
  s: [12.01, 57.61], t: [11.95, 57.56], u: [11.8, 57.53], v: [11.62, 57.55],
};
const areas = [
  ["hisingen", "Hisingen", "abcdefghij", [["Torslanda", 11.74, 57.72], ["Biskopsgården", 11.885, 57.725], ["Lundby", 11.937, 57.713], ["Backa", 11.965, 57.755], ["Tuve-Säve", 11.9, 57.79], ["Kärra-Rödbo", 11.97, 57.81]]],
  ["nordost", "Nordost", "dklmnofe", [["Gamlestaden", 12.008, 57.735], ["Kortedala", 12.04, 57.755], ["Bergsjön", 12.085, 57.757], ["Hjällbo", 12.025, 57.785], ["Angered", 12.06, 57.805], ["Gunnared", 12.11, 57.82]]],
  ["centrum", "Centrum", "fonpqrhg", [["Majorna", 11.915, 57.689], ["Linnéstaden", 11.947, 57.693], ["Inom Vallgraven", 11.966, 57.705], ["Vasastaden", 11.975, 57.696], ["Örgryte", 12.02, 57.69], ["Härlanda", 12.04, 57.71]]],
  ["sydvast", "Sydväst", "hrqstuvji", [["Älvsborg", 11.85, 57.675], ["Frölunda", 11.905, 57.655], ["Högsbo", 11.94, 57.66], ["Askim", 11.955, 57.625], ["Tynnered", 11.87, 57.64], ["Södra skärgården", 11.75, 57.59]]],
];

/** What of a ring lies nearer to one point than to another (cut at the line half way between them). */
function nearer(ring, one, other) {
  const across = Math.cos((57.7 * Math.PI) / 180);
  const depth = ([x, y]) => ((other[0] + one[0]) / 2 - x) * (other[0] - one[0]) * across ** 2 + ((other[1] + one[1]) / 2 - y) * (other[1] - one[1]);
  const out = [];
  for (let at = 0; at < ring.length; at++) {
    const own = ring[at], last = ring[(at + ring.length - 1) % ring.length];
    const [now, before] = [depth(own), depth(last)];
    if (now < 0 !== before < 0) {
      const part = before / (before - now);
      out.push([last[0] + (own[0] - last[0]) * part, last[1] + (own[1] - last[1]) * part]);
    }
    if (now >= 0) out.push(own);
  }
  return out;
}
const slug = (name) => name.toLowerCase().replaceAll(/[åä]/g, "a").replaceAll("ö", "o").replaceAll("é", "e").replaceAll(/[^a-z]+/g, "-");
const feature = (id, name, ring, more) => ({
  type: "Feature", id, properties: { name, ...more },
  geometry: { type: "Polygon", coordinates: [[...ring, ring[0]].map(([x, y]) => [round(x), round(y)])] },
});
function layer(file, name, name_en, about, about_en, shown, features) {
  const torg = {
    organisation: "goteborg", name: { sv: name, en: name_en }, about: { sv: about, en: about_en },
    attribution: MADE_UP, districts: true, shown, name_from: "name",
  };
  const text = JSON.stringify({ type: "FeatureCollection", torg, features }).replaceAll('{"type":"Feature",', '\n{"type":"Feature",');
  writeFileSync(here(`../demo/map/${file}.geojson`), `${text}\n`);
}
const rings = areas.map(([id, name, corners]) => feature(id, name, [...corners].map((key) => corner[key]), { demo: true }));
layer("stadsomraden", "Stadsområden", "City areas", "Fyra stadsområden med påhittade, förenklade gränser.", "Four city areas with made-up, simplified borders.", true, rings);
const parts = areas.flatMap(([, above, corners, seeds]) => seeds.map(([name, x, y]) => {
  const ring = seeds.filter(([other]) => other !== name).reduce((own, [, ox, oy]) => nearer(own, [x, y], [ox, oy]), [...corners].map((key) => corner[key]));
  return feature(slug(name), name, ring, { stadsomrade: above, demo: true });
}));
layer("stadsdelar", "Stadsdelar", "Districts", "Stadsdelar med kända namn och påhittade, förenklade gränser.", "Districts by known names with made-up, simplified borders.", false, parts);

// ---- addresses ---------------------------------------------------------------------------------

/** Streets by known names: where they begin and end, about, and the last number. */
const streets = [
  ["Kungsportsavenyn", 11.9722, 57.7036, 11.9797, 57.6976, 44], ["Södra vägen", 11.981, 57.7, 11.9862, 57.6905, 60],
  ["Linnégatan", 11.9527, 57.6985, 11.9507, 57.6902, 66], ["Vasagatan", 11.9585, 57.6992, 11.9752, 57.6985, 58],
  ["Karl Johansgatan", 11.932, 57.6958, 11.912, 57.6935, 90], ["Östra Hamngatan", 11.9672, 57.7078, 11.9692, 57.7042, 40],
  ["Västra Hamngatan", 11.9605, 57.7058, 11.963, 57.7023, 26], ["Kungsgatan", 11.9565, 57.7043, 11.971, 57.7058, 64],
  ["Storgatan", 11.961, 57.7008, 11.9715, 57.7006, 52], ["Övre Husargatan", 11.956, 57.6975, 11.9585, 57.6925, 36],
  ["Mariagatan", 11.9155, 57.6862, 11.9195, 57.6848, 22], ["Såggatan", 11.9115, 57.6925, 11.914, 57.689, 40],
  ["Danska vägen", 12.006, 57.7085, 12.021, 57.6995, 96], ["Delsjövägen", 12.018, 57.6965, 12.043, 57.6905, 50],
  ["Redbergsvägen", 11.9995, 57.7165, 12.007, 57.712, 30], ["Landerigatan", 12.003, 57.7135, 12.0105, 57.711, 28],
  ["Artillerigatan", 12.008, 57.7262, 12.0175, 57.7225, 40], ["Gamlestadsvägen", 12.0005, 57.7255, 12.005, 57.732, 24],
  ["Kortedalavägen", 12.028, 57.7448, 12.038, 57.7525, 34], ["Bergsjövägen", 12.062, 57.754, 12.075, 57.757, 30],
  ["Rymdtorget", 12.0728, 57.7555, 12.0745, 57.7548, 10], ["Bergsgårdsgärdet", 12.0258, 57.7728, 12.0315, 57.7752, 96],
  ["Angereds Torg", 12.0485, 57.7975, 12.0505, 57.797, 14], ["Lövgärdets Centrum", 12.0605, 57.817, 12.0625, 57.8165, 8],
  ["Hjalmar Brantingsgatan", 11.953, 57.7195, 11.9285, 57.721, 60], ["Lindholmsallén", 11.929, 57.7078, 11.9455, 57.7098, 40],
  ["Wieselgrensgatan", 11.9355, 57.7228, 11.9375, 57.7265, 26], ["Sommarvädersgatan", 11.8925, 57.7222, 11.898, 57.726, 18],
  ["Friskväderstorget", 11.8905, 57.7235, 11.8925, 57.723, 10], ["Selma Lagerlöfs Torg", 11.9655, 57.7472, 11.9675, 57.7468, 16],
  ["Litteraturgatan", 11.964, 57.7495, 11.969, 57.7605, 80], ["Tuve Torg", 11.9295, 57.7548, 11.931, 57.7545, 6],
  ["Torslanda Torg", 11.7705, 57.7245, 11.772, 57.724, 8], ["Frölunda Torg", 11.9095, 57.6528, 11.9125, 57.6518, 20],
  ["Marconigatan", 11.914, 57.6495, 11.9285, 57.6555, 31], ["Axel Dahlströms Torg", 11.9362, 57.6682, 11.9378, 57.6675, 5],
  ["Opaltorget", 11.8725, 57.6428, 11.875, 57.642, 10], ["Askims Kyrkväg", 11.9345, 57.6275, 11.942, 57.6235, 20],
  ["Långedragsvägen", 11.862, 57.6745, 11.8735, 57.6785, 70],
];
const land = JSON.parse(readFileSync(here("../crates/map/data/land.geojson"), "utf8"));
function within([x, y], ring) {
  let inside = false;
  for (let at = 0, last = ring.length - 1; at < ring.length; last = at++) {
    const [ax, ay] = ring[at], [bx, by] = ring[last];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}
const dry = (point) => land.features.some(({ geometry: { coordinates: [outer, ...holes] } }) => within(point, outer) && !holes.some((hole) => within(point, hole)));
const rows = [];
for (const [street, ax, ay, bx, by, last] of streets) {
  const length = Math.hypot((bx - ax) * 0.534, by - ay);
  // Not every number is somebody's door.
  const step = Math.max(1, Math.round(last / 12));
  let doors = 0;
  for (let number = 1; number <= last; number += step) {
    const part = last > 1 ? (number - 1) / (last - 1) : 0;
    const side = number % 2 ? 1 : -1, off = 0.00012 + random() * 0.00006;
    const point = [
      ax + (bx - ax) * part + (side * off * -(by - ay)) / length / 0.534,
      ay + (by - ay) * part + (side * off * ((bx - ax) * 0.534)) / length,
    ];
    // A street that we draw straight may cross a canal; nobody lives there.
    if (!dry(point)) continue;
    doors += 1;
    for (const letter of random() < 0.2 ? ["A", "B"] : [""]) {
      const shift = letter === "B" ? 0.00008 : 0;
      rows.push(`${street},${number},${letter},,Göteborg,${(point[1] + shift).toFixed(6)},${(point[0] + shift).toFixed(6)}`);
    }
  }
  if (doors < 3) throw new Error(`${street} lies in the water`);
}
writeFileSync(here("../demo/map/addresses.csv"), `street,number,letter,postcode,city,lat,lon\n${rows.join("\n")}\n`);
writeFileSync(here("../demo/map/source.txt"), "Påhittade adresspunkter på kända gatunamn\n");
console.log(`${rings.length} + ${parts.length} areas, ${rows.length} addresses`);
