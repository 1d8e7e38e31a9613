import { html, nothing, type TemplateResult } from "lit";
import type { Question } from "../core/contracts";
import { type Key, t } from "../i18n";
import { titleOf } from "./context";

/** The ids by which a question's parts name one another. */
export interface FrameIds {
  readonly title: string;
  readonly help: string;
}

/** What is said of a question that a submit found open. */
function lacking(question: Question): Key {
  if (!question.required_for) return "question.missing";
  return question.tag === "relations" ? "relation.missing" : "turn.missing";
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
  const wanted = question.required_message || t(lacking(question));
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
