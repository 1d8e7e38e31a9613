import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { t } from "../../i18n";
import { keys } from "../parts";
import { typedText } from "../typed-text";
import { roleName } from "./message";
import type { Fields, TextReader } from "./text-box";

/** A message that is being written, and not added yet. */
export interface Composer {
  /** What it is called, and the ids of what describes it. */
  readonly name: string;
  readonly help: string;
  readonly text: string;
  readonly role: string;
  readonly roles: readonly string[];
  readonly fields: Fields;
  readonly reader: TextReader;
  speak(role: string): void;
  add(): void;
  /** Leaves the place between two messages; null where it stands at the end. */
  readonly leave: (() => void) | null;
}

/** Enter adds the message, Escape leaves the place between two others. */
function press({ fields, leave, add }: Composer, event: KeyboardEvent): void {
  if (fields.takes(event)) return;
  const alone = !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key === "Escape" && leave) leave();
  else if (event.key === "Enter" && alone) add();
  else return;
  event.preventDefault();
}

/** Who speaks, what they say, and the ways to add it. */
export function composer(one: Composer): TemplateResult {
  const { roles, role, reader, help } = one;
  const words = t("chat.write", { role: roleName(role) });
  return html`<div class="composer role-${roles.indexOf(role) % 3}">
    <div class="composer-roles" role="radiogroup" aria-label=${t("chat.role")}>
      ${roles.map(
        (name) => html`<label class="composer-role ${name === role ? "is-chosen" : ""}">
          <input type="radio" class="visually-hidden" name=${`${help}-role`} .checked=${live(name === role)} @change=${() => one.speak(name)} />
          ${roleName(name)}
        </label>`,
      )}
    </div>
    <textarea rows="2" data-first aria-label=${t("words.named", { name: one.name, text: words })} aria-describedby="${help} ${help}-keys"
      placeholder=${words} .value=${typedText(one.text)} @compositionstart=${reader.composing} @compositionend=${reader.composed}
      @input=${reader.read} @keydown=${(event: KeyboardEvent) => press(one, event)}></textarea>
    <div class="composer-foot">
      <span class="muted small" id="${help}-keys">${t("chat.keys")}</span>
      ${one.leave ? html`<button type="button" class="button small quiet" aria-keyshortcuts="Escape" @click=${one.leave}>${t("chat.cancel")}${keys("escape")}</button>` : nothing}
      <button type="button" class="button small" aria-keyshortcuts="Enter" @click=${one.add}>${t("chat.add")}${keys("enter")}</button>
    </div>
  </div>`;
}
