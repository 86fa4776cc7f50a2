// Makes COUNT pages of about 1 kB of Swedish words for `torg import pages`, in a tree of themes and
// groups, and searches for them: node make_pages.mjs COUNT FOLDER (searches go beside the folder).
// The words and how often they come are those of the demo's pages; the same count gives the same bytes.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [count, folder] = [Number(process.argv[2]), process.argv[3]];
const demo = new URL("../../demo/pages/sv/", import.meta.url).pathname;

const texts = readdirSync(demo, { recursive: true }).filter((name) => name.endsWith(".md")).sort()
  .map((name) => readFileSync(join(demo, name), "utf8").replace(/^---[\s\S]*?---/, ""));
const words = texts.join(" ").replaceAll(/\{\{[^}]*\}\}|\([^)]*\)|:::\w*/g, " ").match(/\p{L}{2,}/gu).map((word) => word.toLowerCase());
// A city of this size has more words than the demo: compounds that no demo page holds.
const firsts = [...new Set(words)].filter((word) => word.length > 5 && word.length < 11);

let state = 12_345;
const random = (below) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 4_294_967_296) * below);
};
const pick = (list) => list[random(list.length)];
const capital = (text) => text[0].toUpperCase() + text.slice(1);
const word = () => (random(12) === 0 ? pick(firsts) + pick(firsts) : pick(words));
const sentence = () => {
  const text = Array.from({ length: 6 + random(10) }, word).join(" ");
  return `${capital(text)}.`;
};
const paragraph = (length) => {
  let text = sentence();
  while (text.length < length) text += ` ${sentence()}`;
  return text;
};

/** A page for the folder itself, so that the pages in it have one above and others beside them. */
function index(place, type) {
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "index.md"), `---\ntitle: ${capital(`${pick(firsts)} ${pick(words)}`)}\ntype: ${type}\n---\n${paragraph(200)}\n`);
}

const folders = new Set();
for (let number = 0; number < count; number += 1) {
  const theme = join(folder, "sv", `del-${number % 20}`);
  const place = join(theme, `grupp-${Math.floor(number / 20) % 200}`);
  for (const [name, type] of [[theme, "theme"], [place, "article"]]) {
    if (!folders.has(name)) index(name, type);
    folders.add(name);
  }
  const title = `${pick(firsts)} ${pick(words)} ${pick(words)}`;
  const before = number - (number % 20) - 20;
  const link = before < 0 ? "" : `\n\nLäs även om [${pick(words)}](/del-0/grupp-${Math.floor(before / 20) % 200}/sida-${before}).`;
  writeFileSync(join(place, `sida-${number}.md`),
    `---\ntitle: ${capital(title)}\n---\n${paragraph(300)}\n\n## ${pick(firsts)} ${pick(words)}\n\n${paragraph(350)}\n\n## ${pick(firsts)}\n\n${paragraph(200)}${link}\n`);
}

// Searches: one to three words, one in eight misspelt.
const queries = Array.from({ length: 2_000 }, () => {
  const query = Array.from({ length: 1 + random(3) }, () => pick(firsts)).join(" ");
  if (random(8) > 0) return query;
  const at = 1 + random(query.length - 2);
  return query.slice(0, at) + query.slice(at + 1);
});
writeFileSync(join(folder, "../queries.lua"), `local queries = {\n${queries.map((query) => `"${encodeURIComponent(query)}"`).join(",\n")}}
local at = 0
request = function()
  at = at % #queries + 1
  return wrk.format("GET", "/api/v1/search?lang=sv&limit=10&q=" .. queries[at])
end
`);
