// The editor of a page. It stands in place of the text field of an ordinary form: without script the form
// edits the same page.
import { EditorState, TextSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { tableEditing } from "prosemirror-tables";
import { Plugin } from "prosemirror-state";
import plusIcon from "icon:plus";
import { fixHeader, fresh } from "./commands";
import { Conflicts, type Conflict } from "./conflicts";
import { countBlocks, toDoc, toNode, type Block } from "./document";
import { nameOf, type Answer } from "./draft";
import { button, el, freshId } from "./dom";
import { Handle } from "./handle";
import { ids } from "./ids";
import { askJson, Failure, type Island } from "./island";
import { keys } from "./keys";
import { marks, marksKey } from "./marks";
import { openPalette } from "./palette";
import { paste } from "./paste";
import { Past } from "./past";
import { Quality } from "./quality";
import { schema } from "./schema";
import { leadingPicture } from "./leading";
import { linkBox, settingsHere } from "./settings";
import { settleLinks } from "./goals";
import { Shown } from "./shown";
import { Source } from "./source";
import { Status } from "./status";
import { drop, windowName, type Unsent } from "./store";
import { Sync } from "./sync";
import { Toolbar } from "./toolbar";
import { views } from "./views";
import { words, type Words } from "./words";

/** Blocks with which the editor is still quick on a slow computer; longer texts keep the plain form. */
const MOST = 1_500;

interface Opening { person: string; words: Record<string, string> }

async function mount(form: HTMLFormElement): Promise<void> {
  const place = form.querySelector<HTMLElement>("[data-field=text]");
  const textarea = place?.querySelector("textarea") ?? form.querySelector<HTMLTextAreaElement>("textarea[name=text]");
  const url = form.dataset.endpoint;
  if (!textarea || !url) return;
  const holder = place ?? textarea.closest<HTMLElement>(".field")!;
  const opening = await askJson<Opening>("/admin/lookups/words");
  const t = words(opening.words);
  const page = `${opening.person}:${url}`;
  const client = await windowName();
  let opened: { answer: Answer; found: number; left: Unsent[] };
  try {
    opened = await Sync.open(url, page, client);
  } catch (error) {
    notice(holder, t("not-opened"), error instanceof Failure ? error.message : "", t, () => void mount(form));
    return;
  }
  holder.querySelector(".ed-notice")?.remove();
  const blocks = inOrder(opened.answer);
  const count = countBlocks(blocks);
  if (count > MOST) {
    notice(holder, t("too-long", { count, most: MOST }), "", t);
    refused(holder, t, opened.left);
    return;
  }
  build(form, holder, textarea, t, page, client, opened.answer, blocks, opened.found, (state) => opening.words[`desk-state-${state}`]);
  refused(holder, t, opened.left);
}

function inOrder(answer: Answer): Block[] {
  const all = new Map(answer.changes.blocks.map((held) => [held.value.id, held.value]));
  return answer.changes.order.flatMap((name) => all.get(name) ?? []);
}

/** A remark over the plain field, which stays. */
function notice(holder: HTMLElement, sentence: string, detail: string, t: Words, again?: () => void): void {
  holder.querySelector(".ed-notice")?.remove();
  const box = el("div", { class: "ed-notice", role: "status" }, el("p", {}, sentence), detail ? el("p", {}, detail) : null);
  if (again) {
    const retry = el("button", { type: "button", class: "ds-button", "data-variant": "secondary" }, t("try-again"));
    retry.addEventListener("click", again);
    box.append(retry);
  }
  holder.prepend(box);
}

/** Words that lie in the browser and that the server did not take: shown, so that they can be copied. */
function refused(before: HTMLElement, t: Words, left: Unsent[]): void {
  for (const unsent of left) {
    const texts = unsent.patches.flatMap((patch) => [...(patch.fields ?? []).map((field) => field.value), ...(patch.blocks ?? []).map(({ block }) => wordsOf(block))]);
    const name = freshId("left");
    const words = el("textarea", { id: name, rows: "6", readonly: "" });
    words.value = texts.filter((text) => text.trim()).join("\n\n");
    const away = el("button", { type: "button", class: "ds-button", "data-variant": "secondary" }, t("left-drop"));
    const box = el("div", { class: "ed-notice", role: "status" }, el("p", {}, el("b", {}, el("label", { for: name }, t("left-title")))), el("p", {}, t("left-about")), words, el("p", {}, away));
    away.addEventListener("click", () => {
      void drop(unsent.key);
      box.remove();
    });
    before.before(box);
  }
}

function wordsOf(block: Block): string {
  const parts: string[] = [];
  toNode(block).descendants((node) => {
    if (node.isTextblock) parts.push(node.textContent);
    return !node.isTextblock;
  });
  return parts.join("\n") || toNode(block).textContent;
}

function build(form: HTMLFormElement, holder: HTMLElement, textarea: HTMLTextAreaElement, t: Words, page: string, client: string, answer: Answer, blocks: Block[], found: number, stateWords: (state: string) => string | undefined): void {
  const url = form.dataset.endpoint!;
  const live = el("p", { class: "sr", role: "status", "aria-live": "polite" });
  const root = el("div", { class: "ed-root" });
  const past = new Past(page);
  let talk = 0;
  const island: Island = {
    t, root, locale: answer.locale, kind: answer.kind, shown: new Shown(() => island.locale),
    say: (sentence) => {
      clearTimeout(talk);
      live.textContent = "";
      talk = window.setTimeout(() => { live.textContent = sentence; }, 60);
    },
    view: undefined as unknown as EditorView,
    insert: () => openPalette(island, document.activeElement === island.view.dom),
    settings: () => settingsHere(island),
    link: () => linkBox(island),
    settle: () => settleLinks(island),
  };
  const status = new Status(island, form);
  const sync = new Sync(() => island.view, form, url, client, page, {
    condition: (condition, message) => status.show(condition, message),
    answered: (one) => answered(one),
    others: (names) => past.others(island.view.state.doc, names),
    kept: (kept) => status.kept(kept),
  });
  const toolbar = new Toolbar(island, past);
  const handle = new Handle(island);
  const source = new Source(island);
  const conflicts = new Conflicts(island, (name) => sync.current(name), (conflict, choice) => settle(conflict, choice), (name) => go(name));

  function answered(one: Answer): void {
    const found = one.conflicts.map((conflict): Conflict => ({
      id: conflict.name, name: nameOf(conflict.part), person: conflict.person, time: conflict.time, mine: conflict.mine,
      ...(typeof conflict.other === "string" ? { value: conflict.other } : { block: conflict.other }),
    }));
    const people = one.people.map((person) => ({ ...person, at: person.at && nameOf(person.at) }));
    status.people(people);
    for (const input of document.querySelectorAll<HTMLInputElement>("input[type=hidden][name=revision]")) input.value = String(one.revision);
    quality.refresh();
    const standing = document.getElementById("draft_state");
    const state = stateWords(one.state);
    if (standing && state && standing.dataset.state !== one.state) {
      standing.dataset.state = one.state;
      standing.textContent = state;
    }
    conflicts.show(found);
    const torn = new Set(found.map((conflict) => conflict.name));
    const now = marksKey.getState(island.view.state)!;
    if (JSON.stringify([people, [...torn]]) !== JSON.stringify([now.people, [...now.conflicts]])) {
      island.view.dispatch(island.view.state.tr.setMeta(marksKey, { people, conflicts: torn }).setMeta("addToHistory", false));
    }
  }

  async function settle(conflict: Conflict, choice: "kept" | "standing" | "both"): Promise<void> {
    if (choice !== "standing" && conflict.block) {
      const { state } = island.view;
      let there: { at: number; size: number } | undefined;
      state.doc.forEach((node, at) => { if (node.attrs.id === conflict.name) there = { at, size: node.nodeSize }; });
      const own = toNode(conflict.block);
      if (choice === "kept") {
        island.view.dispatch(there ? state.tr.replaceWith(there.at, there.at + there.size, own) : state.tr.insert(state.doc.content.size, own));
      } else {
        const copy = own.type.create({ ...own.attrs, id: null }, own.content);
        island.view.dispatch(state.tr.insert(there ? there.at + there.size : state.doc.content.size, fresh(copy)));
      }
    } else if (choice === "kept" && conflict.value !== undefined) sync.put(conflict.name, conflict.value);
    if (!await sync.settle(conflict.id)) throw new Failure(0, "");
    island.say(t("settled"));
  }

  function go(name: string): void {
    const field = name.startsWith("field:") ? form.elements.namedItem(name.slice(6)) : null;
    if (field instanceof HTMLElement) field.focus();
    island.view.state.doc.forEach((node, at) => {
      if (node.attrs.id !== name) return;
      const { view } = island;
      view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at + 1))).scrollIntoView());
      view.focus();
    });
  }

  const quality = new Quality(island, url.replace(/\/draft$/, "/quality"), go, (remarks) => {
    island.view.dispatch(island.view.state.tr.setMeta(marksKey, { remarks }).setMeta("addToHistory", false));
  });
  const label = holder.querySelector<HTMLLabelElement>("label");
  const help = el("p", { class: "sr", id: freshId("help") }, t("help"));
  const sheet = el("div", { class: "ed-sheet" });
  const host = el("div", { class: "ed-host" });
  const add = button(t("insert"), plusIcon, () => {
    const { view } = island;
    const end = view.state.doc.lastChild;
    // At the end of the text, on a line of its own.
    if (!view.hasFocus() && !(end?.type === schema.nodes.paragraph && end.content.size === 0)) {
      view.dispatch(view.state.tr.insert(view.state.doc.content.size, schema.nodes.paragraph.create()));
    }
    view.dispatch(view.state.tr.setSelection(TextSelection.atEnd(view.state.doc)).scrollIntoView());
    openPalette(island, false);
  }, { class: "ds-button", "data-variant": "secondary" });
  const hint = el("span", {}, ...t("insert-hint").split(/(\/)/).map((part) => (part === "/" ? el("kbd", {}, "/") : part)));
  sheet.append(host, el("div", { class: "ed-adder" }, add, hint));
  root.append(conflicts.element, toolbar.element, sheet, handle.element, help, live);
  holder.after(root);
  holder.hidden = true;
  textarea.disabled = true;
  // What the plain form tells of others is told here as it happens.
  for (const plain of document.querySelectorAll<HTMLElement>("#draft_people, form[data-editor] > section.conflict")) {
    plain.hidden = true;
    for (const input of plain.querySelectorAll("input")) input.disabled = true;
  }
  lift(form, sheet, () => island.view.focus());

  const save = new Plugin({
    view: () => ({
      update: (view, before) => {
        toolbar.update(view.state);
        handle.update();
        source.follow(view.hasFocus() ? blocksTo(view.state) : []);
        if (view.state.doc !== before.doc) sync.changed();
      },
    }),
  });
  const header = new Plugin({ appendTransaction: (all, _old, state) => (all.some((one) => one.docChanged) ? fixHeader(state) : null) });
  const doc = toDoc(blocks);
  island.view = new EditorView(host, {
    state: EditorState.create({
      doc,
      plugins: [paste(island), ...keys(island, past, () => toolbar.focus()), past.plugin, ids(), header, tableEditing({ allowTableNodeSelection: false }), dropCursor({ class: "ed-drop", color: false }), gapCursor(), marks(() => island), save],
    }),
    nodeViews: views(island),
    // Below the row of tools, which stays in sight.
    scrollMargin: { top: 80, bottom: 110, left: 5, right: 5 }, scrollThreshold: { top: 80, bottom: 110, left: 5, right: 5 },
    attributes: {
      id: "ed_text", role: "textbox", "aria-multiline": "true", "aria-label": t("text"), "aria-describedby": help.id, class: "prose ed-text",
      lang: answer.locale, spellcheck: "true", ...(answer.locale.startsWith("ar") || answer.locale.startsWith("fa") ? { dir: "rtl" } : {}),
    },
    handleDOMEvents: { focus: () => { root.classList.add("on"); return false; } },
  });
  label?.addEventListener("click", () => island.view.focus());
  // What is wrong with the text is told with a link to its field.
  for (const link of document.querySelectorAll(`a[href="#${CSS.escape(textarea.id)}"]`)) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      island.view.focus();
    });
  }
  handle.watch();
  sync.start(answer, doc);
  leadingPicture(form, island, () => String(sync.current("field:picture") ?? ""));
  past.start(doc);
  void past.open().then(() => toolbar.update(island.view.state));
  let noted = 0;
  island.view.setProps({
    dispatchTransaction(transaction) {
      const remote = transaction.getMeta("remote") as boolean | undefined;
      island.view.updateState(island.view.state.apply(transaction));
      if (!transaction.docChanged || remote || transaction.getMeta("addToHistory") === false) return;
      clearTimeout(noted);
      noted = window.setTimeout(() => past.note(island.view.state.doc), 1_000);
    },
  });
  window.addEventListener("pagehide", () => past.note(island.view.state.doc));
  window.addEventListener("focus", () => island.shown.refresh());
  toolbar.update(island.view.state);
  status.show("saved", "");
  answered(answer);
  if (found) island.say(t("found-unsent"));
  if (answer.locale !== "sv") void source.open(url.replace(/\/draft$/, "/translation"));
  send(form, sync, island, status);
  form.dataset.ready = "";
}

/** The blocks from the first to the one at the caret. */
function blocksTo(state: EditorState): string[] {
  const last = state.selection.$from.index(0);
  const names: string[] = [];
  state.doc.forEach((node, _at, index) => {
    if (index <= last && node.attrs.id) names.push(node.attrs.id as string);
  });
  return names;
}

/** Title and lead stand over the text, as they will on the page. They stay fields of the form. */
function lift(form: HTMLFormElement, sheet: HTMLElement, text: () => void): void {
  for (const name of ["description", "title"]) {
    const input = form.elements.namedItem(name);
    if (!(input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement)) continue;
    const row = input.closest<HTMLElement>("[data-field], .field");
    if (!row) continue;
    row.classList.add(`ed-${name}`);
    input.addEventListener("keydown", (event) => {
      // Enter goes on to what stands below; it neither breaks these lines nor sends the page.
      if ((event as KeyboardEvent).key !== "Enter" || (event as KeyboardEvent).isComposing) return;
      event.preventDefault();
      const next = name === "title" ? form.elements.namedItem("description") : null;
      if (next instanceof HTMLElement && sheet.contains(next)) next.focus();
      else text();
    });
    sheet.prepend(row);
    if (input instanceof HTMLTextAreaElement) {
      const grow = (): void => {
        input.style.height = "auto";
        input.style.height = `${input.scrollHeight + 2}px`;
      };
      input.rows = 1;
      input.addEventListener("input", grow);
      input.addEventListener("torg-written", grow);
      new ResizeObserver(grow).observe(sheet);
    }
  }
}

/** The form's own buttons: first everything is saved into the draft, then the form goes. */
function send(page: HTMLFormElement, sync: Sync, island: Island, status: Status): void {
  let ready = false;
  const own = page.dataset.endpoint!.replace(/\/draft$/, "");
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const by = event.submitter as HTMLButtonElement | null;
    const to = new URL(by?.getAttribute("formaction") ?? form.getAttribute("action") ?? "", location.href).pathname;
    // Everything that is done with this text: kept as a version, approved, planned, published.
    if (ready || form.method !== "post" || (to !== own && !to.startsWith(`${own}/`))) return;
    event.preventDefault();
    void sync.save().then((saved) => {
      if (!saved) {
        island.say(island.t("not-sent"));
        status.insist();
        return;
      }
      // When all was saved already this event is not over yet, and a form that is being sent cannot be sent anew.
      window.setTimeout(() => {
        ready = true;
        sync.stop();
        form.requestSubmit(by);
        window.setTimeout(() => { ready = false; }, 500);
      });
    });
  });
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-editor]")) {
  mount(form).catch((error: unknown) => {
    // The plain form works on; what went wrong is for those who look after the program.
    console.warn("editor", error);
  });
}
