// Renders the pictures of the demo city as JPEG: `npm ci && npm run render [name …]`.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import sharp from "sharp";

import { picture } from "./draw.mjs";
import * as green from "./scenes/green.mjs";
import * as halls from "./scenes/halls.mjs";
import * as homes from "./scenes/homes.mjs";
import * as rooms from "./scenes/rooms.mjs";
import * as schools from "./scenes/schools.mjs";
import * as streets from "./scenes/streets.mjs";
import * as water from "./scenes/water.mjs";
import * as works from "./scenes/works.mjs";

/** Largest size of a picture in bytes. */
const LARGEST = 110_000;
const scenes = { ...green, ...halls, ...homes, ...rooms, ...schools, ...streets, ...water, ...works };
const folder = fileURLToPath(new URL("../../demo/pictures/", import.meta.url));
const wanted = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

for (const [name, draw] of Object.entries(scenes)) {
  if (wanted.length && !wanted.includes(name)) continue;
  const svg = Buffer.from(picture(draw));
  // The best quality that fits.
  for (let quality = 88; ; quality -= 4) {
    const jpeg = await sharp(svg, { density: 72 }).flatten({ background: "#ffffff" }).jpeg({ quality, mozjpeg: true, progressive: true }).toBuffer();
    if (jpeg.length > LARGEST && quality > 56) continue;
    writeFileSync(`${folder}${name}.jpg`, jpeg);
    console.log(name, jpeg.length, quality);
    break;
  }
}
