import { html, type TemplateResult } from "lit";
import { meaning } from "../core/compare";
import type { Question } from "../core/contracts";
import { labelColour } from "../core/palette";
import type { Region } from "../core/regions";
import type { AnswerStore } from "../core/store";
import { t } from "../i18n";
import { findLabel, labelText, spanText } from "./context";
import { tint } from "./parts";

function value(store: AnswerStore, question: Question, region: Region): TemplateResult {
  switch (region.kind) {
    case "choice":
    case "choices":
      return html`${region.choices.map((key) => html`<span class="value">${labelText(question, key)}</span>`)}`;
    case "rating":
      return html`<span class="value">${t("rating.of", { n: region.rating, max: question.max_rating ?? 5 })}</span>`;
    case "number":
      return html`<span class="value">${region.number}</span>`;
    case "text":
      return html`${region.texts.map((text) => html`<p class="value-text">${text}</p>`)}`;
    case "spans": {
      const { label, index } = findLabel(question, region.label);
      return html`<span class="chip" ${tint(labelColour(label, index))}>${label.text}</span>
        <span class="span-text">${spanText(store, region)}</span>`;
    }
  }
}

/** An answer to one question in words; what is in `marked` stands out, by a sign as well as by colour. */
export function summary(
  store: AnswerStore,
  question: Question,
  regions: readonly Region[],
  marked: ReadonlySet<string> = new Set(),
): TemplateResult {
  if (regions.length === 0) return html`<p class="value-none">${t("question.none")}</p>`;
  return html`
    <ul class="summary">
      ${regions.map(
        (region) => html`<li class=${marked.has(meaning(region)) ? "differs" : ""}>
          ${value(store, question, region)}
          ${marked.has(meaning(region)) ? html`<span class="visually-hidden">(${t("spans.differs")})</span>` : ""}
        </li>`,
      )}
    </ul>
  `;
}
