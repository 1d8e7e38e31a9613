import { type Command, CommandTable, type Words } from "../core/commands";
import { chord } from "../core/keymap";
import { t } from "../i18n";
import { keyChoices } from "../preferences";

/** The page's commands: the keyboard, the palette, the sheet of keys and every key shown on a button read this table. */
export const commands = new CommandTable(keyChoices);

const TYPING = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button])";

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches(TYPING);
}

/** The chord of a key event; "" while an input method is composing. */
export function chordOf(event: KeyboardEvent): string {
  if (event.isComposing || event.keyCode === 229) return "";
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
  const altGraph = event.getModifierState("AltGraph") || (ctrlKey && altKey && /^[^\p{L}\p{N}]$/u.test(key));
  return chord({ key, code, ctrlKey, metaKey, altKey, shiftKey, altGraph });
}

/** Keys while a dialog is open are the dialog's. */
function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const pressed = chordOf(event);
  const found = pressed ? commands.pressed(pressed, isTyping(event.target)) : undefined;
  if (!found) return;
  event.preventDefault();
  found.run();
}

/** Adds commands to the page. @returns what takes them away. */
export function addCommands(source: () => readonly Command[]): () => void {
  document.addEventListener("keydown", onKey);
  return commands.add(source);
}

/** A command's name, and a group's, in the page's language. */
export function wordsOf(words: Words): string {
  return "text" in words ? words.text : t(words.key, words.params);
}
