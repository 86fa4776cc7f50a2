// Takes the pictures of docs/guides from the demo city: npm --prefix e2e run pictures
// A page that exists in Swedish only is taken once, as NAME-sv.png, and both guides show it.
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

/** What readers see: name of the picture and address, by language. */
const PUBLIC = {
  sv: {
    news: "/nyheter", magazine: "/magasinet", guide: "/bygga-bo-och-miljo/bygglov/steg-for-steg", board: "/anslagstavla", subscribe: "/prenumerera",
  },
  en: { news: "/en/news", board: "/en/notice-board", subscribe: "/en/subscribe" },
};

/** What the staff see: name of the picture and address. */
const STAFF = { people: "/admin/people", roles: "/admin/roles", media: "/admin/media", "search-settings": "/admin/search/settings", "notice-board": "/admin/notice-board" };

async function readers(page, shoot, language) {
  for (const [name, address] of Object.entries(PUBLIC[language])) {
    const answer = await page.goto(address);
    if (answer.status() !== 200) throw new Error(`${address}: ${answer.status()}`);
    await shoot(name);
  }
  if (language === "sv") {
    await page.goto("/lediga-jobb");
    await page.locator("main [href^='/lediga-jobb/']:not([href*='/amne/']):not([href*='/ar/'])").first().click();
    await page.waitForURL(/lediga-jobb\/./);
    await shoot("vacancy");
  }
}

async function logIn(page) {
  const { email, password } = demoAccount(data);
  await page.goto("/admin");
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[type=password]").fill(password);
  await page.locator(".login button").click();
  await page.locator(".tools, main h1").first().waitFor();
}

/** A page's form, a conflict on it and its log. */
async function editing(context, page, shoot, language) {
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
}

async function staff(context, page, shoot, language) {
  await logIn(page);
  await editing(context, page, shoot, language);
  await page.goto("/admin/units?q=Valhallabadet");
  await page.locator("tbody th a").first().click();
  await shoot("unit");
  for (const [name, address] of Object.entries(STAFF)) {
    const answer = await page.goto(address);
    if (answer.status() !== 200) throw new Error(`${address}: ${answer.status()}`);
    await shoot(name);
  }
  await page.goto("/admin/people?q=skribent");
  await page.locator("tbody th a").first().click();
  await page.locator("h1").waitFor();
  await shoot("person");
  await page.goto("/admin/media?q=hamn");
  await page.locator("main a[href^='/admin/media/pictures/']").first().click();
  await page.locator("input[name=focus_x]").waitFor();
  await shoot("focus");
}

try {
  for (const [language, locale] of [["sv", "sv-SE"], ["en", "en-GB"]]) {
    const context = await browser.newContext({
      baseURL: demo.url, locale, timezoneId: "Europe/Stockholm", reducedMotion: "reduce", viewport: { width: 1100, height: 760 },
    });
    const page = await context.newPage();
    const shoot = async (name) => {
      // Pictures that are seen must be there; those further down load when one scrolls.
      await page.waitForFunction(() => [...document.images].every((image) => image.complete || image.getBoundingClientRect().top > innerHeight));
      await page.screenshot({ path: join(out, `${name}-${language}.png`) });
    };
    await readers(page, shoot, language);
    await staff(context, page, shoot, language);
    await context.close();
  }
} finally {
  await browser.close();
  await demo.stop();
  rmSync(data, { recursive: true, force: true });
}
