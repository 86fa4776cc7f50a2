// Starts the demo city in a folder of its own on a free port, and stops it again the polite way.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const binary = process.env.TORG_TEST_BIN ?? new URL("../target/debug/torg", import.meta.url).pathname;

/** Somebody in the demo, by role; `torg demo` keeps their log-ins in the data folder. */
export function demoAccount(data, role = "administrator") {
  const line = readFileSync(join(data, "demo-log-ins.txt"), "utf8").split("\n").find((line) => line.startsWith(role));
  const [, email, password] = line.trim().split(/\s+/);
  return { email, password };
}

/** The demo city on an address of its own: `{ url, output, stop }`. */
export async function startDemo(data, more = [], command = "demo", environment = {}, listen = "127.0.0.1:0") {
  const torg = spawn(binary, [command, "--listen", listen, "--data", data, ...more], {
    stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...environment },
  });
  let output = "";
  const gone = new Promise((resolve) => {
    torg.on("exit", resolve);
    torg.on("error", (error) => resolve(`${error.message}; build it first: cargo build`));
  });
  const url = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no address within 180 s:\n${output}`)), 180_000);
    const read = (bytes) => {
      output += bytes;
      const found = output.match(/http:\/\/(?:127\.0\.0\.1|localhost):(?!0\b)\d+/);
      if (found) {
        clearTimeout(late);
        resolve(found[0]);
      }
    };
    torg.stdout.on("data", read);
    torg.stderr.on("data", read);
    gone.then((code) => reject(new Error(`torg demo ended with ${code}:\n${output}`)));
  });
  return {
    url,
    output: () => output,
    stop: async () => {
      torg.kill("SIGINT");
      const late = setTimeout(() => torg.kill("SIGKILL"), 30_000);
      const code = await gone;
      clearTimeout(late);
      if (code !== 0) throw new Error(`torg demo did not stop well (${code}):\n${output.slice(-4_000)}`);
    },
  };
}

export default async function setup() {
  mkdirSync(new URL("./results/pictures", import.meta.url), { recursive: true });
  const data = mkdtempSync(join(tmpdir(), "torg-e2e-"));
  const demo = await startDemo(data);
  process.env.TORG_TEST_URL = demo.url;
  process.env.TORG_TEST_DATA = data;
  return async () => {
    await demo.stop();
    rmSync(data, { recursive: true, force: true });
  };
}
