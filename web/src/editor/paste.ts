// Pasting: what comes from elsewhere is cleaned, and fits where it is put.
import { Fragment, Slice, type Node } from "prosemirror-model";
import { Plugin } from "prosemirror-state";
import { clean } from "./clean";
import { blockDepth, CONTAINERS, currentBlock, fresh } from "./commands";
import type { Island } from "./island";
import { readAddress } from "./lookup";
import { schema } from "./schema";

const n = schema.nodes;
/** Top-level blocks that the server takes at most. */
export const MOST_BLOCKS = 2_000;

/** The words of a slice in one run, with breaks or spaces between its lines. */
function flat(slice: Slice, breaks: boolean, marks: boolean): Node[] {
  const out: Node[] = [];
  slice.content.descendants((node) => {
    if (!node.isTextblock && !node.isInline) return true;
    if (node.isTextblock) {
      if (out.length && node.content.size) out.push(breaks ? n.hard_break.create() : schema.text(" "));
      return true;
    }
    if (node.isText) out.push(marks ? node : schema.text(node.text ?? ""));
    else if (marks && (node.type === n.fact || node.type === n.hard_break)) out.push(node);
    return false;
  });
  return out;
}

export function paste(island: Island): Plugin {
  const { t } = island;
  return new Plugin({
    props: {
      transformPastedHTML(html) {
        // What was copied in an editor of ours says so, and is read by the schema alone.
        if (/data-pm-slice=/.test(html)) return html;
        const cleaned = clean(html, location.origin);
        if (cleaned.pictures) island.say(t("pasted-pictures", { count: cleaned.pictures }));
        return cleaned.html;
      },
      transformPasted(slice, view) {
        const content: Node[] = [];
        let last = 1;
        const here = currentBlock(view.state);
        const doc = view.state.doc;
        for (let at = 0; at < doc.childCount && doc.child(at) !== here?.node; at++) if (doc.child(at).type === n.heading) last = doc.child(at).attrs.level;
        slice.content.forEach((node) => {
          let made = fresh(node);
          if (made.type === n.heading) {
            last = Math.min(Math.max(made.attrs.level, 2), last + 1);
            made = n.heading.create({ ...made.attrs, level: last }, made.content);
          }
          content.push(made);
        });
        return new Slice(Fragment.from(content), slice.openStart, slice.openEnd);
      },
      handlePaste(view, event, slice) {
        const { state } = view;
        window.setTimeout(() => island.settle(), 50);
        const { $from, empty } = state.selection;
        if (state.doc.childCount + slice.content.childCount > MOST_BLOCKS) {
          island.say(t("paste-too-long", { most: MOST_BLOCKS }));
          return true;
        }
        const text = event.clipboardData?.getData("text/plain") ?? "";
        const parent = $from.parent;
        if (!empty && $from.sameParent(state.selection.$to) && parent.type.allowsMarkType(schema.marks.link) && /^(?:https?:\/\/|mailto:)\S+$/.test(text.trim())) {
          const target = readAddress(text);
          if (target) {
            view.dispatch(state.tr.addMark(state.selection.from, state.selection.to, schema.marks.link.create({ target })));
            return true;
          }
        }
        const depth = blockDepth($from);
        const free = depth === $from.depth && CONTAINERS.includes($from.node(depth - 1).type.name) && [n.paragraph, n.heading].includes(parent.type);
        const item = $from.depth > 1 && $from.node(-1).type === n.list_item;
        let lines = 0;
        slice.content.descendants((node) => {
          if (node.isTextblock) lines += 1;
          return !node.isTextblock;
        });
        if (parent.inlineContent && !free && !(item && slice.content.firstChild?.type === n.list) && (lines > 1 || !parent.type.allowsMarkType(schema.marks.strong))) {
          const marks = parent.type.allowsMarkType(schema.marks.strong);
          const words = flat(slice, marks && parent.type.contentMatch.matchType(n.hard_break) !== null, marks);
          view.dispatch(state.tr.replaceWith(state.selection.from, state.selection.to, words).scrollIntoView().setMeta("paste", true).setMeta("uiEvent", "paste"));
          return true;
        }
        return false;
      },
      handleDrop(_view, event) {
        if (!event.dataTransfer?.files.length) return false;
        // The browser would leave the page to show the file.
        event.preventDefault();
        island.say(t("drop-files"));
        return true;
      },
    },
  });
}
