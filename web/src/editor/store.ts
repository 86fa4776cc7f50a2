// What the browser keeps: words that the server has not got yet, and steps back over reloads. Everything
// is kept per person and page; a browser that keeps nothing (private windows) loses only this.
import type { Block } from "./document";
import type { Patch } from "./draft";

/** Everything that a window has not got an answer for. */
export interface Unsent { key: string; page: string; client: string; patches: Patch[]; at: number; refused?: boolean }
/** One step of writing: how blocks were before and after it. */
export interface Step { before: (Block | null)[]; after: (Block | null)[]; where: (string | null)[] }

let opened: Promise<IDBDatabase | null> | undefined;
function database(): Promise<IDBDatabase | null> {
  opened ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open("torg-editor", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("unsent", { keyPath: "key" });
        request.result.createObjectStore("steps");
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
      request.onblocked = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
  return opened;
}

async function run<T>(store: string, mode: IDBTransactionMode, what: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  const on = await database();
  if (!on) return undefined;
  return new Promise((resolve) => {
    try {
      const request = what(on.transaction(store, mode).objectStore(store));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(undefined);
    } catch {
      resolve(undefined);
    }
  });
}

/** Whether it was kept: not in a browser that keeps nothing. */
export const keep = async (unsent: Unsent): Promise<boolean> => (await run("unsent", "readwrite", (store) => store.put(unsent))) !== undefined;
export const drop = async (key: string): Promise<void> => void (await run("unsent", "readwrite", (store) => store.delete(key)));
export const unsentOf = async (page: string): Promise<Unsent[]> => ((await run<Unsent[]>("unsent", "readonly", (store) => store.getAll())) ?? []).filter((one) => one.page === page).sort((one, other) => one.at - other.at);
export const keepSteps = async (page: string, steps: { back: Step[]; forth: Step[] }): Promise<void> => void (await run("steps", "readwrite", (store) => store.put({ ...steps, at: Date.now() }, page)));
export const stepsOf = async (page: string): Promise<{ back: Step[]; forth: Step[] }> => (await run<{ back: Step[]; forth: Step[] }>("steps", "readonly", (store) => store.get(page))) ?? { back: [], forth: [] };

/** Steps are of use for some weeks; older ones go. */
const STEPS_KEPT = 30 * 86_400_000;
export async function forgetOldSteps(): Promise<void> {
  const on = await database();
  if (!on) return;
  const walk = on.transaction("steps", "readwrite").objectStore("steps").openCursor();
  walk.onsuccess = () => {
    const here = walk.result;
    if (!here) return;
    if (((here.value as { at?: number }).at ?? 0) < Date.now() - STEPS_KEPT) here.delete();
    here.continue();
  };
}

/** How many windows have words here that the server has not got. */
export const countUnsent = async (): Promise<number> => (await run<number>("unsent", "readonly", (store) => store.count())) ?? 0;
/** Forgets everything: somebody leaves this computer. */
export async function forget(): Promise<void> {
  for (const store of ["unsent", "steps"]) await run(store, "readwrite", (one) => one.clear());
}

/** This window's name, kept over reloads and never shared by two windows. */
export async function windowName(): Promise<string> {
  let name: string | null = null;
  try {
    name = sessionStorage.getItem("torg-editor");
  } catch {
    // Nothing is kept here.
  }
  const free = name !== null && await hold(name);
  if (!free) {
    name = crypto.randomUUID();
    await hold(name);
  }
  try {
    sessionStorage.setItem("torg-editor", name!);
  } catch {
    // As above.
  }
  return name!;
}

const lock = (name: string): string => `torg-editor-${name}`;
/** Holds a name as long as the window is open; `false` when another window (a copied tab) has it. */
function hold(name: string): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks.request(lock(name), { ifAvailable: true }, (got) => {
      resolve(got !== null);
      return got ? new Promise(() => {}) : undefined;
    }).catch(() => resolve(true));
  });
}

/** Whether the window that wrote something is still open. */
export async function isOpen(name: string): Promise<boolean> {
  const held = await navigator.locks?.query();
  return held?.held?.some((one) => one.name === lock(name)) ?? false;
}
