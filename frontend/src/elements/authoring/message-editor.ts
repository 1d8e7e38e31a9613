import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../i18n";
import { keys } from "../parts";
import { typedText } from "../typed-text";
import { composes, type TextReader } from "./text-box";

/** What is done with a message that is being changed: each change of its text is kept at once. */
export interface EditorActions {
  readonly reader: TextReader;
  /** Ends the editing with the text as it stands. */
  done(): void;
  /** Ends it with the text as it was. */
  cancel(): void;
}

/** A message that is being changed. */
export interface MessageEditor {
  readonly name: string;
  /** The id of what is said about it. */
  readonly help: string;
  readonly typed: string;
  readonly empty: boolean;
}

/** Its field, and the ways to end it. */
export function messageEditor(
  { name, help, typed, empty }: MessageEditor,
  actions: EditorActions,
): TemplateResult {
  const key = (event: KeyboardEvent): void => {
    if (composes(event)) return;
    const alone = !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "Escape") actions.cancel();
    else if (event.key === "Enter" && alone) actions.done();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<textarea rows="2" aria-label=${name} aria-describedby=${help} aria-invalid=${empty ? "true" : nothing} ?data-first=${empty} .value=${typedText(typed)}
      @compositionstart=${actions.reader.composing} @compositionend=${actions.reader.composed} @input=${actions.reader.read} @keydown=${key}></textarea>
    <div class="composer-foot">
      <span class="muted small">${t("chat.edit.keys")}</span>
      <button type="button" class="button small quiet" aria-keyshortcuts="Escape" @click=${actions.cancel}>${t("chat.cancel")}${keys("escape")}</button>
      <button type="button" class="button small" aria-keyshortcuts="Enter" @click=${actions.done}>${t("chat.done")}${keys("enter")}</button>
    </div>`;
}
