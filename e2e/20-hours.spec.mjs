// Opening hours and the city's calendar of days: one unit by form, many at once and back again, what is
// missing before a holiday, and a day that hours follow.
import { expect, expectGoodEverywhere, logIn, test, within } from "./base.mjs";
import { dayIn, later, weekdayFrom } from "./days.mjs";
import { tabTo } from "./letters.mjs";

test("all libraries close at 15 on a day: seen first, done, public within a second, and taken back", async ({ page, request }) => {
  test.setTimeout(180_000);
  const day = weekdayFrom(dayIn(6), [2, 3, 4]);
  await logIn(page);
  await page.goto("/admin/hours");
  await page.locator("select[name=kind]").selectOption({ label: "Bibliotek" });
  await page.locator("[name=first]").fill(day);
  await page.locator("[name=what]").fill("kanske");
  await page.getByRole("button", { name: "Visa vad som ändras" }).click();
  await expect(page.locator("[name=what]")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("[name=first]")).toHaveValue(day);
  await expectGoodEverywhere(page, "admin-hours-wrong");
  await page.locator("[name=what]").fill("till 15");
  await page.locator("[name=note_sv]").fill("Kvarnens dag");
  await page.getByRole("button", { name: "Visa vad som ändras" }).click();
  const units = page.locator(".bulklist > li");
  expect(await units.count()).toBeGreaterThan(2);
  await expect(units.first().locator("ins")).toContainText("15");
  await expectGoodEverywhere(page, "admin-hours-preview");
  const before = await (await request.get("/hitta/stadsbiblioteket")).text();
  expect(before).not.toContain("Kvarnens dag");
  // One of them stays as it is.
  await units.last().locator("input").uncheck();
  await page.getByRole("button", { name: "Ändra enheterna" }).click();
  await expect(page.locator(".done")).toBeVisible();
  await within(1_000, "the unit's page tells it", async () => (await (await request.get("/hitta/stadsbiblioteket")).text()).includes("Kvarnens dag"));
  await page.goto("/hitta/stadsbiblioteket");
  await expect(page.locator(".dev li, .hours .was, .plan").first()).toBeVisible();
  await expectGoodEverywhere(page, "unit-deviation");

  await page.goto("/admin/hours");
  await expectGoodEverywhere(page, "admin-hours");
  await tabTo(page, page.locator(".bulkdone button").first(), 80);
  await page.keyboard.press("Enter");
  await expect(page.locator(".done")).toBeVisible();
  await within(1_000, "it is as before", async () => !(await (await request.get("/hitta/stadsbiblioteket")).text()).includes("Kvarnens dag"));
});

test("days that nobody has spoken of lead to the form, filled in", async ({ page }) => {
  await logIn(page);
  await page.goto("/admin/hours/missing");
  await expectGoodEverywhere(page, "admin-hours-missing");
  const days = page.locator(".missingday");
  if (await days.count() === 0) {
    await expect(page.locator(".done")).toBeVisible();
    return;
  }
  await days.first().locator("a.ds-button").click();
  await expect(page).toHaveURL(/\/admin\/hours\?.*first=/);
  await expect(page.locator("[name=first]")).not.toHaveValue("");
  await expect(page.locator("[name=silent]")).toBeChecked();
});

test("one unit: hours that overlap are told where they stand; seen first, then public", async ({ page, request }) => {
  test.setTimeout(180_000);
  await logIn(page);
  await page.goto("/admin/units?q=Frölunda bibliotek");
  await page.locator("tbody th a").first().click();
  const unit = /\/admin\/units\/[0-9a-f-]+/.exec(page.url())[0];
  await page.goto(`${unit}/hours`);
  await expectGoodEverywhere(page, "admin-unit-hours");
  const monday = page.locator(".week input").first();
  const was = await monday.inputValue();
  await monday.fill("10–14, 13–18");
  await page.locator(".formact button[value=save]").click();
  await expect(monday).toHaveAttribute("aria-invalid", "true");
  await expect(monday).toHaveValue("10–14, 13–18");
  await expectGoodEverywhere(page, "admin-unit-hours-wrong");
  await monday.fill("10–12 och 13–18, 18–22 självservice");
  await page.locator("button[name=do][value=preview]").click();
  await expect(page.locator(".planwords")).toContainText("självservice");
  await expectGoodEverywhere(page, "admin-unit-hours-preview");
  await page.locator(".formact button[value=save]").click();
  await expect(page.locator(".done")).toBeVisible();
  await within(1_000, "public", async () => (await (await request.get("/hitta/frolunda-bibliotek")).text()).includes("självservice"));
  await page.goto(`${unit}/hours`);
  await page.locator(".week input").first().fill(was);
  await page.locator(".formact button[value=save]").click();
  await expect(page.locator(".done")).toBeVisible();
});

test("a day of the city's own comes in, moves and goes", async ({ page }) => {
  test.setTimeout(120_000);
  await logIn(page);
  const day = weekdayFrom(dayIn(12), [1, 2, 3, 4, 5]);
  await page.goto(`/admin/almanac?year=${day.slice(0, 4)}`);
  await expectGoodEverywhere(page, "admin-almanac");
  await page.locator("[name=what]").selectOption({ label: "En egen dag" });
  await page.locator("[name=name_sv]").fill("Kvarnens dag");
  await page.getByRole("button", { name: "Spara" }).click();
  await expect(page.locator("[name=first]")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("[name=name_sv]")).toHaveValue("Kvarnens dag");
  await expectGoodEverywhere(page, "admin-almanac-wrong");
  await page.locator("[name=first]").fill(day);
  await page.getByRole("button", { name: "Spara" }).click();
  await expect(page.locator(".done")).toBeVisible();
  await page.goto(`/admin/almanac?year=${day.slice(0, 4)}`);
  await page.getByRole("link", { name: "Kvarnens dag" }).click();
  await page.locator("[name=first]").fill(later(day, 1));
  await page.locator("[name=last]").fill(later(day, 1));
  await page.getByRole("button", { name: "Spara" }).click();
  await expect(page.locator(".done")).toBeVisible();
  await page.goto(`/admin/almanac?year=${later(day, 1).slice(0, 4)}`);
  await page.getByRole("link", { name: "Kvarnens dag" }).click();
  await page.getByRole("button", { name: "Ta bort" }).click();
  await expect(page.locator(".done")).toBeVisible();
  await page.goto(`/admin/almanac?year=${later(day, 1).slice(0, 4)}`);
  await expect(page.getByRole("link", { name: "Kvarnens dag" })).toHaveCount(0);
});
