import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { labelColour } from "../core/palette";
import type { SpanRegion } from "../core/regions";
import { t } from "../i18n";
import { findLabel, spanText } from "./context";
import { icon, tint } from "./parts";
import { QuestionElement } from "./question";

const FIRST = 100;

/** The spans of one question as a list: to find one, to go to it, to remove it. */
export class SpanListElement extends QuestionElement {
  #shown = FIRST;

  protected override control(): TemplateResult {
    const spans = this.context.store.spans(this.question.key);
    const rest = spans.length - this.#shown;
    if (spans.length === 0) return html`<p class="question-help">${t("spans.empty")}</p>`;
    return html`
      <ol class="span-list" aria-labelledby=${this.ids.title}>
        ${repeat(
          spans.slice(0, this.#shown),
          (span) => span.id,
          (span) => this.#row(span),
        )}
      </ol>
      ${
        rest > 0
          ? html`<button type="button" class="link-button small" @click=${this.#more}>
              ${t("spans.more", { n: Math.min(rest, FIRST) })}
            </button>`
          : nothing
      }
    `;
  }

  #row(span: SpanRegion): TemplateResult {
    const { store, desk, readOnly } = this.context;
    const { label, index } = findLabel(this.question, span.label);
    const text = spanText(store, span);
    const selected = desk.selected.value === span.id;
    return html`
      <li class="span-row ${selected ? "is-selected" : ""}" ${tint(labelColour(label, index))}>
        <button type="button" class="span-go" aria-current=${selected ? "true" : "false"} @click=${() => desk.selectSpan(span)}>
          <span class="chip">${label.text}</span><span class="span-text">${text}</span>
        </button>
        ${
          readOnly
            ? nothing
            : html`<button
                type="button"
                class="icon-button span-remove"
                aria-label=${t("spans.remove", { label: label.text, text })}
                @click=${() => desk.remove(span)}
              >
                ${icon("close")}
              </button>`
        }
      </li>
    `;
  }

  #more = (): void => {
    this.#shown += FIRST;
    this.requestUpdate();
  };
}
