import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { setText, texts } from "../core/answers";
import { t } from "../i18n";
import { titleOf } from "./context";
import { QuestionElement } from "./question";

/** One or more written texts (kind "text"). */
export class NoteElement extends QuestionElement {
  /** What is in a field that the store does not hold: white space alone is no answer. */
  readonly #typed = new Map<number, string>();
  #composing = false;

  protected override control(): TemplateResult {
    const { question, context } = this;
    const given = texts(context.store, question.key);
    const most = Math.max(1, question.max_texts ?? 1);
    const count = context.readOnly ? Math.max(1, given.length) : Math.min(most, given.length + 1);
    return html`${Array.from({ length: count }, (_, index) => this.#field(index, given[index] ?? "", count))}`;
  }

  #field(index: number, given: string, count: number): TemplateResult {
    const { question, ids, context } = this;
    const typed = this.#typed.get(index);
    const shown = typed !== undefined && typed.trim() === given.trim() ? typed : given;
    const name =
      count > 1 ? `${titleOf(question)}, ${t("text.another", { n: index + 1 })}` : titleOf(question);
    return html`
      <textarea
        class="note"
        rows=${question.rows ?? 3}
        placeholder=${question.placeholder ?? ""}
        aria-label=${name}
        aria-describedby=${ids.help}
        aria-invalid=${this.missing ? "true" : "false"}
        ?required=${question.required && index === 0}
        ?readonly=${context.readOnly}
        .value=${live(shown)}
        @compositionstart=${() => {
          this.#composing = true;
        }}
        @compositionend=${(event: CompositionEvent) => {
          this.#composing = false;
          this.#read(event, index);
        }}
        @input=${(event: Event) => this.#read(event, index)}
        @blur=${() => this.#typed.delete(index)}
      ></textarea>
    `;
  }

  #read(event: Event, index: number): void {
    // Drawing in the middle of a composition would break it.
    if (this.#composing) return;
    const { value } = event.target as HTMLTextAreaElement;
    this.#typed.set(index, value);
    setText(this.context.store, this.question.key, index, value);
  }
}
