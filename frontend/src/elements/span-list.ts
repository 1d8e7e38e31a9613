import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { asksOfRegions } from "../core/about";
import type { Question } from "../core/contracts";
import { open } from "../core/open-regions";
import { labelColour } from "../core/palette";
import type { SpanRegion } from "../core/regions";
import { placeOf } from "../core/span-order";
import { t } from "../i18n";
import { capsOf, shortcutOf } from "./command-parts";
import { findLabel, spanText } from "./context";
import { commands } from "./keyboard";
import { icon, tint } from "./parts";
import { QuestionElement } from "./question";
import { wantsAnswer } from "./region-name";
import { focusRow } from "./row-focus";

/** So many rows are in the page, however many spans there are. */
const ROWS = 25;

/** The spans of one question as a list: to find one, to go to it, to remove it. */
export class SpanListElement extends QuestionElement {
  #from = 0;
  /** The selected span that the list has turned to. */
  #turned: string | null = null;

  protected override count(): number {
    return this.context.store.spans(this.question.key).length;
  }

  protected override control(): TemplateResult {
    const spans = this.context.store.spans(this.question.key);
    if (spans.length === 0) return html`${this.#suggested()}<p class="question-help">${t("spans.empty")}</p>`;
    this.#turn(spans);
    const shown = spans.slice(this.#from, this.#from + ROWS);
    const { store } = this.context;
    const removeKey = commands.keyOf("span.remove");
    const wanted = asksOfRegions(store) && !this.context.readOnly ? open(store) : undefined;
    return html`
      ${this.#suggested()}
      <ol class="span-list" aria-labelledby=${this.ids.title} start=${this.#from + 1}>
        ${repeat(
          shown,
          (span) => span.id,
          (span) =>
            guard([span, this.#isSelected(span), wanted?.get(span.id)?.length, removeKey], () =>
              this.#row(span, wanted?.get(span.id)),
            ),
        )}
      </ol>
      ${spans.length > ROWS ? this.#pages(spans.length) : nothing}
    `;
  }

  /** How many suggestions are open, and what can be done with all of them. */
  #suggested(): TemplateResult | typeof nothing {
    const { desk, readOnly } = this.context;
    const { key, field } = this.question;
    const left = desk.suggestions.openOf(key);
    if (left.length === 0 || readOnly) return nothing;
    const models = [...new Set(left.map((one) => one.model))].join(", ");
    const button = (words: string, id: string, run: () => void): TemplateResult =>
      html`<button type="button" class="button small" aria-keyshortcuts=${shortcutOf(id)} @click=${run}>
        ${words}${capsOf(id)}
      </button>`;
    return html`<div class="suggested" role="group" aria-label=${t("suggestions.open", { n: left.length })}>
      <p class="suggested-count">
        <strong>${t("suggestions.open", { n: left.length })}</strong>
        ${models ? html`<span class="muted small">${t("suggestions.from", { model: models })}</span>` : nothing}
      </p>
      <div class="suggested-tools">
        ${button(t("suggestions.nextShort"), "suggestion.next", () => commands.run("suggestion.next") || desk.stepSuggested(field, 1))}
        ${button(t("suggestions.acceptAll"), "suggestion.acceptAll", () => desk.settleAll([this.question], "accept"))}
        ${button(t("suggestions.dismissAll"), "suggestion.dismissAll", () => desk.settleAll([this.question], "dismiss"))}
      </div>
    </div>`;
  }

  /** Turns to the page of a span that was just selected, and never past the end. */
  #turn(spans: readonly SpanRegion[]): void {
    const selected = this.context.desk.span();
    if (selected && selected.question === this.question.key && selected.id !== this.#turned) {
      const at = placeOf(spans, selected.start, selected.id);
      if (at >= 0) this.#from = at - (at % ROWS);
    }
    this.#turned = selected?.id ?? null;
    while (this.#from >= spans.length) this.#from -= ROWS;
  }

  #isSelected(span: SpanRegion): boolean {
    return this.context.desk.selected.value === span.id;
  }

  #pages(count: number): TemplateResult {
    const last = Math.min(count, this.#from + ROWS);
    const button = (
      id: "list.earlier" | "list.later",
      words: string,
      off: boolean,
      by: number,
    ): TemplateResult =>
      html`<button type="button" class="link-button small" data-does=${id} aria-keyshortcuts=${shortcutOf(id)} ?disabled=${off} @click=${() => this.#go(by)}>
        ${words}${capsOf(id)}
      </button>`;
    return html`<p class="span-pages small">
      ${button("list.earlier", t("spans.earlier"), this.#from === 0, -ROWS)}
      <span class="muted">${t("spans.shown", { from: this.#from + 1, to: last, count })}</span>
      ${button("list.later", t("spans.later"), last === count, ROWS)}
    </p>`;
  }

  #go(rows: number): void {
    this.#from = Math.max(0, this.#from + rows);
    this.requestUpdate();
  }

  #row(span: SpanRegion, wanted: readonly Question[] = []): TemplateResult {
    const { store, desk, readOnly } = this.context;
    const { label, index } = findLabel(this.question, span.label);
    const text = spanText(store, span);
    const selected = desk.selected.peek() === span.id;
    return html`
      <li class="span-row ${selected ? "is-selected" : ""}" ${tint(labelColour(label, index))}>
        <button type="button" class="span-go" aria-current=${selected ? "true" : "false"} @click=${() => desk.selectSpan(span)}>
          <span class="chip">${label.text}</span><span class="span-text">${text}</span>${wantsAnswer(wanted)}
        </button>
        ${
          readOnly
            ? nothing
            : html`<button
                type="button"
                class="icon-button span-remove"
                aria-label=${t("spans.remove", { label: label.text, text })}
                aria-keyshortcuts=${selected ? shortcutOf("span.remove") : nothing}
                @click=${() => this.#remove(span)}
              >
                ${icon("close")}${selected ? capsOf("span.remove") : nothing}
              </button>`
        }
      </li>
    `;
  }

  #remove(span: SpanRegion): void {
    const at = placeOf(this.context.store.spans(this.question.key), span.start, span.id) - this.#from;
    this.context.desk.remove(span);
    void focusRow(this, ".span-remove", at);
  }
}
