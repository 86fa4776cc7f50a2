// The staff's pages: log-in, lists, editing a page and a unit, the log.
import { expect, expectGoodEverywhere, logIn, test, within } from "./base.mjs";

const article = "/uppleva-och-gora/badplatser";

test("log-in: good everywhere, and a wrong password keeps what was written", async ({ page }) => {
  await page.goto("/admin");
  await expect(page).toHaveURL(/log-in/);
  await expectGoodEverywhere(page, "log-in");
  const email = page.locator("input[name=email]");
  await email.fill("ingen@goteborg.example");
  await page.locator("input[type=password]").fill("fel lösenord");
  await page.locator(".login button").click();
  await expect(page.locator("[role=alert]")).toBeVisible();
  await expect(email).toHaveValue("ingen@goteborg.example");
  await expectGoodEverywhere(page, "log-in-wrong");
});

test("nothing under /admin is shown to strangers", async ({ request }) => {
  for (const address of ["/admin", "/admin/pages", "/admin/units", "/admin/log", "/admin/account"]) {
    const answer = await request.get(address, { maxRedirects: 0 });
    expect(answer.status(), address).toBe(303);
    expect(answer.headers()["location"], address).toContain("/admin/log-in");
  }
});

test("lists, account and log: good everywhere", async ({ page }) => {
  await logIn(page);
  for (const [name, address] of [["admin-pages", "/admin/pages"], ["admin-units", "/admin/units"], ["admin-log", "/admin/log"], ["admin-account", "/admin/account"],
    ["admin-pages-none", "/admin/pages?q=qwxzqwxz"]]) {
    const answer = await page.goto(address);
    expect(answer.status(), address).toBe(200);
    await expectGoodEverywhere(page, name);
  }
});

test("the workspace in English", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, locale: "en-GB", reducedMotion: "reduce" });
  const page = await context.newPage();
  await logIn(page);
  await page.goto("/admin/pages");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expectGoodEverywhere(page, "admin-pages-en");
  await context.close();
});

/** A window that runs no scripts: these stories are of the plain form. */
async function withoutScript(browser, baseURL) {
  const context = await browser.newContext({ baseURL, locale: "sv-SE", reducedMotion: "reduce" });
  // axe-core itself is a script: only the program's own are kept out.
  await context.route(/\/static\/.*\.js$/, (route) => route.abort());
  return context;
}

const press = (page, then) => page.locator(`.formact button[name=then][value=${then}]`).click();

async function openPage(page, address) {
  await page.goto(`/admin/pages?q=${encodeURIComponent(address)}`);
  await page.locator("tr", { has: page.locator(".addr", { hasText: address }) }).locator("th a").first().click();
  await expect(page.locator("textarea[name=text]")).toBeVisible();
}

test("what is written on a page is a draft until it is published, then public and found within a second, and in its log", async ({ browser, baseURL, request }) => {
  const before = await (await request.get(article)).text();
  expect(before).not.toContain("Provbadet öppnar klockan fem");
  const context = await withoutScript(browser, baseURL);
  const page = await context.newPage();
  await logIn(page);
  await openPage(page, article);
  await expectGoodEverywhere(page, "admin-page-edit");
  const text = page.locator("textarea[name=text]");
  await text.fill(`${await text.inputValue()}\n\nProvbadet öppnar klockan fem vid Knivsholmen.\n`);
  await press(page, "save");
  await expect(page.locator(".done")).toBeVisible();
  await expect(page.locator("#draft_state")).toHaveAttribute("data-state", "draft");
  expect(await (await request.get(article)).text()).toBe(before);
  await expectGoodEverywhere(page, "admin-page-draft");
  await press(page, "publish");
  await expect(page.locator("#draft_state")).toHaveAttribute("data-state", "published");
  await within(1_000, "the page shows it", async () => (await (await request.get(article)).text()).includes("Provbadet öppnar klockan fem"));
  await within(1_000, "the search finds it", async () => {
    const found = await (await request.get("/api/v1/search?q=Knivsholmen&lang=sv")).json();
    return found.results.some((result) => result.url.endsWith(article));
  });
  await page.locator(".tools a").last().click();
  await expect(page.locator("ol.trail li").first()).toContainText("Provbadet öppnar klockan fem");
  await expectGoodEverywhere(page, "admin-page-log");
  await context.close();
});

test("an empty form comes back with what is wrong, and with what was written", async ({ browser, baseURL }) => {
  const context = await withoutScript(browser, baseURL);
  const page = await context.newPage();
  await logIn(page);
  await openPage(page, article);
  await page.locator("input[name=title]").fill("");
  await page.locator("textarea[name=text]").fill("Det här skrev jag.");
  await press(page, "publish");
  await expect(page.locator("input[name=title][aria-invalid=true]")).toBeVisible();
  await expect(page.locator("textarea[name=text]")).toHaveValue(/Det här skrev jag\./);
  await expectGoodEverywhere(page, "admin-page-edit-wrong");
  await page.locator(".away button").first().click();
  await expect(page.locator("#draft_state")).toHaveAttribute("data-state", "published");
  await context.close();
});

test("two people at once: apart is merged, the same place is shown side by side, and nothing is lost", async ({ browser, baseURL }) => {
  const [first, second] = [await withoutScript(browser, baseURL), await withoutScript(browser, baseURL)];
  const [page, other] = [await first.newPage(), await second.newPage()];
  for (const each of [page, other]) {
    await logIn(each);
    await openPage(each, article);
  }
  const text = other.locator("textarea[name=text]");
  await text.fill(`${await text.inputValue()}\n\nDen andra hann först.\n`);
  await other.locator("textarea[name=description]").fill("Den andras ingress.");
  await press(other, "save");
  await expect(other.locator(".done")).toBeVisible();
  const mine = page.locator("textarea[name=text]");
  await mine.fill(`Den första skrev detta.\n\n${await mine.inputValue()}`);
  await page.locator("textarea[name=description]").fill("Den förstas ingress.");
  await press(page, "publish");
  await expect(page.locator(".clash pre")).toHaveText(["Den andras ingress.", "Den förstas ingress."]);
  await expect(mine).toHaveValue(/Den första skrev detta\.[\s\S]*Den andra hann först\./);
  await expectGoodEverywhere(page, "admin-page-conflict");
  await page.locator(".clash input[value=other]").check();
  await press(page, "save");
  await expect(page.locator(".clash")).toHaveCount(0);
  await expect(page.locator("textarea[name=description]")).toHaveValue("Den förstas ingress.");
  await page.locator(".away button").first().click();
  await expect(page.locator("#draft_state")).toHaveAttribute("data-state", "published");
  await Promise.all([first.close(), second.close()]);
});

test("planned for a time, the page stands in the calendar", async ({ browser, baseURL }) => {
  const context = await withoutScript(browser, baseURL);
  const page = await context.newPage();
  await logIn(page);
  await page.goto("/admin/pages/calendar");
  await expectGoodEverywhere(page, "admin-calendar-empty");
  await openPage(page, article);
  const soon = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 16);
  await page.locator("input[name=unpublish_at]").fill(soon);
  await page.locator("form[action$='/schedule'] button").first().click();
  await expect(page.locator(".plan")).toBeVisible();
  await page.goto("/admin/pages/calendar");
  await expect(page.locator(".agenda a").first()).toBeVisible();
  await expectGoodEverywhere(page, "admin-calendar");
  await page.locator(".agenda a").first().click();
  await page.locator("button[formaction$='/unschedule']").click();
  await expect(page.locator(".plan")).toHaveCount(0);
  await page.goto("/admin/pages/new");
  await expectGoodEverywhere(page, "admin-page-new");
  await context.close();
});

test("a double click saves once", async ({ browser, baseURL, request }) => {
  const context = await withoutScript(browser, baseURL);
  const page = await context.newPage();
  await logIn(page);
  await openPage(page, article);
  const text = page.locator("textarea[name=text]");
  await text.fill(`${await text.inputValue()}\n\nTvå klick, en ändring.\n`);
  const fields = await page.locator("#draft").evaluate((form) => [...new FormData(form), ["then", "publish"]]);
  const action = await page.locator("#draft").getAttribute("action");
  const send = () => page.request.post(action, {
    form: Object.fromEntries(fields), maxRedirects: 0, headers: { "sec-fetch-site": "same-origin" },
  });
  const answers = await Promise.all([send(), send()]);
  for (const answer of answers) expect(answer.status()).toBe(303);
  const html = await (await request.get(article)).text();
  expect(html.split("Två klick, en ändring.").length - 1).toBe(1);
  await context.close();
});

/** How many pages the cache has thrown out since the start. */
async function dropped(request) {
  const figures = await (await request.get("/metrics")).text();
  return Number(figures.match(/^torg_page_cache_dropped_total (\d+)/m)?.[1] ?? 0);
}

test("a unit's phone is changed once and shows everywhere within a second; other pages stay in the cache", async ({ page, request }) => {
  const map = await (await request.get("/sitemap.xml")).text();
  const addresses = [...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map((found) => new URL(found[1]).pathname);
  await logIn(page);
  await page.goto("/admin/units?q=Valhallabadet");
  await page.locator("tbody th a").first().click();
  await expectGoodEverywhere(page, "admin-unit-edit");
  const phone = page.locator("input[name=phone]");
  const old = await phone.inputValue();
  const read = async () => new Map(await Promise.all(addresses.map(async (address) => [address, await (await request.get(address)).text()])));
  const before = await read();
  const showing = addresses.filter((address) => before.get(address).includes(old));
  expect(showing.length, `pages that show ${old}`).toBeGreaterThan(1);
  const droppedBefore = await dropped(request);

  await phone.fill("031-390 06 49");
  await page.locator(".formact button").click();
  await expect(page.locator(".done")).toBeVisible();
  await within(1_000, "the first page shows it", async () => (await (await request.get(showing[0])).text()).includes("031-390 06 49"));
  const gone = await dropped(request) - droppedBefore;
  const after = await read();
  for (const address of showing) {
    expect(after.get(address).includes(old), `${address} shows the old number`).toBe(false);
    expect(after.get(address).includes("031-390 06 49"), `${address} shows the new number`).toBe(true);
  }
  expect(gone, "dropped pages: those that show the unit").toBeGreaterThanOrEqual(showing.length);
  const naming = addresses.filter((address) => before.get(address).includes("Valhallabadet") || before.get(address).includes(old));
  // Each is also kept under addresses that the sitemap leaves out, such as the lists.
  expect(gone, "dropped pages: no others").toBeLessThanOrEqual(naming.length + 4);
});

test("the workspace changes language and stays on the page", async ({ page }) => {
  await logIn(page);
  await page.goto("/admin/units");
  await expect(page.locator("html")).toHaveAttribute("lang", "sv");
  await page.locator("form[action='/admin/language'] button").click();
  await expect(page).toHaveURL(/\/admin\/units$/);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("who logs out is out", async ({ page }) => {
  await logIn(page);
  await page.locator("form[action='/admin/log-out'] button").click();
  await expect(page.getByText("Du är utloggad")).toBeVisible();
  await page.goto("/admin/pages");
  await expect(page).toHaveURL(/log-in/);
});
