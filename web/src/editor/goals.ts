// Links to our own addresses, pasted or written, are turned into references to the pages there.
import { schema, type Target } from "./schema";
import type { Island } from "./island";

const pathOf = (target: Target | null): string | undefined => (target?.to === "path" ? target.path.replace(/[?#].*$/, "").replace(/(.)\/$/, "$1") : undefined);

/** The reference that a path stands for, when it is known what is there. */
function reference(island: Island, target: Target | null): Target | undefined {
  const path = pathOf(target);
  const page = path === undefined ? undefined : island.shown.get(`path:${path}`)?.page;
  const fragment = target?.to === "path" ? target.path.match(/#(.+)$/)?.[1] : undefined;
  return page ? { to: "page", id: page, ...(fragment ? { fragment } : {}) } : undefined;
}

export function settleLinks(island: Island): void {
  const { view, shown } = island;
  const waiting = new Set<string>();
  const tr = view.state.tr;
  const look = (target: Target | null, change: (to: Target) => void): void => {
    const path = pathOf(target);
    if (path === undefined) return;
    const to = reference(island, target);
    if (to) change(to);
    else if (shown.get(`path:${path}`) === undefined) waiting.add(`path:${path}`);
  };
  view.state.doc.descendants((node, at) => {
    const link = node.marks.find((mark) => mark.type === schema.marks.link);
    if (link) {
      look(link.attrs.target as Target, (to) => {
        const mark = schema.marks.link.create({ target: to });
        tr.removeMark(at, at + node.nodeSize, link).addMark(at, at + node.nodeSize, mark);
      });
    }
    if (node.attrs.target) look(node.attrs.target as Target, (to) => tr.setNodeAttribute(at, "target", to));
  });
  if (tr.docChanged) view.dispatch(tr);
  for (const ref of waiting) {
    const stop = shown.watch(ref, () => {
      stop();
      settleLinks(island);
    });
  }
}
