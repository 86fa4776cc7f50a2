// The shared draft at the server: what is sent to it and what it answers.
import type { Block } from "./document";
import { Failure } from "./island";

export interface Patch {
  id: string; client: string;
  blocks?: { block: Block; from: number; base?: Block }[];
  deleted?: { id: string; from: number; base?: Block }[];
  fields?: { name: string; value: string; from: number; base?: string }[];
  order?: string[]; order_base?: string[]; settled?: string[];
}
interface Held<T> { version: number; value: T }
export interface Answer {
  generation: string; revision: number; kind: string; locale: string; state: string; may: { edit: boolean };
  changes: { order: string[]; blocks: Held<Block>[]; deleted: string[]; fields: Record<string, Held<string>> };
  conflicts: { name: string; part: string; other: Block | string; person: string; time: string; mine: boolean }[];
  people: { client: string; name: string; at: string | null }[];
  results: { id: string; repeated: boolean; parts: Record<string, string> }[];
  /** Fields that are ids, as people read them. */
  shown?: Record<string, string>;
}
export interface Asked { client: string; person: string; at: string | null; since: number; patches?: Patch[] }

/** A part as the server names it; blocks are known by their id alone here. */
export const partOf = (name: string): string => (name.startsWith("field:") ? name : `block:${name}`);
export const nameOf = (part: string): string => part.replace(/^block:/, "");

export async function post(url: string, asked: Asked): Promise<Answer> {
  let answer: Response;
  try {
    answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json", accept: "application/json" }, body: JSON.stringify(asked), redirect: "manual" });
  } catch {
    throw new Failure(0, "");
  }
  if (answer.type === "opaqueredirect") throw new Failure(401, "");
  const read = await answer.json().catch(() => ({})) as Answer & { message?: string; detail?: string };
  if (!answer.ok) throw new Failure(answer.status, read.message ?? read.detail ?? "");
  if (!read.changes) throw new Failure(500, "");
  return read;
}
