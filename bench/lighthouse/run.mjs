// Lighthouse at its mobile setting on some pages of a running city: node run.mjs URL [PATH…]
// The median of three rounds for each page; ends with 1 when a category is under 100, a first
// load is 100 kB or more, or its script is 30 kB or more.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import * as launcher from "chrome-launcher";
import lighthouse from "lighthouse";

const [base, ...asked] = process.argv.slice(2);
const pages = asked.length > 0 ? asked : [
  "/", "/bygga-bo-och-miljo/avfall/sophamtning", "/nyheter", "/sok", "/sok?q=bibliotek", "/anslagstavla",
];
const rounds = Number(process.env.ROUNDS ?? 3);
const categories = ["performance", "accessibility", "best-practices", "seo"];
const [mostBytes, mostScript] = [100_000, 30_000];

const browser = () => {
  const known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
  return process.env.CHROMIUM ?? known ?? execFileSync("which", ["chromium"], { encoding: "utf8" }).trim();
};
const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

/** One load with nothing kept: scores of 100, bytes over the wire, and what is blamed. */
async function round(chrome, address) {
  const result = await lighthouse(address, {
    port: chrome.port,
    onlyCategories: categories,
    // Answers to a search ask search engines on purpose not to keep them.
    skipAudits: new URL(address).search ? ["is-crawlable"] : [],
    logLevel: "error",
  });
  const { lhr } = result;
  if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
  const requests = lhr.audits["network-requests"].details.items;
  const bytes = (wanted) => requests.filter(wanted).reduce((sum, request) => sum + (request.transferSize ?? 0), 0);
  const blamed = categories.flatMap((name) => lhr.categories[name].auditRefs
    .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 0.995)
    .map(({ id }) => `${name}: ${id} ${lhr.audits[id].displayValue ?? lhr.audits[id].title}`));
  return {
    scores: categories.map((name) => Math.round((lhr.categories[name].score ?? 0) * 100)),
    bytes: bytes(() => true),
    script: bytes((request) => request.resourceType === "Script"),
    shift: lhr.audits["cumulative-layout-shift"].numericValue,
    blamed,
  };
}

const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const chrome = await launcher.launch({ chromePath: browser(), chromeFlags: ["--headless=new", ...sandbox] });
let good = true;
console.log(`page | ${categories.join(" | ")} | kB | script kB | CLS`);
try {
  for (const path of pages) {
    const found = [];
    for (let turn = 0; turn < rounds; turn += 1) found.push(await round(chrome, base + path));
    const scores = categories.map((_, at) => median(found.map(({ scores }) => scores[at])));
    const [bytes, script] = [median(found.map(({ bytes }) => bytes)), median(found.map(({ script }) => script))];
    const shift = Math.max(...found.map(({ shift }) => shift));
    console.log(`${path} | ${scores.join(" | ")} | ${(bytes / 1000).toFixed(1)} | ${(script / 1000).toFixed(1)} | ${shift.toFixed(3)}`);
    const fails = scores.some((score) => score < 100) || bytes >= mostBytes || script >= mostScript;
    if (fails) {
      good = false;
      for (const line of new Set(found.flatMap(({ blamed }) => blamed))) console.log(`  ${line}`);
    }
  }
} finally {
  await chrome.kill();
}
process.exitCode = good ? 0 : 1;
