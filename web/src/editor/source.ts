// A translation has the Swedish text beside it while somebody writes. The part that belongs to the block at
// the caret is marked: a translation has the blocks of its source in their order, as far as it follows it.
import { el, freshId } from "./dom";
import type { Island } from "./island";

export class Source {
  /** Title and lead first, then block by block. */
  private parts: HTMLElement[] = [];
  private at = -1;

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
    const sides = [...both.querySelectorAll<HTMLElement>(".beside tbody td[lang=sv]")];
    const aside = document.querySelector("aside.standing");
    if (!sides.length || !aside) return;
    this.parts = sides.map((side) => el("div", { class: "said" }, ...[...side.children].map((line) => el("p", { class: line.className }, line.textContent ?? ""))));
    const heading = el("h2", { id: freshId("source") }, this.island.t("source"));
    const text = el("div", { class: "ed-original", lang: "sv", tabindex: "0", role: "group", "aria-labelledby": heading.id }, ...this.parts);
    aside.prepend(el("section", { class: "ed-beside", "aria-labelledby": heading.id }, heading, text));
    this.mark(this.at);
  }

  /** Marks what belongs to the block so far down in the text; -1 for title and lead. */
  follow(block: number): void {
    if (block !== this.at) this.mark(block);
  }

  private mark(block: number): void {
    this.at = block;
    this.parts.forEach((part, index) => part.classList.toggle("now", index === block + 1));
    const now = this.parts[block + 1];
    const text = now?.parentElement;
    // Only the text beside is moved, never the page.
    if (now && text) text.scrollTop = now.offsetTop - text.clientHeight / 3;
  }
}
