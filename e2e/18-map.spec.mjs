// The map and the list beside it: one question, two ways to see the answer. By mouse, by keyboard, by ear,
// without script, in a frame on somebody else's site; and what is near an address.
import { createServer } from "node:http";
import { expect, expectAccessible, expectGoodEverywhere, expectNoSidewaysScroll, test } from "./base.mjs";
import { tabTo } from "./letters.mjs";

const live = (page) => expect(page.locator("#map")).toHaveAttribute("data-live", "", { timeout: 20_000 });
const asked = (page) => new URL(page.url()).searchParams;
const total = async (page) => Number(/^\d+/.exec((await page.locator(".mapcount").innerText()).replaceAll(/\s/g, ""))?.[0] ?? 0);
/** The map has been moved and its list has followed. */
const settled = (page, change) => Promise.all([page.waitForResponse((answer) => /\/(karta|en\/map)\?.*bbox=/.test(answer.url())), change()]);

test("map and list say the same, and layers and view stand in the address", async ({ page, request }) => {
  test.setTimeout(180_000);
  await page.goto("/karta");
  await live(page);
  const features = await (await request.get("/karta/features.geojson")).json();
  expect(await total(page)).toBe(features.features.length);
  await expect(page.locator(".mapnum")).toHaveCount(await page.locator(".mapitems > li").count());
  await expectGoodEverywhere(page, "map");

  // Another layer: the link holds it, and the list and the marks follow.
  await page.goto("/karta?layers=library,museum");
  await expect(page.locator(".maplayers .chip[aria-current]")).toHaveCount(2);
  await page.locator(".maplayers .chip[aria-current]", { hasNotText: "Bibliotek" }).click();
  await expect(page).toHaveURL(/layers=library$/);
  await live(page);
  const libraries = await total(page);
  expect(libraries).toBeGreaterThan(3);
  expect(libraries).toBe((await (await request.get("/karta/features.geojson?layers=library")).json()).features.length);
  await expect(page.locator(".mapnum")).toHaveCount(libraries);
  for (const line of await page.locator(".mapitems .line").allInnerTexts()) expect(line).toContain("Bibliotek");

  // From the list to the map: the view moves there, and stands in the address.
  const row = page.locator(".mapitems > li").first();
  const [lat, name] = [await row.getAttribute("data-lat"), await row.locator(".name").innerText()];
  await settled(page, () => row.locator("a.show").click());
  await expect.poll(() => Number(asked(page).get("z"))).toBeGreaterThanOrEqual(14);
  expect(Math.abs(Number(asked(page).get("lat")) - Number(lat))).toBeLessThan(0.001);
  await expect(page.locator(".mapitems .name", { hasText: name })).toBeVisible();
  expect(await total(page)).toBeLessThan(libraries);
  // And back: a number on the map leads to its row.
  await page.locator(".mapnum").first().click();
  await expect(page.locator(".mapitems > li a").first()).toBeFocused();

  // Who is given the address sees the same, with script and without.
  const shared = page.url();
  const names = await page.locator(".mapitems .name").allInnerTexts();
  await page.reload();
  await live(page);
  expect(asked(page).get("layers")).toBe("library");
  for (const own of names) await expect(page.locator(".mapitems .name", { hasText: own })).toBeVisible();
  const html = await (await request.get(shared)).text();
  for (const own of names) expect(html).toContain(own);
});

test("by keyboard: nearer, farther, away and back; a search finds a place and an address", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("/en/map");
  await live(page);
  await tabTo(page, page.locator("#map_q"), 60);
  await page.keyboard.type("Kungsportsavenyn 5");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=Kungsportsavenyn/);
  await expect(page.locator(".mapplaces a").first()).toContainText("Kungsportsavenyn 5");
  await expectGoodEverywhere(page, "map-search-en");
  await page.locator(".mapplaces a").first().click();
  await live(page);
  const canvas = page.locator(".maplibregl-canvas");
  await tabTo(page, canvas, 400);
  const zoom = () => Number(asked(page).get("z"));
  const before = zoom();
  await settled(page, () => page.keyboard.press("Minus"));
  await expect.poll(zoom).toBeLessThan(before);
  const east = Number(asked(page).get("lon"));
  await settled(page, () => page.keyboard.press("ArrowRight"));
  await expect.poll(() => Number(asked(page).get("lon"))).toBeGreaterThan(east);
  // Nothing holds the focus: one comes past the map, to its buttons and on.
  await page.keyboard.press("Tab");
  await expect(page.locator(".maplibregl-ctrl-zoom-in")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.locator("button.maphere")).toBeFocused();
});

test("where I am is asked for only when I press the button", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, locale: "sv-SE", permissions: ["geolocation"], geolocation: { latitude: 57.7, longitude: 11.95 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.asked = 0;
    const own = Geolocation.prototype.getCurrentPosition;
    Geolocation.prototype.getCurrentPosition = function (...rest) {
      window.asked += 1;
      return own.apply(this, rest);
    };
  });
  await page.goto("/karta");
  await live(page);
  expect(await page.evaluate(() => window.asked)).toBe(0);
  await settled(page, () => page.locator("button.maphere").click());
  await expect(page.locator(".mapme")).toBeVisible();
  expect(await page.evaluate(() => window.asked)).toBe(1);
  expect(Math.abs(Number(asked(page).get("lon")) - 11.95)).toBeLessThan(0.001);
  await context.close();
  // Far away the map has nothing to show, and says so.
  const far = await browser.newContext({ baseURL, locale: "sv-SE", permissions: ["geolocation"], geolocation: { latitude: 59.3, longitude: 18.1 } });
  const other = await far.newPage();
  await other.goto("/karta");
  await live(other);
  await other.locator("button.maphere").click();
  await expect(other.locator(".maphere-note")).not.toBeEmpty();
  await far.close();
});

test("without script: the list, a picture of the map, and links that move it", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false, viewport: { width: 390, height: 844 }, locale: "sv-SE" });
  const page = await context.newPage();
  await page.goto("/karta?layers=library");
  await expect(page.locator(".mapstill svg")).toBeVisible();
  const rows = await page.locator(".mapitems > li").count();
  await expect(page.locator(".mappicture .number")).toHaveCount(rows);
  await expectNoSidewaysScroll(page, "map without script");
  await page.screenshot({ path: new URL("./results/pictures/map-without-script.png", import.meta.url).pathname, fullPage: true });
  await page.locator(".mapitems a.show").first().click();
  await expect(page).toHaveURL(/layers=library&lat=.*z=15/);
  expect(await page.locator(".mapitems > li").count()).toBeLessThan(rows);
  await page.locator(".mapsteps a", { hasText: "Zooma ut" }).click();
  await expect(page).toHaveURL(/z=14/);
  await page.getByRole("link", { name: "Visa hela staden" }).click();
  await expect(page.locator(".mapitems > li")).toHaveCount(rows);
  await context.close();
});

test("on another site in a frame: the code as it is given, the list in it, and nothing else may be framed", async ({ browser, baseURL, request }) => {
  test.setTimeout(90_000);
  const context = await browser.newContext({ locale: "sv-SE" });
  const page = await context.newPage();
  await page.goto(`${baseURL}/karta/badda-in?layers=library`);
  await expectGoodEverywhere(page, "map-embed-code");
  const code = await page.locator("textarea").inputValue();
  expect((await request.get("/karta")).headers()["content-security-policy"]).toContain("frame-ancestors 'none'");
  const site = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html; charset=utf-8");
    answer.end(`<!doctype html><html lang="sv"><title>Föreningen</title><h1>Hitta hit</h1>${code}`);
  });
  await new Promise((resolve) => site.listen(0, "127.0.0.1", resolve));
  try {
    const hosts = new Set();
    page.on("request", (own) => hosts.add(new URL(own.url()).host));
    await page.goto(`http://127.0.0.1:${site.address().port}/`);
    const frame = page.frameLocator("iframe");
    await expect(frame.locator("#map")).toHaveAttribute("data-live", "", { timeout: 20_000 });
    await frame.locator("#map-list > summary").click();
    expect(await frame.locator(".mapitems > li").count()).toBeGreaterThan(3);
    await expect(frame.locator(".frameline a")).toHaveAttribute("href", /karta\?layers=library/);
    await page.screenshot({ path: new URL("./results/pictures/map-framed.png", import.meta.url).pathname });
    hosts.delete(new URL(baseURL).host);
    hosts.delete(`127.0.0.1:${site.address().port}`);
    hosts.delete("");
    expect([...hosts]).toEqual([]);
  } finally {
    site.close();
  }
  await page.goto(`${baseURL}/karta/inbaddad?layers=library`);
  await expectAccessible(page, "the page in the frame");
  await context.close();
});

test("my area: an address of the register, one that is misspelt, one that there is not", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("/mitt-omrade");
  await expectGoodEverywhere(page, "my-area-empty");
  await tabTo(page, page.locator("#field_q"), 60);
  await page.keyboard.type("Kungsportsavenyn 5");
  await page.keyboard.press("Enter");
  await expect(page.locator(".areahead h2")).toContainText("Kungsportsavenyn 5");
  await expect(page.locator(".districts dd").first()).not.toBeEmpty();
  expect(await page.locator(".areaunits > li").count()).toBeGreaterThan(5);
  await expect(page.locator(".areaunits .line b").first()).toHaveText(/\d+\s?k?m/);
  await expect(page.locator(".areaevents li").first()).toBeVisible();
  await expectGoodEverywhere(page, "my-area");
  await page.getByRole("link", { name: "Öppna kartan här" }).click();
  await expect(page).toHaveURL(/\/karta\?lat=57\.70/);
  await page.goto("/mitt-omrade?q=Kungsportsaveny");
  await expect(page.locator(".areachoices a").first()).toContainText("Kungsportsavenyn");
  await expectGoodEverywhere(page, "my-area-choose");
  await page.goto("/mitt-omrade?q=Kungsportsavenynn+5");
  await expect(page.locator("#field_q")).toHaveAttribute("aria-invalid", "true");
  await page.locator(".areachoices a", { hasText: "Kungsportsavenyn" }).first().click();
  await expect(page.locator(".areachoices a").first()).toBeVisible();
  await page.goto("/en/my-area?q=Quxgatan+9");
  await expect(page.locator("#field_q")).toHaveValue("Quxgatan 9");
  await expect(page.locator("#field_q_error")).toContainText("Quxgatan 9");
  await expectGoodEverywhere(page, "my-area-unknown-en");
});

test("the map is found from the foot, the directory, a unit and an event, and dark it is dark", async ({ page }) => {
  await page.goto("/");
  await page.locator("footer a", { hasText: /^Karta$/ }).click();
  await expect(page.locator("h1")).toHaveText("Karta");
  await page.goto("/hitta");
  await page.getByRole("link", { name: "Visa alla på karta" }).click();
  await expect(page).toHaveURL(/\/karta$/);
  await page.goto("/hitta?kind=library");
  await page.locator(".orders a", { hasText: "Karta" }).click();
  await expect(page).toHaveURL(/\/karta\?layers=library/);
  await page.goto("/en/find/stadsbiblioteket");
  await page.locator(".contact a[href^='/en/map']").first().click();
  await expect(page.locator(".mapitems .name").first()).toBeVisible();
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/karta");
  await live(page);
  const water = await page.locator("#map").evaluate((box) => getComputedStyle(box).backgroundColor);
  expect(water.match(/\d+/g).map(Number).reduce((sum, own) => sum + own)).toBeLessThan(200);
});

test("programs: every collection answers, and what is wrong in a question is named", async ({ request }) => {
  const all = await (await request.get("/api/ogc/collections")).json();
  for (const { id } of all.collections) {
    const items = await (await request.get(`/api/ogc/collections/${id}/items?limit=2`)).json();
    expect(items.type, id).toBe("FeatureCollection");
    expect(items.numberReturned, id).toBe(items.features.length);
  }
  const wrong = await request.get("/api/ogc/collections/library/items?bbox=1,2,3");
  expect(wrong.status()).toBe(400);
});
