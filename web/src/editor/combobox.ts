// A field with a list of what fits (the combobox pattern of ARIA): arrows choose, Enter takes, the list
// is read out by the field's active descendant.
import { el, freshId, icon } from "./dom";

export interface Option { label: string; note?: string; drawing?: string; picture?: string; disabled?: string }
export interface Combobox { input: HTMLInputElement; list: HTMLUListElement; refresh: () => void }

export function combobox<T extends Option>(options: {
  label: string; placeholder?: string; wait?: number; big?: boolean;
  find: (query: string) => T[] | Promise<T[]>;
  choose: (option: T) => void;
  counted: (count: number) => string;
  failed: () => string;
}): Combobox {
  const list = el("ul", { role: "listbox", id: freshId("list"), "aria-label": options.label, class: options.big ? "ed-options big" : "ed-options" });
  const input = el("input", {
    type: "text", class: "ds-input", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    autocomplete: "off", autocapitalize: "off", spellcheck: "false", id: freshId("field"),
  });
  const status = el("p", { class: "ed-count", role: "status" });
  let found: T[] = [];
  let active = -1;
  let asked = 0;
  let answered = 0;
  let timer = 0;

  const mark = (to: number): void => {
    active = to;
    [...list.children].forEach((child, at) => child.setAttribute("aria-selected", String(at === to)));
    const option = list.children[to];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const take = (at: number): void => {
    const option = found[at];
    if (option && !option.disabled) options.choose(option);
  };
  const draw = (): void => {
    list.replaceChildren(...found.map((option, at) => {
      const made = el("li", { role: "option", id: freshId("option"), "aria-selected": "false", "aria-disabled": option.disabled ? "true" : null },
        option.picture ? el("img", { src: option.picture, alt: "" }) : option.drawing ? icon(option.drawing) : null,
        el("span", {}, el("b", {}, option.label), option.disabled || option.note ? el("small", {}, option.disabled ?? option.note) : null));
      made.addEventListener("mousedown", (event) => event.preventDefault());
      made.addEventListener("click", () => take(at));
      return made;
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    mark(found.findIndex((option) => !option.disabled));
    status.textContent = options.counted(found.length);
  };
  const waiting = (): boolean => timer !== 0 || answered !== asked;
  const find = (): void => {
    timer = 0;
    const number = ++asked;
    const answer = options.find(input.value.trim());
    if (!(answer instanceof Promise)) {
      found = answer;
      answered = number;
      draw();
      return;
    }
    answer.then((all) => {
      if (number !== asked) return;
      found = all;
      answered = number;
      draw();
    }, () => {
      if (number !== asked) return;
      answered = number;
      found = [];
      draw();
      status.textContent = options.failed();
    });
  };
  const step = (by: number): void => {
    if (!found.length) return;
    let to = active;
    for (let tries = 0; tries < found.length; tries++) {
      to = (to + by + found.length) % found.length;
      if (!found[to].disabled) break;
    }
    mark(to);
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = 0;
    if (options.wait) timer = window.setTimeout(find, options.wait);
    else find();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && !event.isComposing) {
      // What stands in the list belongs to what was written before: it is not taken.
      if (!waiting() && active >= 0) take(active);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  queueMicrotask(() => list.after(status));
  return { input, list, refresh: find };
}
