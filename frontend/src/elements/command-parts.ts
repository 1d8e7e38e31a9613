import { html, nothing, type TemplateResult } from "lit";
import { keyCaps } from "../core/keymap";
import { commands } from "./keyboard";
import { APPLE, keys, shortcut } from "./parts";

/** The key caps of a command, as they are now. */
export function capsOf(id: string): TemplateResult | typeof nothing {
  return keys(commands.keyOf(id));
}

/** The key of a command as aria-keyshortcuts. */
export function shortcutOf(id: string): string | typeof nothing {
  return shortcut(commands.keyOf(id));
}

/** The key of a command as a sentence names it, or "". */
export function keyName(id: string): string {
  const key = commands.keyOf(id);
  return key ? keyCaps(key, APPLE).join(APPLE ? "" : "+") : "";
}

/** What a small button shows beside itself under the pointer and with the focus: its name, and its key as caps. */
export function hint(name: string, id: string): TemplateResult | typeof nothing {
  const caps = capsOf(id);
  return name || caps !== nothing
    ? html`<span class="hint" aria-hidden="true">${name}${caps}</span>`
    : nothing;
}

/** What a button without words shows when the pointer rests on it: its name and its key. */
export function tip(name: string, id: string): string {
  const key = keyName(id);
  return key ? `${name} (${key})` : name;
}
