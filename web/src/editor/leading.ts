// The leading picture of a page: chosen in the same box as pictures of the text, and seen. Without script the
// field takes the picture's name in the media bank.
import { el, freshId } from "./dom";
import type { Island } from "./island";
import { choosePicture } from "./pictures";

/** Puts a choice in place of the field. `id` tells which picture it names. */
export function leadingPicture(form: HTMLFormElement, island: Island, id: () => string): void {
  const input = form.elements.namedItem("picture");
  const row = input instanceof HTMLInputElement ? input.closest<HTMLElement>(".field") : null;
  if (!(input instanceof HTMLInputElement) || !row) return;
  const { t } = island;
  const label = row.querySelector("label");
  const name = el("span", { class: "ed-lead-label", id: freshId("lead") }, ...(label?.childNodes ?? []));
  const choose = el("button", { type: "button", class: "ds-button", "data-variant": "secondary" });
  const remove = el("button", { type: "button", class: "ds-button", "data-variant": "tertiary" }, t("picture-remove"));
  const seen = el("div", { class: "ed-lead-picture" });
  const box = el("div", { class: "ed-lead", role: "group", "aria-labelledby": name.id }, seen, el("p", { class: "ed-lead-tools" }, choose, remove));
  label?.replaceWith(name);
  input.type = "hidden";
  // How its name is written is nobody's concern here.
  row.querySelector(".hint")?.remove();
  // What is wrong with it is told with a link to the field, which nobody sees.
  choose.id = input.id;
  input.removeAttribute("id");
  input.after(box);
  let stop = (): void => {};
  const draw = (): void => {
    stop();
    const picture = id().trim();
    choose.textContent = t(picture ? "picture-other" : "picture-choose");
    remove.hidden = !picture;
    if (!picture) {
      seen.replaceChildren();
      return;
    }
    const ref = `picture:${picture}`;
    stop = island.shown.watch(ref, draw);
    const thing = island.shown.get(ref);
    seen.replaceChildren(thing?.src ? el("img", { src: thing.src, alt: thing.alt ?? "" })
      : el("p", { class: "ed-missing" }, thing === null ? t("picture-gone") : t("loading")));
  };
  const set = (to: string): void => {
    input.value = to;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    draw();
  };
  choose.addEventListener("click", () => choosePicture(island, set, () => choose.focus()));
  remove.addEventListener("click", () => {
    set("");
    choose.focus();
  });
  input.addEventListener("torg-written", draw);
  draw();
}
