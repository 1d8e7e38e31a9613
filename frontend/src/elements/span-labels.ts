import { html, type TemplateResult } from "lit";
import type { Label, Question } from "../core/contracts";
import { labelColour } from "../core/palette";
import { t } from "../i18n";
import { AssayElement, uniqueId } from "./base";
import { type AnswerContext, labelText } from "./context";
import { keys, shortcut, tint } from "./parts";

/** The labels of one span question, above the text they are put on. */
export class SpanLabelsElement extends AssayElement {
  static override properties = { context: { attribute: false }, question: { attribute: false } };

  declare context: AnswerContext;
  declare question: Question;
  readonly #id = uniqueId();

  protected override render(): TemplateResult {
    return html`
      <div class="label-bar" role="group" aria-labelledby=${this.#id}>
        <span class="label-bar-title" id=${this.#id}>${this.question.title || t("spans.labels")}</span>
        <div class="label-buttons">${(this.question.labels ?? []).map((label, index) => this.#button(label, index))}</div>
        <p class="label-hint">${this.#hint()}</p>
      </div>
    `;
  }

  #button(label: Label, index: number): TemplateResult {
    const { context, question } = this;
    const { desk } = context;
    const key = context.keys.keyOf(question.key, label.key);
    const active = desk.active.value?.question === question.key && desk.active.value.label === label.key;
    return html`
      <button
        type="button"
        class="label-button"
        aria-pressed=${active ? "true" : "false"}
        aria-keyshortcuts=${shortcut(key)}
        ${tint(labelColour(label, index))}
        @pointerdown=${(event: Event) => event.preventDefault()}
        @click=${() => desk.press(question.key, label.key)}
      >
        <span class="swatch" aria-hidden="true"></span>${label.text}${keys(key)}
      </button>
    `;
  }

  #hint(): string {
    const { desk } = this.context;
    const selection = desk.selection.value;
    if (desk.span()?.question === this.question.key) return t("spans.hint.span");
    if (selection && selection.field === this.question.field && selection.anchor !== selection.focus) {
      return t("spans.hint.selection");
    }
    const active = desk.active.value;
    if (active?.question === this.question.key) {
      const inText = desk.focused.value === this.question.field;
      return t(inText ? "spans.hint.active" : "spans.hint.armed", {
        label: labelText(this.question, active.label),
      });
    }
    return t("spans.hint.idle");
  }
}
