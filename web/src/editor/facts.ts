// Facts stand in one place and are shown in many: choosing one, and seeing where it is shown.
import { NodeSelection } from "prosemirror-state";
import type { Node } from "prosemirror-model";
import { field, openBox } from "./dialog";
import { el } from "./dom";
import { askJson, type Island } from "./island";
import { finder } from "./lookup";
import { factRef } from "./shown";

export interface FactAttrs { source: string; owner: string; field: string }
interface Uses { pages: { title: string; href: string }[]; total: number; edit_href?: string }

export function factBox(island: Island, done: (attrs: FactAttrs) => void): void {
  const { t } = island;
  const box = openBox(island.root, { title: t("fact-choose"), cancel: t("cancel"), wide: true, onClose: () => island.view.focus() });
  const search = finder(island, t("fact-choose"), ["fact"], (found) => {
    const attrs = { source: found.source ?? "fact", owner: found.id, field: found.field ?? "value" };
    island.shown.put(factRef(attrs), { title: found.title, value: found.value });
    box.close();
    done(attrs);
    island.say(t("fact-made", { value: found.value ?? found.title }));
  });
  const row = field(t("fact-search"), search.input, t("fact-search-hint"));
  row.element.append(search.list);
  box.body.append(row.element);
  search.refresh();
  search.input.focus();
}

/** What a fact says, which pages show it, and where it is changed. */
export function showFact(island: Island, at: number, node: Node): void {
  const { t } = island;
  const thing = island.shown.get(factRef(node.attrs as FactAttrs));
  const pages = el("div", { class: "ed-uses" }, el("p", {}, t("loading")));
  const remove = el("button", { type: "button", class: "ds-button", "data-variant": "tertiary" }, t("fact-remove"));
  const other = el("button", { type: "button", class: "ds-button", "data-variant": "secondary" }, t("fact-other"));
  const box = openBox(island.root, { title: t("fact"), cancel: t("close"), wide: true, more: [other, remove], onClose: () => island.view.focus() });
  const still = (): boolean => island.view.state.doc.nodeAt(at)?.eq(node) ?? false;
  remove.addEventListener("click", () => {
    box.close();
    if (still()) island.view.dispatch(island.view.state.tr.delete(at, at + node.nodeSize));
    island.view.focus();
  });
  other.addEventListener("click", () => {
    box.close();
    factBox(island, (attrs) => {
      if (!still()) return;
      const tr = island.view.state.tr.replaceWith(at, at + node.nodeSize, node.type.create(attrs, null, node.marks));
      island.view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, at)));
    });
  });
  box.body.append(
    el("div", { class: "ed-fact" }, el("p", {}, thing?.title ?? ""), el("p", { class: "ed-big" }, thing?.value ?? (thing === null ? t("fact-gone") : t("loading"))), el("p", { class: "hint" }, t("fact-one-place"))),
    pages,
  );
  const asked = new URLSearchParams({ source: node.attrs.source, id: node.attrs.owner, field: node.attrs.field });
  askJson<Uses>(`/admin/lookups/uses?${asked}`).then((uses) => {
    pages.replaceChildren(
      el("h3", {}, uses.total ? t("fact-shown-on", { count: uses.total }) : t("fact-shown-nowhere")),
      el("ul", {}, ...uses.pages.map((page) => el("li", {}, el("a", { href: page.href, target: "_blank" }, page.title), el("small", {}, ` ${page.href}`)))),
      uses.edit_href ? el("p", {}, el("a", { href: uses.edit_href, target: "_blank", class: "ds-button", "data-variant": "secondary" }, t("fact-change"))) : el("p", { class: "hint" }, t("fact-change-elsewhere")),
    );
  }, () => pages.replaceChildren(el("p", {}, t("lookup-failed"))));
}
