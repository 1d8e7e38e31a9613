import { focusField } from "./fields/focus";
import type { QuestionElement } from "./question";

/**
 * A row of a list is gone with the button that was used: the focus goes to the same button of the row that took its
 * place, else of the last row; after the last one to the field that the question marks.
 */
export async function focusRow(host: QuestionElement, selector: string, at: number): Promise<void> {
  await host.updateComplete;
  const all = host.querySelectorAll<HTMLElement>(selector);
  const next = all[Math.min(at, all.length - 1)];
  if (next) next.focus({ preventScroll: true });
  else focusField(document.body, host.question.field);
}
