// Mail as the demo city sends it: into a folder, one file each. And the keyboard, as those use it who have
// nothing else.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, within } from "./base.mjs";

/** The words of a mail: quoted-printable and base64 read, headings left as they are. */
function words(source) {
  const [, body] = source.split(/\r?\n\r?\n(.*)/s);
  const parts = /boundary="?([^"\r\n;]+)/.exec(source);
  if (parts) {
    const inner = source.split(`--${parts[1]}`).slice(1, -1).map((part) => part.replace(/^\r?\n/, ""));
    return inner.map(words).join("\n");
  }
  if (/^content-transfer-encoding:\s*base64/im.test(source)) return Buffer.from(body, "base64").toString("utf8");
  if (/^content-transfer-encoding:\s*quoted-printable/im.test(source)) {
    const bytes = body.replaceAll(/=\r?\n/g, "").replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(bytes, "latin1").toString("utf8");
  }
  return body ?? "";
}

/** All letters to an address, the oldest first. */
function letters(address) {
  const folder = join(process.env.TORG_TEST_DATA, "mail");
  let names = [];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith(".eml")).sort();
  } catch {
    return [];
  }
  const all = names.map((name) => readFileSync(join(folder, name), "utf8"));
  return all.filter((source) => new RegExp(`^to:.*${address.replaceAll(".", "\\.")}`, "im").test(source)).map(words);
}

/** The letter to an address that holds some words; waits until it has been sent. */
export async function letterTo(address, text) {
  let found;
  await within(30_000, `a letter to ${address}`, () => {
    found = letters(address).find((letter) => letter.includes(text));
    return found !== undefined;
  });
  return found;
}

/** Goes on with Tab until a thing has the focus, as somebody does who has no mouse. */
export async function tabTo(page, goal, most = 120) {
  for (let turn = 0; turn < most; turn += 1) {
    if (await goal.evaluate((own) => own === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(goal, `reached by ${most} presses of Tab`).toBeFocused();
}
