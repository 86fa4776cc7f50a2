// A translation has the Swedish text beside it while somebody writes. The part that belongs to the block at
// the caret is marked: the server says which blocks belong together, and a block that is new since belongs to
// the part of the last one before it that is known.
import { el, freshId } from "./dom";
import type { Island } from "./island";

export class Source {
  /** Title and lead first, then what the source says, row by row. */
  private parts: HTMLElement[] = [];
  /** The row of each block of the translation. */
  private readonly rows = new Map<string, number>();
  private at = 0;

  constructor(private readonly island: Island) {}

  /** Fetches the source from the page that shows both texts; a text that has none stays alone. */
  async open(url: string): Promise<void> {
    let html: string;
    try {
      const answer = await fetch(url, { headers: { accept: "text/html" } });
      if (!answer.ok || answer.redirected) return;
      html = await answer.text();
    } catch {
      return;
    }
    const both = new DOMParser().parseFromString(html, "text/html");
    const all = [...both.querySelectorAll<HTMLTableRowElement>(".beside tbody tr")];
    const aside = document.querySelector("aside.standing");
    if (!all.length || !aside) return;
    for (const row of all) {
      const side = row.querySelector<HTMLElement>("td[lang=sv]");
      const lines = [...side?.children ?? []];
      // What only the translation has belongs to the part before it.
      if (lines.length || !this.parts.length) this.parts.push(el("div", { class: "said" }, ...lines.map((line) => el("p", { class: line.className }, line.textContent ?? ""))));
      if (row.dataset.block) this.rows.set(row.dataset.block, this.parts.length - 1);
    }
    const heading = el("h2", { id: freshId("source") }, this.island.t("source"));
    const text = el("div", { class: "ed-original", lang: "sv", tabindex: "0", role: "group", "aria-labelledby": heading.id }, ...this.parts);
    aside.prepend(el("section", { class: "ed-beside", "aria-labelledby": heading.id }, heading, text));
    this.mark(this.at);
  }

  /** Marks what belongs to the last of these blocks that the source knows; title and lead for none. */
  follow(blocks: string[]): void {
    const known = blocks.findLast((block) => this.rows.has(block));
    const at = known === undefined ? 0 : this.rows.get(known)!;
    if (at !== this.at) this.mark(at);
  }

  private mark(at: number): void {
    this.at = at;
    this.parts.forEach((part, index) => part.classList.toggle("now", index === at));
    const now = this.parts[at];
    const text = now?.parentElement;
    // Only the text beside is moved, never the page.
    if (now && text) text.scrollTop = now.offsetTop - text.clientHeight / 3;
  }
}
