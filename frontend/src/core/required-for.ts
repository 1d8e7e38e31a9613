/** What a question's `required_for` still wants: a mark on a turn, or a relation at a region with one of these labels. */

import { isMarked, isPart } from "./conditions";
import type { Question } from "./contracts";
import type { Turn } from "./field-text";
import type { Region } from "./regions";
import type { AnswerStore } from "./store";
import { allRegions } from "./turn-regions";
import { turnsIn } from "./units";

/** The turns that no mark of a question covers; one without words cannot be marked. */
export function unmarkedTurns(question: Question, store: AnswerStore): readonly Turn[] {
  const spans = store.spans(question.key);
  let next = 0;
  let reach = 0;
  return turnsIn(store.texts, question.field).filter(({ start, end }) => {
    for (let span = spans[next]; span && span.start <= start; span = spans[++next])
      reach = Math.max(reach, span.end);
    return start < end && reach < end;
  });
}

/** The regions that need a relation and have none to something else. */
export function unrelated(question: Question, store: AnswerStore): readonly Region[] {
  const labels = new Set(question.required_for);
  const fields = [question.field, ...(question.also ?? [])];
  const needy = allRegions(store).filter(
    (one) =>
      (one.kind === "spans" || one.kind === "boxes") &&
      labels.has(one.label) &&
      fields.includes(store.question(one.question).field) &&
      isMarked(one, store),
  );
  const ids = new Set(needy.map((one) => one.id));
  const related = new Set<string>();
  for (const one of store.regions(question.key).value) {
    const among = one.kind === "relations" && ids.has(one.from) && ids.has(one.to);
    if (one.kind !== "relations" || among || !isPart(one, question, store)) continue;
    related.add(one.from).add(one.to);
  }
  return needy.filter((one) => !related.has(one.id));
}

/** Whether anything that a question is required for still lacks it. */
export function lacks(question: Question, store: AnswerStore): boolean {
  if (!question.required_for?.length) return false;
  const gaps = question.tag === "relations" ? unrelated(question, store) : unmarkedTurns(question, store);
  return gaps.length > 0;
}
