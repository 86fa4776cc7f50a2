// The notice board: read, filter, follow; post, preview, correct, take down, prove.
import { expect, expectGoodEverywhere, logIn, test } from "./base.mjs";

test("the board and a notice: good everywhere, in both languages", async ({ page }) => {
  for (const [name, address] of [["board", "/anslagstavla"], ["board-en", "/en/notice-board"], ["board-filtered", "/anslagstavla?kind=minutes&organisation=kulturnamnden"],
    ["board-none", "/anslagstavla?q=qwxzqwxz"], ["notice", "/anslagstavla/kulturnamnden-protokoll"], ["notice-en", "/en/notice-board/kommunfullmaktige-nasta-sammantrade"]]) {
    const answer = await page.goto(address);
    expect(answer.status(), address).toBe(200);
    await expectGoodEverywhere(page, name);
  }
  await page.goto("/anslagstavla");
  expect(await page.locator(".notices > li").count()).toBeGreaterThan(10);
  await page.locator("select[name=kind]").selectOption("council_meeting");
  await page.locator(".boardfilter button").click();
  await expect(page.locator(".notices > li")).toHaveCount(1);
});

test("what is removed is gone and says so; what is coming is not told", async ({ page, request }) => {
  const answer = await page.goto("/anslagstavla/badvatten-varning");
  expect(answer.status()).toBe(410);
  await expect(page.locator("body")).not.toContainText("Askimsbadet");
  await expectGoodEverywhere(page, "notice-gone");
  expect((await request.get("/anslagstavla/lokala-ordningsregler")).status()).toBe(404);
});

test("the feed is Atom and one committee's part of it is smaller", async ({ request }) => {
  const whole = await request.get("/anslagstavla.atom");
  expect(whole.headers()["content-type"]).toContain("application/atom+xml");
  const entries = async (answer) => (await answer.text()).split("<entry>").length - 1;
  const all = await entries(whole);
  const one = await entries(await request.get("/anslagstavla.atom?organisation=kulturnamnden"));
  expect(one).toBeGreaterThan(0);
  expect(one).toBeLessThan(all);
});

test("staff post, correct, take down and prove, with nothing lost on the way", async ({ page, request }) => {
  await logIn(page);
  await page.goto("/admin/notice-board");
  await expectGoodEverywhere(page, "admin-notices");
  await page.getByRole("link", { name: "Nytt anslag" }).click();
  await expectGoodEverywhere(page, "admin-notice-new");
  await page.locator("select[name=kind]").selectOption("announcement");
  await page.locator("select[name=organisation]").selectOption({ label: "Kulturnämnden" });
  await page.locator("textarea[name=text_sv]").fill("Kom till **biblioteket**.");
  await page.locator("button[value=save]").click();
  await expect(page.locator("#field_title_sv")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("textarea[name=text_sv]")).toHaveValue("Kom till **biblioteket**.");
  await expectGoodEverywhere(page, "admin-notice-wrong");
  await page.locator("input[name=title_sv]").fill("Prov av anslag");
  await page.locator("button[value=preview]").click();
  await expect(page.locator(".preview strong")).toHaveText("biblioteket");
  await expectGoodEverywhere(page, "admin-notice-preview");
  await page.locator("button[value=save]").click();
  await expect(page.locator(".done")).toBeVisible();
  const address = await page.getByRole("link", { name: "Se anslaget" }).getAttribute("href");
  expect(await (await request.get(address)).text()).toContain("Prov av anslag");
  await page.locator("input[name=title_sv]").fill("Prov av anslag, rättat");
  await page.locator("button[value=save]").click();
  await expect(page.locator(".done")).toBeVisible();
  expect(await (await request.get(address)).text()).toContain("Prov av anslag, rättat");

  // Words that are not saved stay while a file is added; who leaves for somewhere else is asked.
  await page.locator("textarea[name=text_sv]").fill("Kom till **museet**.");
  await page.locator("input[type=file]").setInputFiles({ name: "karta.txt", mimeType: "text/plain", buffer: Buffer.from("Till museet") });
  await page.getByRole("button", { name: "Lägg till", exact: true }).click();
  await expect(page.locator(".noticefiles")).toContainText("karta");
  await expect(page.locator("textarea[name=text_sv]")).toHaveValue("Kom till **museet**.");
  await expect(page.locator(".kept")).toBeVisible();
  await expectGoodEverywhere(page, "admin-notice-kept");
  let asked = "";
  page.once("dialog", (dialog) => {
    asked = dialog.type();
    void dialog.dismiss();
  });
  await page.getByRole("link", { name: "Avbryt" }).click();
  await expect(() => expect(asked).toBe("beforeunload")).toPass();
  await expect(page.locator("textarea[name=text_sv]")).toHaveValue("Kom till **museet**.");
  await page.locator("button[value=save]").click();
  await expect(page.locator(".done")).toBeVisible();
  await expect(page.locator(".kept")).toHaveCount(0);
  expect(await (await request.get(address)).text()).toContain("<strong>museet</strong>");
  await page.locator("textarea[name=reason]").fill("Det var bara ett prov.");
  await page.getByRole("button", { name: "Ta ner anslaget" }).click();
  await expect(page.locator(".done")).toBeVisible();
  expect((await request.get(address)).status()).toBe(410);
  await page.getByRole("link", { name: "Bevis" }).click();
  await expect(page.locator(".verdict")).toHaveAttribute("data-holds", "true");
  // As first posted, with the new title, with the file, with the new words.
  await expect(page.locator("article.span")).toHaveCount(4);
  await expectGoodEverywhere(page, "admin-notice-proof");
});
