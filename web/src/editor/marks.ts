// Who else is here, and what two have written at once, shown at the blocks.
import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { el } from "./dom";
import type { Island } from "./island";

export interface Person { client: string; name: string; at: string | null }
interface Shown { people: Person[]; conflicts: Set<string>; remarks: Map<string, string[]> }
export const marksKey = new PluginKey<Shown>("marks");

export function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  return ((parts[0]?.[0] ?? "") + (parts.length > 1 ? parts.at(-1)![0] : "")).toUpperCase();
}

export function marks(island: () => Island): Plugin<Shown> {
  return new Plugin<Shown>({
    key: marksKey,
    state: {
      init: () => ({ people: [], conflicts: new Set(), remarks: new Map() }),
      apply: (transaction, value) => ({ ...value, ...(transaction.getMeta(marksKey) as Partial<Shown> | undefined) }),
    },
    props: {
      decorations(state) {
        const { people, conflicts, remarks } = marksKey.getState(state)!;
        const only = state.doc.childCount === 1 ? state.doc.firstChild! : undefined;
        const blank = only?.type.name === "paragraph" && !only.content.size;
        if (!people.length && !conflicts.size && !remarks.size && !blank) return DecorationSet.empty;
        const { t } = island();
        if (blank) return DecorationSet.create(state.doc, [Decoration.node(0, only.nodeSize, { class: "ed-empty", "data-empty": t("empty-text") })]);
        const found: Decoration[] = [];
        state.doc.forEach((node, at) => {
          const here = people.filter((person) => person.at === node.attrs.id);
          if (conflicts.has(node.attrs.id)) found.push(Decoration.node(at, at + node.nodeSize, { class: "ed-torn" }));
          const said = remarks.get(node.attrs.id);
          if (said) {
            found.push(Decoration.widget(at + node.nodeSize, () => el("p", { class: "ed-advice", contenteditable: "false" }, said.slice(0, 3).join(" ")), { side: -1, key: `said-${node.attrs.id}-${said.join()}`, ignoreSelection: true }));
          }
          if (!here.length) return;
          found.push(Decoration.node(at, at + node.nodeSize, { class: "ed-them" }));
          const names = here.map((person) => person.name).join(", ");
          found.push(Decoration.widget(at, () => el("p", { class: "ed-who", contenteditable: "false" }, el("span", { class: "ed-face", "aria-hidden": "true" }, initials(here[0].name)), t("writes-here", { name: names })), { side: -1, key: `who-${node.attrs.id}-${names}`, ignoreSelection: true }));
        });
        return DecorationSet.create(state.doc, found);
      },
    },
  });
}
