// Reads lines of {"key", "text", "from", "to"} and answers each with the intervals that the npm package
// opening_hours finds in the text: [from, to, "open" | "unknown"] in civil time. Run with
// TZ=Europe/Stockholm, since the package reads the machine's zone.
//
//   node judges/opening_hours.mjs FOLDER-OF-THE-JUDGES < questions > answers
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';

const require = createRequire(resolve(process.argv[2], 'package.json'));
const loaded = require('opening_hours');
const OpeningHours = loaded.default ?? loaded.opening_hours ?? loaded;
const place = {
  lat: 57.7,
  lon: 11.97,
  address: { country_code: 'se', state: 'Västra Götalands län' },
};

const two = (number) => String(number).padStart(2, '0');
const civil = (at) =>
  `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}` +
  `T${two(at.getHours())}:${two(at.getMinutes())}`;

for await (const line of createInterface({ input: process.stdin })) {
  const { key, text, from, to } = JSON.parse(line);
  let answer;
  try {
    const hours = new OpeningHours(text, place, { locale: 'en' });
    const found = hours.getOpenIntervals(new Date(from), new Date(to));
    const intervals = found.map(([start, end, unknown]) => [
      civil(start),
      civil(end),
      unknown ? 'unknown' : 'open',
    ]);
    answer = { key, intervals };
  } catch (error) {
    answer = { key, error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
