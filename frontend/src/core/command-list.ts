/** The workspace's own commands, without what they do: elements bring that while they are in the page. */

import type { Key } from "../i18n";
import type { Command } from "./commands";

interface Spec {
  readonly words: Key;
  readonly group: Key;
  /** A second one is taken when a label has the first. */
  readonly keys: readonly string[];
  readonly whileTyping?: boolean;
  readonly fixed?: boolean;
  readonly once?: boolean;
}

const COMMANDS = {
  "work.submit": {
    words: "help.submit",
    group: "help.general",
    keys: ["ctrl+enter"],
    whileTyping: true,
    once: true,
  },
  "work.decide": {
    words: "help.decide",
    group: "help.general",
    keys: ["ctrl+enter"],
    whileTyping: true,
    once: true,
  },
  "work.skip": { words: "help.skip", group: "help.general", keys: ["s", "shift+s"], once: true },
  "skip.confirm": {
    words: "skip.confirm.key",
    group: "help.general",
    keys: ["alt+shift+enter"],
    whileTyping: true,
    once: true,
  },
  "work.next": { words: "work.next", group: "help.general", keys: ["n", "shift+enter"], once: true },
  "work.more": { words: "help.more", group: "help.general", keys: ["m", "shift+t"] },
  "work.retry": { words: "outbox.again", group: "help.general", keys: ["alt+shift+n"] },
  "returned.open": { words: "returned.reopen", group: "help.general", keys: ["alt+shift+o"] },
  "returned.discard": {
    words: "returned.drop",
    group: "help.general",
    keys: ["alt+shift+delete"],
    once: true,
  },
  "trouble.close": {
    words: "trouble.close",
    group: "help.general",
    keys: ["alt+shift+x"],
    whileTyping: true,
  },
  "stale.mine": { words: "stale.keepMine", group: "help.general", keys: ["alt+shift+m"], once: true },
  "stale.theirs": { words: "stale.takeTheirs", group: "help.general", keys: ["alt+shift+t"], once: true },
  "edit.undo": { words: "help.undo", group: "help.general", keys: ["ctrl+z"] },
  "edit.redo": { words: "help.redo", group: "help.general", keys: ["ctrl+shift+z", "ctrl+y"] },
  "look.why": { words: "help.why", group: "help.general", keys: ["y", "shift+y"] },
  "look.palette": {
    words: "palette.open",
    group: "help.general",
    keys: ["ctrl+k"],
    whileTyping: true,
  },
  "look.help": { words: "help.sheet", group: "help.general", keys: ["?"] },
  "look.keys": { words: "keys.open", group: "help.general", keys: ["alt+k"], whileTyping: true },
  "look.theme": { words: "look.theme", group: "help.general", keys: ["alt+t"] },
  "go.question.next": { words: "go.question.next", group: "help.moving", keys: ["shift+n"] },
  "go.question.previous": { words: "go.question.previous", group: "help.moving", keys: ["shift+p"] },
  "answer.clear": { words: "answer.clear", group: "work.questions", keys: ["alt+c"], whileTyping: true },
  "answer.another": {
    words: "text.more",
    group: "work.questions",
    keys: ["alt+shift+w"],
    whileTyping: true,
  },
  "rank.up": { words: "rank.up.key", group: "work.questions", keys: ["alt+pageup"] },
  "rank.down": { words: "rank.down.key", group: "work.questions", keys: ["alt+pagedown"] },
  "rank.rest": { words: "rank.rest.take", group: "work.questions", keys: ["alt+j"] },
  "rank.keep": { words: "rank.keep", group: "work.questions", keys: ["alt+shift+j"] },
  "rank.go": { words: "rank.go", group: "work.questions", keys: ["alt+shift+g"] },
  "go.text": { words: "go.text", group: "help.moving", keys: ["alt+x"], whileTyping: true },
  "go.span.next": { words: "go.span.next", group: "help.moving", keys: ["."] },
  "go.span.previous": { words: "go.span.previous", group: "help.moving", keys: [","] },
  "go.feedback": { words: "go.feedback", group: "help.moving", keys: ["alt+w"] },
  "guideline.show": { words: "help.guideline", group: "work.guideline", keys: ["g", "shift+g"] },
  "guideline.search": { words: "guideline.search", group: "work.guideline", keys: ["alt+g"] },
  "guideline.read": { words: "guideline.markRead", group: "work.guideline", keys: ["alt+r"] },
  "guideline.copy": { words: "guideline.copyHere", group: "work.guideline", keys: ["alt+shift+c"] },
  "page.next": { words: "page.next", group: "page.group", keys: ["]"] },
  "page.previous": { words: "page.previous", group: "page.group", keys: ["["] },
  "page.go": { words: "page.go", group: "page.group", keys: ["alt+p"] },
  "page.larger": { words: "page.larger", group: "page.group", keys: ["alt+="] },
  "page.smaller": { words: "page.smaller", group: "page.group", keys: ["alt+-"] },
  "page.fit": { words: "page.fit", group: "page.group", keys: ["alt+0"] },
  "page.plain": { words: "page.plain", group: "page.group", keys: ["alt+v"] },
  "page.again": { words: "page.again.key", group: "page.group", keys: ["alt+y"] },
  "text.find": { words: "find.open", group: "help.inText", keys: ["/", "ctrl+f"] },
  "text.find.next": { words: "find.next", group: "help.inText", keys: ["f3", "ctrl+g"], whileTyping: true },
  "text.find.previous": {
    words: "find.previous",
    group: "help.inText",
    keys: ["shift+f3", "ctrl+shift+g"],
    whileTyping: true,
  },
  "text.snap": { words: "spans.snap", group: "help.inText", keys: ["alt+s"] },
  "span.same": { words: "spans.same", group: "help.inText", keys: ["alt+a"] },
  "suggestion.next": { words: "suggestions.next", group: "help.inText", keys: ["alt+n"] },
  "suggestion.accept": { words: "suggestions.acceptOne", group: "help.inText", keys: ["alt+i"] },
  "suggestion.dismiss": { words: "suggestions.dismissOne", group: "help.inText", keys: ["alt+shift+i"] },
  "suggestion.acceptAll": { words: "suggestions.acceptAll", group: "help.inText", keys: ["alt+enter"] },
  "suggestion.dismissAll": { words: "suggestions.dismissAll", group: "help.inText", keys: ["alt+backspace"] },
  "suggestion.show": { words: "suggestions.showOne", group: "help.inText", keys: ["alt+shift+h"] },
  "list.earlier": { words: "spans.earlier.key", group: "help.moving", keys: ["alt+,"] },
  "list.later": { words: "spans.later.key", group: "help.moving", keys: ["alt+."] },
  "span.remove": { words: "help.delete", group: "help.inText", keys: ["delete"] },
  "span.end.right": { words: "span.end.right", group: "help.inText", keys: ["alt+arrowright"] },
  "span.end.left": { words: "span.end.left", group: "help.inText", keys: ["alt+arrowleft"] },
  "span.start.left": { words: "span.start.left", group: "help.inText", keys: ["alt+shift+arrowleft"] },
  "span.start.right": { words: "span.start.right", group: "help.inText", keys: ["alt+shift+arrowright"] },
  "region.answer": {
    words: "region.answer",
    group: "help.regions",
    keys: ["alt+q"],
    whileTyping: true,
  },
  "region.next": {
    words: "region.next",
    group: "help.regions",
    keys: ["alt+o"],
    whileTyping: true,
  },
  "area.corner.next": { words: "area.corner.next", group: "area.group", keys: ["alt+e"] },
  "area.corner.previous": { words: "area.corner.previous", group: "area.group", keys: ["alt+shift+y"] },
  "row.edit": { words: "row.edit", group: "write.group", keys: ["f2"], whileTyping: true },
  "row.insert": { words: "row.insert", group: "write.group", keys: ["alt+m"], whileTyping: true },
  "row.role": { words: "chat.turn", group: "write.group", keys: ["alt+shift+s"], whileTyping: true },
  "row.up": { words: "row.up", group: "write.group", keys: ["alt+shift+arrowup"], whileTyping: true },
  "row.down": { words: "row.down", group: "write.group", keys: ["alt+shift+arrowdown"], whileTyping: true },
  "row.remove": {
    words: "row.remove",
    group: "write.group",
    keys: ["alt+shift+backspace"],
    whileTyping: true,
  },
  "rubric.add": { words: "rubric.add", group: "write.group", keys: ["alt+shift+a"], whileTyping: true },
  "versions.keep": { words: "versions.keep", group: "write.group", keys: ["alt+shift+k"], whileTyping: true },
  "versions.take": {
    words: "versions.takeBack",
    group: "write.group",
    keys: ["alt+shift+z"],
    whileTyping: true,
  },
  "relation.start": { words: "relation.start", group: "help.regions", keys: ["r", "shift+r"] },
  "relation.turn": { words: "relation.turn", group: "help.regions", keys: ["d", "shift+d"] },
  "relation.remove": { words: "relation.delete", group: "help.regions", keys: ["alt+delete"] },
  "relation.more": { words: "relation.more.key", group: "help.regions", keys: ["alt+shift+f"] },
  "relation.lines": { words: "relation.lines", group: "help.regions", keys: ["alt+shift+r"] },
  "text.move": {
    words: "help.move",
    group: "help.caret",
    keys: ["arrowleft", "arrowright", "arrowup", "arrowdown"],
    fixed: true,
  },
  "text.word": {
    words: "help.word",
    group: "help.caret",
    keys: ["ctrl+arrowleft", "ctrl+arrowright"],
    fixed: true,
  },
  "text.extend": {
    words: "help.extend",
    group: "help.caret",
    keys: ["shift+arrowleft", "shift+arrowright"],
    fixed: true,
  },
  "text.apply": { words: "help.apply", group: "help.caret", keys: ["enter", "space"], fixed: true },
  "text.step": { words: "help.tab", group: "help.caret", keys: ["tab"], fixed: true },
  "text.escape": { words: "help.escape", group: "help.caret", keys: ["escape"], fixed: true },
  "turn.step": {
    words: "turn.step",
    group: "help.caret",
    keys: ["alt+arrowup", "alt+arrowdown"],
    fixed: true,
  },
  "row.step": { words: "row.step", group: "write.group", keys: ["arrowup", "arrowdown"], fixed: true },
  "row.enter": { words: "row.enter", group: "write.group", keys: ["enter"], fixed: true },
  "pair.choose": {
    words: "pair.arrows",
    group: "work.questions",
    keys: ["arrowleft", "arrowright"],
    fixed: true,
  },
  "card.lift": { words: "rank.lift", group: "work.questions", keys: ["space"], fixed: true },
  "card.step": { words: "rank.step", group: "work.questions", keys: ["arrowup", "arrowdown"], fixed: true },
  "sheet.step": { words: "page.step", group: "help.caret", keys: ["pageup", "pagedown"], fixed: true },
  "cell.move": {
    words: "table.move",
    group: "table.group",
    keys: ["arrowleft", "arrowright", "arrowup", "arrowdown"],
    fixed: true,
  },
  "cell.edge": { words: "table.edge", group: "table.group", keys: ["home", "end"], fixed: true },
  "cell.apply": { words: "table.apply", group: "table.group", keys: ["enter", "space"], fixed: true },
  "area.step": { words: "area.step", group: "area.group", keys: ["tab"], fixed: true },
  "area.draw": { words: "area.drawKey", group: "area.group", keys: ["enter"], fixed: true },
  "area.move": {
    words: "area.move",
    group: "area.group",
    keys: ["arrowleft", "arrowright", "arrowup", "arrowdown"],
    fixed: true,
  },
  "area.size": {
    words: "area.size",
    group: "area.group",
    keys: ["shift+arrowright", "shift+arrowleft"],
    fixed: true,
  },
  "area.corner": { words: "area.cornerKey", group: "area.group", keys: ["space"], fixed: true },
  "area.escape": { words: "help.escape", group: "area.group", keys: ["escape"], fixed: true },
} as const satisfies Record<string, Spec>;

export type CommandId = keyof typeof COMMANDS;
export const COMMAND_IDS = Object.keys(COMMANDS) as readonly CommandId[];

/** A command of the workspace with what it does here. */
export function command(id: CommandId, run: () => void, possible?: () => boolean): Command {
  const { words, group, ...rest }: Spec = COMMANDS[id];
  return {
    id,
    words: { key: words },
    group: { key: group },
    ...rest,
    run,
    ...(possible ? { possible } : {}),
  };
}

/** Where keys have a meaning of their own: in a text, its turns and sheets, in a table, on a picture, in lists. */
export type FixedGroup = "text" | "turn" | "sheet" | "cell" | "area" | "row" | "pair" | "card";

/** Keys that every text has, or every table: nothing to do here, they are listed. */
export function fixedCommands(groups: readonly FixedGroup[] = ["text"]): readonly Command[] {
  return COMMAND_IDS.filter((id) => "fixed" in COMMANDS[id])
    .filter((id) => groups.some((group) => id.startsWith(`${group}.`)))
    .map((id) => command(id, () => {}));
}
