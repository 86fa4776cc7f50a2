// The search field's suggestions: a combobox with a list (WAI-ARIA Authoring Practices, editable
// combobox with list autocomplete), on a form that works without it. And the count of which result
// was chosen, sent without anything that says by whom.

interface Suggestion {
  text: string;
  url: string;
  type: string;
}

/** Milliseconds without a key before suggestions are asked for. */
const PAUSE = 150;
/** Letters before suggestions are asked for. */
const LETTERS = 2;
/** Answers that are remembered, for those who erase and write again. */
const REMEMBERED = 50;

function combobox(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("input[name=q]");
  const box = form.querySelector<HTMLElement>(".box");
  const address = form.dataset["suggest"];
  if (!input || !box || !address) return;

  const list = document.createElement("ul");
  list.id = `${input.id}_list`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset["list"] ?? "");
  list.hidden = true;
  const status = document.createElement("p");
  status.className = "sr";
  status.setAttribute("role", "status");
  box.append(list);
  form.append(status);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]] as const) {
    input.setAttribute(name, value);
  }

  const known = new Map<string, Suggestion[]>();
  let shown: Suggestion[] = [];
  let active = -1;
  let written = input.value;
  let timer = 0;
  let running: AbortController | undefined;
  /** Not before this time, since the server asked for a pause. */
  let notBefore = 0;

  const close = (): void => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = (to: number): void => {
    active = to;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === to)));
    const option = list.children[to];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
    input.value = shown[to]?.text ?? written;
  };

  const choose = (suggestion: Suggestion): void => {
    close();
    location.assign(suggestion.url);
  };

  const show = (suggestions: Suggestion[]): void => {
    shown = suggestions;
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...suggestions.map((suggestion, at) => {
      const option = document.createElement("li");
      option.id = `${list.id}_${at}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset["type"] = suggestion.type;
      option.textContent = suggestion.text;
      return option;
    }));
    list.hidden = suggestions.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    const words = suggestions.length === 0 ? form.dataset["none"] : suggestions.length === 1 ? form.dataset["one"] : form.dataset["many"];
    status.textContent = (words ?? "").replace("#", String(suggestions.length));
  };

  const ask = async (): Promise<void> => {
    const text = input.value.trim();
    running?.abort();
    if (text.length < LETTERS) {
      status.textContent = "";
      close();
      return;
    }
    const before = known.get(text);
    if (before) {
      show(before);
      return;
    }
    if (Date.now() < notBefore) return;
    const own = new AbortController();
    running = own;
    try {
      const answer = await fetch(`${address}&q=${encodeURIComponent(text)}`, { signal: own.signal, credentials: "omit" });
      if (answer.status === 429) notBefore = Date.now() + 1000 * Number(answer.headers.get("retry-after") ?? 1);
      if (!answer.ok) return;
      const { suggestions } = await answer.json() as { suggestions: Suggestion[] };
      if (known.size >= REMEMBERED) known.clear();
      known.set(text, suggestions);
      // The answer may come after the field was left or changed.
      if (!own.signal.aborted && document.activeElement === input && input.value.trim() === text) show(suggestions);
    } catch {
      // Aborted, or no connection: the form works as it is.
    }
  };

  input.addEventListener("input", () => {
    written = input.value;
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    const last = shown.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open) {
        if (shown.length > 0 && input.value === written && written.trim().length >= LETTERS) show(shown);
        else void ask();
      } else if (event.key === "ArrowDown") {
        mark(active === last ? -1 : active + 1);
      } else {
        mark(active === -1 ? last : active - 1);
      }
      event.preventDefault();
    } else if (event.key === "Escape" && open) {
      input.value = written;
      close();
      event.preventDefault();
    } else if (event.key === "Enter" && open && shown[active]) {
      choose(shown[active]);
      event.preventDefault();
    } else if (event.key === "Tab") {
      close();
    }
  });
  input.addEventListener("blur", close);
  // The field keeps the focus while the pointer chooses.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = (event.target as Element).closest("[role=option]");
    const suggestion = option && shown[[...list.children].indexOf(option)];
    if (suggestion) choose(suggestion);
  });
}

/** Counts the result that is chosen. */
function count(results: HTMLElement): void {
  results.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("h2 a");
    const item = link?.closest("li");
    if (!link || !item) return;
    const { query = "", before = "0", lang = "sv" } = results.dataset;
    navigator.sendBeacon("/api/v1/search/click", new URLSearchParams({
      q: query,
      lang,
      position: String(Number(before) + [...results.children].indexOf(item) + 1),
      url: link.getAttribute("href") ?? "",
    }));
  });
}

document.querySelectorAll<HTMLFormElement>("form[data-suggest]").forEach(combobox);
document.querySelectorAll<HTMLElement>("ol.results[data-query]").forEach(count);
