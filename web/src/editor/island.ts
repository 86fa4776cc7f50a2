// What the parts of the editor share.
import type { EditorView } from "prosemirror-view";
import type { Shown } from "./shown";
import type { Words } from "./words";

export interface Island {
  t: Words;
  /** Says something to those who listen, without moving them. */
  say: (sentence: string) => void;
  shown: Shown;
  view: EditorView;
  /** Where menus and boxes are put: inside the form's sheet. */
  root: HTMLElement;
  /** The language of the text. */
  locale: string;
  /** What kind of page it is. */
  kind: string;
  /** Opens the menu of blocks at the caret. */
  insert: () => void;
  /** Opens what can be chosen of the block or link at the caret. */
  settings: () => boolean;
  /** Links to addresses of our own become references, so that they follow when a page moves. */
  settle: () => void;
  /** Opens the box for a link. */
  link: () => boolean;
}

/** Runs one at a time; what fails is told in words by who asked. */
export class Failure extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

export async function askJson<T>(url: string, body?: unknown): Promise<T> {
  const answer = await fetch(url, body === undefined ? { headers: { accept: "application/json" } } : {
    method: "POST", headers: { "content-type": "application/json", accept: "application/json" }, body: JSON.stringify(body),
  });
  if (answer.redirected || !(answer.headers.get("content-type") ?? "").includes("json")) throw new Failure(answer.redirected ? 401 : answer.status || 500, "");
  const read = await answer.json() as T & { message?: string; detail?: string };
  if (!answer.ok) throw new Failure(answer.status, read.message ?? read.detail ?? "");
  return read;
}
