// How blocks look in the editor: as on the page, with what can be chosen of them beside.
import type { Node } from "prosemirror-model";
import { NodeSelection } from "prosemirror-state";
import type { EditorView, NodeView, NodeViewConstructor } from "prosemirror-view";
import settingsIcon from "icon:settings-2";
import noticeIcon from "icon:info";
import warningIcon from "icon:circle-alert";
import playIcon from "icon:play";
import handIcon from "icon:hand";
import downloadIcon from "icon:download";
import outIcon from "icon:square-arrow-out-up-right";
import anchorIcon from "icon:anchor";
import unknownIcon from "icon:box";
import linkIcon from "icon:link";
import { button, el, icon, trusted } from "./dom";
import type { Island } from "./island";
import type { Target } from "./schema";
import { factRef, refOf } from "./shown";
import { settingsOf } from "./settings";

/** A view made of a frame, and perhaps of a place for words; drawn anew when what it shows changes. */
abstract class Framed implements NodeView {
  dom: HTMLElement;
  contentDOM: HTMLElement | null = null;
  private off: (() => void)[] = [];

  constructor(protected node: Node, protected island: Island, protected view: EditorView, protected at: () => number | undefined, dom: HTMLElement) {
    this.dom = dom;
  }

  protected watch(ref: string | undefined): void {
    this.off.forEach((stop) => stop());
    this.off = ref ? [this.island.shown.watch(ref, () => this.draw())] : [];
  }

  protected settings(label: string, bare = false): HTMLButtonElement {
    return button(label, settingsIcon, () => {
      const at = this.at();
      if (at !== undefined) settingsOf(this.island, at, this.node);
    }, bare ? { class: "ed-small", "data-bare": "" } : { class: "ed-small" });
  }

  abstract draw(): void;

  update(node: Node): boolean {
    if (node.type !== this.node.type) return false;
    const changed = node.attrs !== this.node.attrs && JSON.stringify(node.attrs) !== JSON.stringify(this.node.attrs);
    const emptied = (node.content.size === 0) !== (this.node.content.size === 0);
    this.node = node;
    if (changed || emptied) this.draw();
    return true;
  }

  stopEvent(event: Event): boolean {
    const within = event.target as HTMLElement;
    return within instanceof HTMLElement && within.closest("button, input, a[href], textarea, select") !== null && !within.closest(".ed-grip");
  }

  ignoreMutation(mutation: { target: globalThis.Node; type: string }): boolean {
    if (mutation.type === "selection") return false;
    return !this.contentDOM || !this.contentDOM.contains(mutation.target);
  }

  destroy(): void {
    this.off.forEach((stop) => stop());
  }
}

const still = (tag: "div" | "span" | "p", name: string): HTMLElement => el(tag, { class: name, contenteditable: "false" });
const bare = (words: string): Record<string, string> => ({ "data-empty": words });

class PictureBlock extends Framed {
  private frame = still("div", "ed-frame");
  override contentDOM = el("figcaption");

  constructor(node: Node, island: Island, view: EditorView, at: () => number | undefined) {
    super(node, island, view, at, el("figure", { class: "picture" }));
    this.dom.append(this.frame, this.contentDOM);
    this.contentDOM.dataset.empty = island.t("empty-caption");
    // A click on the picture chooses it, so that keys are about it: the browser would put the caret nowhere.
    this.frame.addEventListener("mousedown", (event) => {
      const place = this.at();
      if (place === undefined || this.stopEvent(event) || event.button !== 0) return;
      event.preventDefault();
      this.view.dispatch(this.view.state.tr.setSelection(NodeSelection.create(this.view.state.doc, place)));
      this.view.focus();
    });
    this.draw();
  }

  draw(): void {
    const ref = `picture:${this.node.attrs.picture}`;
    this.watch(ref);
    const thing = this.island.shown.get(ref);
    const alt = (this.node.attrs.alt as string | null) ?? thing?.alt ?? "";
    const decoration = this.node.attrs.alt === "";
    const t = this.island.t;
    const image = thing?.src ? el("img", { src: thing.src, alt, width: String(thing.width ?? ""), height: String(thing.height ?? ""), draggable: "false" }) : el("p", { class: "ed-missing" }, thing === null ? t("picture-gone") : t("loading"));
    const said = alt ? el("p", { class: "ed-alt" }, t("alt-says", { alt })) : decoration ? el("p", { class: "ed-alt" }, t("alt-decoration"))
      : thing ? el("p", { class: "ed-alt bad" }, icon(warningIcon), el("span", {}, t("alt-missing"))) : null;
    this.frame.replaceChildren(image, el("div", { class: "ed-about" }, said, this.settings(t("picture-settings"))));
    this.contentDOM.classList.toggle("ed-empty", this.node.content.size === 0);
  }
}

class ContactBlock extends Framed {
  constructor(node: Node, island: Island, view: EditorView, at: () => number | undefined) {
    super(node, island, view, at, still("div", "ed-contact"));
    this.draw();
  }

  draw(): void {
    const ref = `unit:${this.node.attrs.unit}`;
    this.watch(ref);
    const thing = this.island.shown.get(ref);
    const t = this.island.t;
    const card = thing?.card ? trusted(thing.card) : [el("p", { class: "ed-missing" }, thing === null ? t("unit-gone") : t("loading"))];
    this.dom.replaceChildren(el("p", { class: "ed-by" }, icon(linkIcon), t("from-register")), ...card, this.settings(t("contact-settings")));
    // A card is looked at here, not used: its links are no stops on the way.
    for (const link of this.dom.querySelectorAll("a")) link.removeAttribute("href");
    for (const named of this.dom.querySelectorAll("[id], [aria-labelledby]")) {
      named.removeAttribute("id");
      named.removeAttribute("aria-labelledby");
    }
    for (const section of this.dom.querySelectorAll("section, aside")) section.setAttribute("role", "group");
    // Its heading fits the page, not the place where it stands while one writes.
    for (const heading of this.dom.querySelectorAll("h2, h3, h4")) heading.setAttribute("role", "none");
  }
}

class NoticeBlock extends Framed {
  override contentDOM = el("p");
  private mark = still("span", "ed-tone");

  constructor(node: Node, island: Island, view: EditorView, at: () => number | undefined) {
    super(node, island, view, at, el("div"));
    this.dom.append(this.mark, this.contentDOM);
    this.contentDOM.dataset.empty = island.t("empty-notice");
    this.draw();
  }

  draw(): void {
    const warns = this.node.attrs.tone === "warning";
    this.dom.className = warns ? "notice warn" : "notice";
    this.mark.replaceChildren(icon(warns ? warningIcon : noticeIcon), el("span", { class: "sr" }, this.island.t(warns ? "tone-warning" : "tone-info")));
    this.contentDOM.classList.toggle("ed-empty", this.node.content.size === 0);
  }
}

class TableBlock extends Framed {
  override contentDOM = el("tbody");
  private caption = el("input", { class: "ed-caption", type: "text", maxlength: "300" });

  constructor(node: Node, island: Island, view: EditorView, at: () => number | undefined) {
    super(node, island, view, at, el("div", { class: "tablebox ed-table" }));
    this.caption.setAttribute("aria-label", island.t("table-caption"));
    this.caption.placeholder = island.t("empty-table-caption");
    this.caption.addEventListener("input", () => {
      const here = this.at();
      if (here !== undefined) view.dispatch(view.state.tr.setNodeAttribute(here, "caption", this.caption.value));
    });
    this.caption.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === "Escape") {
        event.preventDefault();
        view.focus();
      }
      event.stopPropagation();
    });
    this.dom.append(el("div", { class: "ed-still", contenteditable: "false" }, this.caption), el("table", {}, this.contentDOM));
    this.draw();
  }

  draw(): void {
    if (this.caption.value !== this.node.attrs.caption) this.caption.value = this.node.attrs.caption;
  }
}

/** Where something leads, in words. */
function goal(island: Island, target: Target | null): string {
  const t = island.t;
  if (!target || (target.to === "missing" && !target.original)) return t("no-goal");
  if (target.to === "url") return target.url;
  if (target.to === "path") return target.path;
  if (target.to === "missing") return t("goal-missing", { address: target.original });
  const thing = island.shown.get(refOf(target)!);
  return thing ? thing.title : thing === null ? t("goal-gone") : t("loading");
}

class Pressed extends Framed {
  private about = still("span", "ed-about");

  constructor(node: Node, island: Island, view: EditorView, at: () => number | undefined) {
    const service = node.type.name === "service";
    super(node, island, view, at, service ? el("div", { class: "service ed-service" }) : el("span", { class: "ed-action" }));
    this.contentDOM = service ? el("div", { class: "ed-service-words" }) : el("span", { class: "ds-button ed-words", ...bare(island.t("empty-button")) });
    this.dom.append(this.contentDOM, this.about);
    this.draw();
  }

  draw(): void {
    const target = this.node.attrs.target as Target | null;
    this.watch(refOf(target));
    const none = !target || target.to === "missing";
    this.about.replaceChildren(icon(this.node.type.name === "service" ? outIcon : linkIcon), el("span", { class: none ? "bad" : null }, goal(this.island, target)), this.settings(this.island.t("choose-goal")));
    if (this.node.type.name === "action") this.contentDOM!.classList.toggle("ed-empty", this.node.content.size === 0);
  }
}

class TaskItem extends Framed {
  private about = still("span", "ed-about");

  constructor(node: Node, island: Island, view: EditorView, at: () => number | undefined) {
    super(node, island, view, at, el("div", { class: "ed-task" }));
    this.contentDOM = el("div");
    this.dom.append(this.contentDOM, this.about);
    this.draw();
  }

  draw(): void {
    const target = this.node.attrs.target as Target | null;
    this.watch(refOf(target));
    this.about.replaceChildren(icon(linkIcon), el("span", {}, goal(this.island, target)), this.settings(this.island.t("choose-goal")));
  }
}

class VideoBlock extends Framed {
  private about = still("div", "ed-about");

  constructor(node: Node, island: Island, view: EditorView, at: () => number | undefined) {
    super(node, island, view, at, el("figure", { class: "video ed-video" }));
    this.contentDOM = el("div", { class: "ed-video-words" });
    this.dom.append(this.about, this.contentDOM);
    this.draw();
  }

  draw(): void {
    const { url, sign_language: signs } = this.node.attrs as { url: string; sign_language: boolean };
    const t = this.island.t;
    this.about.replaceChildren(icon(signs ? handIcon : playIcon), el("span", { class: url ? null : "bad" }, url || t("video-no-address"), signs ? el("small", {}, t("video-signs")) : null), this.settings(t("video-settings")));
  }
}

class DownloadBlock extends Framed {
  private about = still("span", "ed-about");

  constructor(node: Node, island: Island, view: EditorView, at: () => number | undefined) {
    super(node, island, view, at, el("div", { class: "download ed-download" }));
    this.contentDOM = el("span", { class: "ed-words" });
    this.dom.append(this.contentDOM, this.about);
    this.draw();
  }

  draw(): void {
    const ref = `file:${this.node.attrs.file}`;
    this.watch(ref);
    const thing = this.island.shown.get(ref);
    const t = this.island.t;
    this.contentDOM!.dataset.empty = thing?.title ?? t("empty-download");
    this.contentDOM!.classList.toggle("ed-empty", this.node.content.size === 0);
    this.about.replaceChildren(icon(downloadIcon), el("span", {}, thing === null ? t("file-gone") : thing?.note ?? t("loading")), this.settings(t("download-settings")));
  }
}

class AnchorBlock extends Framed {
  constructor(node: Node, island: Island, view: EditorView, at: () => number | undefined) {
    super(node, island, view, at, el("div", { class: "ed-anchor" }));
    this.contentDOM = el("span", { class: "ed-words", ...bare(island.t("empty-anchor")) });
    const mark = still("span", "ed-about");
    mark.append(icon(anchorIcon), el("span", {}, island.t("block-anchor")));
    this.dom.append(mark, this.contentDOM);
    this.draw();
  }

  draw(): void {
    this.contentDOM!.classList.toggle("ed-empty", this.node.content.size === 0);
  }
}

class UnknownBlock extends Framed {
  constructor(node: Node, island: Island, view: EditorView, at: () => number | undefined) {
    super(node, island, view, at, still("div", "ed-unknown"));
    this.draw();
  }

  draw(): void {
    this.dom.replaceChildren(icon(unknownIcon), el("span", {}, this.island.t("unknown", { type: String((this.node.attrs.json as { type?: string }).type ?? "?") })));
  }
}

class FactChip extends Framed {
  constructor(node: Node, island: Island, view: EditorView, at: () => number | undefined) {
    super(node, island, view, at, still("span", "ed-chip"));
    this.dom.addEventListener("dblclick", () => {
      const here = this.at();
      if (here !== undefined) settingsOf(island, here, this.node);
    });
    this.draw();
  }

  draw(): void {
    const ref = factRef(this.node.attrs as { source: string; owner: string; field: string });
    this.watch(ref);
    const thing = this.island.shown.get(ref);
    const t = this.island.t;
    this.dom.classList.toggle("bad", thing === null);
    this.dom.title = thing ? t("fact-from", { label: thing.title }) : "";
    this.dom.replaceChildren(icon(linkIcon), thing === null ? t("fact-gone") : thing?.value || thing?.title || "…");
  }
}

/** A cell of the header: one without words says that it has none to those who listen. */
class HeaderCell implements NodeView {
  dom = el("th", { scope: "col" });
  contentDOM = el("div");
  private none: HTMLElement;

  constructor(private node: Node, island: Island) {
    this.none = el("span", { class: "sr", contenteditable: "false" }, island.t("empty-header"));
    this.dom.append(this.none, this.contentDOM);
    this.draw();
  }

  private draw(): void {
    this.none.hidden = this.node.textContent !== "";
    this.dom.colSpan = this.node.attrs.colspan as number;
    this.dom.rowSpan = this.node.attrs.rowspan as number;
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.draw();
    return true;
  }

  ignoreMutation(mutation: { type: string; target: globalThis.Node }): boolean {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target);
  }
}

/** Words with a hint that stands there while nothing is written. */
class Hinted implements NodeView {
  dom: HTMLElement;
  contentDOM: HTMLElement;

  constructor(private node: Node, island: Island, tag: "p" | "span" | "footer", hint: string, name: string) {
    this.dom = this.contentDOM = el(tag, { class: name, ...bare(island.t(hint)) });
    this.draw();
  }

  private draw(): void {
    this.dom.classList.toggle("ed-empty", this.node.content.size === 0);
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.draw();
    return true;
  }

  ignoreMutation(mutation: { type: string; target: globalThis.Node }): boolean {
    return mutation.type === "attributes" && mutation.target === this.dom;
  }
}

/** The views of all blocks that need more than their words. */
export function views(island: Island): Record<string, NodeViewConstructor> {
  const framed = (Made: new (node: Node, island: Island, view: EditorView, at: () => number | undefined) => NodeView): NodeViewConstructor =>
    (node, view, at) => new Made(node, island, view, at);
  const hinted = (tag: "p" | "span" | "footer", hint: string, name: string): NodeViewConstructor => (node) => new Hinted(node, island, tag, hint, name);
  return {
    picture: framed(PictureBlock), contact: framed(ContactBlock), notice: framed(NoticeBlock), table: framed(TableBlock),
    action: framed(Pressed), service: framed(Pressed), task: framed(TaskItem), video: framed(VideoBlock), download: framed(DownloadBlock),
    table_header: (node) => new HeaderCell(node, island), anchor: framed(AnchorBlock), unknown: framed(UnknownBlock), fact: framed(FactChip),
    box_title: hinted("p", "empty-box-title", "ed-title"), fold_title: hinted("p", "empty-fold-title", "ed-title"),
    quote_text: hinted("p", "empty-quote", "ed-quote"), quote_source: hinted("footer", "empty-source", "ed-source"),
    fact_label: hinted("p", "empty-fact-label", "ed-label"), fact_value: hinted("p", "empty-fact-value", "ed-value"), fact_note: hinted("p", "empty-fact-note", "ed-note"),
    task_label: hinted("p", "empty-task", "ed-label"), task_note: hinted("p", "empty-note", "ed-note"), query: hinted("span", "empty-query", "ed-query"),
    video_title: hinted("p", "empty-video-title", "ed-label"), video_text: hinted("p", "empty-video-text", "ed-note"),
    service_label: hinted("span", "empty-button", "ds-button ed-words"), service_note: hinted("span", "empty-note", "ed-note"),
  };
}
