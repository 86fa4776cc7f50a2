// A menu of a button: arrows move, Enter does, Escape goes back to the button.
import { el, icon } from "./dom";

export interface Entry { label: string; drawing?: string; keys?: string; checked?: boolean; disabled?: string; run: () => void }

export function openMenu(at: HTMLElement, label: string, entries: Entry[], root: HTMLElement, done: () => void): void {
  root.querySelector(".ed-menu")?.remove();
  const menu = el("div", { role: "menu", class: "ed-menu", "aria-label": label, tabindex: "-1" });
  const close = (back: boolean): void => {
    document.removeEventListener("mousedown", outside, true);
    menu.remove();
    at.setAttribute("aria-expanded", "false");
    if (back) at.focus();
  };
  const outside = (event: Event): void => {
    if (!menu.contains(event.target as globalThis.Node)) close(false);
  };
  const items = entries.map((entry) => {
    const item = el("button", {
      type: "button", tabindex: "-1", role: entry.checked === undefined ? "menuitem" : "menuitemradio",
      "aria-checked": entry.checked === undefined ? null : String(entry.checked), "aria-disabled": entry.disabled ? "true" : null,
    }, entry.drawing ? icon(entry.drawing) : null, el("span", {}, entry.label, entry.disabled ? el("small", {}, entry.disabled) : null), entry.keys ? el("kbd", {}, entry.keys) : null);
    item.addEventListener("click", () => {
      if (entry.disabled) return;
      close(false);
      done();
      entry.run();
    });
    return item;
  });
  menu.append(...items);
  menu.addEventListener("keydown", (event) => {
    const now = items.indexOf(document.activeElement as HTMLButtonElement);
    const to = event.key === "ArrowDown" ? now + 1 : event.key === "ArrowUp" ? now - 1 : event.key === "Home" ? 0 : event.key === "End" ? items.length - 1 : NaN;
    if (!Number.isNaN(to)) items[(to + items.length) % items.length].focus();
    else if (event.key === "Escape") close(true);
    else if (event.key === "Tab") {
      close(true);
      return;
    } else {
      const letter = event.key.length === 1 && event.key !== " " ? event.key.toLowerCase() : "";
      const next = letter ? [...items.slice(now + 1), ...items].find((item) => item.textContent?.toLowerCase().startsWith(letter)) : undefined;
      if (!next) return;
      next.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  });
  root.append(menu);
  at.setAttribute("aria-expanded", "true");
  place(menu, at.getBoundingClientRect(), root);
  document.addEventListener("mousedown", outside, true);
  (items.find((item) => item.getAttribute("aria-checked") === "true") ?? items[0])?.focus();
}

/** Puts something under a place of the page, within the width of its root. */
export function place(box: HTMLElement, under: { left: number; right: number; top: number; bottom: number }, root: HTMLElement): void {
  const frame = root.getBoundingClientRect();
  const width = box.offsetWidth;
  const right = getComputedStyle(root).direction === "rtl" ? under.right - width : under.left;
  const left = Math.max(4, Math.min(right - frame.left, frame.width - width - 4));
  const below = under.bottom + 6 + box.offsetHeight <= window.innerHeight || under.top < box.offsetHeight;
  box.style.left = `${left}px`;
  box.style.top = `${(below ? under.bottom + 6 : under.top - 6 - box.offsetHeight) - frame.top}px`;
}
