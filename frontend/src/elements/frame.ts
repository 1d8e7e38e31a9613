import { html, nothing, type TemplateResult } from "lit";
import type { Question } from "../core/contracts";
import { t } from "../i18n";
import { titleOf } from "./context";

/** The ids by which a question's parts name one another. */
export interface FrameIds {
  readonly title: string;
  readonly help: string;
}

/** A question's box: its title, whether it is required, the mistake if there is one, and its control. */
export function frame(
  question: Question,
  ids: FrameIds,
  state: {
    readonly missing: boolean;
    readonly readOnly: boolean;
    readonly error?: string | null;
    readonly count?: number;
  },
  control: TemplateResult,
): TemplateResult {
  const wanted =
    question.required_message || t(question.required_for ? "relation.missing" : "question.missing");
  const error = state.error ?? (state.missing ? wanted : null);
  return html`
    <div class="question ${error ? "has-error" : ""}" data-question=${question.key}>
      <div class="question-head">
        <h3 id=${ids.title}>${titleOf(question)}</h3>
        ${state.count ? html`<span class="question-count" aria-hidden="true">${state.count}</span>` : nothing}
        ${(question.required || question.required_for) && !state.readOnly ? html`<span class="must">${t("question.required")}</span>` : nothing}
      </div>
      ${control}
      <p class="question-error" id=${ids.help} ?hidden=${!error}>${error}</p>
    </div>
  `;
}
