// What the browser tests share: a watch over every request, checks that hold for any page, log-in.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test as plain, expect } from "@playwright/test";
import { demoAccount } from "./demo.mjs";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export { expect };

/** What goes wrong on a page while it is used: requests to another host, complaints in the console. */
export function watch(page, baseURL) {
  const wrong = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(baseURL) && !url.startsWith("data:")) wrong.push(`asks another host: ${url}`);
  });
  page.on("pageerror", (error) => wrong.push(`script: ${error.message}`));
  page.on("console", (message) => {
    // The browser itself reports 4xx answers, which tests ask for on purpose.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      wrong.push(`console: ${message.text()}`);
    }
  });
  return wrong;
}

/** A page that must neither ask another host for anything nor complain in the console. */
export const test = plain.extend({
  baseURL: async ({}, use) => use(process.env.TORG_TEST_URL),
  page: async ({ page, baseURL }, use) => {
    const wrong = watch(page, baseURL);
    await use(page);
    expect(wrong).toEqual([]);
  },
});

const rules = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

/** axe-core finds nothing: WCAG 2.0 to 2.2, A and AA, and best practice. */
export async function expectAccessible(page, state) {
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async (options) => {
    const result = await axe.run(document, options);
    return result.violations.map((violation) =>
      `${violation.id} (${violation.impact}): ${violation.nodes.map((node) => `${node.target.join(" ")} ${node.failureSummary}`).join(" | ")}`);
  }, rules);
  expect(violations, `axe-core, ${state}`).toEqual([]);
}

export async function expectNoSidewaysScroll(page, state) {
  const { scroll, width } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth, width: document.documentElement.clientWidth,
  }));
  expect(scroll, `sideways scroll, ${state}`).toBeLessThanOrEqual(width);
}

const picture = (name) => new URL(`./results/pictures/${name}.png`, import.meta.url).pathname;

/** What holds for a page in every size and colour scheme. */
export async function expectGoodEverywhere(page, name) {
  await expect(page.locator("h1"), "one heading").toHaveCount(1);
  await expect(page.locator("h1")).not.toBeEmpty();
  for (const [width, height] of [[1280, 900], [390, 844]]) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page, `${name} ${width} ${colorScheme}`);
      await page.screenshot({ path: picture(`${name}-${width}-${colorScheme}`), fullPage: true });
    }
    await expectNoSidewaysScroll(page, `${name} ${width}`);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page, `${name} 320`);
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** Logs somebody of the demo in through the form. */
export async function logIn(page, role = "administrator") {
  const { email, password } = demoAccount(process.env.TORG_TEST_DATA, role);
  await page.goto("/admin");
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[type=password]").fill(password);
  await page.locator(".login button").click();
  await expect(page.locator("body.desk")).toBeVisible();
}

/** Asks until `check` holds; fails after `milliseconds`. Gives how long it took. */
export async function within(milliseconds, what, check) {
  const started = Date.now();
  for (;;) {
    const holds = await check();
    const took = Date.now() - started;
    if (holds) {
      expect(took, `${typeof what === "function" ? what() : what}: milliseconds`).toBeLessThan(milliseconds);
      return took;
    }
    if (took > milliseconds) throw new Error(`${typeof what === "function" ? what() : what}: not within ${milliseconds} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
