/** Giving a command another key: which keys may be given, and what the change takes from whom. */

import type { Command, CommandTable } from "./commands";

/** Why a chord cannot be a command's key. */
export type Unfit = "fixed" | "browser" | "typing";

/** Without them nobody moves through a page or a text, or presses a button. */
const MOVING =
  /^(ctrl\+)?(shift\+)?(tab|enter|space|escape|home|end|pageup|pagedown|arrow(left|right|up|down))$/;
const OURS = /^(ctrl|shift|ctrl\+shift)\+enter$/;
const BROWSER =
  /^(ctrl\+(shift\+)?[acnopqrtvwx]|ctrl\+[0-9lhj]|ctrl\+[+=-]|alt\+(f4|home)|f(1|3|5|6|7|10|11|12)|ctrl\+f[0-9]+)$/;

/** Why a chord cannot be given to a command, or null. */
export function unfit(command: Command, chord: string): Unfit | null {
  if (OURS.test(chord)) return null;
  if (MOVING.test(chord) || chord === "backspace") return "fixed";
  if (BROWSER.test(chord)) return "browser";
  const types = !/^(ctrl|alt)\+/.test(chord) && !/^f[0-9]+$/.test(chord);
  return command.whileTyping && types ? "typing" : null;
}

/** Whose key a chord is, besides this command. */
export function rival(table: CommandTable, command: Command, chord: string): Command | null {
  const owner = table.ownerOf(chord);
  return owner && owner.id !== command.id ? owner : null;
}

/** The choices that give a chord to a command, and nothing, or its own other key, to who had it. */
export function giving(
  table: CommandTable,
  command: Command,
  chord: string,
): Readonly<Record<string, string | undefined>> {
  const from = rival(table, command, chord);
  if (!from) return { [command.id]: chord };
  const left = table.keysOf(from.id).find((one) => one !== chord);
  return { [command.id]: chord, [from.id]: left ?? "" };
}
