// Every block has an id for ever: one that lacks it, or has another block's, gets a new one.
import { Plugin, PluginKey } from "prosemirror-state";
import type { Node } from "prosemirror-model";

/** A UUID that sorts by time (version 7, RFC 9562). */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = Date.now();
  for (let at = 5; at >= 0; at--) {
    bytes[at] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Calls `visit` with every block that documents give an id: not the lines inside lists and cells. */
export function eachBlock(doc: Node, visit: (node: Node, at: number) => void): void {
  doc.descendants((node, at, parent) => {
    if (node.type.isInGroup("block") && parent && ["doc", "box", "fold"].includes(parent.type.name)) visit(node, at);
    return ["box", "accordion", "fold"].includes(node.type.name);
  });
}

export const idsKey = new PluginKey("ids");

export function ids(): Plugin {
  return new Plugin({
    key: idsKey,
    appendTransaction(transactions, _old, state) {
      if (!transactions.some((transaction) => transaction.docChanged)) return null;
      const wrong: [number, Node][] = [];
      const at = new Map<string, number>();
      const stays = new Set<number>();
      const seen: [number, Node][] = [];
      eachBlock(state.doc, (node, position) => seen.push([position, node]));
      for (const [position, node] of seen) {
        const id = node.attrs.id as string | null;
        if (!id) continue;
        const other = at.get(id);
        if (other === undefined) at.set(id, position);
        else {
          // Of two with one id, the one with words keeps it when the first was emptied by a split.
          const first = state.doc.nodeAt(other);
          if (first && first.content.size === 0 && node.content.size > 0 && first.type === node.type) {
            at.set(id, position);
          }
        }
      }
      for (const position of at.values()) stays.add(position);
      for (const [position, node] of seen) if (!node.attrs.id || !stays.has(position)) wrong.push([position, node]);
      if (!wrong.length) return null;
      const transaction = state.tr;
      for (const [position] of wrong) transaction.setNodeAttribute(position, "id", newId());
      return transaction.setMeta("addToHistory", transactions.every((one) => one.getMeta("addToHistory") !== false));
    },
  });
}
