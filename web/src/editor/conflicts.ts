// Two wrote in the same block: both texts side by side, until somebody says which one counts.
import { DOMSerializer } from "prosemirror-model";
import type { Block } from "./document";
import { toNode } from "./document";
import { el, freshId } from "./dom";
import type { Island } from "./island";
import { schema } from "./schema";
import { factRef } from "./shown";

/** `name`: which block or field; `block` or `value`: the text that does not stand. */
export interface Conflict { id: string; name: string; person: string; time: string; mine: boolean; block?: Block; value?: string }
export type Choice = "kept" | "standing" | "both";

/** A block as it reads, without anything that can be pressed or written in. */
export function reading(island: Island, block: Block): HTMLElement {
  const node = toNode(block);
  const out = el("div", { class: "ed-reading prose", lang: island.locale });
  if (node.type === schema.nodes.unknown) return out;
  out.append(DOMSerializer.fromSchema(schema).serializeNode(node));
  for (const fact of out.querySelectorAll<HTMLElement>("[data-block=fact]")) {
    const attrs = { source: JSON.parse(fact.dataset.source!), owner: JSON.parse(fact.dataset.owner!), field: JSON.parse(fact.dataset.field!) };
    fact.textContent = island.shown.get(factRef(attrs))?.value ?? "…";
  }
  for (const one of out.querySelectorAll<HTMLElement>("[data-block]")) {
    const name = one.dataset.block!;
    if (one.childNodes.length === 0 && !["fact"].includes(name)) one.textContent = island.t(`block-${name}`);
  }
  return out;
}

export class Conflicts {
  readonly element = el("section", { class: "ed-conflicts", hidden: true });
  private shown = "";

  constructor(private readonly island: Island, private readonly current: (name: string) => Block | string | undefined, private readonly settle: (conflict: Conflict, choice: Choice) => Promise<void>, private readonly go: (name: string) => void) {
    const heading = el("h2", { id: freshId("conflicts") }, island.t("conflicts"));
    this.element.setAttribute("aria-labelledby", heading.id);
    this.element.append(heading, el("p", {}, island.t("conflicts-explained")), el("div", {}));
  }

  private text(side: Block | string | null | undefined): HTMLElement {
    if (typeof side === "string") return el("p", { class: "ed-reading" }, side || this.island.t("nothing-written"));
    return side ? reading(this.island, side) : el("p", { class: "ed-reading" }, this.island.t("block-was-deleted"));
  }

  show(all: Conflict[]): void {
    const { t } = this.island;
    const sides = all.map((one) => [one, this.current(one.name)]);
    const drawn = JSON.stringify(sides);
    if (drawn === this.shown) return;
    const before = this.shown;
    this.shown = drawn;
    this.element.hidden = !all.length;
    this.element.lastElementChild!.replaceChildren(...all.map((one) => {
      const standing = this.current(one.name);
      const [left, right, title] = [el("h4", { id: freshId("side") }, t("conflict-standing")), el("h4", { id: freshId("side") }, one.mine ? t("conflict-mine", { time: one.time }) : t("conflict-theirs", { person: one.person, time: one.time })), el("h3", { id: freshId("conflict") }, this.title(one))];
      const press = (label: string, choice: Choice, first = false): HTMLElement => {
        const made = el("button", { type: "button", class: "ds-button", "data-variant": first ? null : "secondary" }, label);
        made.addEventListener("click", async () => {
          for (const other of made.parentElement!.querySelectorAll("button")) other.disabled = true;
          try {
            await this.settle(one, choice);
            this.island.view.focus();
          } catch {
            this.island.say(t("not-settled"));
            for (const other of made.parentElement?.querySelectorAll("button") ?? []) other.disabled = false;
          }
        });
        return made;
      };
      const link = el("button", { type: "button", class: "ds-button", "data-variant": "tertiary" }, t("conflict-go"));
      link.addEventListener("click", () => this.go(one.name));
      return el("article", { "aria-labelledby": title.id, class: "ed-conflict" }, title,
        el("div", { class: "both" },
          el("div", { role: "group", "aria-labelledby": left.id, tabindex: "0" }, left, this.text(standing)),
          el("div", { role: "group", "aria-labelledby": right.id, tabindex: "0" }, right, this.text(one.value ?? one.block))),
        el("div", { class: "ed-buttons" },
          press(one.mine ? t("keep-mine") : t("keep-named", { person: one.person }), "kept", true),
          press(one.mine ? t("keep-theirs") : t("keep-standing"), "standing"),
          one.block && standing !== undefined ? press(t("keep-both"), "both") : null,
          standing !== undefined && !one.name.startsWith("field:") ? link : null));
    }));
    if (all.length && before.length <= 2) this.island.say(t("conflict-said", { count: all.length }));
  }

  private title(one: Conflict): string {
    const { t } = this.island;
    if (one.name === "field:title" || one.name === "field:description") return t(one.name === "field:title" ? "conflict-title" : "conflict-description");
    if (one.name.startsWith("field:")) return t("conflict-field", { field: document.querySelector(`label[for="${CSS.escape(this.fieldId(one.name))}"]`)?.textContent?.trim() ?? one.name.slice(6) });
    const kind = (one.block ?? (this.current(one.name) as Block | undefined))?.type;
    return t("conflict-block", { block: kind && kind !== "heading" ? t(`block-${kind}`) : kind ? t("block-heading-2") : t("block-paragraph") });
  }

  private fieldId(name: string): string {
    return document.querySelector<HTMLElement>(`form[data-editor] [name="${CSS.escape(name.slice(6))}"]`)?.id ?? "";
  }
}
