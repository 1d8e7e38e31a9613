import { html, nothing, type TemplateResult } from "lit";
import type { Command } from "../core/commands";
import { t } from "../i18n";
import { addCommands } from "./keyboard";
import { snippetButtons, snippetCommands } from "./snippets";
import { TextsElement } from "./texts-question";
import { typedText } from "./typed-text";

/** One or more written texts. */
export class NoteElement extends TextsElement {
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
    return html`
      ${this.boxes().map((text, index, all) => this.#field(index, text, all.length))} ${this.another()}
      ${readOnly ? nothing : snippetButtons(context, question, this.#insert)}
    `;
  }

  #field(index: number, text: string, count: number): TemplateResult {
    const { question, ids, readOnly } = this;
    return html`
      <textarea
        class="note"
        rows=${question.rows ?? 3}
        placeholder=${question.placeholder ?? ""}
        aria-label=${this.nameOf(index, count)}
        aria-describedby=${ids.help}
        aria-invalid=${this.missing ? "true" : "false"}
        ?required=${question.required && index === 0}
        ?readonly=${readOnly}
        .value=${typedText(text)}
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
      ></textarea>
    `;
  }

  #read(area: HTMLTextAreaElement, index: number): void {
    // Drawing in the middle of a composition would break it.
    if (this.#composing) return;
    this.write(index, area.value);
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
