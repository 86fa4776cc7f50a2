// Makes everything in ../static from this folder and the installed packages. The same input gives
// the same bytes; the result is committed, so that building Torg needs no Node.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build, transformSync } from "esbuild";
import { transform } from "lightningcss";
import { ornaments } from "./ornament.mjs";

const here = (path) => new URL(path, import.meta.url);
const text = (path) => readFileSync(here(path), "utf8");
const out = here("../static/");
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

/** Part of a file's address that changes with its bytes; `crates/ui` works it out in the same way. */
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 12);
const addresses = new Map();
const sizes = [];

function write(name, content) {
  const bytes = Buffer.from(content);
  writeFileSync(new URL(name, out), bytes);
  const dot = name.lastIndexOf(".");
  addresses.set(name, `${name.slice(0, dot)}.${hash(bytes)}${name.slice(dot)}`);
  sizes.push([name, bytes.length, gzipSync(bytes, { level: 9 }).length]);
}

const font = "node_modules/@fontsource-variable/atkinson-hyperlegible-next/";
for (const subset of ["latin", "latin-ext"]) {
  write(`atkinson-${subset}.woff2`, readFileSync(here(`${font}files/atkinson-hyperlegible-next-${subset}-wght-normal.woff2`)));
}
write("favicon.svg", text("favicon.svg"));
// What cards of links show for a page without a picture: the land with the mark, 1200 × 630.
write("card.png", readFileSync(here("card.png")));
for (const [name, svg] of Object.entries(ornaments())) write(name, svg);
// What an event without a picture of its own shows: one drawing for each sort.
for (const name of readdirSync(here("events/")).sort()) write(name, text(`events/${name}`));

/** The drawing inside a Lucide icon, without its licence line and frame. */
function icon(name) {
  const svg = text(`node_modules/lucide-static/icons/${name}.svg`);
  return svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
    .replaceAll(/\s*\n\s*/g, "").replaceAll(" />", "/>");
}
const names = text("icons.txt").split("\n").filter(Boolean);
writeFileSync(new URL("icons.txt", out), names.map((name) => `${name}\t${icon(name)}\n`).join(""));

/** Leaves out custom properties that nothing reads, until none is left to leave out. */
function prune(css) {
  const workspace = text("css/workspace.css") + text("css/noticeboard-desk.css") + text("css/people-desk.css") + text("css/comments-desk.css") + text("css/care-desk.css") + text("css/unit-desk.css") + text("css/hours-desk.css") + text("css/calendar-desk.css") + text("css/calendar-signup-desk.css") + text("css/editor.css");
  for (;;) {
    const read = new Set([...(css + workspace).matchAll(/var\(\s*(--[\w-]+)/g)].map((match) => match[1]));
    const result = transform({
      filename: "pruned.css", code: Buffer.from(css), minify: true,
      visitor: { Declaration: { custom: (property) => (property.name.startsWith("--") && !read.has(property.name) ? [] : undefined) } },
    }).code.toString();
    if (result.length >= css.length) return result;
    css = result;
  }
}

/** The generated theme without what the pages never ask for: a forced scheme and unused colours. */
function theme() {
  return text("tokens/torg.css")
    .replaceAll(/\[data-color-scheme="dark"\] \{[^}]*\}/g, "")
    .replaceAll(/@media \(prefers-color-scheme: light\) \{\s*\[data-color-scheme="auto"\] \{[^}]*\}\s*\}/g, "")
    .replaceAll(/@layer [\w.-]+ \{\s*\[data-color="(info|success|neutral)"\][^{]*\{[^}]*\}\s*\}/g, "");
}

// The licences of what is carried along, to be given on with the program.
const licences = [
  ["Atkinson Hyperlegible Next", `${font}LICENSE`],
  ["Lucide", "node_modules/lucide-static/LICENSE"],
  ["Designsystemet", "node_modules/@digdir/designsystemet-css/LICENSE"],
  // One licence for all parts of ProseMirror; the three small packages under it have one of their own.
  ["MapLibre GL JS", "node_modules/maplibre-gl/LICENSE.txt"],
  ["PMTiles", "licences/pmtiles.txt"],
  ["fflate", "node_modules/fflate/LICENSE"],
  ["ProseMirror", "node_modules/prosemirror-view/LICENSE"],
  ...["orderedmap", "rope-sequence", "w3c-keyname"].map((name) => [name, `node_modules/${name}/LICENSE`]),
];
writeFileSync(new URL("LICENCES.txt", out), licences.map(([name, path]) => `== ${name} ==\n\n${text(path).trim()}\n`).join("\n\n"));

const vendor = "node_modules/@digdir/designsystemet-css/dist/src/";
// The ground is a part of ds: a layer beside it would come after all of ds and win over components.
const order = "@layer ds.theme, ds.base, ds.ground, ds.components, torg;";
const layer = (name, css) => `@layer ${name}{${css}}`;

function bundle(parts) {
  const css = parts.join("\n").replaceAll(/url\("?([\w-]+\.(?:svg|woff2))"?\)/g, (_, name) => {
    if (!addresses.has(name)) throw new Error(`the CSS asks for ${name}, which is not built`);
    return `url("${addresses.get(name)}")`;
  });
  return prune(transform({ filename: "bundle.css", code: Buffer.from(css), minify: true, targets: { chrome: 111 << 16, firefox: 115 << 16, safari: (16 << 16) | (4 << 8) } }).code.toString()) + "\n";
}

const own = (...files) => files.map((file) => text(`css/${file}.css`)).join("\n");
write("torg.css", bundle([
  order, theme(), own("tokens"),
  layer("ds.base", text(`${vendor}base.css`).replaceAll(/@charset[^;]*;/g, "")),
  own("ground"),
  layer("ds.components", text(`${vendor}button.css`) + text(`${vendor}input.css`)),
  own("chrome", "content", "cards", "pages", "unit", "dated", "forms", "comments", "noticeboard", "calendar", "calendar-signup", "pictures", "standing", "find", "print"),
]));
write("workspace.css", bundle([order, own("workspace", "noticeboard-desk", "comments-desk", "media-desk", "log-in-desk", "people-desk", "start-desk", "care-desk", "history-desk", "desk-page", "unit-desk", "hours-desk", "guide-desk", "calendar-desk", "calendar-signup-desk", "navigation")]));

/** A script of its own from TypeScript, for browsers that know modules. */
const script = (name) => write(`${name}.js`, transformSync(text(`src/${name}.ts`), { loader: "ts", format: "esm", target: "es2021", minify: true }).code);
script("search");
script("passkey");
write("find.js", (await build({ entryPoints: [here("src/find.ts").pathname], bundle: true, write: false, format: "esm", target: "es2022", minify: true })).outputFiles[0].contents);
script("menu");
script("keep");
script("pick");
script("near");
script("calendar");
script("calendar-desk");
script("upload");

/** The block editor: one file, loaded where a page is edited and nowhere else. */
const icons = { name: "icons", setup(build) {
  build.onResolve({ filter: /^icon:/ }, ({ path }) => ({ path: path.slice(5), namespace: "icon" }));
  build.onLoad({ filter: /.*/, namespace: "icon" }, ({ path }) => ({ contents: icon(path), loader: "text" }));
} };
const editor = await build({
  entryPoints: [here("src/editor/main.ts").pathname], bundle: true, write: false, format: "esm", target: "es2022", minify: true,
  legalComments: "none", plugins: [icons], absWorkingDir: here(".").pathname,
});
write("editor.js", editor.outputFiles[0].contents);
write("editor.css", bundle([order, own("editor")]));

/** The map: one file and its worker, loaded where a map is and nowhere else. */
const map = await build({ entryPoints: [here("src/map.ts").pathname], bundle: true, write: false, format: "esm", target: "es2022", minify: true, legalComments: "none", absWorkingDir: here(".").pathname });
write("map.js", map.outputFiles[0].contents);
write("map-worker.js", text("node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs").replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n"));
write("map.css", bundle([order, layer("torg", text("node_modules/maplibre-gl/dist/maplibre-gl.css")), own("map")]));

for (const [name, raw, packed] of sizes) console.log(`${name.padEnd(24)} ${String(raw).padStart(7)} B ${String(packed).padStart(7)} B gzip`);
