// Ctrl-K: the search over everything that one may see, in a dialogue over whatever one is doing. The
// link that opens it leads to the same search as a page, for those without scripts. An editable
// combobox with a grouped list (WAI-ARIA Authoring Practices); all words come from the server.

import "./log-out";

interface Hit {
  title: string;
  lang?: string;
  href: string;
  note: string;
}
interface Answer {
  groups: { label: string; hits: Hit[] }[];
  status: string;
  more: string;
}

/** Milliseconds without a key before the server is asked. */
const PAUSE = 120;

function made<K extends keyof HTMLElementTagNameMap>(name: K, set: Record<string, string> = {}, ...inner: (Node | string)[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(set)) element.setAttribute(key, value);
  element.append(...inner);
  return element;
}

function finder(link: HTMLAnchorElement): void {
  const address = link.dataset["find"];
  if (!address) return;
  const word = (name: string): string => link.dataset[name] ?? "";

  const input = made("input", {
    type: "text", class: "ds-input", id: "find_words", role: "combobox", autocomplete: "off", spellcheck: "false",
    "aria-autocomplete": "list", "aria-expanded": "true", "aria-controls": "find_list", maxlength: "200",
  });
  const list = made("div", { id: "find_list", role: "listbox", "aria-label": word("label") });
  const status = made("p", { class: "hint", role: "status" });
  const more = made("a", { href: link.href }, word("more"));
  const close = made("button", { type: "button", class: "ds-button", "data-variant": "tertiary" }, word("close"));
  const dialog = made("dialog", { class: "finder", "aria-labelledby": "find_label" },
    made("label", { for: "find_words", id: "find_label" }, word("label")), input, list,
    made("div", { class: "finderfoot" }, status, more, close));

  let active = -1;
  let timer = 0;
  let running: AbortController | undefined;
  const options = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("[role=option]")];

  const mark = (to: number): void => {
    const all = options();
    active = all.length === 0 ? -1 : (to + all.length) % all.length;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    const option = all[active];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };

  const draw = (answer: Answer): void => {
    let number = 0;
    const groups = answer.groups.map((group, at) => {
      const label = made("p", { id: `find_group_${at}`, class: "kind", role: "presentation" }, group.label);
      const hits = group.hits.map((hit) => {
        const title = made("span", hit.lang ? { class: "title", lang: hit.lang } : { class: "title" }, hit.title);
        const option = made("div", { id: `find_hit_${number++}`, role: "option", "aria-selected": "false", "data-href": hit.href }, title);
        if (hit.note) option.append(" ", made("span", { class: "note" }, hit.note));
        return option;
      });
      return made("div", { role: "group", "aria-labelledby": `find_group_${at}` }, label, ...hits);
    });
    list.replaceChildren(...groups);
    status.textContent = answer.status;
    more.href = answer.more;
    mark(0);
  };

  const ask = async (): Promise<void> => {
    running?.abort();
    const own = new AbortController();
    running = own;
    try {
      const reply = await fetch(`${address}?q=${encodeURIComponent(input.value)}`, { signal: own.signal, headers: { accept: "application/json" } });
      if (!reply.ok) throw new Error(String(reply.status));
      draw((await reply.json()) as Answer);
    } catch {
      if (!own.signal.aborted) {
        list.replaceChildren();
        mark(-1);
        status.textContent = word("failed");
      }
    }
  };

  const open = (): void => {
    if (dialog.open) return;
    document.body.append(dialog);
    dialog.showModal();
    input.select();
    void ask();
  };
  const go = (option: HTMLElement | undefined, elsewhere: boolean): void => {
    const href = option?.dataset["href"];
    if (!href) return;
    if (elsewhere) window.open(href, "_blank", "noopener");
    else location.assign(href);
  };

  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    // A part of the page that uses the key itself, such as an editor's link, says so by taking it.
    if (event.defaultPrevented || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    open();
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      go(options()[active], event.ctrlKey || event.metaKey);
    }
  });
  list.addEventListener("click", (event) => {
    const option = (event.target as Element).closest<HTMLElement>("[role=option]");
    if (option) go(option, event.ctrlKey || event.metaKey);
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}

for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-find]")) finder(link);
