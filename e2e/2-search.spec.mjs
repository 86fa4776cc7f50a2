// What a newcomer types.
import { expect, expectAccessible, expectNoSidewaysScroll, test } from "./base.mjs";

for (const [query, address] of [
  ["när hämtas soporna", "/bygga-bo-och-miljo/avfall/sophamtning"],
  ["öppettider biblotek", "/uppleva-och-gora/bibliotek"],
  ["parkeringstillstond", "/trafik-och-resor/parkering/boendeparkering"],
]) {
  test(`“${query}” finds its page among the first three`, async ({ page }) => {
    await page.goto("/");
    await page.locator("#search_q").fill(query);
    await page.locator("form.find button").click();
    const first = await page.locator("ol.results li a").evaluateAll((links) => links.slice(0, 3).map((link) => link.getAttribute("href")));
    expect(first).toContain(address);
    await expect(page.locator("#search_q")).toHaveValue(query);
  });
}

test("a search that finds nothing shows ways on", async ({ page }) => {
  await page.goto("/sok?q=qwxzqwxz");
  await expect(page.locator("ol.results")).toHaveCount(0);
  await expect(page.locator("section.helps")).toBeVisible();
  expect(await page.locator("section.helps a").count()).toBeGreaterThan(3);
});

test("strange queries get a page", async ({ request }) => {
  for (const query of [" ", "AND OR NOT", '"', "((((", "title:*", "+-*/~^", "🐟🐟", "\u0000\u0007\u001b", "å".repeat(150), "a b ".repeat(100)]) {
    const answer = await request.get(`/sok?q=${encodeURIComponent(query)}`);
    expect(answer.status(), JSON.stringify(query)).toBe(200);
  }
  const long = await request.get(`/sok?q=${"a".repeat(10_000)}`);
  expect(long.status()).toBe(200);
  expect((await long.body()).length).toBeLessThan(60_000);
  expect((await request.get(`/${"a".repeat(10_000)}`)).status()).toBe(414);
});

test("programs get JSON", async ({ request }) => {
  const answer = await request.get("/api/v1/search?q=simhall&lang=sv&limit=3");
  expect(answer.status()).toBe(200);
  expect(answer.headers()["content-type"]).toContain("application/json");
  const found = await answer.json();
  expect(found.total).toBeGreaterThan(0);
  expect(found.results.length).toBeLessThanOrEqual(3);
  for (const result of found.results) {
    for (const name of ["title", "url", "type", "extract"]) expect(result).toHaveProperty(name);
  }
  const wrong = await request.get("/api/v1/search?q=simhall&lang=xx-nonsense&limit=minus");
  expect(wrong.status()).toBeGreaterThanOrEqual(400);
  expect(wrong.headers()["content-type"]).toContain("application/problem+json");
});

test("suggestions while one types: keyboard, count told, no fault for axe", async ({ page }) => {
  await page.goto("/");
  const field = page.getByRole("combobox");
  await field.focus();
  await expect(field).toHaveAttribute("aria-expanded", "false");
  await field.pressSequentially("bygg", { delay: 20 });
  const options = page.getByRole("option");
  await expect(options.first()).toBeVisible();
  await expect(field).toHaveAttribute("aria-expanded", "true");
  await expect(page.locator("form.find [role=status]")).toContainText(String(await options.count()));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const second = options.nth(1);
  await expect(second).toHaveAttribute("aria-selected", "true");
  await expect(field).toHaveAttribute("aria-activedescendant", await second.getAttribute("id"));
  await expect(field).toHaveValue(await second.textContent());
  for (const [width, height] of [[1280, 900], [390, 844], [320, 640]]) {
    await page.setViewportSize({ width, height });
    for (const media of [{ colorScheme: "light" }, { colorScheme: "dark" }, { forcedColors: "active" }]) {
      await page.emulateMedia(media);
      await expect(second).toBeVisible();
      await expectAccessible(page, `suggestions ${width} ${JSON.stringify(media)}`);
    }
    await page.emulateMedia({ forcedColors: "none", colorScheme: "light" });
    await expectNoSidewaysScroll(page, `suggestions ${width}`);
    // Nothing above or around cuts the list off.
    const last = options.last();
    await last.scrollIntoViewIfNeeded();
    expect(await last.evaluate((option) => {
      const { left, top, width, height } = option.getBoundingClientRect();
      return option.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    }), `the last suggestion can be reached with the pointer at ${width}`).toBe(true);
  }
  // Escape closes and gives back what was typed; arrow down opens again.
  await page.keyboard.press("Escape");
  await expect(options).toHaveCount(0);
  await expect(field).toHaveValue("bygg");
  await page.keyboard.press("ArrowDown");
  await expect(options.first()).toBeVisible();
  await page.keyboard.press("ArrowUp");
  const last = await options.last().textContent();
  await page.keyboard.press("Enter");
  await expect(page.locator("h1")).toBeVisible();
  expect(page.url()).not.toMatch(/\/(\?.*)?$/);
  expect(last).toBeTruthy();
});

test("a slow or refused answer leaves the form as it was", async ({ page }) => {
  let asked = 0;
  await page.route("**/api/v1/suggest**", async (route) => {
    asked += 1;
    await route.fulfill({ status: 429, headers: { "retry-after": "60" }, body: "{}" });
  });
  await page.goto("/sok");
  const field = page.getByRole("combobox");
  for (const word of ["sim", "simh", "simha"]) {
    await field.fill(word);
    await page.waitForTimeout(300);
  }
  expect(asked, "a server that asks for a pause gets one").toBe(1);
  await field.fill("simhall");
  await page.keyboard.press("Enter");
  await expect(page.locator("ol.results li").first()).toBeVisible();
});

/** Beside the results where there is room, else behind a button. */
async function openFilters(page) {
  const button = page.locator(".narrow summary");
  if (await button.isVisible() && !(await page.locator(".narrow .chip").first().isVisible())) await button.click();
}

test("without script a plain form", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const page = await context.newPage();
  await page.goto("/");
  await page.locator("#search_q").fill("simhall");
  await page.locator("form.find button").click();
  await expect(page.locator("ol.results li").first()).toBeVisible();
  await openFilters(page);
  await page.locator(".narrow .chip").first().click();
  await expect(page.locator(".chosen .chip").first()).toBeVisible();
  await context.close();
});

test("a search is narrowed by chips that live in the address", async ({ page }) => {
  await page.goto("/sok?q=parkering");
  for (const [width, height] of [[1280, 900], [390, 844], [320, 640]]) {
    await page.setViewportSize({ width, height });
    await openFilters(page);
    await expectAccessible(page, `narrow ${width}`);
    await expectNoSidewaysScroll(page, `narrow ${width}`);
  }
  const chip = page.locator(".narrow .chip", { hasText: "Artikel" });
  const count = Number(await chip.locator("[aria-hidden]").textContent());
  await chip.click();
  await expect(page).toHaveURL(/typ=article/);
  await expect(page.locator(".tally")).toContainText(String(count));
  await page.locator(".chosen .chip").first().click();
  await expect(page).toHaveURL(/\/sok\?q=parkering$/);
  await page.goto("/sok?q=parkering&typ=article&fran=snart");
  await expect(page.locator(".narrow[open] .err")).toBeVisible();
  await expectAccessible(page, "narrow, wrong date");
});

test("the chosen result is counted by a beacon that says nothing of who chose", async ({ page }) => {
  await page.goto("/sok?q=simhall");
  const beacon = page.waitForRequest("**/api/v1/search/click");
  await page.locator("ol.results h2 a").first().click();
  const request = await beacon;
  const sent = new URLSearchParams(request.postData());
  expect([...sent.keys()].sort()).toEqual(["lang", "position", "q", "url"]);
  expect(sent.get("q")).toBe("simhall");
  expect(sent.get("position")).toBe("1");
  expect(request.headers().cookie ?? "").toBe("");
});
