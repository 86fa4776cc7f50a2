// Versions, restoring, previews, review, the trash, many pages at once and languages: none of it
// needs script, and all of it is good in every state.
import { expect, expectGoodEverywhere, logIn, test } from "./base.mjs";

// A page that no other story changes.
const article = "/omsorg-och-stod/bostadsanpassning";

async function open(page, address) {
  await page.goto(`/admin/pages?q=${encodeURIComponent(address)}`);
  const row = page.locator("tr", { has: page.locator(".addr", { hasText: address }) });
  const href = await row.locator("th a").first().getAttribute("href");
  return href;
}

/** Saves a draft as a browser without script does. */
async function draft(page, about, change, then = "save") {
  await page.goto(about);
  const fields = await page.evaluate(() => {
    const form = document.querySelector("main form[id=draft], main form[data-editor], main form");
    return [...new FormData(form)].filter(([, value]) => typeof value === "string");
  });
  const form = Object.fromEntries(fields);
  form.text = change(form.text ?? form.base_text ?? "");
  form.then = then;
  const answer = await page.request.post(about, {
    form, maxRedirects: 0, headers: { "sec-fetch-site": "same-origin" },
  });
  expect(answer.status(), await answer.text()).toBe(303);
}

test("versions are compared, an old one comes back, and the page as of a day", async ({ page }) => {
  test.setTimeout(240_000);
  await logIn(page);
  const about = await open(page, article);
  await page.goto(`${about}/history`);
  await expectGoodEverywhere(page, "history-one");
  await draft(page, about, (text) => `${text.replace("bostad", "bostadshus")}\n\nEtt helt nytt stycke om bryggan.\n`);
  await page.goto(`${about}/history`);
  await expect(page.locator(".versions tbody tr")).toHaveCount(2);
  await expectGoodEverywhere(page, "history");
  await page.getByRole("button", { name: "Jämför" }).click();
  await expect(page.locator("ins", { hasText: "bryggan" }).first()).toBeVisible();
  await expectGoodEverywhere(page, "compare");
  await page.getByRole("button", { name: /Ta tillbaka versionen/ }).click();
  await expect(page.locator(".done")).toBeVisible();
  await page.goto(`${about}/compare`);
  await expectGoodEverywhere(page, "compare-same");

  await page.goto(`${about}/as-of?date=2001-01-01`);
  await expect(page.locator(".errsum")).toBeVisible();
  await expectGoodEverywhere(page, "as-of-wrong");
  await page.goto(`${about}/history`);
  await page.getByRole("button", { name: "Visa sidan" }).click();
  await expect(page.locator(".standing")).toContainText("Så här såg sidan ut");
  await expectGoodEverywhere(page, "as-of");
});

test("a secret link shows the draft to somebody without an account, until it is ended", async ({ page, browser, baseURL }) => {
  test.setTimeout(240_000);
  await logIn(page);
  const about = await open(page, article);
  await draft(page, about, (text) => `${text}\n\nHemligt om den nya rutschkanan.\n`);
  await page.goto(`${about}/preview`);
  await expectGoodEverywhere(page, "preview-form");
  await page.locator("#field_ends").fill("2040-01-01");
  await page.getByRole("button", { name: "Skapa länken" }).click();
  await expect(page.locator("#field_ends")).toHaveAttribute("aria-invalid", "true");
  await expectGoodEverywhere(page, "preview-form-wrong");
  await page.locator("#field_ends").fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
  await page.locator("#field_note").fill("Fotografen");
  await page.getByRole("button", { name: "Skapa länken" }).click();
  const link = new URL(await page.locator("a.secret").getAttribute("href")).pathname;
  await expectGoodEverywhere(page, "preview-made");

  const stranger = await browser.newContext({ baseURL, locale: "sv-SE", reducedMotion: "reduce" });
  const outside = await stranger.newPage();
  const answer = await outside.goto(link);
  expect(answer.headers()["x-robots-tag"]).toContain("noindex");
  expect(answer.headers()["cache-control"]).toBe("no-store");
  await expect(outside.locator("main")).toContainText("rutschkanan");
  await expectGoodEverywhere(outside, "preview-page");
  await page.goto(`${about}/preview`);
  await page.getByRole("button", { name: /Avsluta.*Fotografen/ }).click();
  await expect(page.locator(".done")).toBeVisible();
  const over = await outside.goto(link);
  expect(over.status()).toBe(410);
  await expect(outside.locator("main")).not.toContainText("rutschkanan");
  await expectGoodEverywhere(outside, "preview-ended");
  await stranger.close();
});

test("comments and suggestions on the parts of a draft", async ({ page }) => {
  test.setTimeout(240_000);
  await logIn(page);
  const about = await open(page, article);
  await page.goto(`${about}/review`);
  await expectGoodEverywhere(page, "review-empty");
  const part = page.locator(".review > li").nth(1);
  await part.locator("summary", { hasText: "Kommentera" }).click();
  await part.getByLabel("Din kommentar").fill("Är det rätt år?");
  await part.getByRole("button", { name: "Skicka kommentaren" }).click();
  await expect(page.locator(".thread")).toContainText("Är det rätt år?");
  const again = page.locator(".review > li").nth(1);
  await again.locator("summary", { hasText: "Föreslå ändring" }).click();
  const text = again.getByLabel("Så här borde det stå");
  const written = await text.inputValue();
  await text.fill("");
  await again.getByRole("button", { name: "Skicka förslaget" }).click();
  await expect(page.locator(".errsum")).toBeVisible();
  await expectGoodEverywhere(page, "review-wrong");
  await page.locator(".review > li").nth(1).getByLabel("Så här borde det stå").fill(`${written} Välkommen!`);
  await page.getByRole("button", { name: "Skicka förslaget" }).first().click();
  await expect(page.locator(".words ins")).toContainText("Välkommen");
  await expectGoodEverywhere(page, "review");
  await page.getByRole("button", { name: "Ta in förslaget" }).click();
  await expect(page.locator("p.done")).toBeVisible();
  await page.getByRole("button", { name: "Klart" }).click();
  await expect(page.locator(".thread.done")).toHaveCount(2);
  await expectGoodEverywhere(page, "review-done");
});

test("copies, many pages at once, the trash and back, and languages", async ({ page }) => {
  test.setTimeout(300_000);
  await logIn(page);
  const about = await open(page, article);
  await page.goto(`${about}/history`);
  await page.getByRole("button", { name: "Kopiera sidan" }).click();
  await expect(page.locator(".done")).toBeVisible();
  await page.goto(`/admin/pages?q=${encodeURIComponent(`${article}-kopia`)}`);
  await page.locator("input[name=content]").first().check();
  await page.getByRole("button", { name: "Gör något med de valda" }).click();
  await expectGoodEverywhere(page, "bulk");
  await page.getByLabel("Publicera", { exact: true }).check();
  await page.getByRole("button", { name: "Gör det" }).click();
  await expect(page.locator(".outcomes li")).toHaveCount(1);
  await expectGoodEverywhere(page, "bulk-done");

  const copy = await open(page, `${article}-kopia`);
  await page.goto(`${copy}/delete`);
  await expectGoodEverywhere(page, "delete");
  await page.getByRole("button", { name: "Lägg i papperskorgen" }).click();
  // Other stories may have put pages there as well.
  const gone = page.locator("tbody tr", { has: page.locator(".addr", { hasText: `${article}-kopia` }) });
  await expect(gone).toHaveCount(1);
  await expectGoodEverywhere(page, "trash");
  await gone.getByRole("button", { name: /Ta tillbaka/ }).click();
  await expect(page.locator(".done")).toBeVisible();
  await page.goto("/admin/trash");
  await expect(gone).toHaveCount(0);
  await expectGoodEverywhere(page, "trash-after");
  await page.goto(`${copy}/delete`);
  await page.getByRole("button", { name: "Lägg i papperskorgen" }).click();
  // What is used or has pages below says so first.
  const theme = await open(page, "/uppleva-och-gora");
  await page.goto(`${theme}/delete`);
  await expectGoodEverywhere(page, "delete-refused");

  await page.goto("/admin/translations");
  await expectGoodEverywhere(page, "translations");
  await page.locator("a.status").first().click();
  await expectGoodEverywhere(page, "translation");
});

test("versions, review and languages in English", async ({ browser, baseURL }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ baseURL, locale: "en-GB", reducedMotion: "reduce" });
  const page = await context.newPage();
  await logIn(page);
  const about = await open(page, article);
  for (const [name, rest] of [["history", "history"], ["review", "review"], ["preview", "preview"], ["delete", "delete"]]) {
    await page.goto(`${about}/${rest}`);
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await expectGoodEverywhere(page, `${name}-en`);
  }
  await context.close();
});
