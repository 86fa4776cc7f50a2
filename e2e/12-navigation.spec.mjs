// Navigation in the workspace: the order of the tree, the menus and the parts of the start page, done
// with a browser and with a keyboard, good in every state, in both languages.
import { expect, expectGoodEverywhere, logIn, test } from "./base.mjs";

async function speak(page, language) {
  const other = page.locator(`.me button[lang=${language}]`);
  if (await other.count()) await other.click();
  await expect(page.locator("html")).toHaveAttribute("lang", language);
}

const themes = (page) => page.locator("header .menu nav li:not(.other) a").allTextContents();

test("the tree is walked and put in order", async ({ page }) => {
  test.setTimeout(300_000);
  await logIn(page);
  for (const language of ["en", "sv"]) {
    await speak(page, language);
    await page.goto("/admin/navigation");
    await expectGoodEverywhere(page, `navigation-${language}`);
  }
  await expectGoodEverywhere(page, "navigation-start-sv");
  await page.getByRole("link", { name: "Trafik och resor" }).first().click();
  await expect(page.locator("#about_heading")).toHaveText("Trafik och resor");
  const before = await page.locator(".placing .what > a").allTextContents();

  // With the keyboard: a button moves the page up, and the place where it went is where one stays.
  const up = page.locator(".placing > li").nth(1).getByRole("button").first();
  await up.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".done")).toBeVisible();
  await expect(page).toHaveURL(/#row_/);
  const after = await page.locator(".placing .what > a").allTextContents();
  expect(after.slice(0, 2)).toEqual([before[1], before[0]]);
  // With a number; Enter in a field saves the order and moves nothing else.
  await page.locator(".placing input").nth(1).fill("1");
  await page.keyboard.press("Enter");
  await expect(page.locator(".placing .what > a").first()).toHaveText(before[0]);
  await page.locator(".placing input").first().fill("först");
  await page.getByRole("button", { name: "Spara ordningen" }).last().click();
  await expect(page.locator(".errsum")).toBeVisible();
  await expect(page.locator(".placing input").first()).toHaveValue("först");
  await expectGoodEverywhere(page, "navigation-wrong-sv");

  // A short name and left out: readers see it at once.
  await page.goto("/admin/navigation");
  await page.getByRole("link", { name: "Företag och jobb" }).first().click();
  await page.locator(".inmenus input[type=text]").first().fill("Företag");
  await page.locator(".inmenus").getByRole("button", { name: "Spara" }).click();
  await expect(page.locator(".done")).toBeVisible();
  await page.goto("/trafik-och-resor");
  expect(await themes(page)).toContain("Företag");
  await page.goBack();
  await page.getByLabel("Dölj i menyer och listor").check();
  await page.locator(".inmenus").getByRole("button", { name: "Spara" }).click();
  await expect(page.locator(".node.here .notch")).toHaveText("Dold i menyer");
  await expectGoodEverywhere(page, "navigation-hidden-sv");
  await page.goto("/trafik-och-resor");
  expect(await themes(page)).not.toContain("Företag");
  await page.goBack();
  await page.getByLabel("Dölj i menyer och listor").uncheck();
  await page.locator(".inmenus input[type=text]").first().fill("");
  await page.locator(".inmenus").getByRole("button", { name: "Spara" }).click();
  await expect(page.locator(".node.here .notch")).toHaveCount(0);
});

test("the menus are chosen, looked at, saved and fetched back", async ({ page, context }) => {
  test.setTimeout(300_000);
  await logIn(page);
  await page.goto("/admin/navigation/menus?lang=en");
  await expectGoodEverywhere(page, "menus-english-sv");
  await page.goto("/admin/navigation/menus");
  await expectGoodEverywhere(page, "menus-sv");
  await page.getByLabel("Bara de teman som är valda här, i den här ordningen").check();
  await page.locator(".themes").getByRole("button", { name: "Flytta upp, Kommun och politik" }).click();
  await page.getByLabel("Uppleva och göra").uncheck();
  await page.locator("#field_quick_1").fill("/bygga-bo-och-miljo/bygglov");
  await page.locator("#field_quick_2").fill("javascript:alert(1)");
  await page.getByRole("button", { name: "Spara och visa för alla" }).click();
  await expect(page.locator(".errsum")).toBeVisible();
  await expect(page.locator("#field_quick_2")).toHaveValue("javascript:alert(1)");
  await expectGoodEverywhere(page, "menus-wrong-sv");
  await page.locator(".errsum a").first().click();
  await expect(page.locator("#field_quick_2")).toBeFocused();
  await page.locator("#field_quick_2").fill("");
  const [preview] = await Promise.all([
    context.waitForEvent("page"),
    page.getByRole("button", { name: "Förhandsvisa i ny flik" }).click(),
  ]);
  await preview.waitForLoadState();
  expect(await themes(preview)).not.toContain("Uppleva och göra");
  await expect(preview.locator(".standing")).toBeVisible();
  await preview.close();
  await page.getByRole("button", { name: "Spara och visa för alla" }).click();
  await expect(page.locator(".done")).toBeVisible();
  await expectGoodEverywhere(page, "menus-saved-sv");
  await page.goto("/");
  expect(await themes(page)).not.toContain("Uppleva och göra");
  await expect(page.locator(".units a", { hasText: "Uppleva och göra" })).toBeVisible();
  await page.goto("/admin/navigation/menus");
  await page.getByRole("button", { name: "Som från början" }).click();
  await page.getByRole("button", { name: "Spara och visa för alla" }).click();
  await expect(page.locator(".done")).toBeVisible();
  await page.locator(".earlier a").nth(1).click();
  await expect(page.locator("main .notice")).toBeVisible();
  await expectGoodEverywhere(page, "menus-earlier-sv");
  await page.goto("/");
  expect(await themes(page)).toContain("Uppleva och göra");
});

test("the start page and a theme are put together", async ({ page, context }) => {
  test.setTimeout(300_000);
  await logIn(page);
  await page.goto("/admin/navigation/start");
  await expectGoodEverywhere(page, "parts-sv");
  await page.getByRole("button", { name: "Lägg till en länkgrupp" }).click();
  await page.locator("#field_part_0_heading").fill("Just nu");
  await page.locator("#field_part_0_links_0").fill("/bygga-bo-och-miljo/bygglov");
  await page.locator("#field_part_0_links_1").fill("https://annan.example/");
  await page.getByRole("button", { name: "Spara och visa för alla" }).click();
  await expect(page.locator("#field_part_0_links_1_text")).toHaveAttribute("aria-invalid", "true");
  await expectGoodEverywhere(page, "parts-wrong-sv");
  await page.locator("#field_part_0_links_1_text").fill("Hos andra");
  const [preview] = await Promise.all([
    context.waitForEvent("page"),
    page.getByRole("button", { name: "Förhandsvisa i ny flik" }).click(),
  ]);
  await preview.waitForLoadState();
  await expect(preview.locator(".puffs h2")).toHaveText("Just nu");
  await preview.close();
  await page.getByRole("button", { name: "Spara och visa för alla" }).click();
  await expect(page.locator(".done")).toBeVisible();
  await page.goto("/");
  await expect(page.locator(".puffs a")).toHaveCount(2);
  await expectGoodEverywhere(page, "start-with-links-sv");
  await page.goto("/admin/navigation/start");
  await page.getByRole("link", { name: "Som från början" }).click();
  await page.getByRole("button", { name: "Spara och visa för alla" }).click();
  await page.goto("/");
  await expect(page.locator(".puffs")).toHaveCount(0);
});
