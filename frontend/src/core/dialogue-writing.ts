/** Messages of a dialogue that is written: each command is one undoable step. */

import type { Question } from "./contracts";
import { turnsOf } from "./field-text";
import { type MessageRegion, newId } from "./regions";
import type { AnswerStore } from "./store";

const ROLES = ["user", "assistant"];

/** Who may speak. */
export function rolesOf(question: Question): readonly string[] {
  return question.roles?.length ? question.roles : ROLES;
}

/** The messages written so far, in their order. */
export function messages(store: AnswerStore, question: string): readonly MessageRegion[] {
  return store.regions(question).value.filter((one) => one.kind === "message");
}

/** Whose turn it is after this one spoke: the other of two, the next of many; a system speaks once. */
export function nextRole(question: Question, before: string | undefined): string {
  const roles = rolesOf(question);
  const turns = roles.filter((role) => role !== "system");
  const taking = turns.length > 0 ? turns : roles;
  const at = before === undefined ? -1 : taking.indexOf(before);
  return taking[(at + 1) % taking.length] ?? "user";
}

/** How many messages there are: those of the item, which are not changed, and those written. */
export function count(store: AnswerStore, question: Question): number {
  const field = store.texts.field(question.field);
  const given = field.kind === "chat" ? turnsOf(field, store.texts.data).length : 0;
  return given + messages(store, question.key).length;
}

/** How many more can be written. */
export function room(store: AnswerStore, question: Question): number {
  return (question.max_messages ?? Number.POSITIVE_INFINITY) - count(store, question);
}

function put(store: AnswerStore, question: string, after: readonly MessageRegion[], merge?: string): void {
  const before = store.regions(question).peek();
  store.commit({ before, after, ...(merge === undefined ? {} : { merge }) });
}

/** Adds a message, before the one at `at` or last. @returns it, or null when it is empty or there is no room. */
export function addMessage(
  store: AnswerStore,
  question: string,
  role: string,
  content: string,
  at?: number,
): MessageRegion | null {
  if (!content.trim() || room(store, store.question(question)) <= 0) return null;
  const all = [...messages(store, question)];
  const message: MessageRegion = { id: newId(), question, kind: "message", role, content };
  all.splice(at ?? all.length, 0, message);
  put(store, question, all);
  return message;
}

/** Changes what a message says, or who says it. An empty text changes nothing. `merge`: see Change. */
export function changeMessage(
  store: AnswerStore,
  question: string,
  id: string,
  to: { readonly role?: string; readonly content?: string },
  merge?: string,
): boolean {
  const all = messages(store, question);
  const found = all.find((one) => one.id === id);
  if (!found || (to.content !== undefined && !to.content.trim())) return false;
  const changed = { ...found, ...to };
  if (changed.role === found.role && changed.content === found.content) return false;
  put(
    store,
    question,
    all.map((one) => (one === found ? changed : one)),
    merge,
  );
  return true;
}

export function removeMessage(store: AnswerStore, question: string, id: string): boolean {
  const all = messages(store, question);
  const left = all.filter((one) => one.id !== id);
  if (left.length === all.length) return false;
  put(store, question, left);
  return true;
}

/** Moves a message up or down. @returns its new place, or null when it cannot go there. */
export function moveMessage(store: AnswerStore, question: string, id: string, by: 1 | -1): number | null {
  const all = [...messages(store, question)];
  const from = all.findIndex((one) => one.id === id);
  const to = from + by;
  const [moved] = from < 0 || to < 0 || to >= all.length ? [] : all.splice(from, 1);
  if (!moved) return null;
  all.splice(to, 0, moved);
  put(store, question, all);
  return to;
}
