// ask.mjs URL ROUNDS: asks the calendar as readers and programs do, one question after the other on one
// connection, and tells p50 and p99 in milliseconds with the bytes of an answer. Nothing is kept by the server.
import { Agent, get } from 'node:http';

const [base, rounds] = [process.argv[2], Number(process.argv[3] ?? 40)];
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const ask = (path) =>
  new Promise((done, failed) => {
    const at = process.hrtime.bigint();
    get(base + path, { agent, headers: { 'accept-encoding': 'identity' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (part) => (bytes += part.length));
      answer.on('end', () => {
        if (answer.statusCode !== 200) failed(new Error(`${path}: ${answer.statusCode}`));
        done([Number(process.hrtime.bigint() - at) / 1e6, bytes]);
      });
    }).on('error', failed);
  });
const day = (offset) => new Date(Date.now() + offset * 864e5).toISOString().slice(0, 10);
const month = day(40).slice(0, 7);
const filters = [
  '', 'when=today', 'when=weekend', 'when=next-week', 'free=1', 'category=music', 'category=music,film&free=1',
  'audience=children', 'age=7&free=1', 'ease=step_free,toilet', 'language=en', 'near=57.70,11.97', 'near=57.70,11.97&within=500',
  'near=57.65,11.85&free=1&audience=children', `from=${day(30)}&to=${day(60)}`, `from=${day(200)}`, 'category=stage&age=12&when=weekend',
  'page=50', 'q=konsert', 'q=sagostund&free=1', 'organisation=kulturforvaltningen',
];
const groups = {
  'a list with any filter': filters.map((query) => `/kalendarium?${query}`),
  'a month': [`/kalendarium/manad?month=${month}`, `/kalendarium/manad?month=${month}&free=1`],
  'the API': [`/api/v1/events?start=${day(1)}&end=${day(30)}&page_size=100`, '/api/v1/events?bbox=11.9,57.65,12.0,57.75&sort=-start_time'],
  'Atom': ['/kalendarium.atom'],
};
// A calendar of about a thousand occasions, each by itself: the days that hold as many.
let days = 1;
const count = async (to) => {
  const answer = await fetch(`${base}/api/v1/events?start=${day(1)}&end=${day(to)}&page_size=1`);
  return (await answer.json()).meta.count;
};
while ((await count(days)) < 1000 && days < 400) days += 1;
groups[`iCalendar of ${await count(days)} occasions`] = [`/kalendarium.ics?from=${day(1)}&to=${day(days)}`];
groups['iCalendar of all series'] = ['/kalendarium.ics'];
for (const [name, paths] of Object.entries(groups)) {
  const all = [];
  let worst = ['', 0];
  let size = 0;
  for (const path of paths) {
    const own = [];
    await ask(path);
    for (let round = 0; round < rounds; round++) {
      const [ms, bytes] = await ask(path);
      own.push(ms);
      size = Math.max(size, bytes);
    }
    own.sort((one, other) => one - other);
    const p99 = own[Math.floor(own.length * 0.99)];
    if (p99 > worst[1]) worst = [path, p99];
    all.push(...own);
  }
  all.sort((one, other) => one - other);
  const at = (part) => all[Math.floor(all.length * part)].toFixed(1);
  console.log(`${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, worst question ${worst[1].toFixed(1)} ms (${worst[0]}), up to ${size} bytes, ${all.length} answers`);
}
agent.destroy();
