// Pictures of the media bank: choosing, sending in a new one, what is said to those who do not see it.
import type { Node } from "prosemirror-model";
import { checkbox, field, openBox } from "./dialog";
import { el, freshId } from "./dom";
import type { Island } from "./island";
import { finder, type Found, type Kind } from "./lookup";

export interface PictureAttrs { picture: string; alt: string | null }

/** Chooses a picture, or sends one in, and then asks what it shows. */
export function pictureBox(island: Island, done: (attrs: PictureAttrs) => void): void {
  choosePicture(island, (id) => altBox(island, id, null, (alt) => done({ picture: id, alt })), () => island.view.focus());
}

/** Chooses a picture, or sends one in. */
export function choosePicture(island: Island, done: (id: string) => void, onClose?: () => void): void {
  const { t } = island;
  const box = openBox(island.root, { title: t("picture-choose"), cancel: t("cancel"), wide: true, onClose });
  const take = (found: Found): void => {
    island.shown.put(`picture:${found.id}`, found);
    box.close();
    done(found.id);
  };
  const kinds: Kind[] = ["picture"];
  const search = finder(island, t("picture-choose"), kinds, take);
  const row = field(t("picture-search"), search.input);
  const standard = checkbox(t("picture-standard"), false);
  standard.input.addEventListener("change", () => {
    kinds[0] = standard.input.checked ? "standard" : "picture";
    search.refresh();
  });
  row.element.append(standard.element, search.list);
  box.body.append(row.element, upload(island, (found) => take(found)));
  search.refresh();
  search.input.focus();
}

/** A form for a new picture, sent to the media bank without leaving the text. */
function upload(island: Island, done: (found: Found) => void): HTMLElement {
  const { t } = island;
  const file = el("input", { type: "file", class: "ds-input", accept: "image/jpeg,image/png,image/webp,image/gif,image/svg+xml" });
  const alt = el("input", { type: "text", class: "ds-input" });
  const credit = el("input", { type: "text", class: "ds-input" });
  const x = el("input", { type: "number", class: "ds-input", min: "0", max: "100", value: "50" });
  const y = el("input", { type: "number", class: "ds-input", min: "0", max: "100", value: "50" });
  const preview = el("div", { class: "ed-focal", hidden: true });
  const image = el("img", { alt: "" });
  const dot = el("span", { class: "ed-dot", "aria-hidden": "true" });
  preview.append(image, dot);
  const status = el("p", { role: "status", class: "ed-count" });
  const rights = el("div", { class: "ed-rights" });
  const rows = { file: field(t("upload-file"), file, t("upload-file-hint")), alt: field(t("upload-alt"), alt, t("alt-hint")), credit: field(t("upload-credit"), credit) };
  const mark = (): void => {
    dot.style.left = `${x.value}%`;
    dot.style.top = `${y.value}%`;
  };
  x.addEventListener("input", mark);
  y.addEventListener("input", mark);
  preview.addEventListener("click", (event) => {
    const frame = image.getBoundingClientRect();
    x.value = String(Math.round(Math.min(100, Math.max(0, (event.clientX - frame.left) / frame.width * 100))));
    y.value = String(Math.round(Math.min(100, Math.max(0, (event.clientY - frame.top) / frame.height * 100))));
    mark();
  });
  file.addEventListener("change", () => {
    rows.file.wrong("");
    const chosen = file.files?.[0];
    if (!chosen || chosen.type === "image/svg+xml") {
      preview.hidden = true;
      return;
    }
    const reader = new FileReader();
    reader.onload = () => {
      image.src = String(reader.result);
      preview.hidden = false;
      mark();
    };
    reader.readAsDataURL(chosen);
  });
  const send = el("button", { type: "button", class: "ds-button" }, t("upload-send"));
  send.addEventListener("click", async () => {
    const chosen = file.files?.[0];
    if (!chosen) {
      rows.file.wrong(t("upload-file-needed"));
      return;
    }
    send.disabled = true;
    status.textContent = t("upload-running");
    try {
      const chosenRights = Object.fromEntries([...rights.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select")].map((one) => [one.name, one.value]));
      const answer = await sendPicture(chosen, { ...chosenRights, [island.locale.startsWith("en") ? "alt_en" : "alt_sv"]: alt.value, credit: credit.value, focus_x: x.value, focus_y: y.value });
      if ("id" in answer) {
        done({ kind: "picture", id: answer.id, title: alt.value, label: alt.value, alt: alt.value, ...(await seen(island, answer.id)) });
        return;
      }
      status.textContent = "";
      tell(answer.wrong);
    } catch {
      status.textContent = t("upload-failed");
    } finally {
      send.disabled = false;
    }
  });
  /** Each fault at the field that it is about; the last of those that have none of their own here stand at the file. */
  const tell = (wrong: Wrong[]): void => {
    for (const row of Object.values(rows)) row.wrong("");
    for (const old of rights.querySelectorAll(".err")) old.remove();
    for (const old of rights.querySelectorAll("[aria-invalid]")) old.removeAttribute("aria-invalid");
    for (const old of rights.querySelectorAll(".field.bad")) old.classList.remove("bad");
    const rest: string[] = [];
    let first: HTMLElement | undefined;
    for (const { name, message } of wrong) {
      const input = [...rights.querySelectorAll<HTMLElement>("[name]")].find((one) => one.getAttribute("name") === name);
      const row = name.startsWith("alt_") ? rows.alt : name === "credit" ? rows.credit : undefined;
      if (input) {
        const error = el("p", { class: "err", id: freshId("error") }, message);
        input.before(error);
        input.setAttribute("aria-invalid", "true");
        input.setAttribute("aria-describedby", error.id);
        input.closest(".field")?.classList.add("bad");
        first ??= input;
      } else if (row) {
        row.wrong(message);
        first ??= name === "credit" ? credit : alt;
      } else rest.push(message);
    }
    if (rest.length || !wrong.length) {
      rows.file.wrong(rest.join(" ") || t("upload-failed"));
      first = file;
    }
    first?.focus();
  };
  const focus = el("details", {}, el("summary", {}, t("upload-focus")), el("p", { class: "hint" }, t("upload-focus-hint")), preview,
    el("div", { class: "pair" }, field(t("upload-focus-x"), x).element, field(t("upload-focus-y"), y).element));
  const box = el("details", { class: "ed-upload" }, el("summary", {}, t("upload-new")), rows.file.element, rows.alt.element, rows.credit.element, rights, focus, el("p", {}, send), status);
  box.addEventListener("toggle", () => void askRights(rights), { once: true });
  return box;
}

/** What the media bank asks about the right to a picture: its own fields, with their words. */
async function askRights(into: HTMLElement): Promise<void> {
  const form = await bankForm();
  for (const name of ["licence", "terms", "people", "consent", "until", "until_reason"]) {
    const row = form?.querySelector(`[name="${name}"]`)?.closest(".field");
    if (row) into.append(document.importNode(row, true));
  }
}

async function bankForm(): Promise<HTMLFormElement | undefined> {
  const page = new DOMParser().parseFromString(await (await fetch("/admin/media/upload")).text(), "text/html");
  return [...page.querySelectorAll("form")].find((one) => one.querySelector("input[type=file]"));
}

async function seen(island: Island, id: string): Promise<Partial<Found>> {
  for (let tries = 0; tries < 20; tries++) {
    const thing = island.shown.get(`picture:${id}`);
    if (thing) return { src: thing.src, width: thing.width, height: thing.height, credit: thing.credit };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {};
}

/** What is wrong with a field of the media bank's form. */
interface Wrong { name: string; message: string }

/** The media bank's own form: who owns the picture is what it proposes. */
async function sendPicture(file: File, values: Record<string, string>): Promise<{ id: string } | { wrong: Wrong[] }> {
  const form = await bankForm();
  if (!form) return { wrong: [] };
  const sent = new FormData(form);
  for (const [name, value] of Object.entries(values)) sent.set(name, value);
  sent.set("file", file);
  const answer = await fetch(form.getAttribute("action") || "/admin/media/upload", { method: "POST", body: sent });
  const id = answer.redirected ? new URL(answer.url).pathname.match(/\/pictures\/([\da-f-]{36})/)?.[1] : undefined;
  if (id) return { id };
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const wrong = [...page.querySelectorAll(".err")].map((error) => ({
    name: error.closest(".field, fieldset")?.querySelector("[name]")?.getAttribute("name") ?? "",
    message: error.textContent?.trim() ?? "",
  }));
  return { wrong: wrong.filter((one) => one.message) };
}

/** Asks what a picture shows on this page: the bank's words, other words, or that it is a decoration. */
function altBox(island: Island, picture: string, alt: string | null, done: (alt: string | null) => void, more: HTMLElement[] = []): void {
  const { t } = island;
  const thing = island.shown.get(`picture:${picture}`);
  const words = el("textarea", { class: "ds-input", rows: "2" });
  words.value = alt ?? thing?.alt ?? "";
  const decoration = checkbox(t("alt-is-decoration"), alt === "");
  const row = field(t("alt"), words, t("alt-hint"));
  const toggle = (): void => {
    words.disabled = decoration.input.checked;
    row.wrong("");
  };
  decoration.input.addEventListener("change", toggle);
  const box = openBox(island.root, {
    title: t("picture-settings"), cancel: t("cancel"), submit: t("done"), wide: true, more,
    onSubmit: () => {
      const written = words.value.trim();
      if (!decoration.input.checked && !written) {
        row.wrong(t("alt-needed"));
        return false;
      }
      done(decoration.input.checked ? "" : written === thing?.alt ? null : written);
      return true;
    },
    onClose: () => island.view.focus(),
  });
  if (thing?.src) box.body.append(el("img", { src: thing.src, alt: "", class: "ed-preview" }));
  box.body.append(row.element, decoration.element,
    el("p", {}, el("a", { href: `/admin/media/pictures/${picture}`, target: "_blank" }, t("picture-in-bank"))));
  toggle();
  (decoration.input.checked ? decoration.input : words).focus();
}

export function pictureSettings(island: Island, node: Node, done: (attrs: PictureAttrs) => void): void {
  const other = el("button", { type: "button", class: "ds-button", "data-variant": "tertiary" }, island.t("picture-other"));
  altBox(island, node.attrs.picture, node.attrs.alt, (alt) => done({ picture: node.attrs.picture, alt }), [other]);
  other.addEventListener("click", () => {
    other.closest("dialog")?.close();
    pictureBox(island, done);
  });
}
