// The menu of blocks: "/" on an empty line, or the button under the text. Its field has the focus, so
// that it is an ordinary combobox to every screen reader; Escape goes back to the line.
import type { Node } from "prosemirror-model";
import type { Command } from "prosemirror-state";
import paragraphIcon from "icon:pilcrow";
import h2Icon from "icon:heading-2";
import h3Icon from "icon:heading-3";
import h4Icon from "icon:heading-4";
import listIcon from "icon:list";
import orderedIcon from "icon:list-ordered";
import tableIcon from "icon:table";
import pictureIcon from "icon:image";
import boxIcon from "icon:square-asterisk";
import foldIcon from "icon:list-collapse";
import quoteIcon from "icon:quote";
import noticeIcon from "icon:info";
import warningIcon from "icon:triangle-alert";
import videoIcon from "icon:play";
import buttonIcon from "icon:mouse-pointer-click";
import contactIcon from "icon:phone";
import serviceIcon from "icon:square-arrow-out-up-right";
import anchorIcon from "icon:anchor";
import downloadIcon from "icon:download";
import factIcon from "icon:link";
import factsIcon from "icon:rows-3";
import tasksIcon from "icon:list-checks";
import searchesIcon from "icon:search";
import { combobox, type Option } from "./combobox";
import { allowedLevels, currentBlock, emptyTable, insertBlock, toHeading, toList, toParagraph } from "./commands";
import { el } from "./dom";
import type { Island } from "./island";
import { place } from "./menu";
import { schema } from "./schema";
import { asking } from "./settings";

const n = schema.nodes;
interface Choice extends Option { name: string; run: () => void }

/** A turned line where there is one, else a new block. */
function turn(island: Island, command: Command, made: () => Node): void {
  const { view } = island;
  const here = currentBlock(view.state);
  if (here?.node.type === n.paragraph && here.node.content.size === 0 && command(view.state, view.dispatch)) {
    view.focus();
    return;
  }
  view.dispatch(insertBlock(view.state, made()));
  view.focus();
}

export function choices(island: Island): Choice[] {
  const { t } = island;
  const levels = allowedLevels(island.view.state);
  const put = (made: () => Node) => () => {
    island.view.dispatch(insertBlock(island.view.state, made()));
    island.view.focus();
  };
  const heading = (level: number, drawing: string): Choice => ({
    name: `heading-${level}`, label: t(`block-heading-${level}`), note: t("block-heading-note"), drawing,
    disabled: levels.includes(level) ? undefined : t("heading-order", { level: level - 1 }),
    run: () => turn(island, toHeading(level), () => n.heading.create({ level })),
  });
  const one = (name: string, drawing: string, run: () => void): Choice => ({ name, label: t(`block-${name}`), note: t(`block-${name}-note`), drawing, run });
  const item = (): Node => n.list_item.create(null, n.paragraph.create());
  const portal = ["start", "theme"].includes(island.kind);
  return [
    one("paragraph", paragraphIcon, () => turn(island, toParagraph, () => n.paragraph.create())),
    heading(2, h2Icon), heading(3, h3Icon), heading(4, h4Icon),
    one("list", listIcon, () => turn(island, toList(false), () => n.list.create({ ordered: false }, item()))),
    one("steps", orderedIcon, () => turn(island, toList(true), () => n.list.create({ ordered: true }, item()))),
    one("table", tableIcon, put(() => emptyTable(2, 3))),
    one("picture", pictureIcon, () => asking.picture(island)),
    one("box", boxIcon, put(() => n.box.create(null, [n.box_title.create(), n.paragraph.create()]))),
    one("accordion", foldIcon, put(() => n.accordion.create(null, n.fold.create(null, [n.fold_title.create(), n.paragraph.create()])))),
    one("quote", quoteIcon, put(() => n.quote.create(null, [n.quote_text.create(), n.quote_source.create()]))),
    one("notice", noticeIcon, put(() => n.notice.create({ tone: "info" }))),
    one("warning", warningIcon, put(() => n.notice.create({ tone: "warning" }))),
    one("video", videoIcon, () => asking.video(island)),
    one("actions", buttonIcon, () => asking.actions(island)),
    one("contact", contactIcon, () => asking.contact(island)),
    one("service", serviceIcon, () => asking.service(island)),
    one("fact", factIcon, () => asking.fact(island)),
    one("facts", factsIcon, put(() => n.facts.create(null, n.fact_item.create(null, [n.fact_label.create(), n.fact_value.create(), n.fact_note.create()])))),
    one("download", downloadIcon, () => asking.download(island)),
    one("anchor", anchorIcon, put(() => n.anchor.create())),
    ...(portal ? [
      one("tasks", tasksIcon, put(() => n.tasks.create(null, n.task.create(null, [n.task_label.create(), n.task_note.create()])))),
      one("searches", searchesIcon, put(() => n.searches.create(null, n.query.create()))),
    ] : []),
  ];
}

const plain = (text: string): string => text.toLowerCase().normalize("NFD").replaceAll(/\p{M}/gu, "");

/** Opens the menu at the caret. `slash`: it was asked for with "/", which a second "/" writes. */
export function openPalette(island: Island, slash: boolean): void {
  const { t, view, root } = island;
  root.querySelector(".ed-palette")?.remove();
  const all = choices(island);
  const close = (back: boolean): void => {
    document.removeEventListener("mousedown", outside, true);
    box.remove();
    if (back) view.focus();
  };
  const outside = (event: Event): void => {
    if (!box.contains(event.target as globalThis.Node)) close(false);
  };
  const { input, list, refresh } = combobox<Choice>({
    label: t("insert"),
    find: (query) => {
      const asked = plain(query);
      const fits = (choice: Choice): number => {
        const name = plain(choice.label);
        return name.startsWith(asked) ? 0 : name.includes(asked) ? 1 : plain(choice.note ?? "").includes(asked) ? 2 : 3;
      };
      return all.filter((choice) => fits(choice) < 3).sort((one, other) => fits(one) - fits(other));
    },
    choose: (choice) => {
      close(false);
      choice.run();
      island.say(t("inserted", { block: choice.label }));
    },
    counted: (count) => (count ? t("found", { count }) : t("found-nothing")),
    failed: () => "",
  });
  input.setAttribute("aria-label", t("insert"));
  input.placeholder = t("insert-search");
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || (event.key === "Backspace" && !input.value)) close(true);
    else if (slash && event.key === "/" && !input.value) {
      close(true);
      view.dispatch(view.state.tr.insertText("/"));
    } else if (event.key === "Tab") {
      close(true);
      return;
    } else return;
    event.preventDefault();
  });
  const box = el("div", { class: "ed-palette", role: "group", "aria-label": t("insert") }, input, list);
  root.append(box);
  refresh();
  const caret = view.coordsAtPos(view.state.selection.from);
  place(box, caret, root);
  document.addEventListener("mousedown", outside, true);
  input.focus();
}
