import { html, nothing, type TemplateResult } from "lit";
import type { AnswerStore } from "../../core/store";
import { titleOf } from "../context";
import { summary } from "../summary";

/** What has been answered about a turn, or about a message that was written: under its name each. */
export function turnAnswers(
  store: AnswerStore,
  field: string,
  of: readonly string[],
): TemplateResult | typeof nothing {
  const said = store.schema.questions
    .filter((one) => one.per_region && one.field === field)
    .flatMap((question) => {
      const all = store.regions(question.key).value;
      return of.flatMap((id) => {
        const regions = all.filter((one) => one.of === id);
        return regions.length > 0
          ? [html`<div><dt>${titleOf(question)}</dt><dd>${summary(store, question, regions)}</dd></div>`]
          : [];
      });
    });
  return said.length > 0 ? html`<dl class="turn-answers">${said}</dl>` : nothing;
}
