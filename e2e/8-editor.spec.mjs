// The block editor, as those who write use it: by keyboard, from the clipboard, two at once, without a
// connection, after the session has ended.
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import sharp from "sharp";
import { expect, expectAccessible, expectGoodEverywhere, expectNoSidewaysScroll, logIn, test, within } from "./base.mjs";
import { choose, draft, edit, empty, paragraph as line, putCaret as put, saved, words } from "./editing.mjs";
import * as clipboard from "./samples-editor.mjs";

test.describe.configure({ timeout: 120_000 });

function paste(page, html, text = "") {
  return page.evaluate(([html, text]) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    if (text) data.setData("text/plain", text);
    document.querySelector("#ed_text").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, [html, text]);
}

async function stranger(browser, baseURL, options = {}) {
  const context = await browser.newContext({ baseURL, locale: "sv-SE", timezoneId: "Europe/Stockholm", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  await logIn(page);
  return page;
}

test("every document of the demo goes into the editor and out again unchanged", async ({ page }) => {
  const { buildSync } = createRequire(new URL("../web/package.json", import.meta.url))("esbuild");
  const folder = mkdtempSync(join(tmpdir(), "torg-editor-"));
  const outfile = join(folder, "document.mjs");
  buildSync({ entryPoints: [new URL("../web/src/editor/document.ts", import.meta.url).pathname], bundle: true, format: "esm", platform: "node", outfile });
  const { toNode, toBlock } = await import(pathToFileURL(outfile));
  rmSync(folder, { recursive: true });
  await logIn(page);
  const ids = new Set();
  for (let number = 1; number < 40; number++) {
    await page.goto(`/admin/pages?page=${number}`);
    const before = ids.size;
    for (const href of await page.locator("main a[href^='/admin/pages/']").evaluateAll((links) => links.map((link) => link.getAttribute("href")))) {
      const id = href.match(/^\/admin\/pages\/([\da-f-]{36})$/)?.[1];
      if (id) ids.add(id);
    }
    if (ids.size === before) break;
  }
  expect(ids.size).toBeGreaterThan(100);
  const seen = new Set();
  for (const id of ids) {
    const answer = await page.request.post(`/admin/pages/${id}/draft`, { data: { client: "tests", since: 0 }, headers: { "sec-fetch-site": "same-origin" } });
    for (const { value: block } of (await answer.json()).changes.blocks) {
      const node = toNode(block);
      expect(node.type.name, id).toBe(block.type);
      expect(toBlock(node), id).toEqual(block);
      seen.add(block.type);
    }
  }
  expect(seen.size, [...seen].join(" ")).toBeGreaterThan(8);
});

test("a page with heading, list, table, picture, fact and link is written by keyboard alone", async ({ page }) => {
  await logIn(page);
  const text = await edit(page, "/bygga-bo-och-miljo/radon");
  await expectGoodEverywhere(page, "editor");
  await empty(page, text);
  await expectAccessible(page, "empty text");
  const { keyboard } = page;
  await keyboard.press("/");
  await expect(page.locator(".ed-palette [role=option]").nth(2)).toHaveAttribute("aria-disabled", "true");
  await expectAccessible(page, "menu of blocks");
  await keyboard.press("Escape");
  await expect(text).toBeFocused();

  await choose(page, "Rubrik 2");
  await keyboard.type("Så mäter du");
  await keyboard.press("Enter");
  await keyboard.type("Du kan ");
  await keyboard.press("Control+b");
  await keyboard.type("alltid");
  await keyboard.press("Control+b");
  await keyboard.type(" mäta själv.");
  await keyboard.press("Enter");
  await choose(page, "Punktlista");
  await keyboard.type("Beställ dosor");
  await keyboard.press("Enter");
  await keyboard.type("Två i varje rum");
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await keyboard.press("Enter");
  await keyboard.type("Skicka in dem");
  await keyboard.press("Enter");
  await keyboard.press("Enter");

  await choose(page, "Tabell");
  for (const cell of ["Rum", "Dosor", "Dagar", "Kök", "1"]) {
    await keyboard.type(cell);
    await keyboard.press("Tab");
  }
  await keyboard.type("60");
  // Alt and F10: the tools; the last one is the table's.
  await keyboard.press("Alt+F10");
  await keyboard.press("End");
  await expect(page.locator(".ed-toolbar :focus")).toHaveText("Tabell");
  await keyboard.press("Enter");
  await expectAccessible(page, "menu of the table");
  await keyboard.press("End");
  await keyboard.press("ArrowUp");
  await keyboard.press("ArrowUp");
  await expect(page.locator(".ed-menu :focus")).toHaveText("Ta bort raden");
  await keyboard.press("Escape");
  await keyboard.press("Escape");
  await expect(text).toBeFocused();
  await keyboard.press("Enter");
  await keyboard.press("Enter");

  await choose(page, "Bild");
  await expect(page.locator("dialog [role=option]").first()).toBeVisible();
  await expectAccessible(page, "choosing a picture");
  await keyboard.type("odling");
  await expect(page.locator("dialog .ed-count").first()).toHaveText(/Val: \d+$/);
  await page.waitForTimeout(400);
  await keyboard.press("Enter");
  const alt = page.locator("dialog textarea");
  await expect(alt).toBeFocused();
  await alt.fill("");
  await keyboard.press("Tab");
  await keyboard.press("Tab");
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await expect(page.locator("dialog .err").first()).toBeVisible();
  await expectAccessible(page, "a picture without description");
  await expect(alt).toBeFocused();
  await keyboard.type("Rader av grönsaker");
  await keyboard.press("Tab");
  await keyboard.press("Tab");
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await keyboard.type("Odla inte i källaren.");
  await keyboard.press("Enter");

  await keyboard.type("Det kostar ");
  await keyboard.press("Control+/");
  await expect(page.locator(".ed-palette [role=combobox]")).toBeFocused();
  await keyboard.type("uppgift");
  await keyboard.press("Enter");
  await expect(page.locator("dialog [role=option]").first()).toBeVisible();
  await keyboard.type("odlingslott");
  await expect(page.locator("dialog [role=option]").first()).toContainText("450 kronor");
  await expectAccessible(page, "choosing a fact");
  await keyboard.press("Enter");
  await expect(page.locator(".ed-chip")).toHaveText("450 kronor");
  await keyboard.type(" enligt ");
  await keyboard.press("Control+k");
  await expect(page.locator("dialog [role=combobox]")).toBeFocused();
  await keyboard.type("bullrande");
  await expect(page.locator("dialog .ed-count")).toHaveText("Inget passar");
  await keyboard.press("Control+a");
  await keyboard.type("energi");
  await expect(page.locator("dialog [role=option]").first()).toContainText(/energi/i);
  await expectAccessible(page, "choosing where a link leads");
  await keyboard.press("Enter");
  await expect(page.locator("dialog .ed-chosen")).toContainText("Leder till");
  await keyboard.press("Enter");
  await expect(page.locator("dialog")).toHaveCount(0);
  await keyboard.type(".");
  await keyboard.press("Alt+Shift+ArrowUp");
  await expect(page.locator(".ed-root p[role=status].sr")).toContainText("plats 5");
  await saved(page);

  const { blocks } = await draft(page);
  expect(blocks.map((block) => block.type)).toEqual(["heading", "paragraph", "list", "table", "paragraph", "picture"]);
  expect(blocks[0]).toMatchObject({ level: 2 });
  expect(blocks[1].text[1]).toEqual({ type: "text", text: "alltid", marks: ["strong"] });
  expect(blocks[2].items).toMatchObject([{ items: [{ text: [{ text: "Två i varje rum" }] }] }, { text: [{ text: "Skicka in dem" }] }]);
  expect(blocks[3].header.map((cell) => words(cell))).toEqual(["Rum", "Dosor", "Dagar"]);
  expect(blocks[3].rows[0].map((cell) => words(cell))).toEqual(["Kök", "1", "60"]);
  expect(blocks[4].text.map((one) => one.type)).toEqual(["text", "fact", "text", "link", "text"]);
  expect(blocks[4].text[3].target.to).toBe("page");
  expect(blocks[5]).toMatchObject({ alt: "Rader av grönsaker", caption: [{ text: "Odla inte i källaren." }] });
  await expectGoodEverywhere(page, "editor-written");
});

test("what is pasted from Word, Google Docs and Outlook keeps its structure and nothing else", async ({ page }) => {
  await logIn(page);
  const text = await edit(page, "/bygga-bo-och-miljo/sotning");
  await empty(page, text);
  await paste(page, clipboard.word);
  await saved(page);
  let { blocks } = await draft(page);
  expect(blocks.map((block) => [block.type, block.level ?? block.ordered ?? ""])).toEqual([
    ["heading", 2], ["paragraph", ""], ["heading", 3], ["list", false], ["list", true], ["table", ""], ["paragraph", ""]]);
  expect(blocks[1].text).toEqual([{ type: "text", text: "Sanden byts " }, { type: "text", text: "varje vår", marks: ["strong"] }, { type: "text", text: " och kostar 1\u00a0200 kronor." }]);
  expect(blocks[3].items).toEqual([
    { text: [{ type: "text", text: "Ring oss" }], items: [{ text: [{ type: "text", text: "på vardagar" }] }] },
    { text: [{ type: "text", text: "Skriv ett " }, { type: "text", text: "brev", marks: ["emphasis"] }] }]);
  expect(blocks[5].header.map((cell) => words(cell))).toEqual(["Park", "Dag"]);
  expect(blocks[5].rows.map((row) => row.map((cell) => words(cell)))).toEqual([["Slottsskogen", "3 april"], ["", "4 april"]]);
  expect(blocks[6].text).toEqual([
    { type: "text", text: "Läs mer på " },
    { type: "link", target: { to: "url", url: "https://www.example.org/sand?id=7" }, text: [{ type: "text", text: "sandens sida" }] },
    { type: "text", text: "." }]);
  await expect(page.locator(".ed-root p[role=status].sr")).toContainText("Bilder som inte följde med: 1");

  await empty(page, text);
  await paste(page, clipboard.docs);
  await saved(page);
  ({ blocks } = await draft(page));
  expect(blocks.map((block) => block.type)).toEqual(["heading", "paragraph", "list", "table"]);
  expect(blocks[1].text).toEqual([
    { type: "text", text: "Vi " }, { type: "text", text: "bygger", marks: ["strong"] }, { type: "text", text: " snart", marks: ["emphasis"] }, { type: "text", text: " nytt. Se " },
    { type: "link", target: { to: "url", url: "https://www.example.org/lek" }, text: [{ type: "text", text: "planen" }] }]);
  expect(blocks[2].items[0].items[0].text[0].text).toBe("för små");
  expect(blocks[3].rows[0][0].text.map((one) => one.type)).toEqual(["text", "break", "text"]);

  await empty(page, text);
  await paste(page, clipboard.outlook);
  await saved(page);
  ({ blocks } = await draft(page));
  expect(blocks[0].text.at(-2)).toMatchObject({ target: { url: "https://www.example.org/protokoll" } });
});

test("a pasted script does nothing, and a pasted link to a page of ours becomes a reference", async ({ page }) => {
  await logIn(page);
  const text = await edit(page, "/bygga-bo-och-miljo/skadedjur");
  await empty(page, text);
  await paste(page, clipboard.old);
  await saved(page);
  await within(5_000, "the link is a reference", async () => JSON.stringify((await draft(page)).blocks).includes("\"to\":\"page\"") || !(await page.request.get("/kontakt")).ok());
  const { blocks } = await draft(page);
  expect(await page.evaluate(() => window.__stolen)).toBeUndefined();
  const all = JSON.stringify(blocks);
  for (const rubbish of ["javascript:", "onerror", "steal", "spy.example", "fbclid", "<"]) expect(all).not.toContain(rubbish);
  expect(blocks.map((block) => block.type)).toEqual(["heading", "paragraph", "paragraph"]);
  // What says that it comes from an editor like this one is not believed either.
  await empty(page, text);
  await paste(page, `<p data-pm-slice="0 0 []"><a data-target='{"to":"url","url":"javascript:window.__stolen=6"}'>klicka</a></p><div data-block="service" data-target='{"to":"url","url":"javascript:alert(1)"}'><span data-part="service-label">x</span><span data-part="service-note"></span></div>`);
  await saved(page);
  expect(JSON.stringify((await draft(page)).blocks)).not.toContain("javascript:");
});

test("tables: rows and columns come and go, the first row is the header, the caption is kept", async ({ page }) => {
  await logIn(page);
  const text = await edit(page, "/bygga-bo-och-miljo/buller");
  await empty(page, text);
  await choose(page, "Tabell");
  for (const cell of ["A", "B", "C", "1", "2", "3", "4", "5", "6"]) {
    await page.keyboard.type(cell);
    if (cell !== "6") await page.keyboard.press("Tab");
  }
  const tool = async (name) => {
    await page.locator(".ed-toolbar button", { hasText: "Tabell" }).last().click();
    await page.locator(".ed-menu [role=menuitem]", { hasText: name }).click();
  };
  await tool("Ta bort kolumnen");
  await tool("Gör raden till rubrikrad");
  await page.locator(".ed-caption").fill("Ljud i decibel");
  await saved(page);
  let table = (await draft(page)).blocks[0];
  expect(table.caption).toBe("Ljud i decibel");
  expect(table.header.map((cell) => words(cell))).toEqual(["4", "5"]);
  expect(table.rows.map((row) => row.map((cell) => words(cell)))).toEqual([["A", "B"], ["1", "2"]]);
  await page.locator("#ed_text th").first().click();
  await tool("Ta bort raden");
  await tool("Kolumn efter");
  await tool("Rad nedanför");
  await saved(page);
  table = (await draft(page)).blocks[0];
  expect(table.header.map((cell) => words(cell))).toEqual(["A", "", "B"]);
  expect(table.rows.map((row) => row.length)).toEqual([3, 3]);
  await expectAccessible(page, "a table with empty headers");
});

test("a fact says which pages show it, and a box holds blocks", async ({ page }) => {
  await logIn(page);
  const text = await edit(page, "/bygga-bo-och-miljo/odlingslott");
  await expect(page.locator(".ed-chip", { hasText: "450 kronor" }).first()).toBeVisible();
  await page.locator(".ed-chip", { hasText: "450 kronor" }).first().dblclick();
  await expect(page.locator("dialog .ed-big")).toHaveText("450 kronor");
  await expect(page.locator("dialog .ed-uses li a").first()).toBeVisible();
  await expectAccessible(page, "where a fact is shown");
  await page.keyboard.press("Escape");
  await text.focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Control+Enter");
  await choose(page, "Faktaruta");
  await page.keyboard.type("Bra att veta");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Kön är lång.");
  await page.keyboard.press("Enter");
  await choose(page, "Kontakt");
  await expect(page.locator("dialog [role=option]").first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.locator(".ed-contact .contact").last()).toBeVisible();
  await saved(page);
  const box = (await draft(page)).blocks.find((block) => block.type === "box");
  expect(box).toMatchObject({ type: "box", title: "Bra att veta", blocks: [{ type: "paragraph" }, { type: "contact" }] });
  await expectAccessible(page, "a box with a card");
});

test("two people: both are seen, other blocks merge without moving the caret, the same block is shown side by side", async ({ browser, baseURL, page }) => {
  const address = "/bygga-bo-och-miljo/energi";
  await logIn(page);
  const text = await edit(page, address);
  await empty(page, text);
  for (const line of ["Första stycket", "Andra stycket", "Tredje stycket"]) {
    await page.keyboard.type(line);
    if (!line.startsWith("Tredje")) await page.keyboard.press("Enter");
  }
  await saved(page);
  const other = await stranger(browser, baseURL);
  const theirs = await edit(other, address);
  await expect(theirs).toContainText("Tredje stycket");
  await put(page, 0);
  await page.keyboard.press("End");
  await put(other, 1);
  await other.keyboard.press("Home");
  await other.keyboard.type("Nytt: ");
  await expect(line(page, 1)).toHaveText("Nytt: Andra stycket", { timeout: 10_000 });
  await page.keyboard.type(" med mer");
  await expect(line(page, 0)).toHaveText("Första stycket med mer");
  await expect(line(other, 0)).toHaveText("Första stycket med mer", { timeout: 10_000 });
  await expect(page.locator(".ed-faces li")).toHaveCount(1);
  await expect(page.locator(".ed-them")).toHaveText("Nytt: Andra stycket", { timeout: 10_000 });
  await expectAccessible(page, "somebody else is here");

  // A new block, a moved one and a deleted one come without a word of ours being touched.
  await put(other, 2);
  await other.keyboard.press("Control+Enter");
  await other.keyboard.type("Fjärde stycket");
  await put(other, 2);
  await other.keyboard.press("Alt+Shift+ArrowUp");
  await expect(line(page, 1)).toHaveText("Tredje stycket", { timeout: 10_000 });
  await expect(line(page, 3)).toHaveText("Fjärde stycket", { timeout: 10_000 });
  await page.keyboard.type(" och mer");
  await expect(line(page, 0)).toHaveText("Första stycket med mer och mer");
  await saved(page);

  // Both in the same words, one of them without a connection.
  await page.context().setOffline(true);
  await put(page, 1);
  await page.keyboard.press("End");
  for (let times = 0; times < "stycket".length; times++) await page.keyboard.press("Backspace");
  await page.keyboard.type("raden");
  await put(other, 1);
  await other.keyboard.press("End");
  for (let times = 0; times < "stycket".length; times++) await other.keyboard.press("Backspace");
  await other.keyboard.type("delen");
  await saved(other);
  await expect(page.locator(".ed-status")).toHaveText("Sparat i webbläsaren, ingen anslutning", { timeout: 10_000 });
  await expectAccessible(page, "without a connection");
  await page.context().setOffline(false);
  const torn = page.locator(".ed-conflict");
  await expect(torn).toHaveCount(1, { timeout: 15_000 });
  await expect(torn).toContainText("Tredje delen");
  await expect(torn).toContainText("Tredje raden");
  await expectGoodEverywhere(page, "editor-conflict");
  await torn.getByRole("button", { name: "Behåll båda" }).click();
  await expect(torn).toHaveCount(0, { timeout: 10_000 });
  await expect(theirs).toContainText("Tredje raden", { timeout: 10_000 });
  const { blocks, conflicts } = await draft(page);
  expect(conflicts).toEqual([]);
  expect(blocks.map(words)).toEqual(["Första stycket med mer och mer", "Tredje delen", "Tredje raden", "Nytt: Andra stycket", "Fjärde stycket"]);
  await other.context().close();
});

test("an hour's writing survives the end of the session and is sent after the log-in", async ({ page }) => {
  await logIn(page);
  const text = await edit(page, "/bygga-bo-och-miljo/hundar");
  await empty(page, text);
  await page.context().clearCookies();
  await page.keyboard.type("Skrivet efter att sessionen tog slut.");
  const alert = page.locator(".ed-alert");
  await expect(alert).toContainText("Du är utloggad", { timeout: 10_000 });
  await expectAccessible(page, "logged out");
  const [tab] = await Promise.all([page.waitForEvent("popup"), alert.getByRole("link").click()]);
  await tab.waitForLoadState();
  await logIn(tab);
  await tab.close();
  await expect(alert).toBeHidden({ timeout: 15_000 });
  await saved(page);
  expect((await draft(page)).blocks.map(words)).toEqual(["Skrivet efter att sessionen tog slut."]);
});

test("what could not be sent is kept in the browser over a reload", async ({ page }) => {
  await logIn(page);
  const text = await edit(page, "/bygga-bo-och-miljo/kop-tomt");
  await empty(page, text);
  await page.route("**/draft", (route) => route.abort());
  await page.keyboard.type("Ord utan anslutning.");
  await expect(page.locator(".ed-status")).toHaveText("Sparat i webbläsaren, ingen anslutning", { timeout: 10_000 });
  await page.unroute("**/draft");
  // The page goes before anything is sent anew.
  await page.evaluate(() => { window.fetch = () => new Promise(() => {}); });
  await page.reload();
  await expect(page.locator("form[data-editor][data-ready]")).toBeAttached();
  await expect(text).toContainText("Ord utan anslutning.");
  expect((await draft(page)).blocks.map(words)).toEqual(["Ord utan anslutning."]);
});

test("undo and redo go on over a reload", async ({ page }) => {
  await logIn(page);
  const text = await edit(page, "/bygga-bo-och-miljo/detaljplan");
  await empty(page, text);
  await page.keyboard.type("Ett");
  await page.waitForTimeout(1_500);
  await page.keyboard.type(" två");
  await page.waitForTimeout(1_500);
  await saved(page);
  await page.reload();
  await expect(page.locator("form[data-editor][data-ready]")).toBeAttached();
  await expect(text).toHaveText("Ett två");
  await text.focus();
  await page.keyboard.press("Control+z");
  await expect(text).toHaveText("Ett");
  await page.keyboard.press("Control+y");
  await expect(text).toHaveText("Ett två");
  await page.keyboard.press("Control+z");
  await saved(page);
  expect((await draft(page)).blocks.map(words)).toEqual(["Ett"]);
});

test("a new picture is sent in from the text, with focal point and description", async ({ page }) => {
  await logIn(page);
  const text = await edit(page, "/bygga-bo-och-miljo/skyddad-natur");
  await empty(page, text);
  await choose(page, "Bild");
  await page.locator("dialog summary", { hasText: "Lägg in en ny bild" }).click();
  await page.locator("dialog .ed-upload button").click();
  await expect(page.locator("dialog .ed-upload .err").first()).toHaveText("Välj en bildfil.");
  await page.locator("dialog input[type=file]").setInputFiles({ name: "naken.jpg", mimeType: "image/jpeg", buffer: Buffer.from("<html>") });
  await page.locator("dialog .ed-upload button").click();
  await expect(page.locator("dialog .ed-upload .err").first()).toBeVisible();
  await expectAccessible(page, "a picture that is none");
  // The bank knows the picture itself: a new one is its mirror image.
  const mirrored = await sharp(new URL("../demo/pictures/park.jpg", import.meta.url).pathname).flop().jpeg().toBuffer();
  await page.locator("dialog input[type=file]").setInputFiles({ name: "park-spegel.jpg", mimeType: "image/jpeg", buffer: mirrored });
  await page.getByLabel("Vad bilden visar").fill("En park vid vattnet");
  await page.locator("dialog .ed-upload button").click();
  await expect(page.locator("dialog .ed-upload .err:not([hidden])").first()).toContainText("på vilken grund");
  await page.locator("dialog select[name=licence]").selectOption("own");
  await page.locator("dialog select[name=people]").selectOption("nobody");
  await page.locator("dialog summary", { hasText: "Det som alltid ska synas" }).click();
  await page.getByLabel("Från vänster, procent").fill("20");
  await expectAccessible(page, "a new picture");
  await page.locator("dialog .ed-upload button").click();
  await expect(page.locator("dialog textarea")).toHaveValue("En park vid vattnet", { timeout: 60_000 });
  await page.locator("dialog .ds-button").first().click();
  await expect(page.locator("#ed_text figure img")).toBeVisible();
  await saved(page);
  const { blocks } = await draft(page);
  expect(blocks[0].type).toBe("picture");
  await page.goto(`/admin/media/pictures/${blocks[0].picture}`);
  await expect(page.locator("input[name=focus_x]")).toHaveValue("20");
});

test("a block is pulled to another place with the mouse", async ({ page }) => {
  await logIn(page);
  const text = await edit(page, "/bygga-bo-och-miljo/vatten-och-avlopp");
  await empty(page, text);
  await page.keyboard.type("Ett");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Två");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Tre");
  await page.locator("#ed_text > p").last().hover();
  const grip = page.locator(".ed-grip");
  await expect(grip).toHaveAttribute("aria-label", /Tre/);
  const first = await page.locator("#ed_text > p").first().boundingBox();
  await grip.hover();
  await page.mouse.down();
  await page.mouse.move(first.x + 40, first.y + 30, { steps: 5 });
  await page.mouse.move(first.x + 20, first.y + 2, { steps: 5 });
  await page.mouse.up();
  await within(8_000, "the draft has the new order", async () => ["Tre,Ett,Två", "Ett,Tre,Två"].includes((await draft(page)).blocks.map(words).join()));
  await grip.click();
  await expectAccessible(page, "menu of a block");
  await page.keyboard.press("Escape");
  await expect(grip).toBeFocused();
});

test("a text that is too long stays in the plain form, and too much is not pasted", async ({ page }) => {
  await logIn(page);
  const text = await edit(page, "/bygga-bo-och-miljo/bostad");
  await empty(page, text);
  await paste(page, Array.from({ length: 20_000 }, (_, at) => `<p>Stycke ${at}</p>`).join(""));
  await expect(page.locator(".ed-root p[role=status].sr")).toContainText("för långt att klistra in", { timeout: 20_000 });
  expect(await text.innerText()).not.toContain("Stycke 1");
  const url = new URL(page.url()).pathname;
  const block = (at) => ({ block: { id: `01990000-0000-7000-8000-${String(at).padStart(12, "0")}`, v: 1, type: "paragraph", text: [{ type: "text", text: `Stycke ${at}` }] }, from: 0 });
  const blocks = Array.from({ length: 1_600 }, (_, at) => block(at));
  const answer = await page.request.post(`${url}/draft`, {
    headers: { "sec-fetch-site": "same-origin" },
    data: { client: "tests", since: 0, patches: [{ id: crypto.randomUUID(), client: "tests", blocks, order: blocks.map((one) => one.block.id) }] },
  });
  expect(answer.status()).toBe(200);
  await page.goto(url);
  await expect(page.locator(".ed-notice")).toContainText("1600 block");
  await expect(page.locator("textarea[name=text]")).toBeVisible();
  await expect(page.locator("textarea[name=text]")).toBeEnabled();
  await expectAccessible(page, "too long for the editor");
});

test("without script the same page has a plain form", async ({ browser, baseURL }) => {
  const page = await stranger(browser, baseURL, { javaScriptEnabled: false });
  await page.goto("/admin/pages?q=radon");
  await page.locator("tbody th a").first().click();
  await expect(page.locator("textarea[name=text]")).toBeVisible();
  await page.context().close();
});

test("forced colours, small screens and the English interface", async ({ browser, baseURL }) => {
  const page = await stranger(browser, baseURL, { locale: "en-GB", forcedColors: "active", viewport: { width: 320, height: 640 } });
  await edit(page, "/bygga-bo-och-miljo/avfall/sortera");
  await expect(page.locator("#ed_text")).toHaveAttribute("aria-label", "Text");
  await page.screenshot({ path: new URL("./results/pictures/editor-320-forced.png", import.meta.url).pathname });
  await expectNoSidewaysScroll(page, "editor 320");
  await page.locator(".ed-adder button").click();
  await expect(page.locator(".ed-palette [role=option]").first()).toContainText("Paragraph");
  await expectNoSidewaysScroll(page, "menu of blocks 320");
  // Colours that the browser replaces are not what axe-core measures.
  await page.emulateMedia({ forcedColors: "none" });
  await expectAccessible(page, "in English");
  await page.context().close();
});

test("what was just written is published with the button, without a word left behind", async ({ page, request }) => {
  const address = "/bygga-bo-och-miljo/avfall/grovavfall";
  await logIn(page);
  const text = await edit(page, address);
  await page.locator("input[name=title]").focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("textarea[name=description]")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(text).toBeFocused();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Control+Enter");
  await page.keyboard.type("Skrivet i sista ");
  await expect(page.locator("#draft_state")).toHaveText("Utkast", { timeout: 10_000 });
  await page.keyboard.type("stund.");
  await page.locator("button[name=then][value=publish]").click();
  await expect(page.locator(".done")).toBeVisible({ timeout: 15_000 });
  await within(2_000, "the page shows it", async () => (await (await request.get(address)).text()).includes("Skrivet i sista stund."));
});
