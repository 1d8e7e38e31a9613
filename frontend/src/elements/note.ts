import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { setText, texts } from "../core/answers";
import type { Command } from "../core/commands";
import { t } from "../i18n";
import { titleOf } from "./context";
import { addCommands } from "./keyboard";
import { QuestionElement } from "./question";
import { snippetButtons, snippetCommands } from "./snippets";

/** One or more written texts. */
export class NoteElement extends QuestionElement {
  /** What is in a field that the store does not hold: white space alone is no answer. */
  readonly #typed = new Map<number, string>();
  #composing = false;
  #caretAt: number | null = null;
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = addCommands(this.#commands);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  protected override control(): TemplateResult {
    const { question, context, readOnly } = this;
    const given = texts(context.store, question.key, this.of);
    const most = Math.max(1, question.max_texts ?? 1);
    const count = readOnly ? Math.max(1, given.length) : Math.min(most, given.length + 1);
    return html`
      ${Array.from({ length: count }, (_, index) => this.#field(index, given[index] ?? "", count))}
      ${readOnly ? nothing : snippetButtons(context, question, this.#insert)}
    `;
  }

  #field(index: number, given: string, count: number): TemplateResult {
    const { question, ids, readOnly } = this;
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
        ?readonly=${readOnly}
        .value=${live(shown)}
        @compositionstart=${() => {
          this.#composing = true;
        }}
        @compositionend=${(event: CompositionEvent) => {
          this.#composing = false;
          this.#read(event.target as HTMLTextAreaElement, index);
        }}
        @input=${(event: Event) => this.#read(event.target as HTMLTextAreaElement, index)}
        @focus=${() => {
          this.#caretAt = index;
        }}
        @blur=${() => this.#typed.delete(index)}
      ></textarea>
    `;
  }

  #read(area: HTMLTextAreaElement, index: number): void {
    // Drawing in the middle of a composition would break it.
    if (this.#composing) return;
    this.#typed.set(index, area.value);
    setText(this.context.store, this.question.key, index, area.value, this.of);
  }

  /** The field that had the caret last takes the text where the caret is; a step back takes it out again. */
  #insert = (text: string): void => {
    const areas = [...this.querySelectorAll("textarea")];
    const area = areas[this.#caretAt ?? 0] ?? areas[0];
    if (!area || this.#composing) return;
    area.focus({ preventScroll: true });
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    this.#read(area, areas.indexOf(area));
    this.context.announce(t("text.inserted", { text }));
  };

  #commands = (): readonly Command[] => {
    if (!this.context || this.context.readOnly) return [];
    return snippetCommands(this.context, this.question, () => !this.readOnly, this.#insert);
  };
}
