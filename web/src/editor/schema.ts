// What a text in the editor may hold. The blocks are those of the site's own documents (schema.json is
// made from their types); words that stand in the flow are text here, what is chosen is an attribute.
import { Schema, type DOMOutputSpec, type MarkSpec, type NodeSpec } from "prosemirror-model";

/** Where a link leads, as the documents of the site say it. */
export type Target =
  | { to: "page"; id: string; fragment?: string }
  | { to: "unit"; id: string }
  | { to: "path"; path: string }
  | { to: "url"; url: string }
  | { to: "missing"; original: string };

/** What comes from the clipboard may say anything: only goals that the site itself would show. */
export function isSafe(target: Target | null): boolean {
  if (!target) return false;
  if (target.to === "url") return /^(?:https?:\/\/|mailto:|tel:)\S+$/i.test(target.url);
  if (target.to === "path") return /^\/(?!\/)/.test(target.path);
  return target.to === "missing" || /^[\da-f-]{36}$/i.test(target.id ?? "");
}

const block = (spec: NodeSpec): NodeSpec => ({ ...spec, group: spec.group ?? "block", attrs: { id: { default: null }, ...spec.attrs } });
/** Words without marks inside a block, such as a title. */
const words = (tag: string, name: string, content = "text*"): NodeSpec => ({
  content, marks: content === "text*" ? "" : "_", defining: true, isolating: true, selectable: false,
  toDOM: () => [tag, { class: `ed-${name}`, "data-part": name }, 0] as DOMOutputSpec,
  parseDOM: [{ tag: `${tag}[data-part=${name}]` }],
});
/** A block or part of one that is found again when it is copied within the editor. */
const own = (name: string, tag: string, attributes: string[] = []): Pick<NodeSpec, "toDOM" | "parseDOM"> => ({
  toDOM: (node) => {
    const values: Record<string, string> = { "data-block": name };
    for (const key of attributes) if (node.attrs[key] != null) values[`data-${key.replace("_", "-")}`] = JSON.stringify(node.attrs[key]);
    return (node.isLeaf ? [tag, values] : [tag, values, 0]) as DOMOutputSpec;
  },
  parseDOM: [{
    tag: `${tag}[data-block=${name}]`,
    getAttrs: (dom) => {
      const values: Record<string, unknown> = {};
      for (const key of attributes) {
        const written = (dom as HTMLElement).getAttribute(`data-${key.replace("_", "-")}`);
        if (written === null) continue;
        try { values[key] = JSON.parse(written); } catch { return false; }
        if (key === "target" && values[key] !== null && !isSafe(values[key] as Target)) values[key] = null;
      }
      return values;
    },
  }],
});

const cell = (header: boolean): NodeSpec => ({
  content: "paragraph", isolating: true, tableRole: header ? "header_cell" : "cell",
  attrs: { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } },
  toDOM: () => (header ? ["th", { scope: "col" }, 0] : ["td", 0]),
  parseDOM: [{ tag: header ? "th" : "td" }],
});

const nodes: Record<string, NodeSpec> = {
  doc: { content: "block+" },
  paragraph: block({ content: "inline*", toDOM: () => ["p", 0], parseDOM: [{ tag: "p" }] }),
  text: { group: "inline" },
  heading: block({
    content: "inline*", defining: true, attrs: { level: { default: 2 } },
    toDOM: (node) => [`h${node.attrs.level}`, 0],
    parseDOM: [2, 3, 4].map((level) => ({ tag: `h${level}`, attrs: { level } })),
  }),
  list: block({
    content: "list_item+", attrs: { ordered: { default: false } },
    toDOM: (node) => [node.attrs.ordered ? "ol" : "ul", 0],
    parseDOM: [{ tag: "ul", attrs: { ordered: false } }, { tag: "ol", attrs: { ordered: true } }],
  }),
  list_item: { content: "paragraph list?", defining: true, toDOM: () => ["li", 0], parseDOM: [{ tag: "li" }] },
  table: block({
    content: "table_row+", tableRole: "table", isolating: true, attrs: { caption: { default: "" } },
    toDOM: (node) => ["table", { "data-caption": node.attrs.caption || null }, ["tbody", 0]],
    parseDOM: [{ tag: "table", getAttrs: (dom) => ({ caption: (dom as HTMLElement).dataset.caption ?? "" }) }],
  }),
  table_row: { content: "(table_cell | table_header)*", tableRole: "row", toDOM: () => ["tr", 0], parseDOM: [{ tag: "tr" }] },
  table_header: cell(true),
  table_cell: cell(false),
  quote: block({ content: "quote_text quote_source", defining: true, toDOM: () => ["blockquote", 0], parseDOM: [{ tag: "blockquote" }] }),
  quote_text: { ...words("p", "quote-text", "inline*"), parseDOM: [{ tag: "p[data-part=quote-text]" }] },
  quote_source: words("footer", "quote-source"),
  notice: block({ content: "inline*", defining: true, attrs: { tone: { default: "info" } }, ...own("notice", "div", ["tone"]) }),
  contact: block({ atom: true, attrs: { unit: {} }, ...own("contact", "div", ["unit"]) }),
  facts: block({ content: "fact_item+", ...own("facts", "div") }),
  fact_item: { content: "fact_label fact_value fact_note", ...own("fact_item", "div") },
  fact_label: words("p", "fact-label"),
  fact_value: words("p", "fact-value", "inline*"),
  fact_note: words("p", "fact-note", "inline*"),
  actions: block({ content: "action+", ...own("actions", "div") }),
  action: { content: "text*", marks: "", defining: true, isolating: true, attrs: { target: { default: null } }, ...own("action", "span", ["target"]) },
  tasks: block({ content: "task+", ...own("tasks", "div") }),
  task: { content: "task_label task_note", attrs: { icon: { default: "" }, target: { default: null } }, ...own("task", "div", ["icon", "target"]) },
  task_label: words("p", "task-label"),
  task_note: words("p", "task-note"),
  searches: block({ content: "query+", ...own("searches", "div") }),
  query: words("span", "query"),
  picture: block({ content: "inline*", isolating: true, attrs: { picture: {}, alt: { default: null } }, ...own("picture", "figure", ["picture", "alt"]) }),
  box: block({ content: "box_title block*", isolating: true, ...own("box", "section") }),
  box_title: words("p", "box-title"),
  accordion: block({ content: "fold+", isolating: true, ...own("accordion", "div") }),
  fold: { content: "fold_title block*", isolating: true, ...own("fold", "section") },
  fold_title: words("p", "fold-title"),
  video: block({ content: "video_title video_text", isolating: true, attrs: { url: { default: "" }, sign_language: { default: false } }, ...own("video", "div", ["url", "sign_language"]) }),
  video_title: words("p", "video-title"),
  video_text: words("p", "video-text", "inline*"),
  download: block({ content: "text*", marks: "", isolating: true, attrs: { file: {} }, ...own("download", "div", ["file"]) }),
  service: block({ content: "service_label service_note", isolating: true, attrs: { target: { default: null } }, ...own("service", "div", ["target"]) }),
  service_label: words("span", "service-label"),
  service_note: words("span", "service-note"),
  anchor: block({ content: "text*", marks: "", isolating: true, ...own("anchor", "div") }),
  // A block of a newer program: shown as such, kept as it is, can be moved and removed.
  unknown: block({ atom: true, attrs: { json: {} }, ...own("unknown", "div", ["json"]) }),
  fact: { inline: true, group: "inline", atom: true, attrs: { source: {}, owner: {}, field: {} }, ...own("fact", "span", ["source", "owner", "field"]) },
  hard_break: { inline: true, group: "inline", selectable: false, toDOM: () => ["br"], parseDOM: [{ tag: "br" }] },
};

const marks: Record<string, MarkSpec> = {
  // First, so that a link is one link however its words are marked.
  link: {
    attrs: { target: {} }, inclusive: false,
    toDOM: (mark) => ["a", { "data-target": JSON.stringify(mark.attrs.target) }, 0],
    parseDOM: [{
      tag: "a[data-target]",
      getAttrs: (dom) => {
        try {
          const target = JSON.parse((dom as HTMLElement).dataset.target ?? "") as Target;
          return isSafe(target) ? { target } : false;
        } catch { return false; }
      },
    }],
  },
  strong: { toDOM: () => ["strong", 0], parseDOM: [{ tag: "strong" }, { tag: "b" }] },
  emphasis: { toDOM: () => ["em", 0], parseDOM: [{ tag: "em" }, { tag: "i" }] },
  code: { toDOM: () => ["code", 0], parseDOM: [{ tag: "code" }] },
};

export const schema = new Schema({ nodes, marks });
