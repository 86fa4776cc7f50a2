// Saving into the draft that all who edit the text share: what has changed here goes there, what has
// changed there comes here. Each change says what it was made from, so that the server can tell apart what
// two wrote; until there is an answer everything stays in the browser too.
import type { Node } from "prosemirror-model";
import type { EditorView } from "prosemirror-view";
import { isBlankNew, toBlock, toNode, type Block } from "./document";
import { post, type Answer, type Patch } from "./draft";
import { Failure } from "./island";
import { newId } from "./ids";
import { incoming } from "./remote";
import { drop, isOpen, keep, unsentOf, type Unsent } from "./store";

const PAUSE = 1_500;
const LOOK = 3_000;
const LOOK_AWAY = 15_000;
/** Browsers send no more than this when a page is left. */
const LEAVING = 60_000;

/** What a part says: a block, or the words of a field. */
type Said = Node | string;
interface Held { version: number; said: Said }
interface Flight { patch: Patch; said: Map<string, Said | null>; order: string[] | null }
type Input = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
export type Condition = "saved" | "writing" | "saving" | "offline" | "logged-out" | "forbidden" | "refused";

export interface Hooks {
  condition: (condition: Condition, message: string) => void;
  answered: (answer: Answer) => void;
  /** Blocks that others have changed in the open text. */
  others: (names: Set<string>) => void;
  kept: (kept: boolean) => void;
}

/** What the server cannot take as it is. */
const isRefusal = (error: unknown): error is Failure => error instanceof Failure && [413, 422].includes(error.status);

const same = (one: Said | undefined, other: Said | undefined): boolean =>
  one === other || (one !== undefined && other !== undefined && typeof one !== "string" && typeof other !== "string" && one.eq(other));

function value(input: Input): string {
  return input instanceof HTMLInputElement && input.type === "checkbox" ? (input.checked ? input.value || "yes" : "") : input.value;
}

function write(input: Input, to: string): void {
  if (input instanceof HTMLInputElement && input.type === "checkbox") input.checked = to !== "";
  else input.value = to;
  input.dispatchEvent(new Event("torg-written"));
}

/** Whose words a page's name says that they are. */
const personOf = (page: string): string => page.split(":")[0]!;

export class Sync {
  /** What the server has, as far as we have heard. */
  private readonly server = new Map<string, Held>();
  /** What the text here was made from. */
  private readonly base = new Map<string, Held>();
  private order: string[] = [];
  private revision = 0;
  private generation = "";
  private flight: Flight | null = null;
  private settled: string[] = [];
  private busy: Promise<void> | null = null;
  private saving = 0;
  private looking = 0;
  private keeping = 0;
  private wait = LOOK;
  private stopped = false;
  private condition: Condition = "saved";
  private keptAny = false;
  private readonly key: string;
  private readonly person: string;
  /** Fields that are ids, as people read them. */
  private readonly shown = new Map<string, { id: string; text: string }>();
  /** What the server did not take, as it was; it is not sent again before it is other. */
  private readonly refused = new Map<string, { said: Said | null; why: string }>();
  /** After a refusal each part goes by itself, so that one that is wrong holds up no other. */
  private alone = false;
  /** The order alone was refused. */
  private hopeless = false;

  constructor(private readonly view: () => EditorView, private readonly form: HTMLFormElement, private readonly url: string, readonly client: string, private readonly page: string, private readonly hooks: Hooks) {
    this.key = `${page}:${client}`;
    this.person = personOf(page);
  }

  /** What lies in the browser since an earlier visit goes first; then the whole text comes. */
  static async open(url: string, page: string, client: string): Promise<{ answer: Answer; found: number; left: Unsent[] }> {
    let found = 0;
    const left: Unsent[] = [];
    const person = personOf(page);
    for (const unsent of await unsentOf(page)) {
      if (unsent.refused) {
        left.push(unsent);
        continue;
      }
      if (unsent.client !== client && await isOpen(unsent.client)) continue;
      const kept: Patch[] = [];
      for (const patch of unsent.patches) {
        try {
          await post(url, { client: unsent.client, person, at: null, since: 0, patches: [patch] });
          found += 1;
        } catch (error) {
          if (!isRefusal(error) && !(error instanceof Failure && [403, 404].includes(error.status))) throw error;
          kept.push(patch);
        }
      }
      // Words that the server refuses lie here under a name of their own, and are shown until somebody puts them away.
      if (kept.length) {
        const own: Unsent = { ...unsent, key: `${unsent.key}:${unsent.at}`, patches: kept, refused: true };
        if (await keep(own)) left.push(own);
        else continue;
      }
      await drop(unsent.key);
    }
    return { answer: await post(url, { client, person, at: null, since: 0 }), found: Math.min(found, 1), left };
  }

  /** The text as it came: nothing of it is ours to send. */
  start(answer: Answer, doc: Node): void {
    const nodes = new Map<string, Node>();
    doc.forEach((node) => nodes.set(node.attrs.id, node));
    for (const { version, value: block } of answer.changes.blocks) this.server.set(block.id, { version, said: nodes.get(block.id) ?? toNode(block) });
    for (const [name, held] of Object.entries(answer.changes.fields)) this.server.set(`field:${name}`, { version: held.version, said: held.value });
    for (const [name, held] of this.server) this.base.set(name, held);
    this.learn(answer);
    for (const [name, input] of this.inputs()) {
      this.write(name, input, this.base.get(name)!.said as string);
      for (const event of ["input", "change"]) input.addEventListener(event, () => this.changed());
    }
    this.order = answer.changes.order;
    this.revision = answer.revision;
    this.generation = answer.generation;
    this.looking = window.setTimeout(() => void this.look(), LOOK);
    window.addEventListener("online", () => void this.save());
    window.addEventListener("focus", () => void this.look());
    document.addEventListener("visibilitychange", () => document.hidden && this.leave());
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("beforeunload", (event) => {
      // Only where the browser itself keeps nothing would words be lost.
      if (!this.stopped && this.isDirty() && !this.keptAny) event.preventDefault();
    });
  }

  /** The fields of the form that the draft keeps. */
  private *inputs(): Iterable<[string, Input]> {
    for (const name of this.base.keys()) {
      if (!name.startsWith("field:")) continue;
      const input = this.form.elements.namedItem(name.slice(6));
      if (input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement || input instanceof HTMLSelectElement) yield [name, input];
    }
  }

  /** How people read the fields that are ids. */
  private learn(answer: Answer): void {
    for (const [name, text] of Object.entries(answer.shown ?? {})) {
      const id = answer.changes.fields[name]?.value;
      if (id) this.shown.set(`field:${name}`, { id, text });
    }
  }

  private read(name: string, input: Input): string {
    const raw = value(input);
    const known = this.shown.get(name);
    return known && raw.trim() === known.text ? known.id : raw;
  }

  private write(name: string, input: Input, to: string): void {
    const known = this.shown.get(name);
    write(input, known?.id === to ? known.text : to);
  }

  /** What the text here says, by part. */
  private here(): { said: Map<string, Said>; order: string[] } {
    const said = new Map<string, Said>();
    const order: string[] = [];
    this.view().state.doc.forEach((node) => {
      const name = node.attrs.id as string | null;
      if (!name || isBlankNew(node, this.base)) return;
      order.push(name);
      said.set(name, node);
    });
    for (const [name, input] of this.inputs()) said.set(name, this.read(name, input));
    return { said, order };
  }

  /** All that was written since what the server has, or since what is on its way there. */
  private changes(all = false): Flight | null {
    const { said, order } = this.here();
    // What was refused waits until it is other, or again what the server has.
    for (const [name, { said: before }] of this.refused) {
      const now = said.get(name);
      if (!same(now, before ?? undefined) || same(now, this.base.get(name)?.said)) this.refused.delete(name);
    }
    const waits = (name: string): boolean => !all && this.refused.has(name);
    const full = (): boolean => this.alone && !all && changed.size > 0;
    const patch: Patch = { id: "", client: this.client, blocks: [], deleted: [], fields: [] };
    const changed = new Map<string, Said | null>();
    const before = (name: string): { from: number; said: Said | undefined } => {
      const sent = this.flight?.said.get(name);
      if (sent !== undefined) return { from: 0, said: sent ?? undefined };
      const base = this.base.get(name);
      return { from: base?.version ?? 0, said: base?.said };
    };
    for (const [name, now] of said) {
      const was = before(name);
      if (same(now, was.said) || waits(name) || full()) continue;
      changed.set(name, now);
      if (typeof now === "string") patch.fields!.push({ name: name.slice(6), value: now, from: was.from, base: was.said as string });
      else patch.blocks!.push({ block: toBlock(now), from: was.from, base: was.said ? toBlock(was.said as Node) : undefined });
    }
    for (const name of new Set([...this.base.keys(), ...(this.flight?.said.keys() ?? [])])) {
      const was = before(name);
      if (name.startsWith("field:") || said.has(name) || was.said === undefined || waits(name) || full()) continue;
      changed.set(name, null);
      patch.deleted!.push({ id: name, from: was.from, base: toBlock(was.said as Node) });
    }
    const known = this.flight?.order ?? this.order;
    const left = known.filter((name) => said.has(name));
    // A block that the server does not have has no place there either.
    const placed = order.filter((name) => this.server.has(name) || this.flight?.said.has(name) || changed.has(name));
    const moved = !full() && (left.length !== placed.length || left.some((name, at) => placed[at] !== name));
    if (moved) {
      patch.order = placed;
      patch.order_base = known;
    }
    if (this.settled.length) patch.settled = [...this.settled];
    return changed.size || moved || this.settled.length ? { patch, said: changed, order: moved ? placed : null } : null;
  }

  isDirty(): boolean {
    return this.flight !== null || this.changes(true) !== null;
  }

  private tell(condition: Condition, message = ""): void {
    this.condition = condition;
    this.hooks.condition(condition, message);
  }

  /** Something was written: kept in the browser soon, saved after a pause. */
  changed(): void {
    if (this.stopped) return;
    if (this.condition === "saved") this.tell("writing");
    clearTimeout(this.saving);
    this.saving = window.setTimeout(() => void this.save(), PAUSE);
    this.keeping ||= window.setTimeout(() => {
      this.keeping = 0;
      void this.keep();
    }, 250);
  }

  /** What is on its way and what has been written since, in the order in which it must be sent. */
  private pending(): Patch[] {
    const next = this.changes(true);
    return [...(this.flight ? [this.flight.patch] : []), ...(next ? [{ ...next.patch, id: newId() }] : [])];
  }

  private async keep(): Promise<void> {
    const patches = this.pending();
    if (!patches.length) {
      this.keptAny = false;
      await drop(this.key);
      return;
    }
    this.keptAny = await keep({ key: this.key, page: this.page, client: this.client, patches, at: Date.now() });
    this.hooks.kept(this.keptAny);
  }

  /** Where the caret is, for others to see. */
  private at(): string | null {
    if (document.hidden || !document.hasFocus()) return null;
    const focus = document.activeElement;
    if (focus instanceof HTMLElement && "name" in focus && this.form.contains(focus) && this.base.has(`field:${String(focus.name)}`)) return `field:${String(focus.name)}`;
    const { selection, doc } = this.view().state;
    const node = selection.$from.depth ? selection.$from.node(1) : doc.nodeAt(selection.from);
    return node?.attrs.id ? `block:${node.attrs.id as string}` : null;
  }

  /** Sends what has changed; waits for what is under way. Says whether everything is saved. */
  async save(): Promise<boolean> {
    clearTimeout(this.saving);
    for (let round = 0; round < (this.alone ? 400 : 4); round++) {
      if (this.busy) await this.busy;
      if (!this.flight) {
        const next = this.changes();
        if (!next) {
          this.alone = false;
          this.standing();
          return !this.refused.size;
        }
        next.patch.id = newId();
        this.flight = next;
        this.settled = [];
      }
      this.tell("saving");
      await this.exchange();
      if (this.hopeless) {
        this.hopeless = false;
        return false;
      }
      if (this.flight || !["saved", "writing", "refused"].includes(this.condition)) return false;
    }
    return !this.isDirty();
  }

  /** Asks what others did, and tries again what did not come through. */
  private async look(): Promise<void> {
    clearTimeout(this.looking);
    if (this.stopped) return;
    if (!this.busy) await (this.flight ? this.save() : this.exchange());
    clearTimeout(this.looking);
    this.looking = window.setTimeout(() => void this.look(), document.hidden ? LOOK_AWAY : this.wait);
  }

  private exchange(): Promise<void> {
    this.busy ??= this.send().finally(() => { this.busy = null; });
    return this.busy;
  }

  private async send(): Promise<void> {
    const flight = this.flight;
    let answer: Answer;
    try {
      const who = { client: this.client, person: this.person, at: this.at() };
      answer = await post(this.url, { ...who, since: this.revision, patches: flight ? [flight.patch] : undefined });
      if (answer.generation !== this.generation && this.generation) answer = await post(this.url, { ...who, since: 0 });
    } catch (error) {
      await this.failed(error instanceof Failure ? error : new Failure(0, ""));
      return;
    }
    this.wait = LOOK;
    const anew = answer.generation !== this.generation;
    this.generation = answer.generation;
    this.flight = null;
    this.take(answer, flight?.said ?? new Map(), anew);
    this.hooks.answered(answer);
    const dirty = this.changes() !== null;
    if (dirty) {
      this.tell("writing");
      this.changed();
    } else this.standing();
    await this.keep();
  }

  /** Everything that can be saved is: what could not be is told until it is other. */
  private standing(): void {
    this.changes();
    const [one] = this.refused.values();
    if (one) this.tell("refused", one.why);
    else this.tell("saved");
  }

  private async failed(failure: Failure): Promise<void> {
    if (failure.status === 401) this.tell("logged-out");
    else if (failure.status === 403 || failure.status === 404) this.tell("forbidden", failure.message);
    else if (failure.status === 422 || failure.status === 413) {
      // Not to be sent again as it is. Of many parts each is tried by itself; what then is refused waits until it is other.
      const flight = this.flight;
      this.flight = null;
      if (flight?.patch.settled) this.settled.push(...flight.patch.settled);
      this.hopeless = !flight?.said.size;
      if (flight && flight.said.size > 1) this.alone = true;
      else for (const [name, said] of flight?.said ?? []) this.refused.set(name, { said, why: failure.message });
      this.tell("refused", failure.message);
    } else this.tell("offline");
    this.wait = Math.min(20_000, this.wait * 1.4);
    await this.keep();
  }

  /** What the server has now, of all that it told. */
  private hear(answer: Answer, anew: boolean): Set<string> {
    const told = new Set<string>();
    if (anew) {
      const there = new Set(answer.changes.order);
      for (const name of [...this.server.keys()]) if (!name.startsWith("field:") && !there.has(name)) {
        this.server.delete(name);
        told.add(name);
      }
    }
    for (const { version, value: block } of answer.changes.blocks) {
      this.server.set(block.id, { version, said: toNode(block) });
      told.add(block.id);
    }
    for (const name of answer.changes.deleted) {
      this.server.delete(name);
      told.add(name);
    }
    for (const [name, held] of Object.entries(answer.changes.fields)) {
      this.server.set(`field:${name}`, { version: held.version, said: held.value });
      told.add(`field:${name}`);
    }
    return told;
  }

  /** Takes an answer into the open text. `sent`: what it answers to. */
  private take(answer: Answer, sent: Map<string, Said | null>, anew = false): void {
    const view = this.view();
    const told = this.hear(answer, anew);
    this.learn(answer);
    const { said, order } = this.here();
    const inputs = new Map(this.inputs());
    const set = new Map<string, Node>();
    const gone = new Set<string>();
    for (const name of new Set([...told, ...sent.keys()])) {
      const there = this.server.get(name);
      const now = said.get(name);
      const was = sent.has(name) ? sent.get(name) ?? undefined : this.base.get(name)?.said;
      if (there && same(now, there.said)) this.base.set(name, there);
      else if (same(now, was)) {
        // Nothing was written here meanwhile: the server's text stands.
        if (!there) {
          this.base.delete(name);
          if (now !== undefined) gone.add(name);
          continue;
        }
        this.base.set(name, there);
        if (typeof there.said === "string") {
          const input = inputs.get(name);
          if (input) this.write(name, input, there.said);
        } else set.set(name, there.said);
      } else if (sent.has(name)) {
        if (was === undefined) this.base.delete(name);
        else this.base.set(name, there && same(there.said, was) ? there : { version: 0, said: was });
      } else if (anew && this.base.has(name)) this.base.get(name)!.version = 0;
    }
    const known = this.order.filter((name) => said.has(name));
    const moved = !sent.size && (known.length > order.length || known.some((name, at) => order.filter((one) => known.includes(one))[at] !== name));
    const own = new Set(order.filter((name) => !this.server.has(name)));
    const transaction = incoming(view.state, { set, gone, order: answer.changes.order, own, moved });
    this.order = answer.changes.order;
    this.revision = answer.revision;
    if (!transaction) return;
    view.dispatch(transaction);
    this.hooks.others(new Set([...set.keys(), ...gone]));
  }

  /** The text of a block or field as it stands. */
  current(name: string): Block | string | undefined {
    const now = this.here().said.get(name) ?? this.server.get(name)?.said;
    return now === undefined || typeof now === "string" ? now : toBlock(now);
  }

  /** A field that the person chose another text for. */
  put(name: string, to: string): void {
    const input = new Map(this.inputs()).get(name);
    if (input) this.write(name, input, to);
  }

  /** Two texts have been looked at, and what shall stand stands. */
  async settle(conflict: string): Promise<boolean> {
    this.settled.push(conflict);
    return this.save();
  }

  /** The page is left or put away: what is not saved goes now, without waiting for an answer. */
  private leave(): void {
    if (this.stopped) return;
    const patches = this.pending();
    if (!patches.length) return;
    void this.keep();
    const body = JSON.stringify({ client: this.client, person: this.person, at: null, since: this.revision, patches });
    if (body.length < LEAVING) void fetch(this.url, { method: "POST", headers: { "content-type": "application/json" }, body, keepalive: true }).catch(() => {});
  }

  /** The form itself is sent: nothing more is asked. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.looking);
    clearTimeout(this.saving);
  }
}
