// The service guide as somebody uses it who looks for a place, and somebody who answers for one.
import { expect, expectGoodEverywhere, expectNoSidewaysScroll, logIn, test, within } from "./base.mjs";
import { letterTo, tabTo } from "./letters.mjs";

const found = async (page) => Number(/\d+/.exec((await page.locator(".tally").innerText()).replace(/^En /, "1 "))?.[0] ?? 0);
/** "350 m", "1,2 km" in metres. */
const metres = (text) => Number(/[\d ,]+/.exec(text)[0].replaceAll(/\s/g, "").replace(",", ".")) * (text.includes("km") ? 1_000 : 1);

test("by kind, near an address, open now, by how one gets in: the address holds all of it", async ({ page, request }) => {
  test.setTimeout(180_000);
  await page.goto("/hitta");
  await tabTo(page, page.locator("#find_place"), 60);
  await page.keyboard.type("Kungsportsavenyn 5");
  await page.keyboard.press("Tab");
  await expect(page.locator("#find_kind")).toBeFocused();
  await page.locator("#find_kind").selectOption("library");
  await tabTo(page, page.locator(".finder .go .ds-button").first(), 20);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/kind=library/);
  await expect(page).toHaveURL(/place=Kungsportsavenyn/);
  const distances = (await page.locator(".units b").allInnerTexts()).map(metres);
  expect(distances.length).toBeGreaterThan(3);
  expect(distances).toEqual([...distances].sort((one, other) => one - other));
  await expectGoodEverywhere(page, "guide-near");

  const all = await found(page);
  await page.locator("details.narrow > summary").click();
  await page.locator("details.narrow .chip").first().click();
  await expect(page).toHaveURL(/access=/);
  expect(await found(page)).toBeLessThanOrEqual(all);
  await page.locator("input[name=open]").check();
  await page.locator(".finder .go .ds-button").first().click();
  await expect(page).toHaveURL(/open=1/);
  await expect(page).toHaveURL(/access=/);
  const open = await found(page).catch(() => 0);
  await expect(page.locator(".units > li .open")).toHaveCount(Math.min(open, 50));
  await page.reload();
  expect(await found(page).catch(() => 0)).toBe(open);
  const api = await request.get("/api/v1/units?kind=library&limit=100");
  expect(api.status()).toBe(200);

  // A place that nobody knows is told at its field, and keeps what was written.
  await page.goto("/en/find?place=Quxplatsen&kind=library");
  await expect(page.locator("#find_place")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("#find_place")).toHaveValue("Quxplatsen");
  await expectGoodEverywhere(page, "guide-place-unknown-en");
});

test("three side by side, and the list on paper", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("/hitta?kind=library");
  const names = [];
  for (let at = 0; at < 3; at += 1) {
    const row = page.locator(".units > li", { has: page.locator(".tocompare a:not([aria-current])") }).first();
    names.push(await row.locator("h2").innerText());
    await row.locator(".tocompare a").click();
    await expect(page.locator(".comparing .chip")).toHaveCount(at + 1);
  }
  await page.locator(".comparing a.ds-button").click();
  await expect(page.locator("table.compare thead th > a:first-child")).toHaveText(names);
  await expectGoodEverywhere(page, "guide-compare");
  await page.locator("table.compare .without").first().click();
  await expect(page.locator("table.compare thead th")).toHaveCount(2);
  await page.getByRole("link", { name: "Tillbaka till listan" }).click();
  await expect(page).toHaveURL(/\/hitta/);
  await page.goto("/hitta?kind=library");
  await page.getByRole("link", { name: "Utskriftslista" }).click();
  await expect(page.locator("table.printlist tbody tr").first()).toBeVisible();
  await expectGoodEverywhere(page, "guide-print");
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".noprint")).toBeHidden();
  expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(5_000);
});

test("near me: asked for by a press, rounded, and the list is in that order; without script there is the field", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, locale: "sv-SE", permissions: ["geolocation"], geolocation: { latitude: 57.700123, longitude: 11.950456 } });
  const page = await context.newPage();
  await page.goto("/hitta");
  await page.getByRole("button", { name: "Min plats" }).click();
  await expect(page).toHaveURL(/near=57\.7001(%2C|,)11\.9505/);
  const distances = (await page.locator(".units b").allInnerTexts()).map(metres);
  expect(distances).toEqual([...distances].sort((one, other) => one - other));
  await context.close();
  const plain = await browser.newContext({ baseURL, javaScriptEnabled: false, viewport: { width: 390, height: 844 }, locale: "sv-SE" });
  const other = await plain.newPage();
  await other.goto("/hitta");
  await expect(other.getByRole("button", { name: "Min plats" })).toBeHidden();
  await other.locator("#find_q").fill("bad");
  await other.locator(".finder .go .ds-button").first().click();
  await expect(other.locator(".units > li").first()).toBeVisible();
  await expectNoSidewaysScroll(other, "guide without script");
  await plain.close();
});

test("something is wrong: it reaches whoever answers for it, and the answer comes by mail", async ({ page, browser, baseURL }) => {
  test.setTimeout(180_000);
  await page.goto("/hitta/rohsska-museet");
  await page.getByRole("link", { name: "Stämmer något inte?" }).first().click();
  await expectGoodEverywhere(page, "guide-wrong");
  // Machines are quicker than people, and told so.
  await page.waitForTimeout(3_200);
  await page.locator("input[name=email]").fill("lo@lasare.example");
  await page.locator("form.onecolumn button").click();
  await expect(page.locator("textarea[name=text]")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("input[name=email]")).toHaveValue("lo@lasare.example");
  await expectGoodEverywhere(page, "guide-wrong-empty");
  await page.locator("textarea[name=text]").fill("Kaféet på kvarnvinden stänger klockan 15.");
  await page.locator("form.onecolumn button").click();
  await expect(page.locator("h1")).toHaveText("Tack, vi har fått det");

  const context = await browser.newContext({ baseURL, locale: "sv-SE" });
  const desk = await context.newPage();
  await logIn(desk);
  await desk.goto("/admin/units/reports");
  const report = desk.locator(".reports > li", { hasText: "kvarnvinden" });
  await expect(report.locator("h2")).toHaveText("Röhsska museet");
  await expectGoodEverywhere(desk, "admin-unit-reports");
  await report.getByRole("button", { name: "Besvara" }).click();
  await expect(desk.locator(".reports textarea[aria-invalid]")).toBeVisible();
  await desk.locator(".reports > li", { hasText: "kvarnvinden" }).locator("textarea").fill("Tack, nu står det rätt.");
  await desk.locator(".reports > li", { hasText: "kvarnvinden" }).getByRole("button", { name: "Besvara" }).click();
  await expect(desk.locator(".done")).toBeVisible();
  const letter = await letterTo("lo@lasare.example", "nu står det rätt");
  expect(letter).toContain("kvarnvinden");
  await desk.locator(".states a", { hasText: "Besvarade" }).click();
  await expect(desk.locator(".reports > li", { hasText: "kvarnvinden" })).toBeVisible();
  await context.close();
});

test("a service leads to its units, and a unit to its services, in both languages", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("/hitta/tjanster");
  await expectGoodEverywhere(page, "services");
  await page.locator("#services_q").fill("förskola");
  await page.locator(".finder .go button").click();
  await page.getByRole("link", { name: "Söka plats i förskola" }).click();
  await expectGoodEverywhere(page, "service");
  const unit = page.locator("#service_units ~ ul a").first();
  const name = await unit.innerText();
  await unit.click();
  await expect(page.locator("h1")).toHaveText(name);
  await page.locator("#unit_given ~ ul a", { hasText: "Söka plats i förskola" }).click();
  await expect(page.locator("h1")).toHaveText("Söka plats i förskola");
  await page.locator("nav.quick a[hreflang=en], a[hreflang=en]").first().click();
  await expect(page.locator("h1")).toHaveText("Apply for a preschool place");
  await expectGoodEverywhere(page, "service-en");
});

test("a table of units: tried first, then taken in; a faulty line stops all of it", async ({ page, request }) => {
  test.setTimeout(120_000);
  const key = `kvarnens-${Date.now() % 100_000}`;
  const table = (phone) => `key,kind,organisation,name_sv,street,postcode,city,phone\n${key},museum,kulturforvaltningen,Kvarnens museum,Kvarngatan 1,41101,Göteborg,${phone}\n`;
  await logIn(page);
  await page.goto("/admin/units/import");
  await page.locator("#field_csv").fill(table("ring oss gärna"));
  await page.locator("section:has(#file_heading) .formact button").click();
  await expect(page.locator(".importfaults tbody th")).toHaveText(["2"]);
  await expect(page.locator(".importfaults tbody td").first()).toHaveText("phone");
  await expectGoodEverywhere(page, "admin-units-import-wrong");
  expect(await (await request.get("/hitta?q=Kvarnens+museum")).text()).not.toContain(">Kvarnens museum<");
  await page.locator("#field_csv").fill(table("031-365 00 99"));
  await page.locator("section:has(#file_heading) .formact button").click();
  await expect(page.locator(".tallies li").first()).toContainText("1");
  expect((await request.get("/hitta/kvarnens-museum")).status(), "a try changes nothing").toBe(404);
  await expectGoodEverywhere(page, "admin-units-import");
  await page.locator("section:has(#report_heading) .formact button").first().click();
  await expect(page.locator(".done")).toBeVisible();
  await within(1_500, "the new unit is found", async () => (await (await request.get("/hitta?q=Kvarnens+museum")).text()).includes("Kvarnens museum"));
  const csv = await request.get("/api/v1/units.csv");
  expect(await csv.text()).toContain(key);
});
