// The site's documents as the editor has them, and back. Nothing is lost on the way: a block that this
// editor does not know, or knows only a part of, goes through as it is.
import { Fragment, type Mark, type Node } from "prosemirror-model";
import { types, version } from "./schema.json";
import { schema, type Target } from "./schema";

export type Json = Record<string, unknown>;
export interface Block extends Json { id: string; v: number; type: string }
type Inline = { type: string; text?: unknown; marks?: string[]; target?: Target; fact?: { source: string; id: string; field: string } };
type Item = { text: Inline[]; items?: Item[]; ordered?: boolean };
type Cell = { text: Inline[] };

const n = schema.nodes;
const KNOWN = types as Record<string, Record<string, { always: boolean }>>;
const MARKS = ["strong", "emphasis", "code"];

/** Whether every part of a block is one that this editor can show and write. */
function isKnown(block: Block): boolean {
  const fields = KNOWN[block.type];
  return fields !== undefined && block.v === version && Object.keys(block).every((key) => key === "id" || key === "v" || key === "type" || key in fields);
}

const plain = (words: unknown): Node[] => (typeof words === "string" && words !== "" ? [schema.text(words)] : []);

function inlines(run: unknown, around: readonly Mark[] = []): Node[] {
  const out: Node[] = [];
  for (const one of (run ?? []) as Inline[]) {
    if (one.type === "text") {
      if (one.text !== "") out.push(schema.text(one.text as string, (one.marks ?? []).reduce((marks, name) => schema.marks[name].create().addToSet(marks), around)));
    } else if (one.type === "link") out.push(...inlines(one.text, schema.marks.link.create({ target: one.target }).addToSet(around)));
    else if (one.type === "fact") out.push(n.fact.create({ source: one.fact!.source, owner: one.fact!.id, field: one.fact!.field }, null, around));
    else if (one.type === "break") out.push(n.hard_break.create(null, null, around));
    else throw new Error(`inline ${one.type}`);
  }
  return out;
}

function list(items: Item[], ordered: boolean, id: string | null): Node {
  return n.list.create({ id, ordered }, items.map((item) => n.list_item.create(null, [
    n.paragraph.create(null, inlines(item.text)), ...(item.items?.length ? [list(item.items, item.ordered ?? false, null)] : []),
  ])));
}

const row = (cells: Cell[], header: boolean): Node => n.table_row.create(null, cells.map((cell) =>
  (header ? n.table_header : n.table_cell).create(null, n.paragraph.create(null, inlines(cell.text)))));

type Reader = (block: any, id: string) => Node;
const read: Record<string, Reader> = {
  paragraph: (b, id) => n.paragraph.create({ id }, inlines(b.text)),
  heading: (b, id) => n.heading.create({ id, level: b.level }, inlines(b.text)),
  list: (b, id) => list(b.items, b.ordered, id),
  table: (b, id) => n.table.create({ id, caption: b.caption ?? "" }, [row(b.header, true), ...b.rows.map((cells: Cell[]) => row(cells, false))]),
  quote: (b, id) => n.quote.create({ id }, [n.quote_text.create(null, inlines(b.text)), n.quote_source.create(null, plain(b.source))]),
  notice: (b, id) => n.notice.create({ id, tone: b.tone }, inlines(b.text)),
  contact: (b, id) => n.contact.create({ id, unit: b.unit }),
  facts: (b, id) => n.facts.create({ id }, b.items.map((item: any) => n.fact_item.create(null, [
    n.fact_label.create(null, plain(item.label)), n.fact_value.create(null, inlines(item.value)), n.fact_note.create(null, inlines(item.note))]))),
  actions: (b, id) => n.actions.create({ id }, b.actions.map((action: any) => n.action.create({ target: action.target }, plain(action.label)))),
  tasks: (b, id) => n.tasks.create({ id }, b.items.map((item: any) => n.task.create({ icon: item.icon, target: item.target }, [
    n.task_label.create(null, plain(item.label)), n.task_note.create(null, plain(item.note))]))),
  searches: (b, id) => n.searches.create({ id }, b.queries.map((query: string) => n.query.create(null, plain(query)))),
  picture: (b, id) => n.picture.create({ id, picture: b.picture, alt: b.alt ?? null }, inlines(b.caption)),
  box: (b, id) => n.box.create({ id }, [n.box_title.create(null, plain(b.title)), ...b.blocks.map(toNode)]),
  accordion: (b, id) => n.accordion.create({ id }, b.folds.map((fold: any) => n.fold.create(null, [n.fold_title.create(null, plain(fold.title)), ...fold.blocks.map(toNode)]))),
  video: (b, id) => n.video.create({ id, url: b.url, sign_language: b.sign_language ?? false }, [n.video_title.create(null, plain(b.title)), n.video_text.create(null, inlines(b.text))]),
  download: (b, id) => n.download.create({ id, file: b.file }, plain(b.title)),
  service: (b, id) => n.service.create({ id, target: b.target }, [n.service_label.create(null, plain(b.label)), n.service_note.create(null, plain(b.note))]),
  anchor: (b, id) => n.anchor.create({ id }, plain(b.name)),
};

/** A block as a node of the editor. */
export function toNode(block: Block): Node {
  if (isKnown(block)) {
    try {
      const node = read[block.type](block, block.id);
      node.check();
      return node;
    } catch {
      // Something that these shapes cannot hold, such as a list without items.
    }
  }
  return n.unknown.create({ id: block.id, json: block });
}

/** A whole text. A text without blocks gets an empty line to write on, which is not saved. */
export function toDoc(blocks: Block[]): Node {
  return n.doc.create(null, blocks.length ? blocks.map(toNode) : [n.paragraph.create()]);
}

function run(from: Node | Fragment): Inline[] {
  const content = from instanceof Fragment ? from : from.content;
  const out: Inline[] = [];
  let open: { mark: Mark; text: Inline[] } | undefined;
  content.forEach((node) => {
    const link = node.marks.find((mark) => mark.type === schema.marks.link);
    let into = out;
    if (link) {
      if (!open || !open.mark.eq(link)) {
        open = { mark: link, text: [] };
        out.push({ type: "link", target: link.attrs.target, text: open.text });
      }
      into = open.text;
    } else open = undefined;
    if (node.isText) {
      const names = MARKS.filter((name) => node.marks.some((mark) => mark.type.name === name));
      into.push(names.length ? { type: "text", text: node.text, marks: names } : { type: "text", text: node.text });
    } else if (node.type === n.fact) into.push({ type: "fact", fact: { source: node.attrs.source, id: node.attrs.owner, field: node.attrs.field } });
    else if (node.type === n.hard_break) into.push({ type: "break" });
  });
  return out;
}

const children = (node: Node): Node[] => node.content.content as Node[];
/** A field that is left out when there is nothing in it. */
const some = (name: string, value: unknown): Json =>
  (value === "" || value === null || value === undefined || value === false || (Array.isArray(value) && !value.length) ? {} : { [name]: value });

function items(node: Node): Item[] {
  return children(node).map((item) => {
    const below = item.childCount > 1 ? item.child(1) : undefined;
    return { text: run(item.child(0)), ...(below ? { items: items(below), ...some("ordered", below.attrs.ordered) } : {}) };
  });
}
const cells = (line: Node | undefined): Cell[] => (line ? children(line).map((one) => ({ text: run(one.child(0)) })) : []);
const inner = (node: Node): Block[] => children(node).slice(1).filter((one) => !isBlankNew(one)).map(toBlock);
const nowhere: Target = { to: "missing", original: "" };

const write: Record<string, (node: Node) => Json> = {
  paragraph: (o) => ({ text: run(o) }),
  heading: (o) => ({ level: o.attrs.level, text: run(o) }),
  list: (o) => ({ ordered: o.attrs.ordered, items: items(o) }),
  table: (o) => ({ ...some("caption", o.attrs.caption), header: cells(o.maybeChild(0) ?? undefined), rows: children(o).slice(1).map(cells) }),
  quote: (o) => ({ text: run(o.child(0)), ...some("source", o.child(1).textContent) }),
  notice: (o) => ({ tone: o.attrs.tone, text: run(o) }),
  contact: (o) => ({ unit: o.attrs.unit }),
  facts: (o) => ({ items: children(o).map((item) => ({ label: item.child(0).textContent, value: run(item.child(1)), ...some("note", run(item.child(2))) })) }),
  actions: (o) => ({ actions: children(o).map((action) => ({ label: action.textContent, target: action.attrs.target ?? nowhere })) }),
  tasks: (o) => ({ items: children(o).map((task) => ({ icon: task.attrs.icon, label: task.child(0).textContent, target: task.attrs.target ?? nowhere, ...some("note", task.child(1).textContent) })) }),
  searches: (o) => ({ queries: children(o).map((query) => query.textContent) }),
  picture: (o) => ({ picture: o.attrs.picture, ...(o.attrs.alt === null ? {} : { alt: o.attrs.alt }), ...some("caption", run(o)) }),
  box: (o) => ({ title: o.child(0).textContent, blocks: inner(o) }),
  accordion: (o) => ({ folds: children(o).map((fold) => ({ title: fold.child(0).textContent, blocks: inner(fold) })) }),
  video: (o) => ({ url: o.attrs.url, title: o.child(0).textContent, ...some("sign_language", o.attrs.sign_language), ...some("text", run(o.child(1))) }),
  download: (o) => ({ file: o.attrs.file, title: o.textContent }),
  service: (o) => ({ label: o.child(0).textContent, target: o.attrs.target ?? nowhere, ...some("note", o.child(1).textContent) }),
  anchor: (o) => ({ name: o.textContent }),
};

/** A node of the editor as a block. */
export function toBlock(node: Node): Block {
  if (node.type === n.unknown) return { ...(node.attrs.json as Block), id: node.attrs.id };
  return { id: node.attrs.id, v: version, type: node.type.name, ...write[node.type.name](node) };
}

/** An empty line: something to write on, nothing to save, unless it was saved before. */
export function isBlankNew(node: Node, saved?: ReadonlyMap<string, unknown>): boolean {
  return node.type === n.paragraph && node.content.size === 0 && !(node.attrs.id && saved?.has(node.attrs.id));
}

/** How many blocks a text has, those inside others too. */
export function countBlocks(blocks: Block[]): number {
  let count = 0;
  for (const block of blocks) {
    count += 1;
    for (const held of [block.blocks, ...((block.folds as Json[] | undefined) ?? []).map((fold) => fold.blocks)]) if (Array.isArray(held)) count += countBlocks(held as Block[]);
  }
  return count;
}
