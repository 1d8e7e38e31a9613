import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { number, parseNumber, setNumber, takesNumber } from "../core/answers";
import { t } from "../i18n";
import { QuestionElement } from "./question";

/** A number within the question's limits; what is typed stays on the screen even while it is no number. */
export class NumberElement extends QuestionElement {
  #typed: string | null = null;
  #composing = false;

  protected override control(): TemplateResult {
    const { question, ids } = this;
    const { store } = this.context;
    const { readOnly } = this;
    const unreadable = store.unreadable.value.has(question.key);
    const given = number(store, question.key, this.of);
    if (!unreadable && this.#typed !== null && parseNumber(this.#typed) !== given) this.#typed = null;
    return html`
      <input
        class="number"
        type="text"
        inputmode="decimal"
        autocomplete="off"
        aria-labelledby=${ids.title}
        aria-describedby="${ids.help} ${ids.help}-limits"
        aria-invalid=${unreadable || this.missing ? "true" : "false"}
        ?required=${question.required}
        ?readonly=${readOnly}
        .value=${live(this.#typed ?? (given === null ? "" : String(given)))}
        @compositionstart=${() => {
          this.#composing = true;
        }}
        @compositionend=${(event: CompositionEvent) => {
          this.#composing = false;
          this.#read(event);
        }}
        @input=${this.#read}
      />
      <p class="question-help" id="${ids.help}-limits">${this.#limits()}${this.question.step ? html` ${t("number.steps", { step: this.question.step })}` : nothing}</p>
    `;
  }

  protected override error(): string | null {
    return this.context.store.unreadable.value.has(this.question.key) ? t("number.unreadable") : null;
  }

  #read = (event: Event): void => {
    if (this.#composing) return;
    const { store } = this.context;
    const { key } = this.question;
    this.#typed = (event.target as HTMLInputElement).value;
    const value = parseNumber(this.#typed);
    const usable = value !== null && takesNumber(this.question, value);
    store.setUnreadable(key, this.#typed.trim() !== "" && !usable);
    setNumber(store, key, usable ? value : null, this.of);
    this.requestUpdate();
  };

  #limits(): string {
    const minimum = this.question.minimum ?? null;
    const maximum = this.question.maximum ?? null;
    if (minimum !== null && maximum !== null) return t("number.between", { minimum, maximum });
    if (minimum !== null) return t("number.atLeast", { minimum });
    if (maximum !== null) return t("number.atMost", { maximum });
    return t("number.any");
  }
}
