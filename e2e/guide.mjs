// Takes the pictures of docs/guides/editor*.md from the demo city: npm --prefix e2e run pictures
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execSync } from "node:child_process";
import { chromium } from "@playwright/test";
import { demoAccount, startDemo } from "./demo.mjs";

const out = process.argv[2] ?? new URL("../docs/guides/pictures/", import.meta.url).pathname;
mkdirSync(out, { recursive: true });
const data = mkdtempSync(join(tmpdir(), "torg-guide-"));
const demo = await startDemo(data);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? execSync("command -v chromium", { encoding: "utf8" }).trim(),
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});

try {
  for (const [language, locale] of [["sv", "sv-SE"], ["en", "en-GB"]]) {
    const context = await browser.newContext({
      baseURL: demo.url, locale, timezoneId: "Europe/Stockholm", reducedMotion: "reduce", viewport: { width: 1100, height: 760 },
    });
    const page = await context.newPage();
    const shoot = (name) => page.screenshot({ path: join(out, `${name}-${language}.png`) });
    const { email, password } = demoAccount(data);
    await page.goto("/admin");
    await page.locator("input[name=email]").fill(email);
    await page.locator("input[type=password]").fill(password);
    await page.locator(".login button").click();
    const open = async (on) => {
      await on.goto("/admin/pages?q=badplatser");
      await on.locator("tbody th a").first().click();
    };
    const save = async (on, words) => {
      const lead = on.locator("textarea[name=description]");
      await lead.fill(`${(await lead.inputValue()).split(" Ta ")[0]} ${words}`);
      await on.locator(".formact button").click();
    };
    await open(page);
    await shoot("edit");
    // Somebody else saves the same page from a window of their own.
    const other = await context.newPage();
    await open(other);
    await save(other, `Ta bussen dit (${language}).`);
    await other.locator(".done").waitFor();
    await other.close();
    await save(page, "Ta spårvagnen dit.");
    await page.locator("section.conflict").waitFor();
    await shoot("conflict");
    await page.locator(".formact button").click();
    await page.locator(".done").waitFor();
    await page.locator(".tools a").last().click();
    await page.locator("ol.trail").waitFor();
    await shoot("log");
    await page.goto("/admin/units?q=Valhallabadet");
    await page.locator("tbody th a").first().click();
    await shoot("unit");
    await context.close();
  }
} finally {
  await browser.close();
  await demo.stop();
  rmSync(data, { recursive: true, force: true });
}
