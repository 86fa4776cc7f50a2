// Comments: written, read by a person, shown, reported, taken away; good in every state.
import { expect, expectGoodEverywhere, logIn, test } from "./base.mjs";

const post = "/blogg/blinda-testare";

/** Writes a comment as somebody who takes their time; gives the address of the thanks. */
async function write(page, name, text) {
  await page.goto(post);
  await page.getByRole("link", { name: "Skriv en kommentar" }).click();
  await page.waitForTimeout(3_200);
  await page.getByLabel("Namn").fill(name);
  await page.getByLabel("Kommentar", { exact: true }).fill(text);
  await page.getByRole("button", { name: "Skicka kommentaren" }).click();
  await expect(page.locator("h1")).toHaveText("Tack för din kommentar");
  return page.url();
}

test("from the form by way of the queue to the page, and off it again", async ({ page, context }) => {
  // Waits as a writer does, and looks at ten states in four ways.
  test.setTimeout(240_000);
  await page.goto(post);
  await expect(page.locator(".comments")).toContainText("Ingen har kommenterat");
  await page.getByRole("link", { name: "Skriv en kommentar" }).click();
  await expectGoodEverywhere(page, "comment-form");
  await page.getByLabel("Kommentar", { exact: true }).fill("Det här är kvar");
  await page.waitForTimeout(3_200);
  await page.getByRole("button", { name: "Skicka kommentaren" }).click();
  await expect(page.locator("#field_name")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("#field_text")).toHaveValue("Det här är kvar");
  await page.locator(".errsum a").click();
  await expect(page.locator("#field_name")).toBeFocused();
  await expectGoodEverywhere(page, "comment-form-wrong");

  const own = await write(page, "Eva", "Tack för att ni provade.\n\nKan ni göra det med kartan också?");
  await expectGoodEverywhere(page, "comment-thanks");
  await write(page, "Säljaren", "Köp nu! https://a.example https://b.example https://c.example");
  expect(await context.cookies()).toEqual([]);
  await page.goto(post);
  await expect(page.locator(".comments")).not.toContainText("kartan");

  await logIn(page);
  await page.goto("/admin/comments");
  await expect(page.locator(".queue > li")).toHaveCount(1);
  await expectGoodEverywhere(page, "admin-comments");
  await page.getByRole("button", { name: "Godkänn: Eva" }).click();
  await expect(page.locator(".done")).toBeVisible();
  await page.getByRole("button", { name: "Ångra" }).click();
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Avvisa de valda" }).click();
  await expect(page.locator("#field_rule")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("checkbox")).toBeChecked();
  await expectGoodEverywhere(page, "admin-comments-wrong");
  await page.getByRole("button", { name: "Godkänn de valda" }).click();
  await expect(page.locator(".empty")).toBeVisible();
  await expectGoodEverywhere(page, "admin-comments-empty");
  await page.goto("/admin/comments?show=held");
  await expect(page.locator(".queue h2")).toHaveText("Säljaren");

  await page.goto(post);
  await expect(page.locator(".comments .said")).toHaveCount(2);
  await expectGoodEverywhere(page, "comments");
  await page.locator(".comments .tell a").click();
  await expectGoodEverywhere(page, "comment-report");
  await page.locator("#field_rule").selectOption("subject");
  await page.getByRole("button", { name: "Anmäl kommentaren" }).click();
  await expectGoodEverywhere(page, "comment-reported");
  await page.goto("/admin/comments?show=reported");
  await expect(page.locator(".flagged")).toContainText("något annat");
  await expectGoodEverywhere(page, "admin-comments-reported");
  await page.getByRole("button", { name: "Låt den stå: Eva" }).click();

  await page.goto(own);
  await page.getByRole("button", { name: "Ta bort min kommentar" }).click();
  await expect(page.locator("h1")).toHaveText("Din kommentar är borttagen");
  await page.goto(post);
  await expect(page.locator(".comments .gap")).toHaveCount(1);
  await expectGoodEverywhere(page, "comments-gap");
});
