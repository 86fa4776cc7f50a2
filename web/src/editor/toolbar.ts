// The row of tools: one stop for Tab, arrows between the buttons (the toolbar pattern of ARIA).
import type { Command, EditorState } from "prosemirror-state";
import { addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, deleteColumn, deleteRow, deleteTable, isInTable } from "prosemirror-tables";
import typeIcon from "icon:type";
import boldIcon from "icon:bold";
import italicIcon from "icon:italic";
import linkIcon from "icon:link";
import listIcon from "icon:list";
import orderedIcon from "icon:list-ordered";
import undoIcon from "icon:undo-2";
import redoIcon from "icon:redo-2";
import plusIcon from "icon:plus";
import blockIcon from "icon:grip-vertical";
import tableIcon from "icon:table";
import { allowedLevels, currentBlock, isInList, rowToHeader, takesMarks, toggleEmphasis, toggleStrong, toHeading, toList, toParagraph } from "./commands";
import { button, el } from "./dom";
import { blockEntries } from "./handle";
import type { Past } from "./past";
import type { Island } from "./island";
import { openMenu, type Entry } from "./menu";
import { schema } from "./schema";
import { linkAt } from "./commands";

const n = schema.nodes;
interface Tool { button: HTMLButtonElement; update?: (state: EditorState) => void }

export class Toolbar {
  readonly element: HTMLElement;
  private readonly tools: Tool[] = [];
  private readonly tableTool: HTMLButtonElement;

  constructor(private readonly island: Island, past: Past) {
    const { t } = island;
    this.element = el("div", { role: "toolbar", class: "ed-toolbar", "aria-label": t("toolbar"), "aria-controls": "ed_text" });
    const add = (tool: HTMLButtonElement, update?: (state: EditorState) => void): HTMLButtonElement => {
      tool.tabIndex = -1;
      tool.addEventListener("mousedown", (event) => event.preventDefault());
      this.element.append(tool);
      this.tools.push({ button: tool, update });
      return tool;
    };
    const gap = (): void => this.element.append(el("span", { class: "ed-gap", "aria-hidden": "true" }));
    const press = (label: string, drawing: string, command: Command, pressed?: (state: EditorState) => boolean): void => {
      const tool = add(button(label, drawing, () => this.run(command), { "data-bare": "", ...(pressed ? { "aria-pressed": "false" } : {}) }), (state) => {
        if (pressed) tool.setAttribute("aria-pressed", String(pressed(state)));
        able(tool, command(state, undefined));
      });
    };
    const able = (tool: HTMLElement, yes: boolean): void => (yes ? tool.removeAttribute("aria-disabled") : tool.setAttribute("aria-disabled", "true"));
    const kind = add(button(t("block-paragraph"), typeIcon, () => openMenu(kind, t("turn-into"), this.kinds(), island.root, () => island.view.focus()), { "aria-haspopup": "menu", "aria-expanded": "false", class: "ed-kind" }), (state) => {
      kind.querySelector("span")!.textContent = this.kindName(state);
      able(kind, [n.paragraph, n.heading].includes(state.selection.$from.parent.type) && !isInTable(state));
    });
    gap();
    press(t("bold"), boldIcon, toggleStrong, (state) => marked(state, "strong"));
    press(t("italic"), italicIcon, toggleEmphasis, (state) => marked(state, "emphasis"));
    const link = add(button(t("link"), linkIcon, () => island.link(), { "data-bare": "", "aria-pressed": "false" }), (state) => {
      link.setAttribute("aria-pressed", String(linkAt(state) !== undefined));
      able(link, takesMarks(state));
    });
    gap();
    press(t("block-list"), listIcon, toList(false), (state) => isInList(state, false));
    press(t("block-steps"), orderedIcon, toList(true), (state) => isInList(state, true));
    gap();
    press(t("undo"), undoIcon, past.undo);
    press(t("redo"), redoIcon, past.redo);
    gap();
    add(button(t("insert"), plusIcon, () => island.insert(), { "data-bare": "" }));
    const block = add(button(t("block-menu"), blockIcon, () => openMenu(block, t("block-menu"), blockEntries(island), island.root, () => island.view.focus()), { "data-bare": "", "aria-haspopup": "menu", "aria-expanded": "false" }), (state) => able(block, currentBlock(state) !== undefined));
    this.tableTool = add(button(t("table-tools"), tableIcon, () => openMenu(this.tableTool, t("table-tools"), this.tableEntries(), island.root, () => island.view.focus()), { "aria-haspopup": "menu", "aria-expanded": "false" }), (state) => {
      this.tableTool.hidden = !isInTable(state);
    });
    this.tools[0].button.tabIndex = 0;
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.element.addEventListener("focusin", (event) => this.stop(event.target as HTMLElement));
  }

  private run(command: Command): void {
    const { view } = this.island;
    command(view.state, view.dispatch, view);
    view.focus();
  }

  private stop(at: HTMLElement): void {
    if (!this.tools.some((tool) => tool.button === at)) return;
    for (const tool of this.tools) tool.button.tabIndex = tool.button === at ? 0 : -1;
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      this.island.view.focus();
      return;
    }
    const all = this.tools.map((tool) => tool.button).filter((one) => !one.hidden);
    const now = all.indexOf(document.activeElement as HTMLButtonElement);
    if (now < 0) return;
    const back = getComputedStyle(this.element).direction === "rtl";
    const to = event.key === (back ? "ArrowLeft" : "ArrowRight") ? now + 1 : event.key === (back ? "ArrowRight" : "ArrowLeft") ? now - 1 : event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : NaN;
    if (Number.isNaN(to)) return;
    event.preventDefault();
    all[(to + all.length) % all.length].focus();
  }

  focus(): void {
    this.tools.find((tool) => tool.button.tabIndex === 0 && !tool.button.hidden)?.button.focus();
  }

  update(state: EditorState): void {
    for (const tool of this.tools) tool.update?.(state);
    if (this.tableTool.hidden && this.tableTool.tabIndex === 0) this.stop(this.tools[0].button);
  }

  private kindName(state: EditorState): string {
    const { t } = this.island;
    const parent = state.selection.$from.parent;
    if (parent.type === n.heading) return t(`block-heading-${parent.attrs.level}`);
    const here = currentBlock(state);
    const name = here?.node.type.name ?? "paragraph";
    if (name === "list") return t(here?.node.attrs.ordered ? "block-steps" : "block-list");
    if (name === "notice") return t(here?.node.attrs.tone === "warning" ? "block-warning" : "block-notice");
    return t(`block-${name}`);
  }

  private kinds(): Entry[] {
    const { t, view } = this.island;
    const parent = view.state.selection.$from.parent;
    const levels = allowedLevels(view.state);
    return [
      { label: t("block-paragraph"), checked: parent.type === n.paragraph, keys: "Ctrl+Alt+0", run: () => this.run(toParagraph) },
      ...[2, 3, 4].map((level) => ({
        label: t(`block-heading-${level}`), checked: parent.type === n.heading && parent.attrs.level === level, keys: `Ctrl+Alt+${level}`,
        disabled: levels.includes(level) ? undefined : t("heading-order", { level: level - 1 }), run: () => this.run(toHeading(level)),
      })),
    ];
  }

  private tableEntries(): Entry[] {
    const { t } = this.island;
    const entry = (label: string, command: Command): Entry => ({
      label: t(label), run: () => {
        this.run(command);
        this.island.say(t(`${label}-done`));
      },
    });
    return [
      entry("row-before", addRowBefore), entry("row-after", addRowAfter), entry("column-before", addColumnBefore), entry("column-after", addColumnAfter),
      entry("row-header", rowToHeader), entry("row-delete", deleteRow), entry("column-delete", deleteColumn), entry("table-delete", deleteTable),
    ];
  }
}

function marked(state: EditorState, name: string): boolean {
  const { from, to, empty, $from } = state.selection;
  const type = schema.marks[name];
  return empty ? type.isInSet(state.storedMarks ?? $from.marks()) !== undefined : state.doc.rangeHasMark(from, to, type);
}
