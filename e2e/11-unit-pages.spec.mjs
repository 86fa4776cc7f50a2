// Pages that units run themselves: as readers see them, and as somebody writes one, with nothing but the
// form. Everything holds without the program's scripts.
import { expect, expectAccessible, expectGoodEverywhere, logIn, test } from "./base.mjs";

const UNITS = ["stadsbiblioteket", "valhallabadet", "goteborgs-konstmuseum"];

/** A colour as the browser has worked it out, as three numbers. */
const rgb = (text) => text.match(/\d+/g).slice(0, 3).map(Number);

/** Contrast as WCAG 2.2 defines it. */
function contrast(one, other) {
  const luminance = (colour) => {
    const [red, green, blue] = colour.map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test("each unit has its own colour, picture and sections within the frame", async ({ page }) => {
  test.setTimeout(180_000);
  const colours = new Set();
  for (const unit of UNITS) {
    await page.goto(`/hitta/${unit}`);
    await expect(page.locator(".unitpicture img")).toBeVisible();
    expect(await page.locator(".unitpicture img").evaluate((img) => img.complete && img.naturalWidth > 0)).toBe(true);
    expect(await page.locator(".unitbody section.prose").count()).toBeGreaterThan(1);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      const { line, surface, paper } = await page.evaluate(() => ({
        line: getComputedStyle(document.querySelector(".unithead")).borderBlockEndColor,
        surface: getComputedStyle(document.querySelector(".unithead")).backgroundColor,
        paper: getComputedStyle(document.body).backgroundColor,
      }));
      expect(contrast(rgb(line), rgb(paper)), `${unit} ${colorScheme}`).toBeGreaterThanOrEqual(4.5);
      expect(contrast(rgb(line), rgb(surface)), `${unit} ${colorScheme}`).toBeGreaterThanOrEqual(3);
      colours.add(line);
    }
    await expectGoodEverywhere(page, `unit-${unit}`);
  }
  expect(colours.size, "no two alike").toBe(2 * UNITS.length);
  await page.goto("/en/find/valhallabadet");
  await expectGoodEverywhere(page, "unit-valhallabadet-en");
  await page.emulateMedia({ forcedColors: "active" });
  await expectAccessible(page, "forced colours");
  await page.emulateMedia({ forcedColors: "none" });
});

test("headings go down one level at a time and links lead somewhere", async ({ page, request }) => {
  for (const unit of UNITS) {
    await page.goto(`/hitta/${unit}`);
    const levels = await page.locator("main :is(h1,h2,h3,h4)").evaluateAll((all) => all.map((own) => Number(own.tagName[1])));
    for (const [at, level] of levels.entries()) {
      expect(level - (levels[at - 1] ?? 0), `${unit}: heading ${at + 1}`).toBeLessThanOrEqual(1);
    }
    const links = await page.locator(".unitbody .prose a[href^='/']").evaluateAll((all) => all.map((own) => own.getAttribute("href")));
    expect(links.length, unit).toBeGreaterThan(0);
    for (const link of links) {
      expect((await request.get(link)).status(), link).toBe(200);
    }
  }
});

test("somebody writes the page of a unit, sees it first, and saves it", async ({ page }) => {
  test.setTimeout(240_000);
  await logIn(page);
  await page.goto("/admin/units?q=majornas");
  await page.getByRole("link", { name: "Majornas bibliotek" }).click();
  await page.getByRole("link", { name: "Sidans innehåll och utseende" }).click();
  await expectGoodEverywhere(page, "unit-page-form");

  await page.getByLabel("Ingress", { exact: false }).first().fill("Ett litet bibliotek nära kajen.");
  await page.getByLabel("Sidans stora bild").fill("hamn.jpg");
  await page.getByLabel("Egen färg", { exact: true }).check();
  await page.locator("#field_accent_own").fill("#ffd500");
  await page.getByRole("button", { name: "Lägg till ett avsnitt" }).click();
  const at = (await page.locator(".parts > li").count()) - 1;
  await expect(page.locator("#field_accent_own")).toHaveValue("#ffd500");
  await page.locator(`#field_heading_sv_${at}`).fill("Läs vid vattnet");
  await page.getByRole("button", { name: "Spara sidan" }).last().click();

  // The colour is too weak, and the section has no text: both are told, nothing is lost.
  await expect(page.locator(".errsum li")).toHaveCount(2);
  await expect(page.locator(`#field_heading_sv_${at}`)).toHaveValue("Läs vid vattnet");
  await expectGoodEverywhere(page, "unit-page-form-wrong");
  await page.locator(".judged button").click();
  await expect(page.locator(".judged button")).toHaveCount(0);
  await expect(page.locator("#field_accent_own")).not.toHaveValue("#ffd500");
  await page.locator(`#field_text_sv_${at}`).fill("Ta med en bok ut.\n\n- Bänkar\n- [Alla bibliotek](/uppleva-och-gora/bibliotek)\n\n<script>document.title = 1</script>");
  await page.locator(`#part_${at} button[value="up:${at}"]`).click();
  await expect(page.locator(`#field_heading_sv_${at - 1}`)).toHaveValue("Läs vid vattnet");

  await page.getByRole("button", { name: "Förhandsgranska", exact: true }).click();
  await expect(page.locator(".previewbar")).toBeVisible();
  await expect(page.locator("h1")).toHaveText("Majornas bibliotek");
  await expect(page.getByRole("heading", { name: "Läs vid vattnet" })).toBeVisible();
  await expectGoodEverywhere(page, "unit-page-preview");
  await page.getByRole("button", { name: "Fortsätt skriva" }).click();
  await expect(page.locator(`#field_text_sv_${at - 1}`)).toHaveValue(/Ta med en bok ut/);
  await page.getByRole("button", { name: "Spara sidan" }).last().click();
  await expect(page.locator(".done")).toBeVisible();

  await page.goto("/hitta/majornas-bibliotek");
  await expect(page.getByRole("heading", { name: "Läs vid vattnet" })).toBeVisible();
  await expect(page.locator(".unitbody .prose a")).toHaveAttribute("href", "/uppleva-och-gora/bibliotek");
  await expect(page.locator(".unitpicture img")).toHaveAttribute("alt", /färja/);
  await expect(page).toHaveTitle(/Majornas bibliotek/);
  await page.goto("/sok?q=bänkar+vattnet+bok");
  await expect(page.locator(".results")).toContainText("Majornas bibliotek");
});

test("the form works without script, and the full page tells that it is full", async ({ browser, baseURL }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL, locale: "sv-SE" });
  const page = await context.newPage();
  await logIn(page);
  await page.goto("/admin/units?q=linnestadens");
  await page.locator("tbody th a").first().click();
  await page.getByRole("link", { name: "Sidans innehåll och utseende" }).click();
  for (let count = 0; count < 12; count += 1) {
    await page.getByRole("button", { name: "Lägg till ett avsnitt" }).click();
  }
  await expect(page.locator(".parts .own")).toHaveCount(12);
  await expect(page.getByRole("button", { name: "Lägg till ett avsnitt" })).toHaveCount(0);
  await page.getByRole("button", { name: /^Ta bort/ }).first().click();
  await expect(page.locator(".parts .own")).toHaveCount(11);
  await page.locator("input[name^=hide_]").first().check();
  await page.getByRole("button", { name: /^Flytta ner/ }).first().click();
  await expect(page.locator("input[name^=hide_]:checked")).toHaveCount(1);
  await context.close();
});
