// Ways in: a code app, a passkey and recovery codes, the city's identity provider, sessions.
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as plain } from "@playwright/test";
import { binary, demoAccount, startDemo } from "./demo.mjs";
import { expect, expectGoodEverywhere, logIn, test } from "./base.mjs";
import { freePort, startProvider } from "./identity-provider.mjs";

const organisations = `key,kind,parent,name_sv,name_en
stad,city,,Staden,The City
bygg,committee,stad,Byggnadsnämnden,Planning Committee
`;
const rules = `group,role,organisation
webb,editor,bygg
`;

/** A city of its own with people, an identity provider and a name instead of an address in figures. */
const city = {};
const groups = { asa: ["webb"], bo: [] };

plain.beforeAll(async () => {
  const data = mkdtempSync(join(tmpdir(), "torg-log-in-"));
  const port = await freePort();
  city.url = `http://localhost:${port}`;
  city.data = data;
  const torg = (...words) => execFileSync(binary, [...words, "--data", data], { encoding: "utf8" });
  writeFileSync(join(data, "organisations.csv"), organisations);
  writeFileSync(join(data, "groups.csv"), rules);
  torg("migrate");
  torg("import", "organisations", join(data, "organisations.csv"));
  for (const name of ["kim", "lo", "mio"]) {
    const said = torg("user", "add", `${name}@stad.example`, "--name", `${name} Lind`);
    city[name] = { email: `${name}@stad.example`, password: said.match(/password: (\S+)/)[1] };
  }
  city.provider = await startProvider(city.url, groups);
  city.server = await startDemo(data, [], "serve", {
    TORG_BASE_URL: city.url,
    TORG_SECRET_KEY: "5a".repeat(32),
    TORG_OIDC_ISSUER: city.provider.issuer,
    TORG_OIDC_CLIENT_ID: "torg",
    TORG_OIDC_CLIENT_SECRET: "a secret between the two",
    TORG_OIDC_SCOPES: "profile email groups",
    TORG_OIDC_GROUPS: join(data, "groups.csv"),
  }, `127.0.0.1:${port}`);
});

plain.afterAll(async () => {
  await city.server?.stop();
  await city.provider?.stop();
  if (city.data) rmSync(city.data, { recursive: true, force: true });
});

/** The code of six digits that an app shows (RFC 6238). */
function code(secret, at = Date.now()) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replaceAll(" ", "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac("sha1", key).update(counter).digest();
  const offset = mac.at(-1) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** The code of the next half minute, which is taken too: for a second log-in within the same one. */
const nextCode = (secret) => code(secret, Date.now() + 30_000);

async function enter(page, { email, password }, to = "/admin/account") {
  await page.goto(`${city.url}${to}`);
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(password);
  await page.locator(".login form button").last().click();
}

const heading = (page) => page.locator("h1");

plain("a code from an app, and recovery codes", async ({ page }) => {
  await enter(page, city.kim);
  await expectGoodEverywhere(page, "account-one-step");
  await page.getByRole("link", { name: "Andra steget" }).click();
  await expectGoodEverywhere(page, "factors-none");
  await page.getByRole("button", { name: "Koppla en app" }).click();
  const secret = await page.locator(".secret").textContent();
  await expect(page.locator("img.qr")).toBeVisible();
  expect(await page.locator("img.qr").evaluate((picture) => picture.naturalWidth)).toBeGreaterThan(100);
  await expectGoodEverywhere(page, "factors-add-app");
  await page.locator("input[name=code]").fill("000000");
  await page.getByRole("button", { name: "Koppla appen" }).click();
  await expect(page.locator("input[name=code][aria-invalid=true]")).toBeVisible();
  await expect(page.locator(".secret")).toHaveText(secret);
  await page.locator("input[name=code]").fill(code(secret));
  await page.getByRole("button", { name: "Koppla appen" }).click();
  await expect(page.locator(".done")).toContainText("Appen är kopplad");
  await expectGoodEverywhere(page, "factors-app");
  await page.getByRole("button", { name: "Gör nya koder" }).click();
  await expect(page.locator(".codes li")).toHaveCount(10);
  await expectGoodEverywhere(page, "factors-codes");
  const codes = await page.locator(".codes li").allTextContents();
  await page.getByRole("link", { name: "Jag har sparat dem" }).click();
  await expect(page.locator("main")).toContainText("Du har 10 återställningskoder kvar");

  await page.getByRole("button", { name: "Logga ut" }).click();
  await expect(page.locator(".login")).toContainText("Du är utloggad");
  await enter(page, city.kim, "/admin/account/password");
  await expect(heading(page)).toHaveText("Bekräfta att det är du");
  await expectGoodEverywhere(page, "second-step");
  await page.locator("input[name=code]").fill("000000");
  await page.getByRole("button", { name: "Fortsätt" }).click();
  await expect(page.locator("[role=alert]")).toContainText("Koden stämmer inte");
  await expectGoodEverywhere(page, "second-step-wrong");
  await page.locator("input[name=code]").fill(nextCode(secret));
  await page.getByRole("button", { name: "Fortsätt" }).click();
  await expect(page, "where one was going").toHaveURL(/account\/password$/);
  await expectGoodEverywhere(page, "account-password");

  await page.getByRole("button", { name: "Logga ut" }).click();
  await expect(page.locator(".login")).toContainText("Du är utloggad");
  await enter(page, city.kim);
  await page.locator("input[name=code]").fill(codes[4].toUpperCase());
  await page.getByRole("button", { name: "Fortsätt" }).click();
  await expect(page.locator(".sessions")).toContainText("med återställningskod");
});

plain("a passkey", async ({ page, context }) => {
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", { options });
  await enter(page, city.lo, "/admin/account/second-factor");
  await page.getByRole("button", { name: "Lägg till en nyckel" }).click();
  await expectGoodEverywhere(page, "factors-add-passkey");
  await page.locator("input[name=name]").fill("Jobbdatorn");
  await page.getByRole("button", { name: "Fortsätt" }).click();
  await expect(page.locator(".done")).toContainText("Nyckeln är tillagd");
  await expect(page.locator(".sessions")).toContainText("Jobbdatorn");
  await expectGoodEverywhere(page, "factors-passkey");

  await page.getByRole("button", { name: "Logga ut" }).click();
  await expect(page.locator(".login")).toContainText("Du är utloggad");
  await enter(page, city.lo);
  await expect(heading(page)).toHaveText("Bekräfta att det är du");
  await expectGoodEverywhere(page, "second-step-passkey");
  await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
  await page.getByRole("button", { name: "Använd din nyckel" }).click();
  await expect(page.locator("[role=status]")).toContainText("Det blev ingen nyckel");
  await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });
  await page.getByRole("button", { name: "Använd din nyckel" }).click();
  await expect(page.locator(".sessions")).toContainText("med lösenord och nyckel");

  // Taken away, it is asked for no more.
  await page.goto(`${city.url}/admin/account/second-factor`);
  await page.getByRole("button", { name: "Ta bort nyckeln Jobbdatorn" }).click();
  await expect(page.locator(".done")).toContainText("Nyckeln är borttagen");
  await page.getByRole("button", { name: "Logga ut" }).click();
  await expect(page.locator(".login")).toContainText("Du är utloggad");
  await enter(page, city.lo);
  await expect(page.locator(".sessions")).toContainText("med lösenord");
});

/** Through the provider's own pages, up to the address that it sends the browser back to. */
async function atProvider(page, name) {
  await page.getByRole("link", { name: /Logga in med stadens inloggning/ }).click();
  if (await page.locator("input[name=login]").count()) {
    await page.locator("input[name=login]").fill(name);
    await page.locator("input[name=password]").fill("any");
    await page.locator("button[type=submit]").click();
  }
  // The first time, the provider asks whether this site may know who one is.
  const consent = page.getByRole("button", { name: "Continue" });
  if (page.url().startsWith(city.provider.issuer) && await consent.count()) await consent.click();
}

plain("the city's own log-in: groups give roles, and take them away", async ({ page }) => {
  const returned = [];
  page.on("request", (request) => {
    if (request.url().includes("/provider/callback")) returned.push(request.url());
  });
  await page.goto(`${city.url}/admin/pages`);
  await expectGoodEverywhere(page, "log-in-provider");
  await atProvider(page, "asa");
  await expect(page, "where one was going").toHaveURL(`${city.url}/admin/pages`);
  await page.goto(`${city.url}/admin/account`);
  await expect(page.locator("main")).toContainText("asa@stad.example");
  await expect(page.locator("tbody")).toContainText("Byggnadsnämnden");
  await expect(page.locator("tbody")).toContainText("Från stadens inloggning");
  await expect(page.locator(".sessions")).toContainText("med stadens inloggning");
  await expectGoodEverywhere(page, "account-provider");
  await page.goto(`${city.url}/admin/account/second-factor`);
  await expect(page.locator("main")).toContainText("Du loggar in med stadens inloggning");
  await expectGoodEverywhere(page, "factors-provider");

  // The same address once more, as from the history: it is used up.
  await page.goto(returned[0]);
  await expect(page.locator("[role=alert]")).toContainText("redan använd eller för gammal");
  await expectGoodEverywhere(page, "log-in-provider-stale");

  groups.asa = [];
  await page.goto(`${city.url}/admin/log-in`);
  await atProvider(page, "asa");
  await page.goto(`${city.url}/admin/account`);
  await expect(page.locator("main")).toContainText("Du har inga behörigheter");
  expect((await page.goto(`${city.url}/admin/pages`)).status()).toBe(403);

  await page.goto(`${city.url}/admin/account`);
  await page.getByRole("button", { name: "Logga ut" }).click();
  await expect(page.locator(".login")).toContainText("Du är utloggad");
  await page.getByRole("link", { name: "Logga ut från stadens inloggning också" }).click();
  await expect(page).toHaveURL(new RegExp(`^${city.provider.issuer}`));
  await page.locator("button[value=yes]").click();
  await expect(page).toHaveURL(`${city.url}/admin/log-in?out=here`);
});

plain("somebody without an account and without a group is told", async ({ page }) => {
  await page.goto(`${city.url}/admin`);
  await atProvider(page, "bo");
  await expect(page.locator("[role=alert]")).toContainText("men har inget konto här");
});

plain("the provider goes down in the middle of a log-in", async ({ page }) => {
  groups.mio = ["webb"];
  await page.goto(`${city.url}/admin`);
  city.provider.goDownAfterNextLogIn();
  const back = page.waitForResponse((response) => response.url().includes("/provider/callback"));
  await atProvider(page, "mio");
  expect((await back).status()).toBe(503);
  await expect(page.locator("[role=alert]")).toContainText("svarar inte just nu");
  await expectGoodEverywhere(page, "log-in-provider-down");
});

test("log-ins are listed and ended, one and all others", async ({ browser, page, baseURL }) => {
  await logIn(page);
  const others = [];
  for (let count = 0; count < 2; count += 1) {
    const context = await browser.newContext({ baseURL, locale: "sv-SE" });
    others.push({ context, page: await context.newPage() });
    await logIn(others[count].page);
  }
  await page.goto("/admin/account");
  const before = await page.locator(".sessions li").count();
  expect(before).toBeGreaterThanOrEqual(3);
  await page.locator(".sessions button").first().click();
  await expect(page.locator(".done")).toBeVisible();
  await expect(page.locator(".sessions li")).toHaveCount(before - 1);
  await page.getByRole("button", { name: "Avsluta alla andra" }).click();
  await expect(page.locator(".sessions li")).toHaveCount(1);
  for (const other of others) {
    await other.page.goto("/admin/account");
    await expect(other.page).toHaveURL(/log-in/);
    await other.context.close();
  }
});

test("a log-in that ends while somebody writes costs no words", async ({ page, context }) => {
  await logIn(page);
  await page.goto("/admin/units");
  await page.locator("tbody a").first().click();
  const street = page.locator("input[name=street]");
  const before = await street.inputValue();
  await street.fill("Provgatan 7, skriven under en timme");
  // The log-in ends somewhere else.
  const cookies = await context.cookies();
  await page.request.post("/admin/log-out", { headers: { "sec-fetch-site": "same-origin" } });
  await context.addCookies(cookies);
  await page.locator(".formact button").click();
  await expect(heading(page)).toHaveText("Du är inte inloggad längre");
  await expectGoodEverywhere(page, "logged-out-while-writing");
  const opening = context.waitForEvent("page");
  await page.locator("main a[target=_blank], .oops a[target=_blank]").click();
  const door = await opening;
  const { email, password } = demoAccount(process.env.TORG_TEST_DATA);
  await door.locator("input[name=email]").fill(email);
  await door.locator("input[type=password]").fill(password);
  await door.locator(".login button").click();
  await expect(door.locator("body.desk")).toBeVisible();
  await door.close();
  await page.locator(".oops button[type=submit]").click();
  await expect(page.locator(".done")).toBeVisible();
  await page.goto("/admin/units");
  await page.locator("tbody a").first().click();
  await expect(street).toHaveValue("Provgatan 7, skriven under en timme");
  await street.fill(before);
  await page.locator(".formact button").click();
  await expect(page.locator(".done")).toBeVisible();
});
