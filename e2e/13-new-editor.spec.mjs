// The whole way of a page as a new editor goes it, with a colleague who publishes: written, reviewed, published
// at a time, translated, changed by two at once, restored, moved, and shown as it stood before. The public page
// is looked at after each step.
import { readFileSync } from "node:fs";
import { expect, expectAccessible, expectGoodEverywhere, logIn, test, watch, within } from "./base.mjs";
import { choose, draft, paragraph, putCaret, putCaretLast, putFact, putLink, ready, saved, words } from "./editing.mjs";

const title = "Låna en symaskin";
const address = "/uppleva-och-gora/lana-en-symaskin";
const moved = "/forskola-och-utbildning/lana-en-symaskin";
const facts = JSON.parse(readFileSync(new URL("../demo/facts.json", import.meta.url), "utf8"));
const fee = facts.find((fact) => fact.key === "bibliotek-forsening").value;

/** The city's clock at an instant: `2026-03-03 14:30:05`. */
const clock = (at) => new Date(at).toLocaleString("sv-SE", { timeZone: "Europe/Stockholm" });

/** The day before the city's today. */
const yesterday = () => clock(Date.now() - 86_400_000).slice(0, 10);

/** A window of somebody else's, watched as the first one is. */
async function colleague(browser, baseURL, wrong) {
  const context = await browser.newContext({ baseURL, locale: "sv-SE", timezoneId: "Europe/Stockholm", reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  wrong.push(watch(page, baseURL));
  return page;
}

const press = (page, then) => page.locator(`.formact button[name=then][value=${then}]`).click();
const standing = (page) => page.locator("#draft_state");

/** Opens what waits on the start page. */
async function openWaiting(page, what) {
  await page.goto("/admin");
  await page.locator(".waits").getByRole("link", { name: what }).first().click();
  await ready(page);
}

/** Publishes the draft as it stands, and waits until readers have it. */
async function publish(page, request, at, expected) {
  await press(page, "publish");
  await expect(page.locator(".done")).toBeVisible({ timeout: 15_000 });
  await expect(standing(page)).toHaveAttribute("data-state", "published");
  let told = "";
  await within(2_000, () => `readers have it: ${told}`, async () => {
    const answer = await request.get(at);
    const body = await answer.text();
    told = `${at} ${answer.status()} ${answer.url()}`;
    return body.includes(expected);
  });
}

/** Writes over the words of a part of the text, as one does with three clicks. */
async function writeOver(page, part, text) {
  // Near its beginning, where no fact or link is in the way.
  await part.click({ clickCount: 3, position: { x: 8, y: 10 } });
  await page.waitForTimeout(150);
  await page.keyboard.type(text);
}

test("from the first word to how the page stood before", async ({ page: editor, browser, baseURL, request }) => {
  test.setTimeout(600_000);
  editor.setDefaultTimeout(15_000);
  const wrong = [];
  const publisher = await colleague(browser, baseURL, wrong);
  const reader = await colleague(browser, baseURL, wrong);
  const { keyboard } = editor;
  let about;
  let english;

  await test.step("a new page, and what is missing is told first", async () => {
    await logIn(editor, "editor");
    await expectGoodEverywhere(editor, "story-start");
    await editor.locator(".begin").getByRole("link", { name: "Ny sida" }).click();
    await editor.getByRole("button", { name: "Skapa utkast" }).click();
    await expect(editor.locator("#field_title")).toHaveAttribute("aria-invalid", "true");
    await editor.getByLabel("Titel").fill(title);
    await editor.getByRole("button", { name: "Skapa utkast" }).click();
    await expect(editor.locator("#field_parent")).toHaveAttribute("aria-invalid", "true");
    await expect(editor.getByLabel("Titel")).toHaveValue(title);
    await expectGoodEverywhere(editor, "story-new-wrong");
    await editor.getByLabel("Ligger under").fill("/uppleva-och-gora");
    await editor.getByLabel("Ansvarig organisation").selectOption({ label: "Kulturförvaltningen" });
    await editor.getByRole("button", { name: "Skapa utkast" }).click();
    await expect(editor.locator(".done")).toContainText("Utkastet är skapat");
    await ready(editor);
    about = new URL(editor.url()).pathname;
    expect((await request.get(address)).status()).toBe(404);
  });

  await test.step("text, picture, table, fact and link", async () => {
    await editor.locator("textarea[name=description]").fill("Sy om dina kläder hemma. Biblioteket lånar ut symaskiner till alla med lånekort.");
    await editor.locator("#ed_text").focus();
    await keyboard.press("/");
    await expect(editor.locator(".ed-palette [role=option]").first()).toBeVisible();
    await expectAccessible(editor, "menu of blocks");
    await keyboard.press("Escape");
    await choose(editor, "Rubrik 2");
    await keyboard.type("Så lånar du");
    await keyboard.press("Enter");
    await keyboard.type("Du lånar en symaskin i två veckor.");
    await keyboard.press("Enter");

    await choose(editor, "Bild");
    await expect(editor.locator("dialog [role=option]").first()).toBeVisible();
    await expectAccessible(editor, "choosing a picture");
    await keyboard.type("fåtölj");
    await expect(editor.locator("dialog [role=option]")).toHaveCount(1);
    await keyboard.press("Enter");
    const alt = editor.locator("dialog textarea");
    await expect(alt).toBeFocused();
    await alt.fill("En kvinna läser i en fåtölj på biblioteket");
    await editor.locator("dialog").getByRole("button", { name: "Klar" }).click();
    await expect(editor.locator("dialog")).toHaveCount(0);
    await keyboard.type("Fråga oss i disken.");
    await keyboard.press("Enter");

    await choose(editor, "Tabell");
    for (const [at, cell] of ["Sak", "Lånetid", "Kostar", "Symaskin", "Två veckor", "Inget", "Overlock", "En vecka", "Inget"].entries()) {
      if (at) await keyboard.press("Tab");
      await keyboard.type(cell);
    }
    await editor.locator(".ed-caption").fill("Vad du kan låna");
    await editor.locator("#ed_text td").last().click();
    await editor.waitForTimeout(150);
    await keyboard.press("End");
    await keyboard.press("Enter");

    await keyboard.type("Den som lämnar sent betalar ");
    await putFact(editor, "sen bok", fee.sv);
    await keyboard.type(" i veckan. Läs mer om ");
    await putLink(editor, "e-böcker", "E-böcker");
    await keyboard.type(".");
    await saved(editor);
    const { blocks } = await draft(editor);
    expect(blocks.map((block) => block.type)).toEqual(["heading", "paragraph", "picture", "table", "paragraph"]);
    expect(blocks[3]).toMatchObject({ caption: "Vad du kan låna" });
    expect(blocks[4].text.map((one) => one.type)).toEqual(["text", "fact", "text", "link", "text"]);
    await expect(editor.locator(".ed-quality .verdict")).toBeVisible();
    await expect(editor.locator(".ed-quality .rulings > .must")).toHaveCount(0, { timeout: 10_000 });
    await expectGoodEverywhere(editor, "story-written");
  });

  await test.step("handed in, and sent back with a comment on a part", async () => {
    await press(editor, "submit");
    await expect(editor.locator(".done")).toContainText("skickad på granskning");
    await expect(standing(editor)).toHaveAttribute("data-state", "in_review");
    // An editor hands in; the buttons that publish are not there.
    await expect(editor.locator("button[value=publish], #field_publish_at")).toHaveCount(0);

    await logIn(publisher, "publisher");
    await expectGoodEverywhere(publisher, "story-waiting");
    await openWaiting(publisher, title);
    await expectGoodEverywhere(publisher, "story-in-review");
    await publisher.locator(".tools").getByRole("link", { name: "Granska" }).click();
    const part = publisher.locator(".review > li", { hasText: "två veckor" }).first();
    await part.locator("summary", { hasText: "Kommentera" }).click();
    await part.getByLabel("Din kommentar").fill("Får man låna om?");
    await part.getByRole("button", { name: "Skicka kommentaren" }).click();
    await expect(publisher.locator(".thread")).toContainText("Får man låna om?");
    await expectGoodEverywhere(publisher, "story-commented");
    await publisher.locator(".tools").getByRole("link", { name: "Till redigeringen" }).click();
    await ready(publisher);
    await publisher.getByRole("button", { name: "Skicka tillbaka" }).click();
    await expect(publisher.locator(".errsum")).toContainText("Skriv vad som behöver göras");
    await ready(publisher);
    await publisher.getByLabel("Meddelande").fill("Bra! Svara på min kommentar först.");
    await publisher.getByRole("button", { name: "Skicka tillbaka" }).click();
    await expect(publisher.locator(".done")).toContainText("skickad tillbaka");
  });

  await test.step("the answer is written, and the text is approved", async () => {
    await openWaiting(editor, title);
    await expect(editor.locator(".standing .note").first()).toContainText("Svara på min kommentar");
    await putCaretLast(editor, 0);
    await keyboard.type(" Du får låna om en gång.");
    await saved(editor);
    await editor.locator(".tools").getByRole("link", { name: "Granska" }).click();
    const thread = editor.locator(".thread");
    await expect(thread).toContainText("Får man låna om?");
    await thread.locator("summary", { hasText: "Svara" }).click();
    await thread.getByLabel("Ditt svar").fill("Ja, en gång. Det står nu.");
    await thread.getByRole("button", { name: "Skicka svaret" }).click();
    await expect(editor.locator(".thread .reply")).toContainText("Ja, en gång");
    await editor.locator(".thread").getByRole("button", { name: "Klart" }).click();
    await expect(editor.locator(".thread.done")).toHaveCount(1);
    await editor.locator(".tools").getByRole("link", { name: "Till redigeringen" }).click();
    await ready(editor);
    await press(editor, "submit");
    await expect(editor.locator(".done")).toContainText("skickad på granskning");

    await openWaiting(publisher, title);
    await publisher.getByRole("button", { name: "Godkänn" }).click();
    await expect(publisher.locator(".done")).toContainText("Texten är godkänd");
    await ready(publisher);
    await expectGoodEverywhere(publisher, "story-approved");
  });

  await test.step("published at a time that was set, not before and not long after", async () => {
    const soon = Math.ceil((Date.now() + 12_000) / 60_000) * 60_000;
    await publisher.getByRole("button", { name: "Schemalägg" }).click();
    await expect(publisher.locator(".errsum")).toContainText("Ange en tid");
    await ready(publisher);
    await publisher.locator("#field_publish_at").fill(clock(soon).slice(0, 16).replace(" ", "T"));
    await publisher.getByRole("button", { name: "Schemalägg" }).click();
    await expect(publisher.locator(".done")).toContainText("Sidan är schemalagd");
    await expect(standing(publisher)).toHaveAttribute("data-state", "scheduled");
    const about = publisher.url();
    await publisher.goto("/admin/pages/calendar");
    await expect(publisher.locator(".agenda").first()).toContainText(title);
    if (soon - Date.now() > 30_000) await expectGoodEverywhere(publisher, "story-calendar");
    await publisher.goto(about);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, soon - 1_000 - Date.now())));
    expect((await request.get(address)).status(), "a second before").toBe(404);
    await within(10_000, "the page is public", async () => (await request.get(address)).status() === 200);
    const late = Date.now() - soon;
    expect(late, "milliseconds after the time").toBeGreaterThanOrEqual(0);
    expect(late, "milliseconds after the time").toBeLessThan(5_000);
  });

  await test.step("readers have all of it", async () => {
    await reader.goto(address);
    await expect(reader.locator("h1")).toHaveText(title);
    await expect(reader.locator("main h2", { hasText: "Så lånar du" })).toBeVisible();
    await expect(reader.locator("main")).toContainText("Du lånar en symaskin i två veckor. Du får låna om en gång.");
    await expect(reader.getByAltText("En kvinna läser i en fåtölj på biblioteket")).toBeVisible();
    await expect(reader.locator("figcaption", { hasText: "Fråga oss i disken." })).toBeVisible();
    await expect(reader.locator("main caption")).toHaveText("Vad du kan låna");
    await expect(reader.locator("main th[scope=col]")).toHaveText(["Sak", "Lånetid", "Kostar"]);
    await expect(reader.locator("main tbody tr")).toHaveText([/Symaskin.*Två veckor/, /Overlock.*En vecka/]);
    await expect(reader.locator("main")).toContainText(`Den som lämnar sent betalar ${fee.sv} i veckan.`);
    await expect(reader.locator(".prose a[href='/uppleva-och-gora/e-bocker']")).toBeVisible();
    await expect(reader.locator(".crumbs").getByRole("link", { name: "Uppleva och göra" })).toBeVisible();
    await expectGoodEverywhere(reader, "story-public");
    await within(3_000, "the search finds it", async () => {
      const found = await (await request.get("/api/v1/search?q=symaskin&lang=sv")).json();
      return found.results.some((result) => result.url.endsWith(address));
    });
  });

  await test.step("translated side by side", async () => {
    await editor.goto(about);
    await ready(editor);
    await editor.locator(".tools").getByRole("link", { name: "Ny språkversion" }).click();
    await editor.getByLabel("Titel").fill("Borrow a sewing machine");
    await editor.getByRole("button", { name: "Skapa utkast" }).click();
    await ready(editor);
    english = new URL(editor.url()).pathname;
    await editor.locator("textarea[name=description]").fill("Mend your clothes at home. The library lends sewing machines to everyone with a library card.");
    await writeOver(editor, editor.locator("#ed_text h2"), "How to borrow");
    await writeOver(editor, paragraph(editor, 0), "You borrow a sewing machine for two weeks.");
    // The Swedish text stands beside it, and the part that one writes over is marked.
    await expect(editor.locator(".ed-beside .now")).toContainText("Du lånar en symaskin i två veckor.");
    await expectGoodEverywhere(editor, "story-translating");
    await editor.locator("#ed_text figure").getByRole("button", { name: "Bildens beskrivning" }).click();
    await editor.locator("dialog textarea").fill("A woman reads in an armchair at the library");
    await editor.locator("dialog").getByRole("button", { name: "Klar" }).click();
    await writeOver(editor, editor.locator("#ed_text figcaption"), "Ask us at the desk.");
    await editor.locator(".ed-caption").fill("What you can borrow");
    for (const [cell, text] of ["Thing", "Time", "Costs", "Sewing machine", "Two weeks", "Nothing", "Overlock machine", "One week", "Nothing"].entries()) {
      await writeOver(editor, editor.locator("#ed_text :is(th, td)").nth(cell), text);
    }
    await writeOver(editor, paragraph(editor, 1), "Those who are late pay ");
    await putFact(editor, "late book", fee.en);
    await keyboard.type(" a week.");
    await saved(editor);
    await editor.locator(".tools").getByRole("link", { name: "Jämför med svenskan" }).click();
    const row = editor.locator(".beside tr", { hasText: "Du lånar en symaskin" });
    await expect(row.locator("[lang=sv]")).toContainText("två veckor");
    await expect(row.locator("[lang=en]")).toContainText("two weeks");
    await expectGoodEverywhere(editor, "story-beside");
    await editor.goto(english);
    await ready(editor);
    await press(editor, "submit");
    await expect(editor.locator(".done")).toContainText("skickad på granskning");

    await openWaiting(publisher, "Borrow a sewing machine");
    const there = await publisher.locator("input[name=address]").inputValue();
    expect(there).toMatch(/^\/en\//);
    await publish(publisher, request, there, "for two weeks");
    await reader.goto(there);
    await expect(reader.locator("html")).toHaveAttribute("lang", "en");
    await expect(reader.locator("main")).toContainText(`Those who are late pay ${fee.en} a week.`);
    await expect(reader.getByAltText("A woman reads in an armchair at the library")).toBeVisible();
    await expectGoodEverywhere(reader, "story-public-en");
    await reader.goto(address);
    await expect(reader.locator(`a[hreflang=en][href='${there}']`).first()).toBeAttached();
  });

  let seen;
  await test.step("two at once: apart is merged, in one place both are shown, and one chooses", async () => {
    await editor.goto(about);
    await publisher.goto(about);
    await ready(editor);
    await ready(publisher);
    await putCaretLast(editor, 0);
    await keyboard.type(" Ta med legitimation.");
    await putCaret(publisher, 1);
    await publisher.keyboard.press("Home");
    await publisher.keyboard.type("Obs! ");
    await expect(paragraph(editor, 1)).toContainText("Obs! Den som", { timeout: 10_000 });
    await expect(paragraph(publisher, 0)).toContainText("Ta med legitimation.", { timeout: 10_000 });
    await expect(editor.locator(".ed-faces li")).toHaveCount(1);
    await expectGoodEverywhere(editor, "story-together");
    await saved(editor);

    await editor.context().setOffline(true);
    await putCaretLast(editor, 0);
    await keyboard.type(" Boka först.");
    await putCaretLast(publisher, 0);
    await publisher.keyboard.type(" Fråga i disken.");
    await saved(publisher);
    await expect(editor.locator(".ed-status")).toHaveText("Sparat i webbläsaren, ingen anslutning", { timeout: 10_000 });
    await editor.context().setOffline(false);
    const torn = editor.locator(".ed-conflict");
    await expect(torn).toHaveCount(1, { timeout: 15_000 });
    await expect(torn.locator(".both > div").first()).toContainText("Fråga i disken.");
    await expect(torn.locator(".both > div").last()).toContainText("Boka först.");
    await expectGoodEverywhere(editor, "story-torn");
    // Nothing is published while a choice is open, and the other sees the same two texts.
    await expect(publisher.locator(".ed-conflict")).toHaveCount(1, { timeout: 10_000 });
    await press(publisher, "publish");
    await expect(publisher.locator("main")).toContainText("Två", { timeout: 15_000 });
    expect(await (await request.get(address)).text()).not.toContain("legitimation");
    await torn.getByRole("button", { name: "Behåll min text" }).click();
    await expect(torn).toHaveCount(0, { timeout: 10_000 });
    const { blocks, conflicts } = await draft(editor);
    expect(conflicts).toEqual([]);
    expect(words(blocks[1])).toBe("Du lånar en symaskin i två veckor. Du får låna om en gång. Ta med legitimation. Boka först.");
    await saved(editor);

    await publisher.goto(about);
    await ready(publisher);
    await publish(publisher, request, address, "Boka först.");
    const now = await (await request.get(address)).text();
    expect(now).toContain("Obs! Den som");
    expect(now).not.toContain("Fråga i disken.");
    // The translation says that the Swedish text is newer.
    await publisher.goto(`${english}/translation`);
    await expect(publisher.locator(".notice.warn")).toBeVisible();
    await expect(publisher.locator("ins", { hasText: "Boka först" })).toBeVisible();
    await expectGoodEverywhere(publisher, "story-translation-older");
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    seen = clock(Date.now());
    await new Promise((resolve) => setTimeout(resolve, 1_100));
  });

  await test.step("an earlier version comes back", async () => {
    await publisher.goto(`${about}/history`);
    await expectGoodEverywhere(publisher, "story-history");
    await publisher.locator("tr", { hasText: "Schemalades" }).locator("input[name=old]").check();
    await publisher.locator("tr.now input[name=new]").first().check();
    await publisher.getByRole("button", { name: "Jämför" }).click();
    await expect(publisher.locator("ins", { hasText: "Boka först" })).toBeVisible();
    await expectGoodEverywhere(publisher, "story-compare");
    // The older one stands to the left, and so does its button.
    await publisher.getByRole("button", { name: /^Ta tillbaka versionen:/ }).first().click();
    await expect(publisher.locator(".done")).toContainText("ligger nu i utkastet");
    expect(await (await request.get(address)).text(), "readers see it when it is published").toContain("Boka först.");
    await publisher.goto(about);
    await ready(publisher);
    await publish(publisher, request, address, "Du får låna om en gång.</p>");
    expect(await (await request.get(address)).text()).not.toContain("Boka först.");
  });

  await test.step("moved to another theme; the old address leads there", async () => {
    await ready(publisher);
    await publisher.locator("details.about > summary").click();
    await publisher.getByLabel("Ligger under").fill("/finns-inte");
    await press(publisher, "publish");
    await expect(publisher.locator("#field_parent")).toHaveAttribute("aria-invalid", "true", { timeout: 15_000 });
    await ready(publisher);
    await expectGoodEverywhere(publisher, "story-move-wrong");
    await publisher.getByLabel("Ligger under").fill("/forskola-och-utbildning");
    // The address follows when one leaves the field.
    await publisher.keyboard.press("Tab");
    await expect(publisher.locator("input[name=address]")).toHaveValue(moved);
    await publish(publisher, request, moved, title);
    const before = await request.get(address, { maxRedirects: 0 });
    expect([301, 308]).toContain(before.status());
    expect(before.headers()["location"]).toBe(moved);
    await reader.goto(address);
    await expect(reader).toHaveURL(moved);
    await expect(reader.locator(".crumbs").getByRole("link", { name: "Förskola och utbildning" })).toBeVisible();
    expect(await (await request.get("/forskola-och-utbildning")).text()).toContain(moved);
    expect(await (await request.get("/uppleva-och-gora")).text()).not.toContain("lana-en-symaskin");
  });

  await test.step("as it stood before", async () => {
    await publisher.goto(`${about}/history`);
    await publisher.locator("#as_of_date").fill(yesterday());
    await publisher.getByRole("button", { name: "Visa sidan" }).click();
    await expect(publisher.locator(".errsum")).toContainText("Sidan fanns inte den dagen");
    await expectGoodEverywhere(publisher, "story-as-of-wrong");
    const [day, time] = seen.split(" ");
    await publisher.getByLabel("Dag", { exact: true }).fill(day);
    // As it is written in Swedish.
    await publisher.getByLabel("Klockslag").fill(time.replaceAll(":", "."));
    await publisher.getByRole("button", { name: "Visa sidan" }).click();
    await expect(publisher.locator(".standing")).toContainText("Så här såg sidan ut");
    await expect(publisher.locator("main")).toContainText("Boka först.");
    await expect(publisher.locator("main")).toContainText("Obs! Den som lämnar sent");
    await expectGoodEverywhere(publisher, "story-as-of");
    await publisher.getByRole("link", { name: "Till sidans versioner" }).click();
    await expect(publisher.locator(".versions")).toBeVisible();
  });

  expect(wrong.flat()).toEqual([]);
  await publisher.context().close();
  await reader.context().close();
});
