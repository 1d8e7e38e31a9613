/** What still stands between an answer and its submit; what is kept of a question that is not shown never does. */

import { allHold, canBeShown, isAsked, isMarked } from "./conditions";
import type { Question } from "./contracts";
import type { Region } from "./regions";
import { lacks } from "./required-for";
import type { AnswerStore } from "./store";
import { askedAbout } from "./turn-regions";
import { isUnfinished } from "./unfinished";

/** The regions that a question is asked of. */
export function askedOf(question: Question, store: AnswerStore): readonly Region[] {
  return askedAbout(store, question.field)
    .flatMap((one) => store.regions(one.key).value)
    .filter((region) => allHold(question.when, store, region) && isMarked(region, store));
}

/** Whether a required question still wants an answer, or one that is begun cannot be handed in. */
export function isOpen(question: Question, store: AnswerStore): boolean {
  if (isUnfinished(question, store) || lacks(question, store)) return isAsked(question, store);
  if (!question.required) return false;
  const regions = store.regions(question.key).value;
  if (!question.per_region) return regions.length === 0 && isAsked(question, store);
  const answeredOf = new Set(regions.map((one) => one.of));
  return askedOf(question, store).some((region) => !answeredOf.has(region.id));
}

/** Whether an answer to a question can stand as things are. */
export function mayBeAnswered(question: Question, store: AnswerStore): boolean {
  return question.per_region ? askedOf(question, store).length > 0 : canBeShown(question, store);
}
