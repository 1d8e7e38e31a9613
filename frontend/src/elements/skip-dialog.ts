import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { SKIP_REASONS, type SkipReason } from "../core/contracts";
import { t } from "../i18n";
import { uniqueId } from "./base";
import { capsOf, shortcutOf } from "./command-parts";
import { closeButton, DialogElement } from "./dialog";

/** Asks why an item is skipped. `skip` is called with the reason and the note. */
export class SkipDialogElement extends DialogElement {
  static override properties = { skip: { attribute: false }, exam: { attribute: false } };

  declare skip: (reason: SkipReason, note: string) => void;
  /** A question of an exam that is skipped counts as wrong. */
  declare exam: boolean;
  readonly #id = uniqueId();
  #reason: SkipReason = "unclear";

  protected override render(): TemplateResult {
    return html`
      <dialog class="assay-dialog" aria-labelledby=${this.#id}>
        <form method="dialog" @submit=${this.#confirm}>
          <h2 id=${this.#id}>${t("skip.title")}</h2>
          <p class="secondary">${t(this.exam ? "skip.exam" : "skip.body")}</p>
          <div class="options" role="radiogroup" aria-labelledby=${this.#id}>${SKIP_REASONS.map((one) => this.#option(one))}</div>
          <label class="field">
            <span class="field-label">${t(this.#reason === "other" ? "skip.why" : "skip.note")}</span>
            <textarea rows="2" name="note" maxlength="2000" ?required=${this.#reason === "other"}></textarea>
          </label>
          <div class="actions">
            ${closeButton(() => this.close(), { words: t("dialog.cancel") })}
            <button type="submit" class="button primary" data-does="skip.confirm" aria-keyshortcuts=${shortcutOf("skip.confirm")}>${t("skip.confirm")}${capsOf("skip.confirm")}</button>
          </div>
        </form>
      </dialog>
    `;
  }

  #option(reason: SkipReason): TemplateResult {
    return html`
      <label class="option ${reason === this.#reason ? "is-chosen" : ""}">
        <input
          type="radio"
          name="reason"
          .checked=${live(reason === this.#reason)}
          @change=${() => {
            this.#reason = reason;
            this.requestUpdate();
          }}
        />
        <span class="option-text">${t(`skip.${reason}`)}</span>
      </label>
    `;
  }

  #confirm = (event: Event): void => {
    event.preventDefault();
    const note = this.querySelector<HTMLTextAreaElement>("textarea");
    this.close();
    this.skip(this.#reason, note?.value.trim() ?? "");
    if (note) note.value = "";
  };
}
