// Puts what others wrote into the open text, as small as it can be, so that the caret and what one writes
// oneself stay where they are.
import type { Node } from "prosemirror-model";
import { NodeSelection, TextSelection, type EditorState, type Transaction } from "prosemirror-state";
import { isBlankNew } from "./document";
import { schema } from "./schema";

export interface Incoming {
  set: Map<string, Node>;
  gone: Set<string>;
  /** How the blocks stand at the server. */
  order: string[];
  /** Blocks that only this window knows of, which stay where they are. */
  own: Set<string>;
  /** Whether this window has moved blocks since; then the order waits. */
  moved: boolean;
}

function find(doc: Node, id: string): { node: Node; at: number } | undefined {
  let found: { node: Node; at: number } | undefined;
  doc.forEach((node, at) => { if (node.attrs.id === id) found = { node, at }; });
  return found;
}

function replace(tr: Transaction, at: number, old: Node, made: Node): void {
  if (old.type !== made.type || old.isAtom) {
    tr.replaceWith(at, at + old.nodeSize, made);
    return;
  }
  for (const [name, value] of Object.entries(made.attrs)) if (JSON.stringify(old.attrs[name]) !== JSON.stringify(value)) tr.setNodeAttribute(at, name, value);
  const start = old.content.findDiffStart(made.content);
  if (start === null) return;
  let { a, b } = old.content.findDiffEnd(made.content)!;
  const overlap = start - Math.min(a, b);
  if (overlap > 0) {
    a += overlap;
    b += overlap;
  }
  try {
    tr.replace(at + 1 + start, at + 1 + a, made.slice(start, b));
    if (tr.doc.nodeAt(at)?.content.eq(made.content)) return;
  } catch {
    // Not a change that can be made from within: the whole block instead.
  }
  const now = tr.doc.nodeAt(at)!;
  tr.replaceWith(at, at + now.nodeSize, made);
}

export function incoming(state: EditorState, what: Incoming): Transaction | null {
  const tr = state.tr;
  for (const [id, node] of what.set) {
    const there = find(tr.doc, id);
    if (there) {
      if (!there.node.eq(node)) replace(tr, there.at, there.node, node);
      continue;
    }
    // A new one: after the one that stands before it.
    let after = 0;
    for (let index = what.order.indexOf(id) - 1; index >= 0; index--) {
      const before = find(tr.doc, what.order[index]);
      if (before) {
        after = before.at + before.node.nodeSize;
        break;
      }
    }
    tr.insert(after, node);
  }
  for (const id of what.gone) {
    const there = find(tr.doc, id);
    if (there) tr.delete(there.at, there.at + there.node.nodeSize);
  }
  if (!what.moved) arrange(tr, what.order, what.own);
  if (!tr.doc.childCount) tr.insert(0, schema.nodes.paragraph.create());
  return tr.docChanged ? tr.setMeta("addToHistory", false).setMeta("remote", true) : null;
}

/** Moves blocks to the server's order; what only this window has follows the block before it. */
function arrange(tr: Transaction, order: string[], own: Set<string>): void {
  const known = new Set(order);
  for (let round = 0; round < order.length; round++) {
    const now: string[] = [];
    tr.doc.forEach((node) => { if (known.has(node.attrs.id) && !own.has(node.attrs.id) && !isBlankNew(node)) now.push(node.attrs.id); });
    const wanted = order.filter((id) => now.includes(id));
    const wrong = wanted.findIndex((id, at) => now[at] !== id);
    if (wrong < 0) return;
    // Either the block that should stand here comes, or the one that stands here goes: the shorter way.
    const comes = now.indexOf(wanted[wrong]) - wrong;
    const goes = wanted.indexOf(now[wrong]) - wrong;
    const id = comes >= goes ? wanted[wrong] : now[wrong];
    const before = wanted[wanted.indexOf(id) - 1];
    const moving = find(tr.doc, id)!;
    const { selection } = tr;
    const inside = selection.from >= moving.at && selection.to <= moving.at + moving.node.nodeSize ? { from: selection.from - moving.at, to: selection.to - moving.at, node: selection instanceof NodeSelection } : undefined;
    tr.delete(moving.at, moving.at + moving.node.nodeSize);
    const last = before === undefined ? undefined : find(tr.doc, before);
    const to = last ? last.at + last.node.nodeSize : 0;
    tr.insert(to, moving.node);
    if (inside) {
      tr.setSelection(inside.node && inside.from === 0 ? NodeSelection.create(tr.doc, to) : TextSelection.between(tr.doc.resolve(to + inside.from), tr.doc.resolve(to + inside.to)));
    }
  }
}
