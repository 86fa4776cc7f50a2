// What keys do in the text.
import { baseKeymap, chainCommands } from "prosemirror-commands";
import { keymap } from "prosemirror-keymap";
import { inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { goToNextCell, isInTable } from "prosemirror-tables";
import { Plugin, type Command } from "prosemirror-state";
import { allowedLevels, currentBlock, intoList, leaveBox, lineAfter, lineBreak, moveDown, moveUp, nextPlace, nextRow, outOfList, removeEmpty, splitItem, toggleCode, toggleEmphasis, toggleStrong, toHeading, toList, toParagraph } from "./commands";
import type { Island } from "./island";
import { blockName } from "./names";
import type { Past } from "./past";
import { schema } from "./schema";

const n = schema.nodes;

export function keys(island: Island, past: Past, toolbar: () => void): Plugin[] {
  // After Escape, Tab leaves the text even where it otherwise moves within it.
  let leave = false;
  const within = (command: Command): Command => (state, dispatch, view) => {
    if (leave) return false;
    return command(state, dispatch, view);
  };
  const told = (command: Command): Command => (state, dispatch, view) => {
    const done = command(state, dispatch, view);
    const here = done && dispatch ? currentBlock(island.view.state) : undefined;
    if (here) island.say(island.t("moved", { block: blockName(island, here.node), place: here.$at.index(here.depth - 1) + 1 }));
    return done;
  };
  const slash: Command = (state) => {
    const { $from, empty } = state.selection;
    if (!empty || $from.parent.type !== n.paragraph || $from.parent.content.size || isInTable(state)) return false;
    island.insert();
    return true;
  };
  const own = keymap({
    "Mod-b": toggleStrong, "Mod-i": toggleEmphasis, "Mod-`": toggleCode,
    "Mod-k": () => island.link(),
    "Mod-z": past.undo, "Mod-y": past.redo, "Shift-Mod-z": past.redo,
    "Mod-Alt-0": toParagraph, "Mod-Alt-2": toHeading(2), "Mod-Alt-3": toHeading(3), "Mod-Alt-4": toHeading(4),
    "Shift-Mod-7": toList(true), "Shift-Mod-8": toList(false),
    "Alt-Shift-ArrowUp": told(moveUp), "Alt-Shift-ArrowDown": told(moveDown),
    "Alt-Enter": () => island.settings(),
    "Mod-Enter": lineAfter,
    "Alt-F10": () => {
      toolbar();
      return true;
    },
    "Mod-/": () => {
      island.insert();
      return true;
    },
    "/": slash,
    Enter: chainCommands(nextRow, leaveBox, splitItem, nextPlace, (state, dispatch) => {
      // A chosen block without words: a line after it.
      const { selection } = state;
      return "node" in selection && !selection.$from.parent.inlineContent ? lineAfter(state, dispatch) : false;
    }),
    "Shift-Enter": lineBreak,
    Backspace: removeEmpty,
    Tab: within(chainCommands(goToNextCell(1), intoList)),
    "Shift-Tab": within(chainCommands(goToNextCell(-1), (state, dispatch) => (state.selection.$from.depth > 4 ? outOfList(state, dispatch) : false))),
  });
  const rules = inputRules({
    rules: [
      wrappingInputRule(/^\s*[-*]\s$/, n.list, { ordered: false }),
      wrappingInputRule(/^1\.\s$/, n.list, { ordered: true }),
      textblockTypeInputRule(/^(#{2,4})\s$/, n.heading, (match) => ({ level: Math.min(match[1].length, Math.max(...allowedLevels(island.view.state))) })),
    ],
  });
  const base = keymap(baseKeymap);
  const watch = keymap({
    Escape: () => {
      leave = true;
      island.say(island.t("tab-leaves"));
      return false;
    },
  });
  const forget = new Plugin({
    props: {
      handleDOMEvents: {
        keydown: (_view, event) => {
          if (!["Tab", "Escape", "Shift"].includes(event.key)) leave = false;
          return false;
        },
        blur: () => {
          leave = false;
          return false;
        },
      },
    },
  });
  return [forget, watch, own, rules, base];
}
