// Finding pages, units, facts, pictures and files while somebody types.
import pageIcon from "icon:file-text";
import unitIcon from "icon:map-pin";
import fileIcon from "icon:download";
import factIcon from "icon:link";
import { combobox, type Combobox, type Option } from "./combobox";
import { askJson, type Island } from "./island";
import type { Target } from "./schema";
import type { Thing } from "./shown";

export type Kind = "page" | "unit" | "fact" | "picture" | "standard" | "file";
export interface Found extends Thing, Option { kind: Kind; id: string; field?: string; source?: string }

const DRAWINGS: Record<Kind, string | undefined> = { page: pageIcon, unit: unitIcon, file: fileIcon, fact: factIcon, picture: undefined, standard: undefined };

export async function find(island: Island, kinds: Kind[], query: string): Promise<Found[]> {
  const asked = new URLSearchParams({ q: query, kinds: kinds.join(","), locale: island.locale });
  const { items } = await askJson<{ items: Found[] }>(`/admin/lookups/search?${asked}`);
  return items.map((item) => ({
    ...item, label: item.title, drawing: DRAWINGS[item.kind], picture: item.kind === "picture" ? item.src : undefined,
    note: item.kind === "fact" ? [item.value, item.note].filter(Boolean).join(" · ") : item.note,
  }));
}

export function finder(island: Island, label: string, kinds: Kind[], choose: (found: Found) => void): Combobox {
  const { t } = island;
  return combobox<Found>({
    label, wait: 150, big: kinds.includes("picture"),
    find: (query) => find(island, kinds, query),
    choose,
    counted: (count) => (count ? t("found", { count }) : t("found-nothing")),
    failed: () => t("lookup-failed"),
  });
}

/** What a link to a found thing is. */
export function targetOf(found: Found): Target {
  if (found.kind === "unit") return { to: "unit", id: found.id };
  if (found.kind === "file") return { to: "path", path: (found.href ?? "").replace(/\?.*$/, "") };
  return { to: "page", id: found.id };
}

/** An address as somebody writes it, as a goal; `undefined` when it cannot be one. */
export function readAddress(text: string): Target | undefined {
  const written = text.trim();
  if (/^\/(?!\/)\S*$/.test(written)) return { to: "path", path: written };
  if (/^[^\s@/:]+@[^\s@/]+\.[a-zåäö]{2,}$/i.test(written)) return { to: "url", url: `mailto:${written}` };
  if (/^(?:\+|0)[\d\s-]{6,}$/.test(written)) return { to: "url", url: `tel:${written.replaceAll(/[\s-]/g, "")}` };
  const whole = /^[a-z][a-z\d+.-]*:/i.test(written) ? written : /^[^\s/]+\.[a-zåäö]{2,}(?:[/?#]\S*)?$/i.test(written) ? `https://${written}` : "";
  try {
    const url = new URL(whole);
    return ["https:", "http:", "mailto:", "tel:"].includes(url.protocol) && !/\s/.test(whole) ? { to: "url", url: whole } : undefined;
  } catch {
    return undefined;
  }
}
