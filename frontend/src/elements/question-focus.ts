import type { Question } from "../core/contracts";
import { marks } from "../core/tags/tag";
import type { AnswerContext } from "./context";
import { focusField } from "./fields/focus";
import { showGap } from "./gaps";
import type { QuestionElement } from "./question";

/** Where work begins: in the text when spans are asked for, else at the heading, where all keys work too. */
export function focusWork(host: HTMLElement): void {
  if (!focusField(host)) host.querySelector<HTMLElement>("h1[tabindex]")?.focus({ preventScroll: true });
}

function control(host: HTMLElement, question: Question): QuestionElement | null {
  const box = host.querySelector(`[data-question="${CSS.escape(question.key)}"]`);
  return box?.parentElement as QuestionElement | null;
}

/**
 * Puts the focus where a question is answered: its control, the field it marks, the region that still wants it. Who
 * writes on before that is drawn keeps the field.
 */
export function focusQuestion(host: HTMLElement, context: AnswerContext, question: Question): void {
  showGap(context, question);
  if (marks(question) && focusField(host, question.field)) return;
  let writes = false;
  const heard = new AbortController();
  const hear = (): void => {
    writes = true;
  };
  host.addEventListener("input", hear, { signal: heard.signal, capture: true });
  // What asks is drawn anew for the region that is selected now.
  setTimeout(() => {
    heard.abort();
    if (writes) return;
    const within = question.per_region ? host.querySelector<HTMLElement>("assay-region-panel") : host;
    if (within) control(within, question)?.focusControl();
  });
}
