// The grip beside a block: pulled with a mouse, or pressed for a menu that does the same by keyboard.
import { NodeSelection } from "prosemirror-state";
import gripIcon from "icon:grip-vertical";
import upIcon from "icon:arrow-up";
import downIcon from "icon:arrow-down";
import copyIcon from "icon:copy";
import deleteIcon from "icon:trash-2";
import settingsIcon from "icon:settings-2";
import plusIcon from "icon:plus";
import { copyBlock, currentBlock, lineAfter, moveDown, moveUp, removeBlock } from "./commands";
import { button } from "./dom";
import type { Island } from "./island";
import { openMenu, type Entry } from "./menu";
import { hasSettings } from "./settings";
import { blockName } from "./names";

/** What can be done with the block at the caret. */
export function blockEntries(island: Island): Entry[] {
  const { t, view } = island;
  const told = (command: typeof moveUp, key: string) => () => {
    const done = command(view.state, view.dispatch, view);
    const here = currentBlock(view.state);
    if (done) island.say(t(key, { block: here ? blockName(island, here.node) : "", place: here ? here.$at.index(here.depth - 1) + 1 : 1 }));
    view.focus();
  };
  return [
    { label: t("move-up"), drawing: upIcon, keys: "Alt+Shift+↑", disabled: moveUp(view.state) ? undefined : t("is-first"), run: told(moveUp, "moved") },
    { label: t("move-down"), drawing: downIcon, keys: "Alt+Shift+↓", disabled: moveDown(view.state) ? undefined : t("is-last"), run: told(moveDown, "moved") },
    ...(hasSettings(island) ? [{ label: t("block-settings"), drawing: settingsIcon, keys: "Alt+Enter", run: () => void island.settings() }] : []),
    { label: t("line-after"), drawing: plusIcon, keys: "Ctrl+Enter", run: told(lineAfter, "line-added") },
    { label: t("copy-block"), drawing: copyIcon, run: told(copyBlock, "copied") },
    { label: t("delete-block"), drawing: deleteIcon, run: told(removeBlock, "deleted") },
  ];
}

/** One grip for the whole text; it goes where the mouse or the caret is. */
export class Handle {
  readonly element: HTMLButtonElement;
  private at = -1;

  constructor(private readonly island: Island) {
    const { t } = island;
    this.element = button(t("block-menu"), gripIcon, () => {
      this.select();
      openMenu(this.element, t("block-menu"), blockEntries(island), island.root, () => island.view.focus());
    }, { class: "ed-grip", "data-bare": "", "aria-haspopup": "menu", "aria-expanded": "false", draggable: "true" });
    this.element.hidden = true;
    this.element.addEventListener("dragstart", (event) => this.drag(event));
    this.element.addEventListener("dragend", () => this.element.classList.remove("on"));
  }

  watch(): void {
    const { view } = this.island;
    view.dom.parentElement!.addEventListener("mousemove", (event) => {
      if (this.element.getAttribute("aria-expanded") === "true") return;
      const inside = view.dom.getBoundingClientRect();
      const found = view.posAtCoords({ left: Math.min(Math.max(event.clientX, inside.left + 8), inside.right - 8), top: event.clientY });
      if (!found) return;
      const $at = view.state.doc.resolve(found.inside >= 0 ? found.inside : found.pos);
      this.show($at.depth ? $at.before(1) : $at.pos);
    });
  }

  /** Stands beside the block that begins there. */
  show(at: number): void {
    const { view, root } = this.island;
    const dom = view.state.doc.nodeAt(at) && at < view.state.doc.content.size ? view.nodeDOM(at) : null;
    if (!(dom instanceof HTMLElement)) {
      this.element.hidden = true;
      return;
    }
    this.at = at;
    this.element.hidden = false;
    const place = dom.getBoundingClientRect();
    const frame = root.getBoundingClientRect();
    this.element.style.top = `${place.top - frame.top + Math.min(2, place.height / 2)}px`;
    const node = view.state.doc.nodeAt(at)!;
    this.element.setAttribute("aria-label", this.island.t("block-menu-of", { block: blockName(this.island, node) }));
  }

  update(): void {
    if (this.element.matches(":hover") || this.element.getAttribute("aria-expanded") === "true") return;
    const { selection } = this.island.view.state;
    this.show(selection.$from.depth ? selection.$from.before(1) : selection.from);
  }

  private select(): void {
    const { view } = this.island;
    if (this.at < 0 || this.at >= view.state.doc.content.size) return;
    const { selection, doc } = view.state;
    const node = doc.nodeAt(this.at);
    if (!node || (selection.from >= this.at && selection.to <= this.at + node.nodeSize)) return;
    view.dispatch(view.state.tr.setSelection(NodeSelection.create(doc, this.at)));
  }

  private drag(event: DragEvent): void {
    const { view } = this.island;
    if (!event.dataTransfer || this.at < 0 || !view.state.doc.nodeAt(this.at)) return;
    const selection = NodeSelection.create(view.state.doc, this.at);
    view.dispatch(view.state.tr.setSelection(selection));
    const slice = selection.content();
    const { dom, text } = view.serializeForClipboard(slice);
    event.dataTransfer.clearData();
    event.dataTransfer.setData("text/html", dom.innerHTML);
    event.dataTransfer.setData("text/plain", text);
    event.dataTransfer.effectAllowed = "move";
    const shown = view.nodeDOM(this.at);
    if (shown instanceof HTMLElement) event.dataTransfer.setDragImage(shown, 0, 0);
    view.dragging = { slice, move: true };
    this.element.classList.add("on");
  }
}
