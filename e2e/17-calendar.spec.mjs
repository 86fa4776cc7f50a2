// The calendar: found, followed, printed, shown on a screen; tipped from outside and approved; entered,
// copied, called off and brought in by the staff.
import { readFileSync } from "node:fs";
import { expect, expectAccessible, expectGoodEverywhere, expectNoSidewaysScroll, logIn, test, within } from "./base.mjs";
import { dayIn, later, weekdayFrom } from "./days.mjs";
import { letterTo, tabTo } from "./letters.mjs";

const picture = (name) => new URL(`./results/pictures/${name}.png`, import.meta.url).pathname;
const chip = (page, name) => page.locator(".calhead a.chip", { hasText: new RegExp(`^${name}$`) });
const count = async (page) => Number(/^\d+/.exec((await page.locator(".tally p").first().innerText()).replaceAll(/\s/g, ""))?.[0] ?? 0);

/** School breaks of the demo city that have not begun, the next first. */
const breaks = JSON.parse(readFileSync(new URL("../demo/almanac.json", import.meta.url), "utf8"))
  .filter((day) => day.sort === "break" && day.first > dayIn(16) && day.last > later(day.first, 3));

test("a parent finds what is free for children, with the keyboard alone, and the address holds it", async ({ page, request }) => {
  test.setTimeout(180_000);
  await page.goto("/kalendarium");
  await expectGoodEverywhere(page, "calendar");
  for (const [name, held] of [["I helgen", "when=weekend"], ["Gratis", "free=1"], ["Barn", "audience=children"]]) {
    await tabTo(page, chip(page, name));
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(held));
    await expect(page.locator(".calhead a.chip.on", { hasText: name })).toBeVisible();
  }
  // Late on a Sunday nothing may be left of the weekend: then it says so and offers a way on.
  const all = await count(page);
  await expect(page.locator(".ev")).toHaveCount(Math.min(all, 40));
  if (all === 0) await expect(page.locator(".nothing")).toBeVisible();

  // Weeks instead of days, and words: what was chosen stays.
  await tabTo(page, page.locator("#field_q"), 60);
  await page.keyboard.type("sagostund");
  await page.locator("#field_from").fill(dayIn(0));
  await page.locator("#field_to").fill(dayIn(60));
  await tabTo(page, page.locator(".calform button"), 30);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/q=sagostund/);
  await expect(page).toHaveURL(/free=1/);
  const found = await count(page);
  expect(found).toBeGreaterThan(3);
  for (const text of await page.locator(".ev .tags").allInnerTexts()) expect(text).toContain("Gratis");
  await expectGoodEverywhere(page, "calendar-filtered");
  await page.reload();
  expect(await count(page)).toBe(found);

  // The same as a month, on the map, and for one's own calendar.
  const held = new URL(page.url()).searchParams;
  held.delete("when");
  await page.locator(".asviews a", { hasText: "Karta" }).click();
  await expect(page).toHaveURL(/\/karta\?layers=events/);
  await expect(page.locator(".selection")).toBeVisible();
  const titles = await page.locator(".mapitems .name").allInnerTexts();
  expect(titles.length).toBeGreaterThan(0);
  for (const title of titles) expect(title.toLowerCase()).toContain("sago");
  await page.locator(".selection a").first().click();
  await expect(page).toHaveURL(/\/kalendarium\?/);
  expect([...new URL(page.url()).searchParams].sort()).toEqual([...held].sort());
  const ics = await request.get(await page.locator(".calsub a.ds-button").getAttribute("href"));
  expect(ics.headers()["content-type"]).toContain("text/calendar");
  const calendar = await ics.text();
  expect(calendar).toMatch(/^BEGIN:VCALENDAR\r\n/);
  expect(calendar).toContain("REFRESH-INTERVAL");
  expect(calendar).toContain("SUMMARY:Sagostund");
  await page.locator(".asviews a", { hasText: "Månad" }).click();
  await expect(page).toHaveURL(/\/kalendarium\/manad\?.*free=1/);
  await expect(page.locator("table.month li").first()).toBeVisible();

  // Each choice is taken back where it is seen.
  await page.goto("/kalendarium?q=sagostund&free=1");
  await page.locator("a.chip.on", { hasText: "sagostund" }).click();
  await expect(page).not.toHaveURL(/q=/);
  await page.getByRole("link", { name: "Visa alla händelser" }).click();
  await expect(page).toHaveURL(/\/kalendarium$/);
});

test("next and earlier, month by month, and a day of its own", async ({ page }) => {
  await page.goto("/kalendarium");
  const first = await page.locator(".ev h3").first().innerText();
  await page.locator("a[rel=next]").click();
  await expect(page).toHaveURL(/page=2/);
  await page.locator("a[rel=prev]").click();
  await expect(page.locator(".ev h3").first()).toHaveText(first);
  await page.locator(".asviews a", { hasText: "Månad" }).click();
  await expectGoodEverywhere(page, "calendar-month");
  const month = await page.locator("#month_name").innerText();
  await page.locator(".monthturn a[rel=next]").click();
  await expect(page.locator("#month_name")).not.toHaveText(month);
  await page.locator(".month td:not(.outside) .daynumber a").nth(9).click();
  await expect(page).toHaveURL(/\/kalendarium\?.*from=/);
});

test("on a telephone the first event is seen without scrolling far, with script and without", async ({ browser, baseURL }) => {
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ baseURL, javaScriptEnabled, viewport: { width: 390, height: 844 }, locale: "sv-SE" });
    const page = await context.newPage();
    await page.goto("/kalendarium");
    const { y } = await page.locator(".ev").first().boundingBox();
    expect(y, `the first event, script ${javaScriptEnabled}`).toBeLessThan(1.2 * 844);
    await expect(page.locator("#field_q")).toBeHidden();
    await page.locator(".calfold > summary").click();
    await page.locator("#field_q").fill("simning");
    await page.locator(".calform button").click();
    await expect(page).toHaveURL(/q=simning/);
    await expect(page.locator("a.chip.on", { hasText: "simning" })).toBeVisible();
    await page.locator("a.chip", { hasText: /^Gratis$/ }).click();
    await expect(page).toHaveURL(/q=simning/);
    await expect(page).toHaveURL(/free=1/);
    await context.close();
  }
});

test("called off and moved stay seen, in the list and on the event's page", async ({ page }) => {
  test.setTimeout(120_000);
  const seen = {};
  for (let number = 1; number < 40 && Object.keys(seen).length < 2; number += 1) {
    await page.goto(`/kalendarium?page=${number}`);
    for (const flag of ["Inställt", "Flyttat"]) {
      const own = page.locator(".ev", { has: page.locator(".flag", { hasText: flag }) }).first();
      if (!seen[flag] && await own.count()) seen[flag] = await own.locator("h3 a").getAttribute("href");
    }
    if (await page.locator("a[rel=next]").count() === 0) break;
  }
  expect(Object.keys(seen).sort()).toEqual(["Flyttat", "Inställt"]);
  for (const [flag, address] of Object.entries(seen)) {
    await page.goto(address);
    await page.evaluate(() => document.querySelectorAll("main details").forEach((own) => { own.open = true; }));
    await expect(page.locator(".occasions .flag", { hasText: flag }).first()).toBeVisible();
    await expectGoodEverywhere(page, `event-${flag === "Inställt" ? "cancelled" : "moved"}`);
  }
  await page.locator(".onmap a").click();
  await expect(page).toHaveURL(/\/karta\?/);
  await expect(page.locator(".mapitems > li").first()).toBeVisible();
  await page.goto(seen["Inställt"].replace("/kalendarium/", "/en/events/"));
  await expectGoodEverywhere(page, "event-en");
});

test("for the wall, on paper and as Word", async ({ page, request }) => {
  await page.goto("/kalendarium?when=next-week");
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".calform")).toBeHidden();
  await expect(page.locator("h1")).toBeVisible();
  await page.screenshot({ path: picture("calendar-print"), fullPage: true });
  await page.emulateMedia({ media: "screen" });
  const word = await request.get(await page.locator(".calrows a[href*='.docx']").getAttribute("href"));
  expect(word.status()).toBe(200);
  expect(word.headers()["content-type"]).toContain("wordprocessingml");
  expect((await word.body()).subarray(0, 2).toString()).toBe("PK");
  const atom = await request.get(await page.locator(".calrows a[href*='.atom']").getAttribute("href"));
  expect(atom.headers()["content-type"]).toContain("application/atom+xml");
  await page.locator(".calrows a[href*='/skarm']").click();
  await page.getByRole("link", { name: "Pausa" }).click();
  await expect(page.getByRole("link", { name: "Fortsätt" })).toBeVisible();
  for (const [width, height] of [[1920, 1080], [390, 844]]) {
    await page.setViewportSize({ width, height });
    await expectAccessible(page, `screen ${width}`);
    await expectNoSidewaysScroll(page, `screen ${width}`);
    await page.screenshot({ path: picture(`calendar-screen-${width}`) });
  }
});

test("an association tips, confirms by mail, and the staff approve: public within a second", async ({ page, browser, baseURL, request }) => {
  test.setTimeout(240_000);
  const name = `Kvarterets kvarnfest ${Date.now() % 100_000}`;
  await page.goto("/kalendarium");
  await page.getByRole("link", { name: "Tipsa om en händelse" }).click();
  await expectGoodEverywhere(page, "event-tip");
  await page.locator("#field_name_sv").fill(name);
  await page.locator("#field_start_time").fill("kvart över");
  await page.getByRole("button", { name: "Skicka tipset" }).click();
  await expect(page.locator(".errsum li").first()).toBeVisible();
  await expect(page.locator("#field_name_sv")).toHaveValue(name);
  await expect(page.locator("#field_start_time")).toHaveValue("kvart över");
  await expectGoodEverywhere(page, "event-tip-wrong");
  await page.locator("#field_start_date").fill(dayIn(20));
  await page.locator("#field_start_time").fill("14");
  await page.locator("#field_place_name").fill("Kvarnen vid ån");
  await page.locator("#field_organiser_name").fill("Föreningen Kvarnen");
  await page.locator("#field_sender").fill("Kim Exempel");
  await page.locator("#field_email").fill("kim@kvarnen.example");
  await page.getByRole("button", { name: "Skicka tipset" }).click();
  await expect(page.locator("h1")).toHaveText("Titta i din e-post");
  const letter = await letterTo("kim@kvarnen.example", name);
  expect(await (await request.get(`/kalendarium?q=${encodeURIComponent(name)}`)).text()).not.toContain(`>${name}<`);
  await page.goto(/https?:\/\/\S+/.exec(letter)[0]);
  await expectGoodEverywhere(page, "event-tip-confirm");
  await page.getByRole("button", { name: "Bekräfta" }).click();
  await expect(page.locator("h1")).toHaveText("Tack för tipset");

  const context = await browser.newContext({ baseURL, locale: "sv-SE" });
  const desk = await context.newPage();
  await logIn(desk);
  await desk.goto("/admin/calendar?state=waiting");
  await desk.getByRole("link", { name }).click();
  await expect(desk.locator(".standing")).toContainText("kim@kvarnen.example");
  await expectGoodEverywhere(desk, "admin-event-waiting");
  await desk.getByRole("button", { name: "Godkänn och publicera" }).click();
  await expect(desk.locator(".done")).toBeVisible();
  await within(1_000, "the event is public", async () => (await (await request.get(`/kalendarium?from=${dayIn(20)}&to=${dayIn(20)}`)).text()).includes(name));
  await letterTo("kim@kvarnen.example", "visas nu i kalendariet");
  await context.close();
});

test("staff enter a series quickly, are warned of doubles, copy it past a break and call one off", async ({ page, request }) => {
  test.setTimeout(240_000);
  expect(breaks.length, "two school breaks to come in demo/almanac.json").toBeGreaterThan(1);
  const name = `Kvarnverkstad ${Date.now() % 100_000}`;
  const first = weekdayFrom(later(breaks[0].first, -14), [2]);
  const fill = async () => {
    await page.goto("/admin/calendar");
    await page.getByRole("link", { name: "Ny händelse" }).click();
    await page.locator("#field_name_sv").fill(name);
    await page.locator("#field_start_date").fill(first);
    await page.locator("#field_start_time").fill("18");
    await page.locator("#field_end_time").fill("19.30");
    await page.locator("#field_place_unit").selectOption(await page.locator("#field_place_unit option", { hasText: /^Stadsbiblioteket/ }).getAttribute("value"));
  };
  await logIn(page);
  const begun = Date.now();
  await fill();
  await page.locator("#field_repeat").selectOption({ label: "Varje vecka" });
  await page.locator("#field_until").fill(later(breaks[0].last, 14));
  await page.locator("input[name=skip_breaks]").check();
  await page.getByRole("button", { name: "Visa datum" }).click();
  await expect(page.locator(".datelist li").first()).toBeVisible();
  const dates = await page.locator(".datelist li").count();
  await page.getByRole("button", { name: "Publicera", exact: true }).click();
  await expect(page.locator(".done")).toBeVisible();
  expect(Date.now() - begun, "milliseconds for a machine: eleven things to do").toBeLessThan(60_000);
  const own = page.url();
  const address = await page.getByRole("link", { name: "Visa i kalendariet" }).getAttribute("href");
  expect(await (await request.get(address)).text()).toContain(name);

  // Somebody else enters the same: told, not hindered.
  await fill();
  await page.getByRole("button", { name: "Visa datum" }).click();
  await expect(page.locator(".doubles a", { hasText: name })).toBeVisible();
  await expectGoodEverywhere(page, "admin-event-double");

  await page.goto(own);
  await page.getByRole("link", { name: "Kopiera till nya datum" }).click();
  await page.locator("#field_first").fill(weekdayFrom(later(breaks[1].first, -14), [2]));
  await page.locator("#field_last").fill(later(breaks[1].last, 14));
  await page.getByRole("button", { name: "Visa datum" }).click();
  await expect(page.locator("details.more summary")).toContainText("hoppas över");
  expect(await page.locator(".givesdates .datelist").first().locator("li").count()).toBeGreaterThan(1);
  await expectGoodEverywhere(page, "admin-event-copy");
  await page.getByRole("button", { name: "Publicera kopian" }).click();
  await expect(page.locator(".done")).toBeVisible();

  await page.goto(own);
  await page.locator("#field_what").selectOption({ label: "Ställ in" });
  await page.locator("#field_note").fill("Kvarnen är trasig.");
  await page.getByRole("button", { name: "Ändra tillfället" }).click();
  await expect(page.locator(".done")).toBeVisible();
  await page.goto(address);
  await expect(page.locator(".occasions li.off .flag")).toHaveText(/Inställt/);
  await expect(page.locator(".occasions li.off")).toContainText("Kvarnen är trasig.");
  expect(await page.locator(".occasions li").count()).toBe(dates);
  const ics = await (await request.get(await page.locator(".eventdo a[href*='.ics']").getAttribute("href"))).text();
  expect(ics).toContain("STATUS:CANCELLED");
});

test("a table with one faulty line changes nothing and names the line; mended, it comes in", async ({ page, request }) => {
  test.setTimeout(120_000);
  const key = `kvarn-${Date.now() % 100_000}`;
  const table = (day) => `key,organisation,name,category,start,end,place\n${key}-a,kulturforvaltningen,Kvarnens dag,meet,${dayIn(30)} 10:00,${dayIn(30)} 12:00,Kvarnen\n${key}-b,kulturforvaltningen,Kvarnens natt,meet,${day} 20:00,,Kvarnen\n`;
  const file = (text) => ({ name: "kvarnen.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await logIn(page);
  await page.goto("/admin/calendar/import");
  await page.locator("input[type=file]").setInputFiles(file(table("2026-13-40")));
  await page.locator(".importfile button").first().click();
  await expect(page.locator(".importfaults tbody th")).toHaveText(["3"]);
  await expectGoodEverywhere(page, "admin-event-import-wrong");
  expect((await request.get(`/kalendarium/${key}-a`)).status()).toBe(404);
  await page.locator("input[type=file]").setInputFiles(file(table(dayIn(31))));
  await page.locator(".importfile button").first().click();
  await expect(page.locator(".tallies")).toContainText("2");
  expect((await request.get(`/kalendarium/${key}-a`)).status(), "a try changes nothing").toBe(404);
  await expectGoodEverywhere(page, "admin-event-import");
  await page.locator("form[enctype] .formact button").first().click();
  await expect(page.locator(".done")).toBeVisible();
  await page.goto("/admin/calendar?q=Kvarnens");
  await expect(page.locator("tbody th a", { hasText: "Kvarnens natt" })).toBeVisible();
});
