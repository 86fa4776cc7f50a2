// Every page of the workspace, by the table of routes: axe-core finds nothing in light and in dark, with what
// is folded away open too, with and without script; nothing scrolls sideways on the smallest phone. A page
// that comes new is looked at by itself, as soon as some other page leads to it.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, expectAccessible, expectGoodEverywhere, expectNoSidewaysScroll, logIn, test, within } from "./base.mjs";
import { binary, demoAccount } from "./demo.mjs";

/** Rows of the table that are no pages that an administrator looks at: data, files, the way to a log-in elsewhere. */
const NO_PAGE = [/\.(json|csv|ics|xlsx)$/, /^\/admin\/lookups\//, /^\/admin\/media\/sizes\//, /^\/admin\/log-in\/provider/, /^\/admin\/preview\//, /\/preview\/page$/, /\/as-of\/page$/];
/** Pages to which a form leads, and no link. */
const BY_FORM = {
  "/admin/pages/{id}/compare": (id) => `/admin/pages/${id}/compare?old=public&new=draft`,
  "/admin/pages/{id}/as-of": (id) => `/admin/pages/${id}/as-of?date=${new Date().toISOString().slice(0, 10)}`,
};
/** States that a page has only when it is asked for them. */
const MORE = [
  "/admin/pages?q=qwxzqwxz", "/admin/pages?state=draft", "/admin/find?q=bad", "/admin/find?q=qwxzqwxz", "/admin/media?show=unused", "/admin/media?q=qwxzqwxz",
  "/admin/care?show=all", "/admin/comments?show=all", "/admin/translations?q=qwxzqwxz", "/admin/log?kind=page",
];

const rows = readFileSync(new URL("../crates/torg/tests/access.csv", import.meta.url), "utf8").trim().split("\n").map((line) => line.split(","));
const administrator = rows[0].indexOf("administrator");
const routes = rows.filter((row) => row[0] === "GET" && /^\/admin/.test(row[1]) && ["in", "on"].includes(row[administrator]))
  .map((row) => row[1]).filter((path) => !NO_PAGE.some((no) => no.test(path)));

const pattern = (route) => new RegExp(`^${route.replace(/[.]/g, "\\.").replace(/\{[^}]+\}/g, "[^/?#]+")}$`);

const uuid = () => crypto.randomUUID();

/** Sends a form of a page as it stands, but for some fields. */
async function send(page, address, action, values) {
  await page.goto(address);
  const answer = await page.request.post(action, { form: { request_id: uuid(), ...values }, headers: { "sec-fetch-site": "same-origin" }, maxRedirects: 0 });
  expect(answer.status(), `${action}: ${await answer.text()}`).toBe(303);
  return answer.headers()["location"].split("?")[0];
}

/** A new page that nobody else sees, with words and an address. */
async function newPage(page, title, text) {
  await page.goto("/admin/pages/new");
  const fields = await page.locator("main form[method=post]").evaluate((form) => Object.fromEntries(new FormData(form)));
  const own = await send(page, "/admin/pages/new", "/admin/pages/new", { ...fields, title, kind: "article", parent: "/uppleva-och-gora", locale: "sv", variant: "standard", request_id: uuid() });
  const answer = await page.request.post(`${own}/draft`, {
    data: { client: "sweep", since: 1, patches: [{ id: uuid(), client: "sweep", blocks: [{ from: 0, block: { id: uuid(), v: 1, type: "paragraph", text: [{ type: "text", text }] } }], fields: [] }] },
    headers: { "sec-fetch-site": "same-origin" },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  return own;
}

/** The city's clock as a form writes it, some minutes on. */
function soon(minutes) {
  const at = new Date(Date.now() + minutes * 60_000);
  return at.toLocaleString("sv-SE", { timeZone: "Europe/Stockholm" }).slice(0, 16).replace(" ", "T");
}

/** Things that have something to show in every state: a plan to come, a text in review, one in the trash. */
async function furnish(page) {
  const planned = await newPage(page, "Svepet planerat", "Det här kommer i morgon, och det är nyttigt att veta.");
  await send(page, planned, `${planned}/schedule`, { publish_at: soon(60 * 24) });
  const handed = await newPage(page, "Svepet i granskning", "En mening som någon annan har att granska.");
  await send(page, handed, `${handed}/submit`, { note: "Läs gärna igenom." });
  const gone = await newPage(page, "Svepet i papperskorgen", "Det här ska bort.");
  await send(page, gone, `${gone}/delete`, {});
  await page.goto("/admin/media/files");
  const fields = await page.locator("form[action='/admin/media/files']").evaluate((form) => Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === "string")));
  const file = { name: "svepet.txt", mimeType: "text/plain", buffer: Buffer.from("En fil att titta på.\n") };
  const added = await page.request.post("/admin/media/files", { multipart: { ...fields, title: "Svepets fil", file }, headers: { "sec-fetch-site": "same-origin" }, maxRedirects: 0 });
  expect(added.status(), await added.text()).toBe(303);
  return { handed };
}

/** An event of the demo that one signs up to here. */
async function signedUpTo(page) {
  for (let at = 1; at < 12; at++) {
    await page.goto(`/admin/calendar?page=${at}`);
    const events = await page.locator("main table th a").evaluateAll((all) => all.map((one) => new URL(one.href).pathname));
    for (const event of events) {
      const answer = await page.request.get(`${event}/signups`);
      if (answer.ok() && (await answer.text()).includes(`${event}/signups/print`)) return `${event}/signups`;
    }
  }
  throw new Error("no event of the demo has places here");
}

/** An address for every route, found by going where the pages lead. */
async function addresses(page, texts) {
  const found = new Map();
  const waiting = routes.filter((route) => !route.includes("{"));
  const seen = new Set(waiting);
  for (const route of waiting) found.set(route, route);
  for (let round = 0; round < waiting.length && round < 400; round++) {
    const answer = await page.goto(waiting[round]);
    if (!answer || answer.status() !== 200 || !new URL(page.url()).pathname.startsWith("/admin")) continue;
    const links = await page.locator("a[href^='/admin']").evaluateAll((all) => all.map((one) => new URL(one.href).pathname));
    for (const link of links) {
      const route = routes.find((one) => one.includes("{") && !found.has(one) && pattern(one).test(link));
      if (!route || seen.has(link)) continue;
      seen.add(link);
      found.set(route, link);
      waiting.push(link);
    }
  }
  for (const [route, address] of Object.entries(BY_FORM)) found.set(route, address(texts));
  return found;
}

async function look(page, address, name) {
  const answer = await page.goto(address);
  expect(answer.status(), name).toBe(200);
  await expect(page.locator("h1"), `one heading, ${name}`).toHaveCount(1);
}

/** Opens all that is folded away, but for the phone's menu, which lies over the page. */
const openAll = (page) => page.evaluate(() => document.querySelectorAll("main details").forEach((one) => { one.open = true; }));

/** Goes through all pages and tells of every fault, not of the first alone. */
async function all(check) {
  const wrong = [];
  for (const [route, address] of pages) {
    try {
      await check(route, address);
    } catch (error) {
      wrong.push(error.message);
    }
  }
  expect(wrong.join("\n\n")).toBe("");
}

let pages;

test.describe.configure({ mode: "serial" });

test("the workspace is furnished, and every route has an address", async ({ page }) => {
  test.setTimeout(600_000);
  await logIn(page);
  const { handed } = await furnish(page);
  const id = handed.split("/").pop();
  pages = await addresses(page, id);
  const coming = await signedUpTo(page);
  pages.set("/admin/calendar/{id}/signups", coming);
  pages.set("/admin/calendar/{id}/signups/print", `${coming}/print`);
  for (const route of ["/admin/pages/{id}", "/admin/pages/{id}/review", "/admin/pages/{id}/quality", "/admin/pages/{id}/history"]) pages.set(route, route.replace("{id}", id));
  expect(routes.filter((route) => !pages.has(route)), "nothing leads to these pages").toEqual([]);
  for (const address of MORE) pages.set(address, address);
});

test("axe-core finds nothing in the workspace in any state", async ({ page }) => {
  test.setTimeout(1_800_000);
  await logIn(page);
  await all(async (route, address) => {
    await look(page, address, route);
    for (const [width, height] of [[1280, 900], [390, 844]]) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: width === 1280 ? "light" : "dark" });
      await expectAccessible(page, `${route} ${width}`);
      await openAll(page);
      await page.emulateMedia({ colorScheme: width === 1280 ? "dark" : "light" });
      await expectAccessible(page, `${route} ${width}, all open`);
      await expectNoSidewaysScroll(page, `${route} ${width}`);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    await expectNoSidewaysScroll(page, `${route} 320`);
  });
});

test("the same without script", async ({ browser, baseURL }) => {
  test.setTimeout(900_000);
  const context = await browser.newContext({ baseURL, locale: "sv-SE", reducedMotion: "reduce", viewport: { width: 390, height: 844 } });
  // axe-core itself is a script: only the program's own are kept out.
  await context.route(/\/static\/.*\.js$/, (route) => route.abort());
  const page = await context.newPage();
  await logIn(page);
  await all(async (route, address) => {
    await look(page, address, route);
    await openAll(page);
    await expectAccessible(page, `${route} without script`);
    await expectNoSidewaysScroll(page, `${route} without script`);
  });
  await context.close();
});

/** Sends a form of the page with all that it needs left out. Gives how the answer came, or nothing where there is no such form. */
async function sendWithout(page, index) {
  const ready = await page.locator("main form[method=post]").nth(index).evaluate((form) => {
    form.noValidate = true;
    const texts = [...form.querySelectorAll("input, textarea")].filter((one) =>
      one.labels?.length && !one.readOnly && ["text", "email", "tel", "url", "number", "date", "datetime-local", "password", "textarea"].includes(one.type));
    const needed = texts.filter((one) => !one.labels[0].querySelector(".opt") && one.checkVisibility());
    for (const one of needed) one.value = "";
    return needed.length > 0;
  });
  if (!ready) return null;
  const button = page.locator("main form[method=post]").nth(index).locator("button:not(.sr):not([type=button]), input[type=submit]").last();
  if ((await button.count()) === 0) return null;
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === "POST"),
    button.click(),
  ]);
  await page.waitForLoadState();
  return answer.status();
}

test("a form that lacks what it needs says so, accessibly", async ({ browser, baseURL }) => {
  test.setTimeout(900_000);
  const context = await browser.newContext({ baseURL, locale: "sv-SE", reducedMotion: "reduce", viewport: { width: 390, height: 844 } });
  await context.route(/\/static\/.*\.js$/, (route) => route.abort());
  const page = await context.newPage();
  await logIn(page);
  const told = [];
  await all(async (route, address) => {
    await look(page, address, route);
    const forms = await page.locator("main form[method=post]").count();
    for (let index = 0; index < Math.min(forms, 3); index++) {
      if (index > 0) await look(page, address, route);
      const status = await sendWithout(page, index);
      if (status === null || status < 400) continue;
      told.push(`${route} ${index}`);
      expect(status, `${route}, form ${index}`).toBeLessThan(500);
      await expect(page.locator("h1"), `one heading, ${route}, form ${index}`).toHaveCount(1);
      await openAll(page);
      await expectAccessible(page, `${route}, form ${index}, without what it needs`);
      await expectNoSidewaysScroll(page, `${route}, form ${index}, without what it needs`);
      // What is wrong is told in words, and a summary leads to the fields.
      expect(await page.locator("main .err, main [role=alert], main .notice").count(), `${route}, form ${index}`).toBeGreaterThan(0);
    }
  });
  expect(told.length, told.join("\n")).toBeGreaterThan(15);
  await context.close();
});

test("a plan whose planner may no longer publish says so in the calendar", async ({ browser, baseURL, page }) => {
  test.setTimeout(240_000);
  const data = process.env.TORG_TEST_DATA;
  const { email } = demoAccount(data, "publisher");
  const user = (what) => execFileSync(binary, ["user", what, email, "publisher", "goteborg", "--data", data]);
  const context = await browser.newContext({ baseURL, locale: "sv-SE" });
  const planner = await context.newPage();
  await logIn(planner, "publisher");
  const failing = await newPage(planner, "Svepet som inte gick", "Den som planerade får inte publicera längre när tiden är inne.");
  await send(planner, failing, `${failing}/schedule`, { publish_at: soon(1) });
  await context.close();
  user("revoke");
  try {
    await logIn(page);
    await within(120_000, "the plan has failed", async () => {
      await page.goto("/admin/pages/calendar");
      return (await page.locator("section[aria-labelledby=failed]").count()) > 0;
    });
  } finally {
    user("grant");
  }
  await expect(page.locator("section[aria-labelledby=failed]")).toContainText("Svepet som inte gick");
  await expect(page.locator("section[aria-labelledby=failed] .failure")).not.toBeEmpty();
  await expectGoodEverywhere(page, "calendar-failed");
});

test("the search over everything and the phone's menu, open", async ({ page }) => {
  await logIn(page);
  for (const [width, colorScheme] of [[1280, "light"], [1280, "dark"], [390, "light"], [390, "dark"], [320, "light"]]) {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme });
    await page.goto("/admin");
    await page.keyboard.press("Control+k");
    await expect(page.locator("dialog.finder [role=combobox]")).toBeFocused();
    await page.keyboard.type("bad");
    await expect(page.locator("dialog.finder [role=option]").first()).toBeVisible();
    await expectAccessible(page, `the search, ${width} ${colorScheme}`);
    await expectNoSidewaysScroll(page, `the search, ${width}`);
    await page.keyboard.press("Escape");
    if (width < 800) {
      await expect(page.locator(".railmenu")).not.toHaveAttribute("open");
      await page.locator(".railmenu > summary").click();
      await expectAccessible(page, `the menu, ${width} ${colorScheme}`);
      await expectNoSidewaysScroll(page, `the menu, ${width}`);
    }
  }
});
