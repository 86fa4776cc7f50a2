// People, organisations, roles and absence in the workspace: done with a browser, good in every state,
// in both languages.
import { demoAccount } from "./demo.mjs";
import { expect, expectGoodEverywhere, logIn, test } from "./base.mjs";

/** The date so many days from now, as a form wants it. */
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function speak(page, language) {
  const other = page.locator(`.me button[lang=${language}]`);
  if (await other.count()) await other.click();
  await expect(page.locator("html")).toHaveAttribute("lang", language);
}

test("a person comes, works in two roles, and leaves", async ({ page }) => {
  test.setTimeout(300_000);
  await logIn(page);
  await page.goto("/admin/people");
  await expectGoodEverywhere(page, "people-sv");
  await page.getByRole("link", { name: "Lägg till en person" }).click();
  await page.getByLabel("Namn").fill("Gunilla Exempel");
  await page.getByLabel("E-post").fill(demoAccount(process.env.TORG_TEST_DATA).email);
  await page.getByRole("button", { name: "Lägg till" }).click();
  await expect(page.locator("#field_email")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Namn")).toHaveValue("Gunilla Exempel");
  await expectGoodEverywhere(page, "person-new-wrong-sv");
  await page.getByLabel("E-post").fill("gunilla@goteborg.example");
  await page.getByRole("button", { name: "Lägg till" }).click();
  await expect(page.locator(".done")).toBeVisible();
  await expect(page.locator("h1")).toHaveText("Gunilla Exempel");

  // Nothing chosen: the summary leads to the roles.
  await page.getByRole("button", { name: "Ge rollerna" }).click();
  await page.locator(".errsum a").first().click();
  await expect(page.locator("#field_roles")).toBeFocused();
  await page.getByLabel("Redaktör", { exact: true }).check();
  await page.getByLabel("Moderator").check();
  await page.getByLabel("För organisationen").selectOption({ label: "Kulturnämnden" });
  await page.getByLabel("Till och med").fill(day(-30));
  await page.getByRole("button", { name: "Ge rollerna" }).click();
  await expect(page.locator("#field_valid_to")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Moderator")).toBeChecked();
  await expectGoodEverywhere(page, "person-wrong-sv");
  await page.getByLabel("Till och med").fill(day(60));
  await page.getByRole("button", { name: "Ge rollerna" }).click();
  await expect(page.locator(".held tbody tr")).toHaveCount(2);
  await page.getByRole("button", { name: "Avsluta Moderator för Kulturnämnden" }).click();
  await expect(page.locator("section[aria-labelledby=held] > .held tbody tr")).toHaveCount(1);
  await page.locator("details.more summary").click();
  await expectGoodEverywhere(page, "person-sv");
  await page.getByRole("button", { name: "Gör ett nytt lösenord" }).click();
  await expect(page.locator(".once code")).not.toBeEmpty();
  await expectGoodEverywhere(page, "person-password-sv");
  await page.goto("/admin/people?q=gunilla");
  await page.getByRole("link", { name: "Gunilla Exempel" }).click();
  await page.getByRole("button", { name: "Stäng kontot" }).click();
  await expect(page.locator(".notice.warn")).toBeVisible();
  await expectGoodEverywhere(page, "person-closed-sv");
  await speak(page, "en");
  await expectGoodEverywhere(page, "person-closed-en");
  await page.goto("/admin/people?state=closed");
  await expect(page.locator("tbody tr")).toHaveCount(1);
  await expectGoodEverywhere(page, "people-closed-en");
  await page.goto("/admin/people?q=nobody-at-all");
  await expectGoodEverywhere(page, "people-empty-en");
  await speak(page, "sv");
});

test("the tree of organisations is walked, added to and pruned", async ({ page }) => {
  test.setTimeout(240_000);
  await logIn(page);
  for (const language of ["sv", "en"]) {
    await speak(page, language);
    await page.goto("/admin/organisations");
    await expectGoodEverywhere(page, `organisations-${language}`);
  }
  await speak(page, "sv");
  await page.goto("/admin/organisations?q=kulturnämnden");
  await page.locator(".tree a").first().click();
  await expectGoodEverywhere(page, "organisation-sv");
  await page.getByRole("link", { name: "Lägg till en del" }).click();
  await page.getByLabel("Namn på svenska").fill("Provbiblioteket");
  await page.getByLabel("Nyckel").fill("Prov bibliotek");
  await page.getByRole("button", { name: "Lägg till" }).click();
  await expect(page.locator("#field_key")).toHaveAttribute("aria-invalid", "true");
  await expectGoodEverywhere(page, "organisation-wrong-sv");
  await page.getByLabel("Nyckel").fill("provbiblioteket");
  await page.getByRole("button", { name: "Lägg till" }).click();
  await expect(page.locator(".done")).toBeVisible();
  await page.getByRole("button", { name: "Avsluta organisationen" }).click();
  await expect(page.locator(".notice.warn")).toBeVisible();
  await speak(page, "en");
  await expectGoodEverywhere(page, "organisation-ended-en");
  await speak(page, "sv");
});

test("roles are compared, made and changed", async ({ page }) => {
  test.setTimeout(240_000);
  await logIn(page);
  for (const language of ["sv", "en"]) {
    await speak(page, language);
    await page.goto("/admin/roles");
    await expectGoodEverywhere(page, `roles-${language}`);
  }
  await speak(page, "sv");
  await page.goto("/admin/roles/new");
  await page.getByRole("button", { name: "Gör rollen" }).click();
  await page.locator(".errsum a").last().click();
  await expect(page.locator("#field_permissions")).toBeFocused();
  await expectGoodEverywhere(page, "role-new-wrong-sv");
  await page.getByLabel("Namn på svenska").fill("Biblioteksredaktör");
  await page.getByLabel("Namn på engelska").fill("Library editor");
  await page.getByLabel("Nyckel").fill("library_editor");
  await page.getByLabel("Använda arbetsytan").check();
  await page.getByRole("button", { name: "Gör rollen" }).click();
  await expect(page.locator(".done")).toBeVisible();
  await page.getByLabel("Skriva och ändra utkast").check();
  await page.getByRole("button", { name: "Spara" }).click();
  await expect(page.locator(".past")).toContainText("Fick: Skriva och ändra utkast");
  await expectGoodEverywhere(page, "role-sv");
});

test("roles are handed over while away", async ({ page }) => {
  test.setTimeout(180_000);
  await logIn(page);
  await page.goto("/admin/account");
  await page.getByRole("link", { name: "Lämna över när du är borta" }).click();
  await page.getByRole("button", { name: "Lämna över" }).click();
  await expect(page.locator("#field_taker")).toHaveAttribute("aria-invalid", "true");
  await expectGoodEverywhere(page, "away-wrong-sv");
  await page.getByLabel("Kollegans e-post").fill(demoAccount(process.env.TORG_TEST_DATA, "publisher").email);
  await page.getByLabel("Från och med").fill(day(1));
  await page.getByLabel("Till och med").fill(day(14));
  await page.getByRole("button", { name: "Lämna över" }).click();
  await expect(page.locator(".handed .state")).toHaveText("Kommande");
  for (const language of ["sv", "en"]) {
    await speak(page, language);
    await expectGoodEverywhere(page, `away-${language}`);
  }
  await speak(page, "sv");
  await page.getByRole("button", { name: /^Avsluta: / }).click();
  await expect(page.locator(".handed .state")).toHaveText("Avslutad");
});
