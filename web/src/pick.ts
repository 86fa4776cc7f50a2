// The field that says which page lies above: while somebody writes, addresses are offered with the titles of
// their pages, and a title that is written out becomes its address. Without this one writes the address.

interface Found { title: string; href?: string }

/** Milliseconds without a key before the server is asked. */
const PAUSE = 150;

function pick(input: HTMLInputElement): void {
  const list = document.createElement("datalist");
  list.id = `${input.id}_pages`;
  input.after(list);
  input.setAttribute("list", list.id);
  input.autocomplete = "off";
  let timer = 0;
  let asked = "";
  const known = new Map<string, string>();
  const plain = (text: string): string => text.trim().toLocaleLowerCase();

  const ask = async (): Promise<void> => {
    const query = input.value.trim();
    if (query === asked) return;
    asked = query;
    const locale = input.form?.querySelector<HTMLSelectElement>("select[name=locale]")?.value ?? input.form?.dataset["locale"] ?? "sv";
    try {
      const answer = await fetch(`/admin/lookups/search?${new URLSearchParams({ q: query, kinds: "page", locale })}`, { headers: { accept: "application/json" } });
      if (!answer.ok || input.value.trim() !== query) return;
      const { items } = await answer.json() as { items: Found[] };
      list.replaceChildren(...items.filter((item) => item.href).map((item) => {
        known.set(plain(item.title), item.href!);
        const option = document.createElement("option");
        option.value = item.href!;
        option.label = item.title;
        return option;
      }));
    } catch {
      // No connection: one writes the address.
    }
  };
  input.addEventListener("focus", () => void ask());
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), PAUSE);
  });
  input.addEventListener("change", () => {
    const address = input.value.startsWith("/") ? undefined : known.get(plain(input.value));
    if (!address) return;
    input.value = address;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

/** A page that is laid below another moves there: its address follows, unless it was another than the place
 *  says, or somebody has changed it by hand. */
function follow(parent: HTMLInputElement): void {
  const address = parent.form?.elements.namedItem("address");
  if (!(address instanceof HTMLInputElement)) return;
  let above = parent.value.trim();
  const change = (): void => {
    const to = parent.value.trim();
    const old = address.value.trim();
    if (to === above || !to.startsWith("/")) return;
    const cut = old.lastIndexOf("/");
    if (old.slice(0, cut) === above.replace(/\/$/, "") && cut + 1 < old.length) {
      address.value = `${to.replace(/\/$/, "")}${old.slice(cut)}`;
      address.dispatchEvent(new Event("input", { bubbles: true }));
    }
    above = to;
  };
  parent.addEventListener("change", change);
  // What comes from others is where it lies now.
  parent.addEventListener("torg-written", () => { above = parent.value.trim(); });
}

for (const input of document.querySelectorAll<HTMLInputElement>("form input[name=parent]")) {
  pick(input);
  follow(input);
}
