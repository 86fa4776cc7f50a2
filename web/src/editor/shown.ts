// What the references in a text show now: names of pages, cards of units, pictures, values of facts.
import { askJson } from "./island";
import type { Target } from "./schema";

export interface Thing {
  title: string;
  href?: string;
  /** A smaller line: address, type and size. */
  note?: string;
  /** What a fact says now. */
  value?: string;
  /** The page at an address. */
  page?: string;
  /** The contact card as the page has it. */
  card?: string;
  src?: string; width?: number; height?: number; alt?: string; credit?: string; focus?: [number, number];
}

/** The name by which a link's goal is asked for, if it is something of ours. */
export function refOf(target: Target | null): string | undefined {
  return target?.to === "page" || target?.to === "unit" ? `${target.to}:${target.id}` : undefined;
}
export const factRef = (attrs: { source: string; owner: string; field: string }): string => `value:${attrs.source}:${attrs.owner}:${attrs.field}`;

export class Shown {
  private readonly known = new Map<string, Thing | null>();
  private readonly wanted = new Set<string>();
  private readonly waiting = new Map<string, Set<() => void>>();
  private timer = 0;

  constructor(private readonly locale: () => string) {}

  /** What is known: `null` when there is no such thing, `undefined` until the answer has come. */
  get(ref: string): Thing | null | undefined {
    if (!this.known.has(ref)) {
      this.wanted.add(ref);
      this.timer ||= window.setTimeout(() => void this.ask(), 20);
    }
    return this.known.get(ref);
  }

  /** Calls back each time that something is known anew, until the answer is called. */
  watch(ref: string, again: () => void): () => void {
    const all = this.waiting.get(ref) ?? new Set();
    all.add(again);
    this.waiting.set(ref, all);
    return () => all.delete(again);
  }

  put(ref: string, thing: Thing): void {
    this.known.set(ref, thing);
    this.tell(ref);
  }

  private tell(ref: string): void {
    // A copy: who is told may ask to be told again.
    for (const again of [...this.waiting.get(ref) ?? []]) again();
  }

  /** Asks anew: values may have been changed in one place meanwhile. */
  refresh(): void {
    for (const ref of this.known.keys()) this.wanted.add(ref);
    if (this.wanted.size) this.timer ||= window.setTimeout(() => void this.ask(), 20);
  }

  private async ask(): Promise<void> {
    const refs = [...this.wanted].slice(0, 500);
    try {
      const { shown } = await askJson<{ shown: Record<string, Thing> }>("/admin/lookups/shown", { locale: this.locale(), refs });
      for (const ref of refs) {
        this.wanted.delete(ref);
        const thing = shown[ref] ?? null;
        if (JSON.stringify(thing) === JSON.stringify(this.known.get(ref))) continue;
        this.known.set(ref, thing);
        this.tell(ref);
      }
      this.timer = 0;
      if (this.wanted.size) this.timer = window.setTimeout(() => void this.ask(), 20);
    } catch {
      this.timer = window.setTimeout(() => void this.ask(), 5_000);
    }
  }
}
