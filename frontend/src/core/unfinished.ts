/** What is begun and cannot be handed in as it stands. */

import type { Question } from "./contracts";
import { count } from "./dialogue-writing";
import { graded } from "./rubric";
import type { AnswerStore } from "./store";
import { tagOf } from "./tags/tag";

/** Whether a dialogue has too few messages, or a rubric is graded in part. */
export function isUnfinished(question: Question, store: AnswerStore): boolean {
  switch (tagOf(question)) {
    case "chat":
      return count(store, question) < (question.min_messages ?? 0);
    case "grades":
      return (
        store.regions(question.key).value.length > 0 &&
        graded(store, question).some((one) => one.points === null)
      );
    default:
      return false;
  }
}
