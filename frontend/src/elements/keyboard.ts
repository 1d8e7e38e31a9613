import { type CommandId, command } from "../core/command-list";
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

/** The button below a root that does this: where the focus is, then around it, then anywhere. */
function nearest(does: string, root: ParentNode): HTMLElement | null {
  for (let near = document.activeElement; near && root.contains(near); near = near.parentElement) {
    const found = near.matches(does) ? near : near.querySelector(does);
    if (found) return found as HTMLElement;
  }
  return root.querySelector<HTMLElement>(does);
}

/** The same, where it can be pressed: what is out of use in one row is not done to another. */
function buttonOf(id: string, root: ParentNode = document): HTMLElement | null {
  const found = nearest(`[data-does="${CSS.escape(id)}"]`, root);
  return found?.matches(":disabled, [aria-disabled='true']") ? null : found;
}

/** A command that presses the button which says in `data-does` that it does it: of several, the one nearest the focus. */
export function pressing(id: CommandId): Command {
  return command(
    id,
    () => buttonOf(id)?.click(),
    () => buttonOf(id) !== null,
  );
}

/** Buttons that end a piece of work: the next one is shown while Enter may still be down. */
const ENDS = ".ws-bar button, .ws-empty button, dialog button";

/** Whether a key that is held down is not to do the same again. */
function isHeld(event: KeyboardEvent, found: Command | undefined): boolean {
  if (!event.repeat) return false;
  const presses = event.key === "Enter" && event.target instanceof Element && event.target.matches(ENDS);
  return presses || found?.once === true;
}

/** Keys while a dialog is open are the dialog's: its own, and those of its buttons. */
function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const pressed = chordOf(event);
  const found = pressed ? commands.pressed(pressed, isTyping(event.target)) : undefined;
  if (isHeld(event, found)) {
    event.preventDefault();
    return;
  }
  const dialog = document.querySelector("dialog[open]");
  if (!found || (dialog && !buttonOf(found.id, dialog))) return;
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
