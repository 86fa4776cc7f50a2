// What the stories of the block editor share: opening a page in it, choosing blocks, what the shared draft says.
import { expect, within } from "./base.mjs";

/** The editor has taken the place of the plain field. */
export const ready = (page) => expect(page.locator("form[data-editor][data-ready]")).toBeAttached({ timeout: 20_000 });

/** Opens the page at an address and waits for the editor. */
export async function edit(page, address) {
  await page.goto(`/admin/pages?q=${encodeURIComponent(address)}`);
  await page.locator("tr", { has: page.locator(".addr", { hasText: new RegExp(`${address}$`) }) }).locator("th a").first().click();
  await ready(page);
  return page.locator("#ed_text");
}

/** What the shared draft says now. */
export async function draft(page) {
  const url = new URL(page.url()).pathname;
  const answer = await page.request.post(`${url}/draft`, { data: { client: "tests", since: 0 }, headers: { "sec-fetch-site": "same-origin" } });
  expect(answer.status()).toBe(200);
  const told = await answer.json();
  const all = new Map(told.changes.blocks.map((held) => [held.value.id, held.value]));
  return { ...told, blocks: told.changes.order.map((id) => all.get(id)) };
}

export const words = (block) => (block.text ?? []).map((one) => (one.type === "link" ? words(one) : one.text ?? "")).join("");

export const saved = (page) => expect(page.locator(".ed-status")).toHaveText(/^(Sparat \d\d\.\d\d|Saved \d\d:\d\d)$/, { timeout: 10_000 });

/** Empties the text by keyboard, and waits until that is saved. */
export async function empty(page, text) {
  await text.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await within(8_000, "the draft is empty", async () => (await draft(page)).blocks.length === 0);
}

/** Chooses a block from the menu that "/" opens. */
export async function choose(page, name) {
  await page.keyboard.press("/");
  await expect(page.locator(".ed-palette [role=combobox]")).toBeFocused();
  await page.keyboard.type(name);
  await expect(page.locator(".ed-palette [role=option]").first()).toContainText(new RegExp(name, "i"));
  await page.keyboard.press("Enter");
  await expect(page.locator(".ed-palette")).toHaveCount(0);
}

/** Puts a fact of the register where the caret is. */
export async function putFact(page, query, value, name = "uppgift") {
  await page.keyboard.press("Control+/");
  await expect(page.locator(".ed-palette [role=combobox]")).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await expect(page.locator("dialog [role=option]").first()).toBeVisible();
  await page.keyboard.type(query);
  await expect(page.locator("dialog [role=option]").first()).toContainText(value);
  await page.keyboard.press("Enter");
  await expect(page.locator("dialog")).toHaveCount(0);
}

/** Puts a link to one of our own pages where the caret is. */
export async function putLink(page, query, title) {
  await page.keyboard.press("Control+k");
  await expect(page.locator("dialog [role=combobox]")).toBeFocused();
  await page.keyboard.type(query);
  await expect(page.locator("dialog [role=option]").first()).toContainText(title);
  await page.keyboard.press("Enter");
  await expect(page.locator("dialog .ed-chosen")).toContainText(title);
  await page.keyboard.press("Enter");
  await expect(page.locator("dialog")).toHaveCount(0);
}

/** A paragraph of the text that has words of its own. */
export const paragraph = (page, number) => page.locator("#ed_text > p:not(.ed-who, .ed-advice)").nth(number);

/** Puts the caret into a paragraph. A person takes longer from the mouse to the keys than the browser needs. */
export async function putCaret(page, number) {
  await paragraph(page, number).click({ position: { x: 8, y: 10 } });
  await page.waitForTimeout(150);
}

/** Puts the caret at the end of a paragraph, however many lines it has. */
export async function putCaretLast(page, number) {
  await putCaret(page, number);
  await paragraph(page, number).evaluate((line) => {
    const range = document.createRange();
    range.selectNodeContents(line);
    range.collapse(false);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  });
  await page.waitForTimeout(150);
}
