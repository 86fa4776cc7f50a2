// Words that could be lost: in fields that were empty, beside a block that cannot be saved, on a computer that
// somebody else uses next.
import { expect, expectAccessible, logIn, test, within } from "./base.mjs";
import { draft, edit, putCaret, saved } from "./editing.mjs";

test.describe.configure({ timeout: 60_000 });

/** Opens the fields about the page, below its text. */
async function about(page) {
  const box = page.locator("form[data-editor] details", { has: page.locator("[name=parent]") });
  if (await box.getAttribute("open") === null) await box.locator("summary").click();
}

const PAGE = "/trafik-och-resor/cykel";

test("what is written in a field that was empty is saved like the rest, and what others write there stays", async ({ page, browser, baseURL }) => {
  await logIn(page);
  await edit(page, PAGE);
  await about(page);
  const keywords = page.locator("[name=keywords]");
  const before = await keywords.inputValue();
  await keywords.fill("");
  await saved(page);
  await keywords.fill("cykelpump");
  await within(8_000, "the field is in the draft", async () => (await draft(page)).changes.fields.keywords?.value === "cykelpump");
  // Another window that stood open with the field as it was does not take it away.
  const context = await browser.newContext({ baseURL, locale: "sv-SE", storageState: await page.context().storageState() });
  const other = await context.newPage();
  await edit(other, PAGE);
  await about(other);
  await other.locator("[name=keywords]").fill("cykelpump, lånecykel");
  await within(8_000, "the other's words come here", async () => (await keywords.inputValue()) === "cykelpump, lånecykel");
  await page.waitForTimeout(4_000);
  expect((await draft(page)).changes.fields.keywords.value).toBe("cykelpump, lånecykel");
  await context.close();
  await keywords.fill(before);
  await within(8_000, "the field is as it was", async () => (await draft(page)).changes.fields.keywords.value === before);
});

test("the page above is an address for people, and saving by button meets no conflict with oneself", async ({ page }) => {
  await logIn(page);
  await edit(page, PAGE);
  await about(page);
  const parent = page.locator("[name=parent]");
  expect(await parent.inputValue()).toBe("/trafik-och-resor");
  await parent.fill("/bygga-bo-och-miljo");
  await within(8_000, "the draft has the page's id", async () => /^[\da-f-]{36}$/.test((await draft(page)).changes.fields.parent.value));
  await saved(page);
  expect(await parent.inputValue()).toBe("/bygga-bo-och-miljo");
  await page.locator("button[name=then][value=save], .formact button").first().click();
  await page.waitForLoadState();
  await expect(page.locator("form[data-editor][data-ready]")).toBeAttached({ timeout: 20_000 });
  await expect(page.locator("section.conflict:visible, .ed-conflicts:visible")).toHaveCount(0);
  expect((await draft(page)).conflicts).toEqual([]);
  expect(await page.locator("[name=parent]").inputValue()).toBe("/bygga-bo-och-miljo");
  await about(page);
  await page.locator("[name=parent]").fill("/trafik-och-resor");
  await saved(page);
});

test("a block that is too large holds up no other, and is there to be copied after a reload", async ({ page }) => {
  await logIn(page);
  await edit(page, PAGE);
  await putCaret(page, 0);
  const huge = `Storord ${"abc ".repeat(75_000)}`;
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.querySelector("#ed_text").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, huge);
  await expect(page.locator(".ed-status")).toHaveClass(/bad/, { timeout: 15_000 });
  await putCaret(page, 1);
  await page.keyboard.press("End");
  await page.keyboard.type(" Och ett till.");
  await within(15_000, "the other block is saved", async () => JSON.stringify((await draft(page)).blocks).includes("Och ett till."));
  await expect(page.locator(".ed-status")).toHaveClass(/bad/);
  await expectAccessible(page, "a text that cannot be saved as it is");
  page.on("dialog", (dialog) => void dialog.accept());
  await page.waitForTimeout(700);
  await page.reload();
  const left = page.locator(".ed-notice textarea");
  await expect(left).toBeVisible({ timeout: 20_000 });
  expect(await left.inputValue()).toContain("Storord abc abc");
  await expectAccessible(page, "words that were left");
  await page.locator(".ed-notice button").click();
  await expect(left).toHaveCount(0);
  await page.reload();
  await expect(page.locator("form[data-editor][data-ready]")).toBeAttached({ timeout: 20_000 });
  await expect(left).toHaveCount(0);
});

test("who logs out is asked about words that are not saved, and leaves nothing in the browser", async ({ page, context }) => {
  await logIn(page);
  await edit(page, PAGE);
  await putCaret(page, 0);
  await page.keyboard.press("End");
  await context.route("**/draft", (route) => route.abort());
  await page.keyboard.type(" Inte sparat än.");
  await expect(page.locator(".ed-status")).toContainText("Sparat i webbläsaren", { timeout: 10_000 });
  const questions = [];
  let answer = false;
  page.on("dialog", (dialog) => {
    questions.push(dialog.message());
    void (answer || dialog.type() === "beforeunload" ? dialog.accept() : dialog.dismiss());
  });
  await page.locator("form[data-log-out] button").click();
  await within(5_000, "it is asked", () => questions.some((one) => one.includes("inte är sparad")));
  await expect(page.locator("form[data-editor]")).toBeVisible();
  answer = true;
  await page.locator("form[data-log-out] button").click();
  await page.waitForURL(/log-in|\/admin$|\/$/);
  const kept = await page.evaluate(() => new Promise((resolve) => {
    const open = indexedDB.open("torg-editor", 1);
    open.onsuccess = () => {
      const names = [...open.result.objectStoreNames];
      if (!names.length) return resolve(0);
      const all = open.result.transaction(names).objectStore("unsent").count();
      all.onsuccess = () => resolve(all.result);
    };
    open.onerror = () => resolve(-1);
  }));
  expect(kept).toBe(0);
});
