import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { rating, setRating } from "../core/answers";
import { t } from "../i18n";
import { capsOf, shortcutOf } from "./command-parts";
import { keys, shortcut } from "./parts";
import { QuestionElement } from "./question";

/** A whole number from 1 to the question's maximum, as a scale of numbered steps. */
export class RatingElement extends QuestionElement {
  protected override control(): TemplateResult {
    const { question, ids } = this;
    const { store } = this.context;
    const { readOnly } = this;
    const given = rating(store, question.key, this.of);
    const most = question.max_rating ?? 5;
    return html`
      <div class="scale" role="radiogroup" aria-labelledby=${ids.title} aria-describedby=${ids.help} @keydown=${this.#digit}>
        ${Array.from({ length: most }, (_, index) => this.#step(index + 1, given, most))}
        ${
          given !== null && !readOnly
            ? html`<button type="button" class="link-button small" data-does="answer.clear" aria-keyshortcuts=${shortcutOf("answer.clear")} @click=${this.#clear}>
                ${t("rating.clear")}${capsOf("answer.clear")}
              </button>`
            : nothing
        }
      </div>
    `;
  }

  #step(value: number, given: number | null, most: number): TemplateResult {
    const { store, keys: labelKeys } = this.context;
    const { readOnly } = this;
    const key = labelKeys.keyOf(this.question.key, String(value));
    return html`
      <label class="step ${given !== null && value <= given ? "is-reached" : ""} ${value === given ? "is-chosen" : ""}">
        <input
          class="visually-hidden"
          type="radio"
          name=${this.ids.title}
          .checked=${live(value === given)}
          ?disabled=${readOnly}
          ?required=${this.question.required}
          aria-label=${t("rating.of", { n: value, max: most })}
          aria-keyshortcuts=${shortcut(key)}
          @change=${() => setRating(store, this.question.key, value, this.of)}
        />
        <span aria-hidden="true">${value}</span>
        ${readOnly ? nothing : keys(key)}
      </label>
    `;
  }

  /** The button is gone with the rating: the focus goes to the scale. */
  #clear = (): void => {
    setRating(this.context.store, this.question.key, null, this.of);
    this.querySelector<HTMLElement>("input")?.focus();
  };

  /** While the focus is here, a digit is a rating and no other label's key. */
  #digit = (event: KeyboardEvent): void => {
    const value = /^[1-9]$/.test(event.key) ? Number(event.key) : 0;
    if (!value || value > (this.question.max_rating ?? 5) || event.ctrlKey || event.metaKey || event.altKey)
      return;
    event.preventDefault();
    if (this.readOnly) return;
    setRating(this.context.store, this.question.key, value, this.of);
    this.querySelectorAll<HTMLInputElement>("input")[value - 1]?.focus();
  };
}
