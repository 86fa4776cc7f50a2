// Eight writers, each with a page of its own, add line after line through the form that people use.
// A line counts as acknowledged when the answer (303) has come. See bench/kill.sh.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoAccount } from "../../e2e/demo.mjs";

const rounds = Number(process.argv[2] ?? 20);
const binary = process.env.TORG_TEST_BIN ?? new URL("../../target/debug/torg", import.meta.url).pathname;
const data = mkdtempSync(join(tmpdir(), "torg-kill-"));
const WRITERS = 8;

async function start() {
  const child = spawn(binary, ["demo", "--listen", "127.0.0.1:0", "--data", data], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const gone = new Promise((resolve) => child.on("exit", (code, signal) => resolve({ code, signal })));
  const url = await new Promise((resolve, reject) => {
    const read = (bytes) => {
      if (output.length < 100_000) output += bytes;
      const found = output.match(/http:\/\/127\.0\.0\.1:[1-9]\d*/);
      if (found) resolve(found[0]);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    gone.then((end) => reject(new Error(`torg ended (${JSON.stringify(end)}):\n${output}`)));
    setTimeout(() => reject(new Error(`no address within two minutes:\n${output}`)), 120_000).unref();
  });
  return { child, gone, url };
}

const decode = (html) => html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"')
  .replaceAll(/&#(?:x([0-9a-f]+)|(\d+));/gi, (_, hex, number) => String.fromCodePoint(hex ? parseInt(hex, 16) : Number(number)))
  .replaceAll("&amp;", "&");

async function logIn(url) {
  const { email, password } = demoAccount(data);
  const answer = await fetch(`${url}/admin/log-in`, {
    method: "POST", redirect: "manual", headers: { "sec-fetch-site": "same-origin" },
    body: new URLSearchParams({ email, password, next: "/admin" }),
  });
  if (answer.status !== 303) throw new Error(`log-in: ${answer.status}`);
  return answer.headers.get("set-cookie").split(";")[0];
}

/** The form of a page: where it posts to and what its fields hold. */
async function form(url, cookie, edit) {
  const answer = await fetch(url + edit, { headers: { cookie } });
  if (answer.status !== 200) throw new Error(`${edit}: ${answer.status}`);
  const html = await answer.text();
  const fields = {};
  for (const [tag] of html.matchAll(/<input [^>]*>/g)) {
    const name = tag.match(/ name="([^"]*)"/)?.[1];
    // A box that is not ticked is not sent, and one of several is sent with what was chosen.
    if (name && !/ type="(checkbox|radio)"/.test(tag)) fields[name] = decode(tag.match(/ value="([^"]*)"/)?.[1] ?? "");
  }
  for (const [, name, text] of html.matchAll(/<textarea [^>]*name="([^"]*)"[^>]*>\n?([\s\S]*?)<\/textarea>/g)) fields[name] = decode(text);
  const action = html.match(/<form id="draft" method="post" action="([^"]*)"/)[1];
  return { action, fields };
}

async function editAddresses(url, cookie) {
  const html = await (await fetch(`${url}/admin/pages`, { headers: { cookie } })).text();
  return [...html.matchAll(/<th scope="row"><a href="(\/admin\/pages\/[^"]+)"/g)].map((found) => decode(found[1])).slice(0, WRITERS);
}

const line = (writer, number) => `Rad ${writer}x${number}x.`;
const acknowledged = new Array(WRITERS).fill(-1);
const sent = new Array(WRITERS).fill(-1);
let total = 0;
let midWrite = 0;

async function write(server, cookie, edit, writer, stop) {
  while (!stop.now) {
    let open = false;
    try {
      const { action, fields } = await form(server.url, cookie, edit);
      const number = sent[writer] + 1;
      sent[writer] = number;
      // Only the last lines stay, so that the page does not grow with the rounds.
      const lines = fields.text.split("\n\n").filter((part) => !part.startsWith(`Rad ${writer}x`) || Number(part.split("x")[1]) > number - 40);
      fields.text = `${lines.join("\n\n").trimEnd()}\n\n${line(writer, number)}\n`;
      Object.assign(fields, { then: "publish", search_confirmed: "yes", quality_reason: "Prov av skrivning." });
      open = true;
      const answer = await fetch(server.url + action, {
        method: "POST", redirect: "manual", body: new URLSearchParams(fields), headers: { cookie, "sec-fetch-site": "same-origin" },
      });
      open = false;
      if (answer.status !== 303) throw new Error(`save: ${answer.status}`);
      acknowledged[writer] = number;
      total += 1;
    } catch (error) {
      if (!stop.now) throw error;
      if (open) midWrite += 1;
    }
  }
}

async function check(server, cookie, edits, round) {
  for (const [writer, edit] of edits.entries()) {
    const { fields } = await form(server.url, cookie, edit);
    const there = [...fields.text.matchAll(new RegExp(`Rad ${writer}x(\\d+)x\\.`, "g"))].map((found) => Number(found[1]));
    const last = there.at(-1) ?? -1;
    if (last < acknowledged[writer]) throw new Error(`round ${round}: ${edit} lost ${acknowledged[writer]}, holds ${last}`);
    if (last > sent[writer]) throw new Error(`round ${round}: ${edit} holds ${last}, which nobody sent`);
    for (let number = Math.max(0, last - 30); number <= last; number += 1) {
      // A line that was sent and not acknowledged may be missing; one that was may not.
      if (!there.includes(number) && !lost[writer].has(number)) throw new Error(`round ${round}: ${edit} lost ${number} from the middle`);
    }
    for (let number = last + 1; number <= sent[writer]; number += 1) lost[writer].add(number);
    // Publishing comes after saving: what was saved and not acknowledged may not be public yet.
    const page = decode(await (await fetch(`${server.url}${await publicAddress(server, cookie, edit)}`)).text());
    const shown = Number([...page.matchAll(new RegExp(`Rad ${writer}x(\\d+)x\\.`, "g"))].at(-1)?.[1] ?? -1);
    if (shown < acknowledged[writer]) throw new Error(`round ${round}: the public page of ${edit} shows ${shown}, and ${acknowledged[writer]} was acknowledged`);
    if (shown > last) throw new Error(`round ${round}: the public page of ${edit} shows ${shown}, and its draft holds ${last}`);
  }
}
const lost = Array.from({ length: WRITERS }, () => new Set());

async function publicAddress(server, cookie, edit) {
  const html = await (await fetch(server.url + edit, { headers: { cookie } })).text();
  return decode(html.match(/<div class="tools"><a href="([^"]+)"/)[1]);
}

let server = await start();
let edits;
for (let round = 1; round <= rounds; round += 1) {
  const cookie = await logIn(server.url);
  edits ??= await editAddresses(server.url, cookie);
  if (edits.length < WRITERS) throw new Error(`only ${edits.length} pages to write on`);
  const stop = { now: false };
  const writers = edits.map((edit, writer) => write(server, cookie, edit, writer, stop));
  await new Promise((resolve) => setTimeout(resolve, 300 + ((round * 137) % 700)));
  stop.now = true;
  server.child.kill("SIGKILL");
  await Promise.all(writers);
  await server.gone;
  const before = Date.now();
  server = await start();
  const back = Date.now() - before;
  await check(server, await logIn(server.url), edits, round);
  execFileSync(binary, ["verify", "--data", data], { stdio: ["ignore", "pipe", "inherit"], timeout: 120_000 });
  console.log(`round ${round}: killed, back after ${back} ms, ${total} acknowledged so far, all there; the log verifies`);
}
server.child.kill("SIGINT");
await server.gone;
rmSync(data, { recursive: true, force: true });
console.log(`${rounds} rounds of kill -9: ${total} acknowledged writes, ${midWrite} cut off under way, none lost`);
