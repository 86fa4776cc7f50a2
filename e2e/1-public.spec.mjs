// The public pages as readers meet them.
import { expect, expectGoodEverywhere, test } from "./base.mjs";

const pages = [
  ["start-sv", "/"],
  ["theme-sv", "/bygga-bo-och-miljo"],
  ["article-sv", "/bygga-bo-och-miljo/avfall/sophamtning"],
  ["article-table-sv", "/uppleva-och-gora/simhallar"],
  ["units-sv", "/hitta"],
  ["unit-sv", "/hitta/stadsbiblioteket"],
  ["calendar-sv", "/kalendarium"],
  ["services-sv", "/hitta/tjanster"],
  ["my-area-sv", "/mitt-omrade"],
  ["accessibility-sv", "/tillganglighet"],
  ["privacy-sv", "/personuppgifter"],
  ["search-empty-sv", "/sok"],
  ["search-hits-sv", "/sok?q=sophämtning"],
  ["search-misspelt-sv", "/sok?q=parkeringstillstond"],
  ["search-nothing-sv", "/sok?q=qwxzqwxz"],
  ["start-en", "/en"],
  ["article-en", "/en/libraries"],
  ["units-en", "/en/find"],
  ["unit-en", "/en/find/stadsbiblioteket"],
  ["calendar-en", "/en/events"],
  ["search-empty-en", "/en/search"],
  ["search-hits-en", "/en/search?q=swimming"],
  ["search-nothing-en", "/en/search?q=qwxzqwxz"],
  ["accessibility-en", "/en/accessibility"],
];

for (const [name, address] of pages) {
  test(`${name}: good in every size and scheme`, async ({ page }) => {
    const answer = await page.goto(address);
    expect(answer.status()).toBe(200);
    await expect(page.locator("html")).toHaveAttribute("lang", name.endsWith("-en") ? "en" : "sv");
    await expectGoodEverywhere(page, name);
  });
}

for (const [name, address] of [["missing-sv", "/finns-inte"], ["missing-en", "/en/not-there"]]) {
  test(`${name}: a page that says so, with ways on`, async ({ page }) => {
    const answer = await page.goto(address);
    expect(answer.status()).toBe(404);
    await expect(page.locator("html")).toHaveAttribute("lang", name.endsWith("-en") ? "en" : "sv");
    await expectGoodEverywhere(page, name);
    await expect(page.locator("main form[role=search]")).toBeVisible();
  });
}

test("every public page stands in the sitemap, answers, and shows no untranslated key", async ({ request }) => {
  const map = await (await request.get("/sitemap.xml")).text();
  const addresses = [...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map((found) => new URL(found[1]).pathname);
  expect(addresses.length).toBeGreaterThan(75);
  for (const address of addresses) {
    const answer = await request.get(address);
    expect(answer.status(), address).toBe(200);
    const html = await answer.text();
    expect(html.match(/>(?:nav|page|unit|search|contact|footer|start|hours)-[a-z-]+</g), address).toBeNull();
    expect(html, address).toContain("<h1");
  }
});

test("no link in the site leads nowhere", async ({ request }) => {
  // A thousand pages and some documents, by a program that is not optimised.
  test.setTimeout(300_000);
  const seen = new Set(["/", "/en"]);
  const queue = [...seen];
  const broken = [];
  while (queue.length > 0) {
    const from = queue.shift();
    const answer = await request.get(from);
    if (answer.status() !== 200) {
      broken.push(`${from}: ${answer.status()}`);
      continue;
    }
    if (!(answer.headers()["content-type"] ?? "").startsWith("text/html")) continue;
    const html = await answer.text();
    for (const [, href] of html.matchAll(/<a [^>]*href="(\/[^"#]*)/g)) {
      const whole = href.replaceAll("&amp;", "&");
      // A form for comments belongs to one page; elsewhere a query only chooses.
      const address = /^\/(kommentera|en\/comment)\b/.test(whole) ? whole : whole.split("?")[0];
      if (!seen.has(address) && !address.startsWith("/admin")) {
        seen.add(address);
        queue.push(address);
      }
    }
  }
  expect(broken).toEqual([]);
  expect(seen.size).toBeGreaterThan(75);
});

test("a page weighs under 100 kB on the first visit, with the pictures that are seen first, and under 30 kB of it is script", async ({ browser, baseURL }) => {
  test.setTimeout(180_000);
  const pictured = [["magazine", "/magasinet"], ["news", "/nyheter"], ["news-en", "/en/news"]];
  for (const [name, address] of [...pages.filter(([name]) => !name.startsWith("search")), ...pictured]) {
    const context = await browser.newContext({ baseURL });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    const asked = new Map();
    session.on("Network.responseReceived", ({ requestId, type, response }) => asked.set(requestId, { type, url: response.url, bytes: 0 }));
    session.on("Network.loadingFinished", (event) => {
      const one = asked.get(event.requestId);
      if (one) one.bytes += event.encodedDataLength;
    });
    await page.goto(address, { waitUntil: "networkidle" });
    // Pictures further down are fetched when the browser thinks that they will be seen: on a fast line at once.
    const later = new Set(await page.evaluate(() => [...document.images].filter((image) => image.loading === "lazy").map((image) => image.currentSrc)));
    const first = [...asked.values()].filter(({ url }) => !later.has(url));
    const weight = (all) => all.reduce((sum, one) => sum + one.bytes, 0);
    const [bytes, script] = [weight(first), weight(first.filter(({ type }) => type === "Script"))];
    expect(bytes, name).toBeGreaterThan(5_000);
    expect(bytes, name).toBeLessThan(100_000);
    expect(script, name).toBeLessThan(30_000);
    await context.close();
  }
});

test("an open menu closes with Escape and gives the focus back, and when one goes on", async ({ page }) => {
  await page.goto("/");
  const [menu, button] = [page.locator("details.menu"), page.locator("details.menu > summary")];
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(menu).toHaveAttribute("open", "");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await expect(menu).not.toHaveAttribute("open");
  await expect(button).toBeFocused();
  await button.click();
  await page.keyboard.press("Shift+Tab");
  await expect(menu).not.toHaveAttribute("open");
  await button.click();
  // The open menu lies over the heading: it is pointed at beside the menu.
  await page.locator("h1").dispatchEvent("pointerdown");
  await expect(menu).not.toHaveAttribute("open");
});

test("nothing jumps while a page loads", async ({ page }) => {
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  for (const address of ["/", "/bygga-bo-och-miljo/avfall/sophamtning", "/hitta/stadsbiblioteket"]) {
    await page.goto(address, { waitUntil: "networkidle" });
    expect(await page.evaluate(() => window.shift), address).toBeLessThan(0.001);
  }
});

test("the keyboard alone: skip link, then search, focus always to be seen", async ({ page }) => {
  await page.goto("/");
  await page.keyboard.press("Tab");
  const skip = page.locator("a.skip");
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("#_content")).toBeFocused();
  await page.goto("/");
  for (let turn = 0; turn < 25; turn += 1) {
    await page.keyboard.press("Tab");
    const focus = await page.evaluate(() => {
      // A field within a frame may show its focus on the frame.
      const frame = document.activeElement.closest(".box") ?? document.activeElement;
      const [style, box] = [getComputedStyle(frame), frame.getBoundingClientRect()];
      return {
        id: document.activeElement.id,
        seen: box.width > 0 && (style.outlineStyle !== "none" || style.boxShadow !== "none"),
        what: document.activeElement.outerHTML.slice(0, 120),
      };
    });
    expect(focus.seen, focus.what).toBe(true);
    if (focus.id === "search_q") break;
  }
  await expect(page.locator("#search_q")).toBeFocused();
  await page.keyboard.type("bibliotek");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sok\?q=bibliotek/);
  await expect(page.locator("ol.results li").first()).toBeVisible();
});

test("everything works without script", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.goto("/");
  await page.locator("details.menu summary").click();
  await page.locator("details.menu a").first().click();
  await expect(page.locator("h1")).toBeVisible();
  await page.goto("/");
  await page.locator("#search_q").fill("simhall");
  await page.locator("form.find button").click();
  await expect(page.locator("ol.results li").first()).toBeVisible();
  await context.close();
});

test("on paper: the text and the contact, no navigation", async ({ page }) => {
  await page.goto("/bygga-bo-och-miljo/avfall/sophamtning");
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("h1")).toBeVisible();
  await expect(page.locator("nav.quick")).toBeHidden();
  await expect(page.locator("form.find")).toHaveCount(0);
  await page.screenshot({ path: new URL("./results/pictures/article-print.png", import.meta.url).pathname, fullPage: true });
  expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(5_000);
});

test("a translation says which page it is a translation of", async ({ page }) => {
  await page.goto("/en/libraries");
  const swedish = page.locator('link[rel=alternate][hreflang=sv]');
  await expect(swedish).toHaveAttribute("href", /\/uppleva-och-gora\/bibliotek$/);
  await page.goto("/uppleva-och-gora/bibliotek");
  await expect(page.locator('link[rel=alternate][hreflang=en]')).toHaveAttribute("href", /\/en\/libraries$/);
  await page.locator("nav.quick a[hreflang=en]").click();
  await expect(page).toHaveURL(/\/en\/libraries$/);
});
