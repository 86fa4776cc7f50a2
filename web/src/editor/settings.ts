// The boxes in which one chooses what a block or a link stands for.
import { NodeSelection, TextSelection } from "prosemirror-state";
import type { Node } from "prosemirror-model";
import { currentBlock, insertBlock, linkAt } from "./commands";
import { checkbox, field, openBox } from "./dialog";
import { el } from "./dom";
import { factBox, showFact } from "./facts";
import type { Island } from "./island";
import { finder, readAddress, targetOf, type Found } from "./lookup";
import { pictureBox, pictureSettings } from "./pictures";
import { schema, type Target } from "./schema";
import { refOf } from "./shown";

const n = schema.nodes;

/** Changes attributes of the node at a place, if it still is of the kind that was asked about. */
export function change(island: Island, at: number, node: Node, attrs: Record<string, unknown>): void {
  const { view } = island;
  // Others may have written meanwhile: the block is found again by its id.
  let place = view.state.doc.nodeAt(at)?.type === node.type ? at : -1;
  if (node.attrs.id) {
    view.state.doc.descendants((other, position) => {
      if (other.attrs.id === node.attrs.id) place = position;
    });
  }
  if (place < 0) return;
  const tr = view.state.tr;
  for (const [name, value] of Object.entries(attrs)) tr.setNodeAttribute(place, name, value);
  if (view.state.selection instanceof NodeSelection && view.state.selection.from === place) tr.setSelection(NodeSelection.create(tr.doc, place));
  view.dispatch(tr);
}

/** Asks where something leads. `label` is what it says, asked for too when that is to be written anew. */
export function goalBox(island: Island, options: { title: string; target: Target | null; label?: string; done: (target: Target, found: Found | undefined, label: string) => void; remove?: () => void }): void {
  const { t } = island;
  let chosen: Target | undefined;
  let found: Found | undefined;
  const now = options.target;
  const external = el("input", { type: "text", class: "ds-input", inputmode: "url", autocomplete: "off", spellcheck: "false" });
  if (now?.to === "url") external.value = now.url.replace(/^(mailto|tel):/, "");
  else if (now?.to === "path") external.value = now.path;
  const state = el("p", { class: "ed-chosen", role: "status" });
  const say = (words: string): void => { state.textContent = words; };
  if (now && refOf(now)) {
    const thing = island.shown.get(refOf(now)!);
    if (thing) say(t("leads-to", { title: thing.title }));
  } else if (now?.to === "missing" && now.original) say(t("goal-missing", { address: now.original }));
  const text = options.label === undefined ? null : field(t("link-text"), el("input", { type: "text", class: "ds-input" }));
  const input = text?.element.querySelector("input");
  if (input) input.value = options.label ?? "";
  const box = openBox(island.root, {
    title: options.title, cancel: t("cancel"), submit: t("done"), wide: true,
    more: options.remove ? [(() => {
      const remove = el("button", { type: "button", class: "ds-button", "data-variant": "tertiary" }, t("link-remove"));
      remove.addEventListener("click", () => {
        box.close();
        options.remove!();
      });
      return remove;
    })()] : [],
    onSubmit: () => {
      const written = external.value.trim();
      const target = chosen ?? (written ? readAddress(written) : undefined) ?? (written ? undefined : now ?? undefined);
      if (!target) {
        address.wrong(written ? t("address-wrong") : t("goal-needed"));
        return false;
      }
      if (input && !input.value.trim() && !found) {
        text!.wrong(t("link-text-needed"));
        return false;
      }
      options.done(target, found, input?.value.trim() ?? "");
      island.settle();
      return true;
    },
    onClose: () => island.view.focus(),
  });
  const search = finder(island, t("goal-search"), ["page", "unit", "file"], (one) => {
    chosen = targetOf(one);
    found = one;
    external.value = "";
    say(t("leads-to", { title: one.title }));
    if (input && !input.value) input.value = one.title;
    box.element.querySelector<HTMLElement>(".ed-buttons button")?.focus();
  });
  const first = field(t("goal-search"), search.input, t("goal-search-hint"));
  first.element.append(search.list);
  const address = field(t("address"), external, t("address-hint"));
  external.addEventListener("input", () => {
    chosen = undefined;
    found = undefined;
    address.wrong("");
    if (external.value) say("");
  });
  box.body.append(...(text ? [text.element] : []), state, first.element, address.element);
  if (!search.input.value) search.refresh();
  search.input.focus();
}

/** The box for a link in running words. */
export function linkBox(island: Island): boolean {
  const { view, t } = island;
  const parent = view.state.selection.$from.parent;
  if (parent.type === n.action || ["service_label", "service_note", "task_label", "task_note"].includes(parent.type.name)) return settingsHere(island);
  if (!parent.type.allowsMarkType(schema.marks.link) || !view.state.selection.$from.sameParent(view.state.selection.$to)) return false;
  const old = linkAt(view.state);
  const { from, to } = old ?? view.state.selection;
  goalBox(island, {
    title: t(old ? "link-change" : "link-new"), target: old?.target ?? null, label: from === to ? "" : undefined,
    done: (target, found, label) => {
      const mark = schema.marks.link.create({ target });
      const tr = view.state.tr;
      if (from === to) {
        const words = label || found?.title || (target.to === "url" ? target.url : "");
        tr.replaceWith(from, to, schema.text(words, mark.addToSet(view.state.storedMarks ?? view.state.selection.$from.marks())));
        tr.setSelection(TextSelection.create(tr.doc, from + words.length)).removeStoredMark(schema.marks.link);
      } else tr.removeMark(from, to, schema.marks.link).addMark(from, to, mark);
      view.dispatch(tr.scrollIntoView());
      island.say(t("link-made"));
    },
    remove: old ? () => {
      view.dispatch(view.state.tr.removeMark(from, to, schema.marks.link));
      view.focus();
    } : undefined,
  });
  return true;
}

function fileBox(island: Island, done: (found: Found) => void): void {
  pick(island, "download-choose", ["file"], done);
}

/** Asks for one thing of a kind. */
export function pick(island: Island, title: string, kinds: ("unit" | "file")[], done: (found: Found) => void): void {
  const { t } = island;
  const box = openBox(island.root, { title: t(title), cancel: t("cancel"), wide: true, onClose: () => island.view.focus() });
  const search = finder(island, t(title), kinds, (found) => {
    box.close();
    done(found);
  });
  const row = field(t(`${title}-search`), search.input);
  row.element.append(search.list);
  box.body.append(row.element);
  search.refresh();
  search.input.focus();
}

function videoBox(island: Island, node: Node | null, done: (attrs: { url: string; sign_language: boolean }) => void): void {
  const { t } = island;
  const input = el("input", { type: "url", class: "ds-input", autocomplete: "off" });
  input.value = node?.attrs.url ?? "";
  const address = field(t("video-address"), input, t("video-address-hint"));
  const signs = checkbox(t("video-signs"), node?.attrs.sign_language ?? false);
  const box = openBox(island.root, {
    title: t("block-video"), cancel: t("cancel"), submit: t("done"),
    onSubmit: () => {
      const target = readAddress(input.value);
      if (target?.to !== "url" || !target.url.startsWith("https://")) {
        address.wrong(t("video-address-wrong"));
        return false;
      }
      done({ url: target.url, sign_language: signs.input.checked });
      return true;
    },
    onClose: () => island.view.focus(),
  });
  box.body.append(address.element, signs.element);
  input.focus();
}

/** Opens what can be chosen of a node. */
export function settingsOf(island: Island, at: number, node: Node): boolean {
  const { t } = island;
  switch (node.type) {
    case n.picture:
      pictureSettings(island, node, (attrs) => change(island, at, node, { ...attrs }));
      return true;
    case n.contact:
      pick(island, "contact-choose", ["unit"], (found) => change(island, at, node, { unit: found.id }));
      return true;
    case n.download:
      fileBox(island, (found) => change(island, at, node, { file: found.id }));
      return true;
    case n.video:
      videoBox(island, node, (attrs) => change(island, at, node, attrs));
      return true;
    case n.action: case n.service: case n.task:
      goalBox(island, { title: t("choose-goal"), target: node.attrs.target, done: (target) => change(island, at, node, { target }) });
      return true;
    case n.notice: {
      const tone = node.attrs.tone === "warning" ? "info" : "warning";
      change(island, at, node, { tone });
      island.say(t(`tone-${tone}`));
      return true;
    }
    case n.fact:
      showFact(island, at, node);
      return true;
    default:
      return false;
  }
}

/** The same, for what stands at the caret. */
export function settingsHere(island: Island): boolean {
  const { state } = island.view;
  const { selection } = state;
  if (selection instanceof NodeSelection && settingsOf(island, selection.from, selection.node)) return true;
  for (let depth = selection.$from.depth; depth > 0; depth--) {
    if (settingsOf(island, selection.$from.before(depth), selection.$from.node(depth))) return true;
  }
  // A fact right before or after the caret.
  for (const [node, at] of [[selection.$from.nodeBefore, selection.from - 1], [selection.$from.nodeAfter, selection.from]] as const) {
    if (node?.type === n.fact) return settingsOf(island, at, node);
  }
  if (linkAt(state)) return linkBox(island);
  return false;
}

const put = (island: Island, node: Node): void => {
  island.view.dispatch(insertBlock(island.view.state, node));
  island.view.focus();
};

/** Blocks that need an answer before they can stand in the text. */
export const asking: Record<string, (island: Island) => void> = {
  picture: (island) => pictureBox(island, (attrs) => put(island, n.picture.create(attrs))),
  contact: (island) => pick(island, "contact-choose", ["unit"], (found) => put(island, n.contact.create({ unit: found.id }))),
  download: (island) => fileBox(island, (found) => put(island, n.download.create({ file: found.id }, schema.text(found.title || " ")))),
  video: (island) => videoBox(island, null, (attrs) => put(island, n.video.create(attrs, [n.video_title.create(), n.video_text.create()]))),
  actions: (island) => goalBox(island, {
    title: island.t("block-actions"), target: null, label: "",
    done: (target, found, label) => put(island, n.actions.create(null, n.action.create({ target }, words(label || found?.title)))),
  }),
  service: (island) => goalBox(island, {
    title: island.t("block-service"), target: null, label: "",
    done: (target, found, label) => put(island, n.service.create({ target }, [n.service_label.create(null, words(label || found?.title)), n.service_note.create()])),
  }),
  fact: (island) => factBox(island, (attrs) => {
    const { view } = island;
    const parent = view.state.selection.$from.parent;
    const fact = n.fact.create(attrs);
    const tr = parent.inlineContent && parent.type.contentMatch.matchType(n.fact)
      ? view.state.tr.replaceSelectionWith(fact) : insertBlock(view.state, n.paragraph.create(null, fact));
    view.dispatch(tr.scrollIntoView());
    view.focus();
  }),
};

function words(text: string | undefined): Node[] {
  return text ? [schema.text(text)] : [];
}

/** Whether the block at the caret has anything to choose. */
export function hasSettings(island: Island): boolean {
  const here = currentBlock(island.view.state);
  return here !== undefined && [n.picture, n.contact, n.download, n.video, n.service, n.notice].includes(here.node.type);
}
