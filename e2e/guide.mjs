// Takes the pictures of docs/guides from the demo city: npm --prefix e2e run pictures
// A page that exists in Swedish only is taken once, as NAME-sv.png, and both guides show it.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execSync } from "node:child_process";
import { chromium } from "@playwright/test";
import sharp from "sharp";
import { demoAccount, startDemo } from "./demo.mjs";
import { editorsGuide } from "./guide-editor.mjs";
import { whereGuide } from "./guide-where.mjs";

const out = process.argv[2] ?? new URL("../docs/guides/pictures/", import.meta.url).pathname;
/** One language alone: npm --prefix e2e run pictures -- FOLDER en */
const languages = process.argv[3] ? [process.argv[3]] : ["sv", "en"];
mkdirSync(out, { recursive: true });
const data = mkdtempSync(join(tmpdir(), "torg-guide-"));
const demo = await startDemo(data);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? execSync("command -v chromium", { encoding: "utf8" }).trim(),
  args: ["--enable-unsafe-swiftshader", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
});

/** What readers see: name of the picture and address, by language. */
const PUBLIC = {
  sv: {
    news: "/nyheter", magazine: "/magasinet", guide: "/bygga-bo-och-miljo/bygglov/steg-for-steg", board: "/anslagstavla", subscribe: "/prenumerera",
    "unit-page": "/hitta/valhallabadet",
  },
  en: { news: "/en/news", board: "/en/notice-board", subscribe: "/en/subscribe", "unit-page": "/en/find/valhallabadet" },
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

async function logIn(page, role) {
  const { email, password } = demoAccount(data, role);
  await page.goto("/admin");
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[type=password]").fill(password);
  await page.locator(".login button").click();
  await page.locator(".tools, main h1").first().waitFor();
}

async function staff(page, shoot) {
  await page.goto("/admin/units?q=Valhallabadet");
  await page.locator("tbody th a").first().click();
  await shoot("unit");
  await page.locator(".tools a[href$='/page']").click();
  await page.locator("input[name=accent][value=own]").check();
  await page.locator("#field_accent_own").fill("#ffd500");
  await page.locator(".formact button[value=save]").click();
  await page.locator(".swatches").evaluate((own) => own.scrollIntoView({ block: "start" }));
  await shoot("unit-page-colour", [page.locator(".swatches"), page.locator(".judged")]);
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

/** Room round what is cut out, in pixels. */
const AIR = 16;

/** The smallest part of the window that holds all of these places. */
async function around(page, places) {
  const { width, height } = page.viewportSize();
  const boxes = (await Promise.all(places.map((place) => place.boundingBox()))).filter(Boolean);
  const left = Math.max(0, Math.min(...boxes.map((box) => box.x)) - AIR);
  const top = Math.max(0, Math.min(...boxes.map((box) => box.y)) - AIR);
  const right = Math.min(width, Math.max(...boxes.map((box) => box.x + box.width)) + AIR);
  const bottom = Math.min(height, Math.max(...boxes.map((box) => box.y + box.height)) + AIR);
  if (!(right > left && bottom > top)) throw new Error("what the picture is of is not in the window");
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Takes pictures in a language: of the window, or of the part of it that holds some places. */
const camera = (language) => async (page, name, places) => {
  // Pictures that are seen must be there; those further down load when one scrolls.
  await page.waitForFunction(() => [...document.images].every((image) => image.complete || image.getBoundingClientRect().top > innerHeight));
  if (places) await places[0].scrollIntoViewIfNeeded();
  const clip = places ? await around(page, places) : undefined;
  const taken = await page.screenshot({ clip, animations: "disabled" });
  // Two hundred and fifty-six colours are enough for a picture of a form, and a third as heavy.
  await sharp(taken).png({ palette: true, effort: 10, compressionLevel: 9 }).toFile(join(out, `${name}-${language}.png`));
};

try {
  for (const [language, locale] of [["sv", "sv-SE"], ["en", "en-GB"]]) {
    if (!languages.includes(language)) continue;
    const open = async (role) => {
      const context = await browser.newContext({
        baseURL: demo.url, locale, timezoneId: "Europe/Stockholm", reducedMotion: "reduce", viewport: { width: 1280, height: 800 },
      });
      const page = await context.newPage();
      if (role) await logIn(page, role);
      return page;
    };
    const shoot = camera(language);
    const [reader, admin, editor, publisher] = [await open(), await open("administrator"), await open("editor"), await open("publisher")];
    await readers(reader, (name) => shoot(reader, name), language);
    await staff(admin, (name, places) => shoot(admin, name, places));
    await whereGuide({ reader, admin }, language, shoot);
    await editorsGuide({ editor, publisher, admin }, language, shoot);
    for (const page of [reader, admin, editor, publisher]) await page.context().close();
  }
} finally {
  await browser.close();
  await demo.stop();
  rmSync(data, { recursive: true, force: true });
}
