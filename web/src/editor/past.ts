// Undo and redo: the steps of this visit by the editor's own history, older ones from the browser's store,
// block by block, so that what others wrote since stays.
import { history, redo, redoDepth, undo, undoDepth } from "prosemirror-history";
import { type Command, type EditorState, type Plugin, type Transaction } from "prosemirror-state";
import type { Node } from "prosemirror-model";
import { isBlankNew, toBlock, toNode, type Block } from "./document";
import { schema } from "./schema";
import { forgetOldSteps, keepSteps, stepsOf, type Step } from "./store";

const MOST = 100;

function blocksOf(doc: Node): Map<string, Node> {
  const all = new Map<string, Node>();
  doc.forEach((node) => node.attrs.id && !isBlankNew(node) && all.set(node.attrs.id, node));
  return all;
}

export class Past {
  readonly plugin: Plugin = history({ newGroupDelay: 700 });
  private back: Step[] = [];
  private forth: Step[] = [];
  /** Steps kept from earlier visits; those of this one are the history's. */
  private older = 0;
  private seen = new Map<string, Node>();

  constructor(private readonly page: string) {}

  async open(): Promise<void> {
    const kept = await stepsOf(this.page);
    this.back = kept.back;
    this.forth = kept.forth;
    this.older = kept.back.length;
    void forgetOldSteps();
  }

  /** The text as it is now is where the next step begins. */
  start(doc: Node): void {
    this.seen = blocksOf(doc);
  }

  /** What others changed is no step of ours. */
  others(doc: Node, names: Iterable<string>): void {
    const now = blocksOf(doc);
    for (const name of names) {
      const node = now.get(name);
      if (node) this.seen.set(name, node);
      else this.seen.delete(name);
    }
  }

  /** Notes what was written since the last call as one step. */
  note(doc: Node): void {
    const now = blocksOf(doc);
    const step: Step = { before: [], after: [], where: [] };
    let before: string | null = null;
    const add = (old: Node | undefined, made: Node | undefined, where: string | null): void => {
      step.before.push(old ? toBlock(old) : null);
      step.after.push(made ? toBlock(made) : null);
      step.where.push(where);
    };
    for (const [name, node] of now) {
      const old = this.seen.get(name);
      if (old !== node && !old?.eq(node)) add(old, node, before);
      before = name;
    }
    before = null;
    for (const [name, node] of this.seen) {
      if (!now.has(name)) add(node, undefined, before);
      before = name;
    }
    this.seen = now;
    if (!step.before.length) return;
    this.back.push(step);
    if (this.back.length > MOST) {
      this.back.shift();
      this.older = Math.max(0, this.older - 1);
    }
    this.forth = [];
    void this.keep();
  }

  private keep(): Promise<void> {
    return keepSteps(this.page, { back: this.back, forth: this.forth });
  }

  /** One kept step the other way; `null` when nothing of it is left in the text. */
  private turn(state: EditorState, step: Step, from: (Block | null)[], to: (Block | null)[]): Transaction | null {
    const tr = state.tr;
    from.forEach((was, at) => {
      const becomes = to[at];
      const name = (was ?? becomes)?.id;
      let place = -1;
      tr.doc.forEach((node, offset) => { if (node.attrs.id === name) place = offset; });
      const there = place < 0 ? undefined : tr.doc.nodeAt(place)!;
      // Somebody has written in it since: theirs stays.
      if (was && (!there || !there.eq(toNode(was)))) return;
      if (!was && there) return;
      if (was && there) {
        if (becomes) tr.replaceWith(place, place + there.nodeSize, toNode(becomes));
        else if (tr.doc.childCount > 1) tr.delete(place, place + there.nodeSize);
        else tr.replaceWith(place, place + there.nodeSize, schema.nodes.paragraph.create());
      } else if (becomes) {
        let after = 0;
        tr.doc.forEach((node, offset) => { if (node.attrs.id === step.where[at]) after = offset + node.nodeSize; });
        tr.insert(after, toNode(becomes));
      }
    });
    return tr.docChanged ? tr.setMeta("addToHistory", false).scrollIntoView() : null;
  }

  readonly undo: Command = (state, dispatch, view) => {
    if (undoDepth(state)) return undo(state, dispatch, view);
    if (!this.older) return false;
    if (!dispatch) return true;
    while (this.older) {
      const step = this.back[this.older - 1];
      this.back.splice(this.older - 1, 1);
      this.older -= 1;
      const tr = this.turn(state, step, step.after, step.before);
      if (!tr) continue;
      this.forth.push(step);
      this.seen = blocksOf(tr.doc);
      dispatch(tr);
      void this.keep();
      return true;
    }
    return true;
  };

  readonly redo: Command = (state, dispatch, view) => {
    if (redoDepth(state)) return redo(state, dispatch, view);
    if (!this.forth.length) return false;
    if (!dispatch) return true;
    const step = this.forth.pop()!;
    const tr = this.turn(state, step, step.before, step.after);
    this.back.splice(this.older, 0, step);
    this.older += 1;
    void this.keep();
    if (tr) {
      this.seen = blocksOf(tr.doc);
      dispatch(tr);
    }
    return true;
  };
}
