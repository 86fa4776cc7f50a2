// Every type of page in every state, as readers with other eyes, hands, screens and languages meet it.
import { expect, expectAccessible, expectNoSidewaysScroll, logIn, test } from "./base.mjs";
import { takeIn } from "./samples.mjs";

test.beforeAll(() => {
  test.setTimeout(150_000);
  takeIn(process.env.TORG_TEST_DATA);
});

// Name, address, status; the language is the address's.
const pages = [
  ["start", "/"], ["start-en", "/en"], ["start-ar", "/ar"], ["start-fi", "/fi"],
  ["blocks", "/prov-block"], ["blocks-en", "/en/prov-block"], ["blocks-ar", "/ar/prov-block"],
  ["theme", "/omsorg-och-stod"], ["theme-en", "/en/things-to-do"],
  ["guide", "/bygga-bo-och-miljo/bygglov/steg-for-steg"],
  ["article-ar", "/ar/libraries"], ["article-fi", "/fi/uimahallit"],
  ["section", "/nyheter"], ["section-en", "/en/news"], ["section-ar", "/ar/news"],
  ["section-filtered", "/prov-lista/amne/prov"], ["section-year", "/prov-lista/ar/2025"],
  ["section-second", "/prov-lista/sida/2"], ["section-empty", "/prov-tom"],
  ["magazine", "/magasinet"], ["magazine-ar", "/ar/magazine"],
  ["news", "/nyheter/odlingslotter-slapps"], ["news-ar", "/ar/news/library"],
  ["post", "/blogg/utan-kakor"], ["post-comments", "/blogg/blinda-testare"],
  ["story", "/magasinet/kranforaren"], ["story-ar", "/ar/magazine/harbour"],
  ["vacancy", "/lediga-jobb/parkarbetare"], ["vacancies", "/lediga-jobb"],
  ["unit", "/hitta/stadsbiblioteket"], ["unit-en", "/en/find/stadsbiblioteket"],
  ["board", "/anslagstavla"], ["board-en", "/en/notice-board"],
  ["notice", "/anslagstavla/kulturnamnden-protokoll"], ["notice-gone", "/anslagstavla/badvatten-varning", 410],
  ["languages", "/sprak"], ["languages-en", "/en/languages"],
  ["subscribe", "/prenumerera"], ["subscribe-en", "/en/subscribe"],
  ["search", "/sok?q=bibliotek"], ["search-narrowed", "/sok?q=bibliotek&type=unit"], ["search-empty", "/sok"],
  ["search-nothing", "/sok?q=qwxzqwxz"], ["search-en", "/en/search?q=library"],
  ["sign-language", "/teckensprak/rosta"],
  ["missing", "/finns-inte", 404], ["missing-en", "/en/not-there", 404], ["missing-far", "/ar/not-there", 404],
];
// What is missing is missing in a language of the interface.
const language = (address) => address === "/ar/not-there" ? "sv" : address.match(/^\/(en|ar|fi)(?=\/|$)/)?.[1] ?? "sv";

/** What opens is opened too. */
const openAll = (page) => page.evaluate(() => {
  for (const details of document.querySelectorAll("main details")) details.open = true;
});

/** axe-core finds nothing, light and dark, wide and narrow; nothing scrolls sideways at 320 px,
 *  which is also 400 % zoom of a screen of 1280. */
async function expectGood(page, name) {
  for (const [width, height, colorScheme] of [[1280, 900, "light"], [1280, 900, "dark"], [390, 844, "dark"]]) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, `${name} ${width} ${colorScheme}`);
    await expectNoSidewaysScroll(page, `${name} ${width}`);
  }
  await page.setViewportSize({ width: 320, height: 256 });
  await expectNoSidewaysScroll(page, `${name} 320`);
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** Headings, links, lists and names as a screen reader has them. */
async function expectGoodTree(page, name) {
  const tree = await page.locator("body").ariaSnapshot();
  const levels = [...tree.matchAll(/- '?heading (?:"(?:[^"\\]|\\.)*" )?\[level=(\d)\]/g)].map(([, level]) => Number(level));
  expect(levels[0], `${name}: the first heading`).toBe(1);
  levels.forEach((level, at) => expect(level, `${name}: heading ${at + 1} of ${levels}`).toBeLessThanOrEqual((levels[at - 1] ?? 0) + 1));
  expect(tree.match(/- '?(link|button|textbox|searchbox|combobox|checkbox|img|heading)(?= ?(\[[^\]]*\])?:?$)/gm), `${name}: nothing is without a name\n${tree}`).toBeNull();
  const links = await page.locator("main a[href]:not([aria-hidden=true])").evaluateAll((all) => all
    .filter((link) => link.checkVisibility())
    .map((link) => ({ href: link.href, name: (link.getAttribute("aria-label") ?? link.innerText).replace(/\s+/g, " ").trim() })));
  const leads = new Map();
  for (const { href, name: words } of links) {
    const known = leads.get(words) ?? href;
    expect(href, `${name}: “${words}” leads to two places`).toBe(known);
    leads.set(words, known);
  }
  links.forEach((link, at) => {
    if (at > 0) expect(link, `${name}: told twice`).not.toEqual(links[at - 1]);
  });
  const unnamed = await page.evaluate(() => {
    const roles = document.querySelectorAll("nav, aside, main section[aria-labelledby], form[role=search]");
    return [...roles].filter((part) => {
      const by = part.getAttribute("aria-labelledby");
      const named = by ? document.getElementById(by)?.textContent : part.getAttribute("aria-label");
      return part.matches("nav, aside, section") && !named?.trim();
    }).map((part) => part.outerHTML.slice(0, 120));
  });
  expect(unnamed, `${name}: parts without names`).toEqual([]);
}

for (const [name, address, status = 200] of pages) {
  test(`${name}: axe, small screens, the screen reader's tree`, async ({ page }) => {
    const answer = await page.goto(address);
    expect(answer.status()).toBe(status);
    const locale = language(address);
    await expect(page.locator("html")).toHaveAttribute("lang", locale);
    expect(await page.locator("html").getAttribute("dir")).toBe(locale === "ar" ? "rtl" : null);
    await expectGoodTree(page, name);
    if (await page.locator("main details").count()) await expectAccessible(page, `${name} shut`);
    await openAll(page);
    await expectGoodTree(page, `${name} open`);
    await expectGood(page, name);
  });
}

test("words of the interface say their language on pages in others, and figures keep their order", async ({ page }) => {
  for (const address of ["/ar", "/ar/prov-block", "/ar/news", "/ar/news/library", "/ar/magazine", "/ar/libraries"]) {
    await page.goto(address);
    const unmarked = await page.evaluate(() => {
      const found = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const [text, holder] = [walker.currentNode.data, walker.currentNode.parentElement];
        if (!/\p{Script=Latin}{2}/u.test(text) || holder.closest("script, .brand, .printed")) continue;
        if (holder.closest("[lang]").lang === "ar" && !/^[\w.@-]+$/.test(text.trim())) found.push(text.trim());
      }
      return found;
    });
    expect(unmarked, `${address}: not in Arabic, and not marked`).toEqual([]);
    // What has a direction of its own is kept apart from the text round it.
    const wrong = await page.evaluate(() => [...document.querySelectorAll("bdi, [dir=ltr]")]
      .filter((part) => /^[\d\p{Script=Latin}]/u.test(part.textContent.trim()) && getComputedStyle(part).direction !== "ltr")
      .map((part) => part.outerHTML));
    expect(wrong, address).toEqual([]);
    const phones = await page.locator("a[href^='tel:']").evaluateAll((all) => all.map((link) => Boolean(link.closest("[dir=ltr]") ?? link.querySelector("[dir=ltr]"))));
    expect(phones, `${address}: every number reads from the left`).not.toContain(false);
  }
  await page.goto("/fi/uimahallit");
  const swedish = await page.evaluate(() => ["Meny", "Sök", "Hitta", "Språk", "Start"].filter((word) =>
    [...document.querySelectorAll("body *")].some((part) => part.children.length === 0 && part.textContent.trim() === word && part.closest("[lang]").lang === "fi")));
  expect(swedish, "Swedish that says that it is Finnish").toEqual([]);
  await expect(page.locator("dl.facts")).toContainText("90 kruunua");
  await page.goto("/ar/prov-block");
  await expect(page.locator("dl.facts dd [lang=sv]"), "a fact without Arabic is marked as Swedish").toHaveText("90 kronor");
  await expect(page.locator("dl.facts")).toContainText("28 يومًا");
});

test("Arabic is mirrored: the side, the accordion's mark and the header", async ({ page }) => {
  const left = async (address, selector) => {
    await page.goto(address);
    return (await page.locator(selector).first().boundingBox()).x;
  };
  expect(await left("/prov-block", ".contact")).toBeGreaterThan(640);
  expect(await left("/ar/prov-block", ".contact")).toBeLessThan(640);
  expect(await left("/prov-block", "header .brand")).toBeLessThan(640);
  expect(await left("/ar/prov-block", "header .brand")).toBeGreaterThan(640);
  await expect(page.locator("#ar-ankare, [id=ar-ankare]")).toHaveCount(1);
});

/** Walks through a page with Tab: what each stop looked like. */
async function walk(page, most = 200) {
  const stops = [];
  for (let turn = 0; turn < most; turn += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const active = document.activeElement;
      if (active === document.body) return null;
      const frame = active.closest(".box") ?? active;
      const [style, box] = [getComputedStyle(frame), active.getBoundingClientRect()];
      const before = window.torgBefore;
      // A field for a date has several stops.
      window.torgBefore = active;
      const at = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 8));
      return {
        what: active.outerHTML.slice(0, 100),
        outlined: before === active || style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2,
        inView: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
        covered: Boolean(at) && !active.contains(at) && !at.contains(active) && getComputedStyle(at).position === "fixed",
        forward: !before || before === active || Boolean(before.compareDocumentPosition(active) & Node.DOCUMENT_POSITION_FOLLOWING),
      };
    });
    if (stop === null) break;
    stops.push(stop);
  }
  return stops;
}

for (const address of ["/", "/prov-block", "/ar/prov-block", "/nyheter", "/lediga-jobb/parkarbetare", "/anslagstavla", "/prenumerera", "/sok?q=bibliotek"]) {
  test(`the keyboard alone, ${address}: in the order of the text, focus always to be seen`, async ({ page }) => {
    for (const media of [{ forcedColors: "none" }, { forcedColors: "active" }]) {
      await page.goto(address);
      await page.emulateMedia(media);
      await openAll(page);
      const stops = await walk(page);
      expect(stops.length).toBeGreaterThan(10);
      for (const stop of stops) {
        expect(stop, `${JSON.stringify(media)} ${stop.what}`).toMatchObject({ outlined: true, inView: true, covered: false, forward: true });
      }
    }
  });
}

test("an accordion opens with Enter and shuts with Space", async ({ page }) => {
  await page.goto("/prov-block");
  const fold = page.locator(".folds details").first();
  await fold.locator("summary").focus();
  await page.keyboard.press("Enter");
  await expect(fold).toHaveAttribute("open", "");
  await page.keyboard.press("Space");
  await expect(fold).not.toHaveAttribute("open", "");
});

test("on paper: accordions stand open, addresses of links can be read, no navigation", async ({ page }) => {
  for (const address of ["/prov-block", "/en/prov-block", "/ar/prov-block", "/nyheter", "/lediga-jobb/parkarbetare", "/anslagstavla/kulturnamnden-protokoll"]) {
    await page.goto(address);
    await page.emulateMedia({ media: "print" });
    await expect(page.locator("h1")).toBeVisible();
    for (const selector of ["nav.quick", "details.menu", "footer.foot", "nav.crumbs", "nav.toc", ".paging", ".choices", ".follow", "form.find"]) {
      for (const part of await page.locator(selector).all()) await expect(part, `${address} ${selector}`).toBeHidden();
    }
    const shut = await page.locator(".folds details > div").evaluateAll((all) => all
      .filter((part) => part.getBoundingClientRect().height < 5 || !part.checkVisibility({ contentVisibilityAuto: true })).length);
    expect(shut, `${address}: folds that nobody can open`).toBe(0);
    const bare = await page.locator(".prose a[href^='http']").evaluateAll((all) => all
      .filter((link) => link.checkVisibility() && !getComputedStyle(link, "::after").content.includes(link.getAttribute("href")))
      .map((link) => link.outerHTML.slice(0, 120)));
    expect(bare, `${address}: links without their address`).toEqual([]);
    await expect(page.locator(".printed")).toContainText(address);
    expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(5_000);
    await page.emulateMedia({ media: "screen" });
    await expect(page.locator(".printed")).toBeHidden();
  }
});

test("who wants no movement gets none", async ({ page }) => {
  for (const address of ["/", "/prov-block", "/magasinet", "/sok?q=bibliotek"]) {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto(address);
    const moving = await page.evaluate(() => [document.documentElement, ...document.querySelectorAll("body *")].filter((part) => {
      const style = getComputedStyle(part);
      return style.scrollBehavior === "smooth" || style.animationName !== "none" || style.transitionDuration.split(",").some((time) => Number.parseFloat(time) > 0.01);
    }).map((part) => part.outerHTML.slice(0, 80)));
    expect(moving, address).toEqual([]);
  }
});

test("forced colours: what colour alone would say is said by a line as well", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  for (const address of ["/prov-block", "/ar/prov-block", "/nyheter", "/anslagstavla", "/sok?q=bibliotek"]) {
    await page.goto(address);
    await openAll(page);
    await expectAccessible(page, `${address} in forced colours`);
  }
  await page.goto("/prov-block");
  for (const selector of [".contact", ".notice", ".fact-box", ".video a", ".prose .ds-button"]) {
    const width = await page.locator(selector).first().evaluate((part) => Number.parseFloat(getComputedStyle(part).borderTopWidth));
    expect(width, `${selector} has an edge`).toBeGreaterThan(0);
  }
  await page.goto("/prov-lista/amne/prov");
  const [chosen, other] = await page.locator(".choices a").evaluateAll((all) => [
    all.find((link) => link.hasAttribute("aria-current")), all.find((link) => !link.hasAttribute("aria-current")),
  ].map((link) => { const style = getComputedStyle(link); return [style.backgroundColor, style.borderTopWidth, style.fontWeight].join(); }));
  expect(chosen, "which one is chosen can be seen").not.toBe(other);
});

test("without script: accordion, list, subscription and filters work", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.goto("/prov-block");
  await page.locator(".folds summary").first().click();
  await expect(page.locator(".folds details > div").first()).toBeVisible();
  await page.goto("/prov-lista");
  await page.locator(".paging [rel=next]").click();
  await expect(page).toHaveURL(/\/prov-lista\/sida\/2$/);
  await page.goto("/nyheter");
  await page.locator(".choices a").last().click();
  await expect(page).toHaveURL(/\/nyheter\/amne\//);
  await expect(page.locator(".dated > li").first()).toBeVisible();
  await page.goto("/anslagstavla");
  await page.locator("select[name=kind]").selectOption("minutes");
  await page.locator(".boardfilter button").click();
  await expect(page.locator(".notices > li").first()).toBeVisible();
  await page.goto("/sok?q=bibliotek");
  const button = page.locator("details.narrow summary");
  if (await button.isVisible()) await button.click();
  await page.locator("details.narrow a.chip").first().click();
  await expect(page.locator("ol.results > li").first()).toBeVisible();
  await context.close();
});

test("to subscribe: nothing chosen, a wrong address, and thanks", async ({ page }) => {
  for (const [name, address] of [["subscribe", "/prenumerera"], ["subscribe-en", "/en/subscribe"]]) {
    await page.goto(address);
    await page.locator("main form button").last().click();
    await expect(page.locator(".errsum")).toBeVisible();
    await expectGoodTree(page, `${name} wrong`);
    await expectGood(page, `${name} wrong`);
    // The summary leads to the field.
    await page.locator(".errsum a").last().click();
    expect(await page.evaluate(() => location.hash.length > 1 && document.activeElement !== document.body)).toBe(true);
    await page.locator("input[name=topic]").first().check();
    await page.locator("input[type=email]").fill(`${name}@torg.example`);
    await page.locator("main form button").last().click();
    await expect(page.locator(".errsum")).toHaveCount(0);
    await expect(page.locator("h1")).not.toBeEmpty();
    await expectGoodTree(page, `${name} thanks`);
    await expectGood(page, `${name} thanks`);
  }
});

test("suggestions open in Arabic's mirrored page, and over the list at 320 px", async ({ page }) => {
  await page.goto("/ar");
  await page.locator("#search_q").pressSequentially("مكتبة", { delay: 20 });
  await expect(page.getByRole("option").first()).toBeVisible();
  await expectGood(page, "suggestions-ar");
});

test("the media bank and the notice board's desk: axe, small screens, the tree", async ({ page }) => {
  await logIn(page);
  for (const address of ["/admin/media", "/admin/media/files", "/admin/notice-board", "/admin/notice-board/new"]) {
    const answer = await page.goto(address);
    expect(answer.status(), address).toBe(200);
    await openAll(page);
    await expectGood(page, address);
  }
  await page.goto("/admin/media");
  await page.locator("main a[href^='/admin/media/pictures/']").first().click();
  await expect(page.locator("h1")).not.toBeEmpty();
  await expectGood(page, "a picture");
});
