/** What is typed and cannot be read as a value: it is no part of the answer, and holds a submit. */

import type { Of } from "./about";
import type { Question } from "./contracts";
import type { Region } from "./regions";
import type { AnswerStore } from "./store";
import { askedOf, mayBeAnswered } from "./wanted";

/** By the region that it is about; null instead of words where the element keeps them itself. */
type Typed = ReadonlyMap<Of, string | null>;
/** By question. */
export type AllUnreadable = ReadonlyMap<string, Typed>;

/** The same with this for one answer; undefined takes it away. */
export function withTyped(
  all: AllUnreadable,
  question: string,
  of: Of,
  typed: string | null | undefined,
): AllUnreadable {
  const before = all.get(question);
  if (typed === undefined ? !before?.has(of) : before?.get(of) === typed) return all;
  const others = [...(before ?? [])].filter(([one]) => one !== of);
  const now = typed === undefined ? others : [...others, [of, typed] as const];
  const rest = [...all].filter(([key]) => key !== question);
  return new Map(now.length > 0 ? [...rest, [question, new Map(now)]] : rest);
}

/** What was typed into a field and cannot be read, or null. Reading it listens. */
export function typedIn(store: AnswerStore, question: string, of: Of): string | null {
  return store.unreadable.value.get(question)?.get(of) ?? null;
}

/** Whether something that cannot be read stands in a field of this question. Reading it listens. */
export function isUnreadable(store: AnswerStore, question: string, of: Of): boolean {
  return store.unreadable.value.get(question)?.has(of) === true;
}

/** The regions of which a question's input cannot be read, as they stand. */
export function unreadableOf(store: AnswerStore, question: Question): readonly Region[] {
  const typed = store.unreadable.value.get(question.key);
  return typed && question.per_region ? askedOf(question, store).filter(({ id }) => typed.has(id)) : [];
}

/** Whether input that cannot be read stands between the answer and its submit. */
export function holdsSubmit(store: AnswerStore, question: Question): boolean {
  if (!store.unreadable.value.has(question.key)) return false;
  if (store.unreadable.value.get(question.key)?.has(null) && mayBeAnswered(question, store)) return true;
  return unreadableOf(store, question).length > 0;
}
