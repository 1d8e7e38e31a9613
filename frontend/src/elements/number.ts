import { html, nothing, type TemplateResult } from "lit";
import { number, parseNumber, setNumber, takesNumber } from "../core/answers";
import { isUnreadable, typedIn } from "../core/unreadable";
import { t } from "../i18n";
import { QuestionElement } from "./question";
import { typedText } from "./typed-text";

/** A number within the question's limits; what is typed stays on the screen even while it is no number. */
export class NumberElement extends QuestionElement {
  /** What was typed last: "1.50" stays "1.50". */
  #typed: string | null = null;
  #composing = false;

  protected override control(): TemplateResult {
    const { question, ids } = this;
    const { store } = this.context;
    const { readOnly } = this;
    const unreadable = this.#unreadable;
    const given = number(store, question.key, this.of);
    if (!unreadable && this.#typed !== null && parseNumber(this.#typed) !== given) this.#typed = null;
    const shown = (unreadable ? typedIn(store, question.key, this.of) : this.#typed) ?? given;
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
        .value=${typedText(shown === null ? "" : String(shown))}
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
    return this.#unreadable ? t("number.unreadable") : null;
  }

  get #unreadable(): boolean {
    return isUnreadable(this.context.store, this.question.key, this.of);
  }

  #read = (event: Event): void => {
    if (this.#composing) return;
    const { store } = this.context;
    const { key } = this.question;
    const typed = (event.target as HTMLInputElement).value;
    const value = parseNumber(typed);
    const empty = typed.trim() === "";
    const usable = empty || (value !== null && takesNumber(this.question, value));
    this.#typed = typed;
    // A number that is half written says nothing yet: what was there before stays until it does.
    store.setUnreadable(key, !usable, this.of, typed);
    if (usable) setNumber(store, key, empty ? null : value, this.of);
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
