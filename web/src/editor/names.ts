// What a block is called when one speaks of it: its kind, and how it begins.
import type { Node } from "prosemirror-model";
import type { Island } from "./island";

export function blockName(island: Island, node: Node): string {
  const { t } = island;
  const kind = node.type.name === "heading" ? t(`block-heading-${node.attrs.level}`)
    : node.type.name === "list" ? t(node.attrs.ordered ? "block-steps" : "block-list")
    : node.type.name === "notice" ? t(node.attrs.tone === "warning" ? "block-warning" : "block-notice")
    : t(`block-${node.type.name}`);
  const words = node.textContent.trim().replaceAll(/\s+/g, " ");
  return words ? `${kind}: ${words.length > 40 ? `${words.slice(0, 40).trimEnd()} …` : words}` : kind;
}
