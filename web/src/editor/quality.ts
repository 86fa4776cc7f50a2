// What the rules for good pages say of the draft, beside the text and at the blocks that it is about.
import { el, trusted } from "./dom";
import type { Island } from "./island";

/** Remarks by block. */
export type Remarks = Map<string, string[]>;

export class Quality {
  private place: HTMLElement | null = null;
  private timer = 0;
  private off = false;
  private shown = "";

  constructor(private readonly island: Island, private readonly url: string, private readonly go: (name: string) => void, private readonly told: (remarks: Remarks) => void) {}

  /** Asks again soon: the draft has been saved. */
  refresh(): void {
    if (this.off || this.timer) return;
    this.timer = window.setTimeout(() => {
      this.timer = 0;
      void this.ask();
    }, this.place ? 4_000 : 0);
  }

  private async ask(): Promise<void> {
    let html: string;
    try {
      const answer = await fetch(`${this.url}?part=1`, { headers: { accept: "text/html" } });
      if (!answer.ok || answer.redirected) {
        // A page without rules, or somebody who may not see them.
        this.off = answer.status === 404 || answer.status === 403;
        return;
      }
      html = await answer.text();
    } catch {
      return;
    }
    if (html === this.shown) return;
    this.shown = html;
    this.draw(html);
  }

  private draw(html: string): void {
    const parsed = el("div", {}, ...trusted(html));
    const part = parsed.querySelector<HTMLElement>(".quality");
    if (!part) {
      this.off = true;
      return;
    }
    if (!this.place) {
      this.place = el("div", { class: "ed-quality" });
      const aside = document.querySelector("aside.standing");
      const source = aside?.querySelector(".ed-beside");
      if (source) source.after(this.place);
      else if (aside) aside.prepend(this.place);
      else this.island.root.append(this.place);
    }
    const remarks: Remarks = new Map();
    for (const line of part.querySelectorAll<HTMLElement>("li[data-block]")) {
      const name = line.dataset.block!;
      const words = line.textContent?.trim() ?? "";
      if (line.closest(".must, .should")) remarks.set(name, [...remarks.get(name) ?? [], words]);
      const link = el("button", { type: "button", class: "ed-remark" }, ...line.childNodes);
      link.dataset.to = name;
      link.addEventListener("click", () => this.go(name));
      line.append(link);
    }
    // Whoever stands on a remark stays there.
    const focused = this.place.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.to : undefined;
    this.place.replaceChildren(part);
    if (focused) [...part.querySelectorAll<HTMLElement>(".ed-remark")].find((one) => one.dataset.to === focused)?.focus();
    this.told(remarks);
  }
}
