import { html, nothing, type TemplateResult } from "lit";
import type { Label, Question } from "../core/contracts";
import { labelColour } from "../core/palette";
import type { SpanRegion } from "../core/regions";
import { labelsAreas, marks, marksArea } from "../core/tags/tag";
import { isTable, marksTurns } from "../core/units";
import { t } from "../i18n";
import { wordSnap } from "../preferences";
import { AssayElement, uniqueId } from "./base";
import { type AnswerContext, labelText } from "./context";
import { drawWords } from "./fields/area-words";
import { focusField } from "./fields/focus";
import { commands } from "./keyboard";
import { labelArea } from "./label-commands";
import { type FilterHost, LabelFilter } from "./label-filter";
import { keys, shortcut, tint } from "./parts";
import { choosesSnap, toggleWordSnap } from "./text-commands";

function stayInText(event: Event): void {
  event.preventDefault();
}

/** The labels of one span question, above the text they are put on, and what else can be done with spans. */
export class SpanLabelsElement extends AssayElement implements FilterHost {
  static override properties = { context: { attribute: false }, question: { attribute: false } };

  declare context: AnswerContext;
  declare question: Question;
  readonly #id = uniqueId();
  readonly #filter = new LabelFilter(this);

  protected override render(): TemplateResult {
    return html`
      <div class="label-bar" role="group" aria-labelledby=${this.#id}>
        <span class="label-bar-title" id=${this.#id}>${this.question.title || t("spans.labels")}</span>
        ${this.question.filter ? this.#filter.box(this.#shown.length) : nothing}
        <div class="label-buttons">
          ${this.#shown.map((label) => this.#button(label, this.#labels.indexOf(label)))}
          ${this.#shown.length === 0 ? html`<p class="label-hint">${t("choice.filter.none")}</p>` : nothing}
        </div>
        <div class="label-foot">
          <p class="label-hint">${this.#hint()}</p>
          ${this.#tools()}
        </div>
      </div>
    `;
  }

  #button(label: Label, index: number): TemplateResult {
    const { context, question } = this;
    const { desk } = context;
    const key = context.keys.keyOf(question.key, label.key);
    const held = labelsAreas(question) ? desk.areaLabel.value : desk.active.value;
    const active = held?.question === question.key && held.label === label.key;
    return html`
      <button
        type="button"
        class="label-button"
        aria-pressed=${active ? "true" : "false"}
        aria-keyshortcuts=${shortcut(key)}
        ${tint(labelColour(label, index))}
        @pointerdown=${stayInText}
        @click=${() => this.#press(label.key)}
      >
        <span class="swatch" aria-hidden="true"></span>${label.text}${keys(key)}
      </button>
    `;
  }

  #press(label: string): void {
    const { context, question } = this;
    if (labelsAreas(question)) labelArea(context, question, label);
    else context.desk.press(question.key, label);
  }

  /** What the box finds, and the label in hand. */
  get #shown(): readonly Label[] {
    if (!this.question.filter || !this.#filter.narrows) return this.#labels;
    const { desk } = this.context;
    const active = labelsAreas(this.question) ? desk.areaLabel.value : desk.active.value;
    return this.#filter.with(active?.question === this.question.key ? [active.label] : []);
  }

  /** The label goes on what is selected or comes in hand; one goes on in the field. */
  take(label: Label): void {
    this.#press(label.key);
    this.leave();
  }

  enter(): void {
    this.querySelector<HTMLElement>(".label-button")?.focus();
  }

  leave(): boolean {
    return focusField(document.body, this.question.field);
  }

  get #suggested(): SpanRegion | null {
    const span = this.context.desk.suggested();
    return span?.question === this.question.key ? span : null;
  }

  #tools(): TemplateResult | typeof nothing {
    const { desk } = this.context;
    const suggested = this.#suggested;
    if (suggested)
      return html`<div class="label-tools">
        ${this.#tool(t("suggestions.accept"), "enter", () => desk.accept())}
        ${this.#tool(t("suggestions.dismiss"), "backspace", () => desk.dismiss())}
      </div>`;
    const field = this.context.store.texts.field(this.question.field);
    if (isTable(field) || marksTurns(field) || this.#drawn) return nothing;
    const own = desk.span()?.question === this.question.key;
    return html`<div class="label-tools">
      ${own ? this.#tool(t("spans.same"), commands.keyOf("span.same"), () => desk.labelSame()) : nothing}
      ${this.#isFirst && choosesSnap(this.context, this.question.field) ? this.#snap() : nothing}
    </div>`;
  }

  #tool(words: string, key: string | undefined, run: () => void): TemplateResult {
    return html`<button
      type="button"
      class="label-tool"
      aria-keyshortcuts=${shortcut(key)}
      @pointerdown=${stayInText}
      @click=${run}
    >
      ${words}${keys(key)}
    </button>`;
  }

  #snap(): TemplateResult {
    const key = commands.keyOf("text.snap");
    return html`<button
      type="button"
      class="label-tool"
      aria-pressed=${wordSnap.value ? "true" : "false"}
      aria-keyshortcuts=${shortcut(key)}
      @pointerdown=${stayInText}
      @click=${() => toggleWordSnap(this.context)}
    >
      ${t("spans.snap")}${keys(key)}
    </button>`;
  }

  /** What holds for all questions about a field is said once. */
  get #isFirst(): boolean {
    const { questions } = this.context.store.schema;
    return questions.find((one) => marks(one) && one.field === this.question.field) === this.question;
  }

  /** What areas without a label are drawn with. */
  get #labels(): readonly Label[] {
    const { labels = [] } = this.question;
    return labels.length === 0 && marksArea(this.question)
      ? [{ key: "", text: drawWords(this.question) }]
      : labels;
  }

  /** Whether it is about areas of a picture: it draws them, or its labels are chosen for them. */
  get #drawn(): boolean {
    return marksArea(this.question) || labelsAreas(this.question);
  }

  #areaHint(): string {
    const { desk } = this.context;
    if (labelsAreas(this.question)) {
      const held = desk.areaLabel.value;
      if (held?.question !== this.question.key) return t("area.hint.label");
      return t("area.hint.labelled", { label: labelText(this.question, held.label) });
    }
    const active = desk.active.value;
    if (active?.question !== this.question.key) return this.#isFirst ? t("area.hint") : "";
    const label = labelText(this.question, active.label) || drawWords(this.question);
    return t("area.hint.armed", { label });
  }

  #hint(): string {
    const { desk } = this.context;
    if (this.#drawn) return this.#areaHint();
    if (isTable(this.context.store.texts.field(this.question.field))) return t("table.hint");
    const selection = desk.selection.value;
    const suggested = this.#suggested;
    if (suggested) return t("spans.hint.suggested", { label: labelText(this.question, suggested.label) });
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
    const snaps = this.context.store.texts.field(this.question.field).granularity;
    if (snaps && snaps !== "symbol") return `${t("spans.hint.idle")} ${t(`spans.hint.snaps.${snaps}`)}`;
    return t("spans.hint.idle");
  }
}
