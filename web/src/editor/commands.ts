// What can be done with the text, apart from how it is asked for.
import { Fragment, type Node, type NodeType, type ResolvedPos } from "prosemirror-model";
import { NodeSelection, Selection, TextSelection, type Command, type EditorState, type Transaction } from "prosemirror-state";
import { findWrapping } from "prosemirror-transform";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { chainCommands, exitCode, setBlockType, toggleMark } from "prosemirror-commands";
import { isInTable } from "prosemirror-tables";
import { schema, type Target } from "./schema";

const n = schema.nodes;
export const CONTAINERS = ["doc", "box", "fold"];

/** The depth at which a block of the document stands round a place: the innermost one. */
export function blockDepth($at: ResolvedPos): number {
  for (let depth = $at.depth; depth > 0; depth--) if (CONTAINERS.includes($at.node(depth - 1).type.name) && $at.node(depth).type.isInGroup("block")) return depth;
  return 0;
}

/** The innermost block at the selection, and where it begins. */
export function currentBlock(state: EditorState): { node: Node; at: number; $at: ResolvedPos; depth: number } | undefined {
  const { selection } = state;
  if (selection instanceof NodeSelection && selection.node.type.isInGroup("block") && CONTAINERS.includes(selection.$from.parent.type.name)) {
    return { node: selection.node, at: selection.from, $at: selection.$from, depth: selection.$from.depth + 1 };
  }
  const depth = blockDepth(selection.$from);
  if (!depth) return undefined;
  return { node: selection.$from.node(depth), at: selection.$from.before(depth), $at: selection.$from, depth };
}

/** The levels that a heading may have here: one further down than the heading before, at most. */
export function allowedLevels(state: EditorState): number[] {
  const here = currentBlock(state);
  let before = 1;
  const doc = state.doc;
  for (let at = 0; at < doc.childCount; at++) {
    const child = doc.child(at);
    if (here && here.depth === 1 && child === here.node) break;
    if (child.type === n.heading) before = child.attrs.level;
    if (here && here.depth > 1 && child === here.$at.node(1)) {
      before = Math.min(before + 1, 4);
      break;
    }
  }
  const floor = here && here.depth > 1 ? before + 1 : 2;
  return [2, 3, 4].filter((level) => level >= Math.min(floor, 4) && level <= Math.max(before + 1, floor));
}

export const toHeading = (level: number): Command => (state, dispatch) =>
  allowedLevels(state).includes(level) && setBlockType(n.heading, { ...kept(state), level })(state, dispatch);
export const toParagraph: Command = (state, dispatch) => setBlockType(n.paragraph, kept(state))(state, dispatch);
/** The id that a block keeps when it becomes another kind of block. */
const kept = (state: EditorState): { id: unknown } => ({ id: state.selection.$from.parent.attrs.id ?? null });

/** The list round the selection, if any. */
function listAround($at: ResolvedPos): { node: Node; at: number } | undefined {
  for (let depth = $at.depth; depth > 0; depth--) if ($at.node(depth).type === n.list) return { node: $at.node(depth), at: $at.before(depth) };
  return undefined;
}

/** Makes a list, turns it into the other kind, or takes it away. */
export const toList = (ordered: boolean): Command => (state, dispatch) => {
  const around = listAround(state.selection.$from);
  if (around && around.node.attrs.ordered !== ordered) {
    dispatch?.(state.tr.setNodeAttribute(around.at, "ordered", ordered));
    return true;
  }
  if (around) return outOfList(state, dispatch);
  if (state.selection.$from.parent.type !== n.paragraph) {
    if (state.selection.$from.parent.type !== n.heading) return false;
    const turned = state.tr.setBlockType(state.selection.from, state.selection.to, n.paragraph, { id: null });
    return wrapInList(n.list, { ordered })(state.apply(turned), dispatch && (() => {
      const range = turned.selection.$from.blockRange(turned.selection.$to);
      const wrapping = range && findWrapping(range, n.list, { ordered });
      if (range && wrapping) dispatch(turned.wrap(range, wrapping));
    }));
  }
  return wrapInList(n.list, { ordered })(state, dispatch);
};
export const outOfList: Command = liftListItem(n.list_item);
export const intoList: Command = sinkListItem(n.list_item);
export const isInList = (state: EditorState, ordered: boolean): boolean => listAround(state.selection.$from)?.node.attrs.ordered === ordered;

/** Whether words here may have marks and links. */
export const takesMarks = (state: EditorState): boolean => state.selection.$from.parent.inlineContent && state.selection.$from.parent.type.allowsMarkType(schema.marks.strong);
export const toggleStrong = toggleMark(schema.marks.strong);
export const toggleEmphasis = toggleMark(schema.marks.emphasis);
export const toggleCode = toggleMark(schema.marks.code);

/** The link at the caret: where it begins and ends. */
export function linkAt(state: EditorState): { from: number; to: number; target: Target } | undefined {
  const { $from } = state.selection;
  const parent = $from.parent;
  if (!parent.inlineContent) return undefined;
  let found: { from: number; to: number; target: Target } | undefined;
  let at = $from.start();
  let open: { from: number; to: number; target: Target } | undefined;
  parent.forEach((child) => {
    const link = child.marks.find((mark) => mark.type === schema.marks.link);
    if (link && open && JSON.stringify(open.target) === JSON.stringify(link.attrs.target)) open.to = at + child.nodeSize;
    else open = link ? { from: at, to: at + child.nodeSize, target: link.attrs.target } : undefined;
    if (open && open.from <= state.selection.from && open.to >= state.selection.to) found = open;
    at += child.nodeSize;
  });
  return found;
}

/** A place before or after the block at the selection, beside its neighbours. */
function move(by: -1 | 1): Command {
  return (state, dispatch) => {
    const here = currentBlock(state);
    if (!here) return false;
    const parent = here.$at.node(here.depth - 1);
    const index = here.$at.index(here.depth - 1);
    const other = parent.maybeChild(index + by);
    if (!other || other.type === n.box_title || other.type === n.fold_title) return false;
    if (dispatch) {
      const to = by < 0 ? here.at - other.nodeSize : here.at + other.nodeSize;
      const offset = { from: state.selection.from - here.at, to: state.selection.to - here.at, node: state.selection instanceof NodeSelection };
      const tr = state.tr.delete(here.at, here.at + here.node.nodeSize).insert(to, here.node);
      tr.setSelection(offset.node && offset.from === 0 ? NodeSelection.create(tr.doc, to) : TextSelection.between(tr.doc.resolve(to + offset.from), tr.doc.resolve(to + offset.to)));
      dispatch(tr.scrollIntoView());
    }
    return true;
  };
}
export const moveUp = move(-1);
export const moveDown = move(1);

export const removeBlock: Command = (state, dispatch) => {
  const here = currentBlock(state);
  if (!here) return false;
  if (dispatch) {
    const tr = state.tr.delete(here.at, here.at + here.node.nodeSize);
    if (!tr.doc.childCount) tr.insert(0, n.paragraph.create());
    tr.setSelection(Selection.near(tr.doc.resolve(Math.min(here.at, tr.doc.content.size)), 1));
    dispatch(tr.scrollIntoView());
  }
  return true;
};

export const copyBlock: Command = (state, dispatch) => {
  const here = currentBlock(state);
  if (!here) return false;
  if (dispatch) {
    const after = here.at + here.node.nodeSize;
    const tr = state.tr.insert(after, fresh(here.node));
    tr.setSelection(Selection.near(tr.doc.resolve(after), 1));
    dispatch(tr.scrollIntoView());
  }
  return true;
};

/** A copy whose blocks have no ids yet. */
export function fresh(node: Node): Node {
  if (node.isText) return node;
  const content: Node[] = [];
  node.content.forEach((child) => content.push(fresh(child)));
  return node.type.create("id" in node.attrs ? { ...node.attrs, id: null } : node.attrs, content, node.marks);
}

/** Puts a block where an empty line stands, else after the block at the selection. */
export function insertBlock(state: EditorState, node: Node): Transaction {
  const tr = state.tr;
  const here = currentBlock(state);
  let at = state.doc.content.size;
  if (here) {
    const parent = here.$at.node(here.depth - 1);
    if (here.node.type === n.paragraph && here.node.content.size === 0) {
      tr.replaceWith(here.at, here.at + here.node.nodeSize, node);
      at = here.at;
    } else if (CONTAINERS.includes(parent.type.name)) {
      at = here.at + here.node.nodeSize;
      // In the title of a box or fold: what comes goes into it.
      const title = state.selection.$from.parent.type;
      if (title === n.box_title || title === n.fold_title) at = state.selection.$from.after();
      tr.insert(at, node);
    }
  } else tr.insert(at, node);
  // The caret goes to the first place for words in it.
  const inside = Selection.findFrom(tr.doc.resolve(at + (node.isAtom || node.isLeaf ? 0 : 1)), 1, !node.isAtom);
  tr.setSelection(node.isAtom ? NodeSelection.create(tr.doc, at) : inside ?? Selection.near(tr.doc.resolve(at)));
  return tr.scrollIntoView();
}

/** An empty line after the block at the selection. */
export const lineAfter: Command = (state, dispatch) => {
  const here = currentBlock(state);
  if (!here) return false;
  if (dispatch) {
    const at = here.at + here.node.nodeSize;
    const tr = state.tr.insert(at, n.paragraph.create());
    dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView());
  }
  return true;
};

/** Items that Enter makes one more of, and what they are made of. */
const ITEMS: Record<string, () => Node> = {
  action: () => n.action.create(), query: () => n.query.create(),
  fact_note: () => n.fact_item.create(null, [n.fact_label.create(), n.fact_value.create(), n.fact_note.create()]),
  task_note: () => n.task.create(null, [n.task_label.create(), n.task_note.create()]),
};

/** Enter in a place with words of its own: on to the next place, one more of the same, or out of it. */
export const nextPlace: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const type = $from.parent.type;
  if (!(state.selection instanceof TextSelection)) return false;
  if ([n.box_title, n.fold_title].includes(type)) {
    const after = $from.after();
    const next = state.doc.nodeAt(after);
    if (dispatch) {
      const tr = state.tr;
      if (next?.type !== n.paragraph || next.content.size) tr.insert(after, n.paragraph.create());
      dispatch(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView());
    }
    return true;
  }
  const outer = $from.depth > 1 ? $from.node(-1) : undefined;
  const item = ["fact_note", "task_note"].includes(type.name) ? -1 : 0;
  const make = ITEMS[type.name];
  if (make && empty) {
    const holder = $from.node(item === 0 ? -1 : -2);
    const own = item === 0 ? $from.parent : $from.node(-1);
    // An empty item at the end: the list of them is done.
    if (own.textContent === "" && holder.childCount > 1) {
      if (dispatch) {
        const start = item === 0 ? $from.before() : $from.before(-1 + $from.depth);
        const tr = state.tr.delete(start, start + own.nodeSize);
        const end = tr.doc.resolve(Math.min(start, tr.doc.content.size));
        const depth = blockDepth(end);
        const after = depth ? end.after(depth) : end.pos;
        tr.insert(after, n.paragraph.create());
        dispatch(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView());
      }
      return true;
    }
    if (dispatch) {
      const after = item === 0 ? $from.after() : $from.after($from.depth - 1);
      const tr = state.tr.insert(after, make());
      dispatch(tr.setSelection(Selection.near(tr.doc.resolve(after + 1), 1)).scrollIntoView());
    }
    return true;
  }
  const fixed = ["quote_text", "fact_label", "fact_value", "task_label", "video_title", "service_label"];
  if (fixed.includes(type.name)) {
    const next = Selection.findFrom(state.doc.resolve($from.after()), 1, true);
    if (next && dispatch) dispatch(state.tr.setSelection(next).scrollIntoView());
    return true;
  }
  const last = ["quote_source", "video_text", "service_note", "picture", "notice", "download", "anchor"];
  if (last.includes(type.name) || outer?.type === n.quote) return lineAfter(state, dispatch);
  return false;
};

/** Enter on an empty last line of a box leaves it; in an accordion it begins the next fold, and an empty
 * fold at the end is left in the same way. */
export const leaveBox: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.depth < 2 || $from.parent.content.size) return false;
  const around = $from.node(-1);
  const depth = $from.depth - 1;
  const last = $from.index(depth) === around.childCount - 1;
  const out = (remove: number, made: Node): boolean => {
    if (dispatch) {
      const whole = $from.node(remove);
      const tr = state.tr.delete($from.before(remove), $from.before(remove) + whole.nodeSize);
      const after = tr.mapping.map($from.after(remove - 1), -1);
      tr.insert(after, made);
      dispatch(tr.setSelection(Selection.near(tr.doc.resolve(after + 1), 1)).scrollIntoView());
    }
    return true;
  };
  if ($from.parent.type === n.paragraph && last && around.type === n.box) return out($from.depth, n.paragraph.create());
  if ($from.parent.type === n.paragraph && last && around.type === n.fold) {
    return out($from.depth, n.fold.create(null, [n.fold_title.create(), n.paragraph.create()]));
  }
  const accordion = $from.parent.type === n.fold_title ? $from.node(-2) : undefined;
  if (accordion && around.textContent === "" && around.childCount <= 2 && accordion.childCount > 1 && $from.index(-2) === accordion.childCount - 1) {
    return out(depth, n.paragraph.create());
  }
  return false;
};

/** Enter in a table: one row down, and out of the last one. */
export const nextRow: Command = (state, dispatch) => {
  if (!isInTable(state)) return false;
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 1; depth--) {
    if ($from.node(depth).type !== n.table_row) continue;
    const table = $from.node(depth - 1);
    const rowIndex = $from.index(depth - 1);
    const column = $from.index(depth);
    if (rowIndex + 1 >= table.childCount) return lineAfter(state, dispatch);
    let at = $from.after(depth) + 1;
    const below = table.child(rowIndex + 1);
    for (let i = 0; i < Math.min(column, below.childCount - 1); i++) at += below.child(i).nodeSize;
    dispatch?.(state.tr.setSelection(Selection.near(state.doc.resolve(at + 1), 1)).scrollIntoView());
    return true;
  }
  return false;
};

/** In an empty item of a list, Enter leaves the list. */
export const splitItem: Command = chainCommands((state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.depth < 2 || $from.node(-1).type !== n.list_item || $from.parent.content.size) return false;
  return outOfList(state, dispatch);
}, splitListItem(n.list_item));

export const lineBreak: Command = chainCommands(exitCode, (state, dispatch) => {
  const parent = state.selection.$from.parent;
  if (!parent.inlineContent || !parent.type.contentMatch.matchType(n.hard_break)) return false;
  dispatch?.(state.tr.replaceSelectionWith(n.hard_break.create()).scrollIntoView());
  return true;
});

/** A whole block of an empty box, quote or the like goes when somebody deletes in it. */
export const removeEmpty: Command = (state, dispatch) => {
  const here = currentBlock(state);
  if (!here || !state.selection.empty || here.node.type === n.paragraph || here.node.isAtom || here.node.textContent !== "" || state.selection.$from.parentOffset > 0) return false;
  let things = 0;
  here.node.descendants((node) => { if (node.isAtom && !node.isText) things += 1; });
  if (things || here.node.type === n.list || here.node.type === n.picture || here.node.type === n.heading) return false;
  if (dispatch) {
    const tr = state.tr.replaceWith(here.at, here.at + here.node.nodeSize, n.paragraph.create());
    dispatch(tr.setSelection(TextSelection.create(tr.doc, here.at + 1)).scrollIntoView());
  }
  return true;
};

/** A table of empty cells: the header, and rows under it. */
export function emptyTable(rows: number, columns: number): Node {
  const line = (type: NodeType): Node => n.table_row.create(null, Array.from({ length: columns }, () => type.create(null, n.paragraph.create())));
  return n.table.create(null, [line(n.table_header), ...Array.from({ length: rows }, () => line(n.table_cell))]);
}

/** Makes the row with the caret the header of the table. */
export const rowToHeader: Command = (state, dispatch) => {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 1; depth--) {
    if ($from.node(depth).type !== n.table_row) continue;
    const table = $from.node(depth - 1);
    const index = $from.index(depth - 1);
    if (index === 0) return false;
    if (dispatch) {
      const rows = (table.content.content as Node[]).filter((_, at) => at !== index);
      const as = (line: Node, type: NodeType): Node => n.table_row.create(null, (line.content.content as Node[]).map((one) => type.create(one.attrs, one.content)));
      const start = $from.before(depth - 1);
      const made = table.copy(Fragment.from([as(table.child(index), n.table_header), ...rows.map((line) => as(line, n.table_cell))]));
      const tr = state.tr.replaceWith(start, start + table.nodeSize, made);
      dispatch(tr.setSelection(Selection.near(tr.doc.resolve(start + 3), 1)));
    }
    return true;
  }
  return false;
};

/** After rows were added or taken away: the first row is the header, the others are not. */
export function fixHeader(state: EditorState): Transaction | null {
  let tr: Transaction | null = null;
  state.doc.descendants((node, at) => {
    if (node.type !== n.table) return ["doc", "box", "accordion", "fold"].includes(node.type.name);
    node.forEach((line, offset, index) => line.forEach((one, inner) => {
      const type = index === 0 ? n.table_header : n.table_cell;
      if (one.type !== type) tr = (tr ?? state.tr).setNodeMarkup(at + 1 + offset + 1 + inner, type, one.attrs);
    }));
    return false;
  });
  return tr;
}
