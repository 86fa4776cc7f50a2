// What a newcomer types.
import { expect, test } from "./base.mjs";

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
