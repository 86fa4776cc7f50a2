// The pictures of the editor's guide: a page from its first word until it is in the trash, in one language.
import { choose, putCaret, putCaretLast, putFact, putLink, ready } from "./editing.mjs";

/** What is written and pressed. */
const WORDS = {
  sv: {
    title: "Låna en symaskin", above: "/uppleva-och-gora", owner: "Kulturförvaltningen",
    lead: "Sy om dina kläder hemma. Biblioteket lånar ut symaskiner till alla med lånekort.",
    heading: "Så lånar du", first: "Du lånar en symaskin i två veckor. Personalen visar hur den fungerar.", heavy: "Du kan erhålla hjälp av personalen i disken.",
    seek: "fåtölj", caption: "Fråga oss i disken.", cells: ["Sak", "Lånetid", "Kostar", "Symaskin", "Två veckor", "Inget", "Overlock", "En vecka", "Inget"], name: "Vad du kan låna",
    late: "Den som lämnar sent betalar ", more: " i veckan. Läs mer om ", fact: "sen bok", fee: "10 kronor", link: "bibliotek", goal: "Bibliotek",
    blocks: { heading: "Rubrik 2", picture: "Bild", table: "Tabell", fact: "Uppgift" },
    comment: "Får man låna om? Skriv det.", suggestion: " Du får låna om en gång.", version: "Före jul",
    mine: " Boka först.", theirs: " Fråga i disken.", find: "bad", note: "Fotografen", translated: "/uppleva-och-gora/bibliotek", translation: "/en/libraries", news: " Ta med ditt lånekort.",
    fees: "sen bok",
  },
  en: {
    title: "Borrow a sewing machine", above: "/en/things-to-do", owner: "Cultural Affairs Department",
    lead: "Mend your clothes at home. The library lends sewing machines to everyone with a library card.",
    heading: "How to borrow", first: "You borrow a sewing machine for two weeks. We show you how it works.", heavy: "Click here to see what we have.",
    seek: "armchair", caption: "Ask us at the desk.", cells: ["Thing", "Time", "Costs", "Sewing machine", "Two weeks", "Nothing", "Overlock machine", "One week", "Nothing"], name: "What you can borrow",
    late: "Those who are late pay ", more: " a week. Read more about ", fact: "late book", fee: "SEK 10", link: "libraries", goal: "Libraries",
    blocks: { heading: "Heading 2", picture: "Picture", table: "Table", fact: "phone, fee" },
    comment: "Can I renew the loan? Please say so.", suggestion: " You may renew once.", version: "Before Christmas",
    mine: " Book first.", theirs: " Ask at the desk.", find: "swim", note: "The photographer", translated: "/uppleva-och-gora/museer", translation: "/en/museums", news: " Ta med dig en vän.",
    fees: "late book",
  },
};

const save = (page) => page.locator(".ed-status", { hasText: /\d\d[.:]\d\d/ }).waitFor();
const then = async (page, what) => {
  await page.locator(`.formact button[name=then][value=${what}]`).click();
  await page.locator(".done").waitFor();
};

/** Opens the page of an address and gives the address of its form. */
async function open(page, address) {
  await page.goto(`/admin/pages?q=${encodeURIComponent(address)}`);
  await page.locator("tr", { has: page.locator(".addr", { hasText: new RegExp(`${address}$`) }) }).locator("th a").first().click();
  await ready(page);
  return new URL(page.url()).pathname;
}

async function write(page, words, shoot) {
  const { keyboard } = page;
  await page.goto("/admin");
  await page.locator(".begin a").first().click();
  await page.locator("#field_title").fill(words.title);
  await page.locator("#field_parent").fill(words.above);
  await page.locator("#field_organisation").selectOption({ label: words.owner });
  await page.locator("#field_locale").selectOption(words.above.startsWith("/en") ? "en" : "sv");
  await shoot(page, "new", [page.locator("h1"), page.locator("main form")]);
  await page.locator("main form button").click();
  await ready(page);
  await page.locator("textarea[name=description]").fill(words.lead);
  await page.locator("#ed_text").focus();
  await choose(page, words.blocks.heading);
  await keyboard.type(words.heading);
  await keyboard.press("Enter");
  await keyboard.type(words.first);
  await keyboard.press("Enter");
  await keyboard.press("/");
  await page.locator(".ed-palette [role=option]").first().waitFor();
  await shoot(page, "slash", [page.locator(".ed-toolbar"), page.locator(".ed-palette")]);
  await keyboard.press("Escape");
  await choose(page, words.blocks.picture);
  await page.locator("dialog [role=option] img").first().waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll("dialog img")].slice(0, 8).every((image) => image.complete));
  await shoot(page, "picture", [page.locator("dialog")]);
  await keyboard.type(words.seek);
  await page.waitForFunction(() => document.querySelectorAll("dialog [role=option]").length === 1);
  await keyboard.press("Enter");
  await page.locator("dialog textarea").waitFor();
  await shoot(page, "alt", [page.locator("dialog")]);
  await page.locator("dialog .ed-buttons button").first().click();
  await keyboard.type(words.caption);
  await keyboard.press("Enter");
  await choose(page, words.blocks.table);
  for (const [at, cell] of words.cells.entries()) {
    if (at) await keyboard.press("Tab");
    await keyboard.type(cell);
  }
  await page.locator(".ed-caption").fill(words.name);
  await page.locator("#ed_text td").last().click();
  await page.locator(".ed-table").evaluate((table) => scrollBy(0, table.getBoundingClientRect().top - 140));
  await page.locator(".ed-toolbar button").last().click();
  await page.locator(".ed-menu").waitFor();
  await shoot(page, "table", [page.locator(".ed-toolbar"), page.locator(".ed-menu"), page.locator(".ed-table")]);
  await keyboard.press("Escape");
  await page.locator("#ed_text td").last().click();
  await page.waitForTimeout(150);
  await keyboard.press("Enter");
  await keyboard.type(words.late);
  await keyboard.press("Control+/");
  await page.locator(".ed-palette [role=combobox]").waitFor();
  await keyboard.type(words.blocks.fact);
  await keyboard.press("Enter");
  await page.locator("dialog [role=option]").first().waitFor();
  await shoot(page, "fact", [page.locator("dialog")]);
  await keyboard.press("Escape");
  await putFact(page, words.fact, words.fee, words.blocks.fact);
  await keyboard.type(words.more);
  await keyboard.press("Control+k");
  await page.locator("dialog [role=combobox]").waitFor();
  await keyboard.type(words.link);
  await page.locator("dialog [role=option]", { hasText: words.goal }).first().waitFor();
  await page.waitForTimeout(400);
  await shoot(page, "link", [page.locator("dialog")]);
  await keyboard.press("Escape");
  await putLink(page, words.link, words.goal);
  await keyboard.type(".");
  await keyboard.press("Enter");
  await keyboard.type(words.heavy);
  await save(page);
  await page.locator(".ed-quality .measures").waitFor({ timeout: 15_000 });
  // What was written last has been looked at too.
  await page.waitForTimeout(5_000);
  await shoot(page, "quality", [page.locator(".ed-quality")]);
  await page.evaluate(() => scrollTo(0, 0));
  await shoot(page, "editor");
  await then(page, "submit");
  return new URL(page.url()).pathname;
}

/** What the colleague sees who reviews, plans and publishes. */
async function review(page, words, about, shoot) {
  await page.goto("/admin");
  await shoot(page, "start");
  await page.goto(`${about}/review`);
  const part = page.locator(".review > li", { hasText: words.first }).first();
  await part.locator(".answer summary").first().click();
  await part.locator("textarea[name=body]").fill(words.comment);
  await part.locator("button[value=comment]").click();
  await page.locator(".thread").first().waitFor();
  const again = page.locator(".review > li", { hasText: words.first }).first();
  await again.locator(":scope > .talk > .answer summary").last().click();
  await again.locator("textarea[name=text]").fill(`${words.first}${words.suggestion}`);
  await again.locator("button[value=suggest]").click();
  await page.locator(".words ins").first().waitFor();
  await page.locator(".review > li", { hasText: words.first }).first().scrollIntoViewIfNeeded();
  await shoot(page, "review", [page.locator(".review > li", { hasText: words.first }).first()]);
  await page.locator("button[value=accept]").click();
  await page.locator("p.done").waitFor();
  await page.goto(about);
  await ready(page);
  await page.locator("form[action$='/approve'] button").first().click();
  await page.locator(".done").waitFor();
  const morning = new Date(Date.now() + 86_400_000).toLocaleDateString("sv-SE", { timeZone: "Europe/Stockholm" });
  await page.locator("#field_publish_at").fill(`${morning}T08:00`);
  await page.locator("form[action$='/schedule'] button").first().click();
  await page.locator(".plan").waitFor();
  await page.locator("form[action$='/schedule']").scrollIntoViewIfNeeded();
  await shoot(page, "plan", [page.locator("aside.standing section", { has: page.locator("#field_publish_at") })]);
  await page.goto("/admin/pages/calendar");
  await shoot(page, "calendar", [page.locator("h1"), page.locator(".agenda").first()]);
  await page.goto(about);
  await ready(page);
  await then(page, "publish");
}

async function versions(page, words, about, shoot) {
  await putCaretLast(page, 0);
  await page.keyboard.type(words.mine);
  await save(page);
  await page.locator("#field_name").fill(words.version);
  await page.locator("form[action$='/name'] button").click();
  await page.locator(".done").waitFor();
  await page.goto(`${about}/history`);
  await shoot(page, "history", [page.locator("h1"), page.locator(".versions")]);
  await page.locator("main form[action$='/compare'] button").click();
  await page.locator(".compare").waitFor();
  await shoot(page, "compare", [page.locator(".compare"), page.locator("form.restore").first()]);
  await page.goto(`${about}/history`);
  await page.locator("form[action$='/as-of'] button").click();
  await page.locator(".standing").waitFor();
  await shoot(page, "as-of");
  await page.goto(`${about}/preview`);
  await page.locator("#field_note").fill(words.note);
  await page.locator("main form[action$='/preview'] button").click();
  await page.locator("a.secret").waitFor();
  await shoot(page, "preview", [page.locator(".made"), page.locator("section[aria-labelledby=preview_new]")]);
}

/** Two people in one text, one of them without a connection for a while. */
async function together(editor, publisher, words, about, shoot) {
  await editor.goto(about);
  await publisher.goto(about);
  await ready(editor);
  await ready(publisher);
  await publisher.locator("#ed_text").focus();
  await putCaret(publisher, 1);
  await editor.locator(".ed-them").waitFor({ timeout: 15_000 });
  await putCaret(editor, 0);
  await editor.evaluate(() => scrollTo(0, 0));
  await shoot(editor, "together", [editor.locator(".ed-where"), editor.locator(".ed-toolbar"), editor.locator(".ed-who").first()]);
  await editor.context().setOffline(true);
  await putCaretLast(editor, 0);
  await editor.keyboard.type(words.theirs);
  await putCaretLast(publisher, 0);
  await publisher.keyboard.type(` ${words.suggestion.trim()}`);
  await save(publisher);
  await editor.waitForFunction(() => document.querySelector(".ed-status")?.textContent && !/\d\d[.:]\d\d/.test(document.querySelector(".ed-status").textContent));
  await editor.waitForTimeout(2_000);
  await shoot(editor, "offline", [editor.locator(".ed-where"), editor.locator(".ed-toolbar")]);
  await editor.context().setOffline(false);
  await editor.locator(".ed-conflict").waitFor({ timeout: 20_000 });
  await editor.locator(".ed-conflicts").scrollIntoViewIfNeeded();
  await shoot(editor, "conflict", [editor.locator(".ed-conflicts")]);
  await editor.locator(".ed-conflict .ed-buttons button").first().click();
  await editor.locator(".ed-conflict").waitFor({ state: "detached" });
  await editor.context().clearCookies();
  await putCaretLast(editor, 0);
  await editor.keyboard.type(" ");
  await editor.locator(".ed-alert:not([hidden])").waitFor({ timeout: 15_000 });
  await shoot(editor, "logged-out", [editor.locator(".ed-alert")]);
}

async function rest(page, words, about, shoot) {
  await open(page, words.translated);
  await page.locator("#ed_text").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Control+Enter");
  await page.keyboard.type(words.news.trim());
  await save(page);
  await then(page, "publish");
  const translation = await open(page, words.translation);
  await page.locator(".ed-beside").waitFor();
  await putCaret(page, 0);
  await page.evaluate(() => scrollTo(0, 0));
  await shoot(page, "translate");
  await page.goto(`${translation}/translation`);
  await page.locator(".beside").waitFor();
  await shoot(page, "translation", [page.locator("main > .notice"), page.locator("section[aria-labelledby=translation_changes]"), page.locator("section[aria-labelledby=translation_beside]")]);
  await page.goto("/admin/translations");
  await shoot(page, "languages");
  await page.goto("/admin/pages");
  await shoot(page, "pages");
  await page.keyboard.press("Control+k");
  await page.locator("dialog.finder [role=combobox]").fill(words.find);
  await page.locator("dialog.finder [role=option]").nth(2).waitFor();
  await page.waitForTimeout(300);
  await shoot(page, "find", [page.locator("dialog.finder")]);
  await page.goto(about);
  await ready(page);
  await page.locator("details.about > summary").click();
  await page.locator("details.about").scrollIntoViewIfNeeded();
  await shoot(page, "move", [page.locator("details.about > summary"), page.locator("#field_parent")]);
  await page.locator(".tools a[href^='/admin/log/']").click();
  await page.locator("ol.trail").waitFor();
  await shoot(page, "log");
  await page.goto(`${about}/delete`);
  await shoot(page, "delete", [page.locator("h1"), page.locator("main form")]);
  await page.locator("main form button").click();
  await page.locator("tbody tr").first().waitFor();
  await shoot(page, "trash", [page.locator("h1"), page.locator("main .rows")]);
}

/** What those see who look after facts and after all pages. */
async function care(page, words, shoot) {
  await page.goto(`/admin/facts?q=${encodeURIComponent(words.fees)}`);
  await page.locator("tbody th a").first().click();
  await page.locator("#places").waitFor();
  await shoot(page, "fact-uses");
  await page.goto("/admin/care");
  await shoot(page, "care");
}

/** All pictures of the guide in one language. `people`: the windows of an editor, a publisher and an administrator. */
export async function editorsGuide({ editor, publisher, admin }, language, shoot) {
  const words = WORDS[language];
  const about = await write(editor, words, shoot);
  await review(publisher, words, about, shoot);
  await versions(publisher, words, about, shoot);
  await together(editor, publisher, words, about, shoot);
  await rest(publisher, words, about, shoot);
  await care(admin, words, shoot);
}
