// The editor's parts that need no browser: documents there and back, words that exist.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";

const here = (path) => new URL(path, import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "torg-editor-"));
after(() => rmSync(folder, { recursive: true }));
async function load(name) {
  const outfile = join(folder, `${name}.mjs`);
  buildSync({ entryPoints: [here(`./${name}.ts`).pathname], bundle: true, format: "esm", platform: "node", outfile });
  return import(pathToFileURL(outfile));
}
const { toNode, toBlock, toDoc, countBlocks } = await load("document");
const schema = JSON.parse(readFileSync(here("./schema.json"), "utf8"));

test("every type of block that the site has is one that the editor can show and write", () => {
  assert.ok(Object.keys(schema.types).length >= 18);
  for (const block of schema.samples) {
    const node = toNode(block);
    assert.equal(node.type.name, block.type, `${block.type} is unknown to the editor`);
    assert.deepEqual(toBlock(node), block, block.type);
  }
});

test("what the editor does not know goes through as it is", () => {
  const paragraph = schema.samples.find((block) => block.type === "paragraph");
  for (const strange of [
    { ...paragraph, type: "hologram", depth: 3 }, { ...paragraph, v: 2 }, { ...paragraph, lang: "fi" },
    { id: paragraph.id, v: 1, type: "list", ordered: false, items: [] },
    { ...paragraph, text: [{ type: "formula", tex: "x" }] },
  ]) {
    const node = toNode(strange);
    assert.equal(node.type.name, "unknown");
    assert.deepEqual(toBlock(node), strange);
  }
  const inside = { ...schema.samples.find((block) => block.type === "box"), blocks: [{ ...paragraph, type: "hologram" }] };
  assert.deepEqual(toBlock(toNode(inside)), inside);
});

test("an empty text has a line to write on that is no block", () => {
  assert.equal(toDoc([]).childCount, 1);
  assert.equal(toDoc([]).firstChild.attrs.id, null);
});

test("blocks are counted with those that they hold", () => {
  const box = schema.samples.find((block) => block.type === "box" && block.blocks.length);
  assert.equal(countBlocks([box, box]), 6);
});

/** The keys of a file of sentences. */
const keys = (language) => new Set(readFileSync(here(`../../../translations/${language}/editor.ftl`), "utf8")
  .split("\n").filter((line) => line.startsWith("editor-")).map((line) => line.slice("editor-".length).split(" ")[0]));

test("all words that the editor says are there in both languages, and no others", () => {
  const source = readdirSync(here(".")).filter((name) => name.endsWith(".ts")).map((name) => readFileSync(here(`./${name}`), "utf8")).join("\n");
  const strings = new Set([...source.matchAll(/"([a-z][a-z\d-]*)"/g)].map((found) => found[1]));
  const all = keys("sv");
  assert.deepEqual([...all].sort(), [...keys("en")].sort());
  for (const [, key] of source.matchAll(/\bt\("([a-z\d-]+)"/g)) assert.ok(all.has(key), `no words for ${key}`);
  // Made of a name: blocks with their remarks, what was done to a table, what is searched for.
  const blocks = Object.keys(schema.types).concat("steps", "warning", "fact", "unknown", "heading-2", "heading-3", "heading-4", "heading");
  const made = new Set(blocks.flatMap((name) => [`block-${name}`, `block-${name}-note`])
    .concat([...strings].flatMap((name) => [`${name}-done`, `${name}-search`]), "tone-info", "tone-warning")
    // Asked for by the server, for the names of facts.
    .concat(["name", "phone", "email", "address", "hours"].map((name) => `fact-${name}`)));
  for (const name of Object.keys(schema.types)) assert.ok(all.has(`block-${name}`), `no words for block-${name}`);
  for (const key of all) assert.ok(strings.has(key) || made.has(key), `nobody says ${key}`);
});
