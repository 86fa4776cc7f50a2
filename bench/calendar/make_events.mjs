// make_events.mjs: events for the measurement as a table for `torg import events`, by rule and from a fixed
// seed: series by the week, the month and the day, lists of days, and single evenings; about 20 000
// occasions from today on. Places lie within the city.
const [first, wanted] = [process.argv[2], Number(process.argv[3] ?? 20000)];
let state = 20261122n;
const random = (below) => {
  state = (state * 6364136223846793005n + 1442695040888963407n) & ((1n << 64n) - 1n);
  return Number((state >> 33n) % BigInt(below));
};
const pick = (list) => list[random(list.length)];
const categories = ['music', 'stage', 'film', 'exhibition', 'literature', 'talk', 'craft', 'meet', 'sport', 'swim', 'outdoors', 'tour', 'play', 'festival', 'civic'];
const audiences = ['children', 'youth', 'adults', 'seniors', 'families', 'newcomers'];
const ease = ['step_free', 'toilet', 'hearing_loop', 'sign_language', 'described', 'easy_swedish', 'calm', 'companion'];
const words = ['Sagostund', 'Språkkafé', 'Visning', 'Konsert', 'Workshop', 'Samtal', 'Körsång', 'Motionsdans', 'Läxhjälp', 'Schackkväll', 'Utställning', 'Vandring'];
const places = ['Parken', 'Torget', 'Folkets hus', 'Kulturhuset', 'Biblioteket', 'Idrottshallen', 'Fritidsgården', 'Museet'];
const day = (offset) => new Date(Date.parse(`${first}T12:00:00Z`) + offset * 864e5).toISOString().slice(0, 10);
const rows = [['key', 'name', 'summary', 'category', 'start', 'end', 'rule', 'dates', 'place', 'street', 'city', 'lat', 'lon', 'audience', 'age_from', 'price', 'ease', 'languages']];
let occasions = 0;
for (let at = 0; occasions < wanted; at++) {
  const kind = random(40);
  const count = 20 + random(40);
  const start = random(120);
  const hour = 9 + random(11);
  let rule = '';
  let dates = '';
  if (kind < 8) [rule, occasions] = [`FREQ=WEEKLY;COUNT=${count}`, occasions + count];
  else if (kind === 8) [rule, occasions] = [`FREQ=MONTHLY;BYDAY=${1 + random(4)}${pick(['MO', 'TU', 'WE', 'TH', 'SA'])};COUNT=12`, occasions + 12];
  else if (kind === 9) [rule, occasions] = [`FREQ=DAILY;COUNT=${count}`, occasions + count];
  else if (kind < 13) {
    dates = Array.from({ length: 8 }, (_, n) => day(start + 3 + n * 11)).join('|');
    occasions += 9;
  } else occasions += 1;
  const free = random(2) === 0;
  rows.push([
    `bench-${at}`, `${pick(words)} ${at}`, 'Alla är välkomna. Kom som du är.', pick(categories),
    `${day(start)} ${String(hour).padStart(2, '0')}:00`, `${String(hour + 2).padStart(2, '0')}:00`, rule, dates,
    `${pick(places)} ${random(60)}`, `Storgatan ${1 + random(90)}`, 'Göteborg',
    (57.62 + random(160000) / 1e6).toFixed(6), (11.8 + random(280000) / 1e6).toFixed(6),
    random(3) === 0 ? pick(audiences) : '', random(4) === 0 ? String(random(16)) : '',
    free ? 'gratis' : String(20 + random(20) * 10), random(2) === 0 ? pick(ease) : '', random(8) === 0 ? 'sv,en' : 'sv',
  ]);
}
process.stdout.write(rows.map((row) => row.map((cell) => (cell.includes(';') ? `"${cell}"` : cell)).join(';')).join('\n') + '\n');
