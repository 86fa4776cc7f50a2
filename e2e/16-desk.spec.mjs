// What makes the editor's desk handy: the leading picture is chosen and seen, a move takes the address along, faults
// stand at their fields, the source beside a translation follows, many pictures tell how far they have come.
import sharp from "sharp";
import { expect, expectAccessible, logIn, test, within } from "./base.mjs";
import { draft, edit, paragraph, saved } from "./editing.mjs";

test.describe.configure({ timeout: 120_000 });

/** Throws the draft away, so that other stories find the page as it was. */
async function discard(page) {
  const own = new URL(page.url()).pathname;
  await page.goto(own);
  const answer = await page.request.post(`${own}/discard`, { form: { request_id: crypto.randomUUID() }, headers: { "sec-fetch-site": "same-origin" }, maxRedirects: 0 });
  expect(answer.status(), await answer.text()).toBe(303);
}

const field = async (page, name) => (await draft(page)).changes.fields[name]?.value ?? "";

test("the leading picture is chosen in the bank's box, seen, and taken away", async ({ page }) => {
  await logIn(page);
  await edit(page, "/nyheter/ny-lekplats-ruddalen");
  await page.locator("details.about > summary").click();
  const lead = page.locator(".ed-lead");
  await expect(lead.locator("img")).toBeVisible();
  const before = await field(page, "picture");
  await lead.getByRole("button", { name: "Välj en annan bild" }).click();
  await expect(page.locator("dialog [role=option]").first()).toBeVisible();
  await expectAccessible(page, "choosing the leading picture");
  await page.keyboard.type("spårvagn");
  await expect(page.locator("dialog [role=option]").first()).toContainText(/spårvagn/i);
  await page.keyboard.press("Enter");
  await expect(page.locator("dialog")).toHaveCount(0);
  await within(8_000, "another picture", async () => ![before, ""].includes(await field(page, "picture")));
  await expect(lead.locator("img")).toBeVisible();
  await expectAccessible(page, "a leading picture");
  await lead.getByRole("button", { name: "Ta bort bilden" }).click();
  await within(8_000, "no picture", async () => await field(page, "picture") === "");
  await expect(lead.locator("img")).toHaveCount(0);
  await discard(page);
});

test("a page that is laid below another takes its address along", async ({ page }) => {
  await logIn(page);
  await edit(page, "/uppleva-och-gora/lekplatser");
  await page.locator("details.about > summary").click();
  await page.locator("input[name=parent]").fill("/trafik-och-resor");
  await page.keyboard.press("Tab");
  await expect(page.locator("input[name=address]")).toHaveValue("/trafik-och-resor/lekplatser");
  await within(8_000, "the draft has the address", async () => await field(page, "address") === "/trafik-och-resor/lekplatser");
  await page.locator("input[name=address]").fill("/trafik-och-resor/lek");
  await page.locator("input[name=parent]").fill("/omsorg-och-stod");
  await page.keyboard.press("Tab");
  await expect(page.locator("input[name=address]")).toHaveValue("/omsorg-och-stod/lek");
  await saved(page);
  await discard(page);
});

test("a picture that is clicked opens its settings with Alt+Enter", async ({ page }) => {
  await logIn(page);
  await edit(page, "/uppleva-och-gora/kulturskola");
  await page.locator("#ed_text figure.picture img").first().click();
  await expect(page.locator("#ed_text figure.ProseMirror-selectednode")).toHaveCount(1);
  await page.keyboard.press("Alt+Enter");
  await expect(page.locator("dialog.ed-dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator("dialog.ed-dialog")).toHaveCount(0);
});

test("what is wrong with a new picture stands at the field that it is about", async ({ page }) => {
  await logIn(page);
  await edit(page, "/uppleva-och-gora/kulturskola");
  await page.locator("#ed_text").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Control+/");
  await page.keyboard.type("bild");
  await page.keyboard.press("Enter");
  const box = page.locator("dialog.ed-dialog");
  await box.locator("summary", { hasText: "Lägg in en ny bild" }).click();
  await expect(box.locator("[name=licence]")).toBeVisible();
  const bytes = await sharp({ create: { width: 900, height: 600, channels: 3, background: "#3a7" } }).jpeg().toBuffer();
  await box.locator("input[type=file]").setInputFiles({ name: "ny.jpg", mimeType: "image/jpeg", buffer: bytes });
  await box.locator("[name=until]").fill("2000-01-01");
  await box.getByRole("button", { name: "Lägg in bilden" }).click();
  const licence = box.locator("[name=licence]");
  await expect(licence).toHaveAttribute("aria-invalid", "true");
  const about = await licence.getAttribute("aria-describedby");
  await expect(box.locator(`[id="${about}"]`)).not.toBeEmpty();
  await expect(box.locator("input[type=file]")).not.toHaveAttribute("aria-invalid");
  await expectAccessible(page, "a new picture without its rights");
  await page.keyboard.press("Escape");
});

test("the source beside a translation follows the block at the caret, and the tools stand in one row", async ({ page }) => {
  await logIn(page);
  await page.setViewportSize({ width: 1280, height: 900 });
  await edit(page, "/en/dogs");
  await expect(page.locator(".ed-beside .said").first()).toBeVisible();
  const tops = await page.locator(".ed-toolbar > button:not([hidden])").evaluateAll((all) => all.map((one) => one.offsetTop));
  expect(new Set(tops).size, "one row of tools").toBe(1);
  await paragraph(page, 1).click();
  const now = page.locator(".ed-beside .now");
  await expect(now).toHaveCount(1);
  const before = await now.textContent();
  expect(before).not.toBe("");
  // A block more before it: the same part of the source belongs to it still.
  await paragraph(page, 0).click();
  await page.keyboard.press("Home");
  await page.keyboard.type("A sentence of our own.");
  await page.keyboard.press("Enter");
  await paragraph(page, 2).click();
  await expect(now).toHaveText(before);
  await saved(page);
  await discard(page);
});

test("many pictures tell how far they have come, and what became of each", async ({ page }) => {
  await logIn(page);
  await page.goto("/admin/media/upload");
  const make = async (colour, name) => ({ name, mimeType: "image/jpeg", buffer: await sharp({ create: { width: 800, height: 500, channels: 3, background: colour } }).jpeg().toBuffer() });
  await page.locator("input[type=file]").setInputFiles([await make("#215", "ett.jpg"), await make("#963", "två.jpg")]);
  await page.locator("main form[data-upload] .formact button").click();
  // Without rights nothing is taken in: the form comes back with its faults.
  await expect(page.locator(".errsum")).toBeFocused();
  await expect(page.locator(".sending")).toHaveCount(0);
  await page.locator("input[type=file]").setInputFiles([await make("#215", "ett.jpg"), await make("#963", "två.jpg")]);
  for (const name of ["licence", "people"]) {
    const choice = page.locator(`select[name=${name}]`);
    await choice.selectOption(await choice.locator("option").evaluateAll((all) => all.map((one) => one.value).find((value) => ["own", "nobody"].includes(value))));
  }
  await page.route("**/admin/media/upload", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await route.continue();
  });
  await page.locator("main form[data-upload] .formact button").click();
  await expect(page.locator(".sending progress")).toBeVisible();
  await expectAccessible(page, "pictures on their way");
  await expect(page.locator("h1")).toBeFocused({ timeout: 60_000 });
  await expect(page.locator(".report li")).toHaveCount(2);
  await expectAccessible(page, "what became of the pictures");
});
