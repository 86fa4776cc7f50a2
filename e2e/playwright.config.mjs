// Browser tests against the demo city, as it is after `cargo build`. `./test` runs them.
import { execSync } from "node:child_process";
import { defineConfig } from "@playwright/test";

const chromium = () => process.env.CHROMIUM
  ?? execSync("command -v chromium || command -v chromium-browser || command -v google-chrome", { encoding: "utf8" }).trim();

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.mjs",
  globalSetup: "./demo.mjs",
  outputDir: "results/failed",
  // One city, in which one test changes what another reads: one after the other, reading first.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 5_000 },
  reporter: [["line"], ["json", { outputFile: "results/report.json" }]],
  use: {
    browserName: "chromium",
    locale: "sv-SE",
    timezoneId: "Europe/Stockholm",
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: chromium(),
      // The map draws with WebGL, here without a graphics card.
      args: ["--enable-unsafe-swiftshader", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
    },
  },
});
