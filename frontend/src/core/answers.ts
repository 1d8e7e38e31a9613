/** Commands on an answer: each makes at most one undoable step and says whether it changed anything. */

import { tidyRange } from "./graphemes";
import { newId, type Region, type SpanRegion } from "./regions";
import type { AnswerStore } from "./store";

function only(store: AnswerStore, question: string): Region | undefined {
  return store.regions(question).peek()[0];
}

function put(store: AnswerStore, question: string, after: Region | null, merge?: string): boolean {
  const before = store.regions(question).peek();
  if (before.length === 0 && !after) return false;
  store.commit({ before, after: after ? [after] : [], ...(merge === undefined ? {} : { merge }) });
  return true;
}

/** The labels chosen for a choice question. */
export function chosen(store: AnswerStore, question: string): readonly string[] {
  const region = store.regions(question).value[0];
  return region?.kind === "choice" || region?.kind === "choices" ? region.choices : [];
}

/** Chooses a label, or takes it back when it is chosen already; a single choice gives way to the new one. */
export function toggleChoice(store: AnswerStore, question: string, label: string): boolean {
  const { kind, labels = [] } = store.question(question);
  if (kind !== "choice" && kind !== "choices") return false;
  const now = new Set(chosen(store, question));
  const had = now.delete(label);
  if (kind === "choice") now.clear();
  if (!had) now.add(label);
  const choices = labels.map((one) => one.key).filter((key) => now.has(key));
  const id = only(store, question)?.id ?? newId();
  return put(store, question, choices.length > 0 ? { id, question, kind, choices } : null);
}

/** The rating given, or null. */
export function rating(store: AnswerStore, question: string): number | null {
  const region = store.regions(question).value[0];
  return region?.kind === "rating" ? region.rating : null;
}

export function setRating(store: AnswerStore, question: string, value: number | null): boolean {
  const id = only(store, question)?.id ?? newId();
  return put(store, question, value === null ? null : { id, question, kind: "rating", rating: value });
}

/** The number given, or null. */
export function number(store: AnswerStore, question: string): number | null {
  const region = store.regions(question).value[0];
  return region?.kind === "number" ? region.number : null;
}

export function setNumber(store: AnswerStore, question: string, value: number | null): boolean {
  if (number(store, question) === value) return false;
  const id = only(store, question)?.id ?? newId();
  const after: Region | null = value === null ? null : { id, question, kind: "number", number: value };
  return put(store, question, after, `number:${question}`);
}

/** What was typed as a number, or null when it is not one: full-width digits and grouping spaces are read too. */
export function parseNumber(typed: string): number | null {
  const plain = typed.normalize("NFKC").replace(/[\s_]/g, "").replace(/−/g, "-");
  return /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d{1,3})?$/i.test(plain) ? Number(plain) : null;
}

/** The texts written. */
export function texts(store: AnswerStore, question: string): readonly string[] {
  const region = store.regions(question).value[0];
  return region?.kind === "text" ? region.texts : [];
}

/** Writes the text at `index`; texts of white space alone are no answer. */
export function setText(store: AnswerStore, question: string, index: number, value: string): boolean {
  const all = [...texts(store, question)];
  if ((all[index] ?? "") === value) return false;
  all[index] = value;
  const kept = all.filter((text) => text?.trim());
  const id = only(store, question)?.id ?? newId();
  const after: Region | null = kept.length > 0 ? { id, question, kind: "text", texts: kept } : null;
  return put(store, question, after, `text:${question}:${index}`);
}

/** Labels a range, widened to whole characters. @returns the new span, the equal one that is there, or null. */
export function addSpan(
  store: AnswerStore,
  question: string,
  start: number,
  end: number,
  label: string,
): { readonly span: SpanRegion; readonly added: boolean } | null {
  const text = store.texts.of(store.question(question).field).text;
  const range = tidyRange(text, start, end);
  if (!range) return null;
  const same = sameSpan(store, question, range.start, range.end, label);
  if (same) return { span: same, added: false };
  const span: SpanRegion = { id: newId(), question, kind: "spans", ...range, label };
  store.commit({ before: [], after: [span] });
  return { span, added: true };
}

function sameSpan(
  store: AnswerStore,
  question: string,
  start: number,
  end: number,
  label: string,
): SpanRegion | undefined {
  return store
    .spans(question)
    .find((span) => span.start === start && span.end === end && span.label === label);
}

export function removeSpan(store: AnswerStore, span: SpanRegion): void {
  store.commit({ before: [span], after: [] });
}

/** Gives a span another label. @returns the changed span, or null when there is an equal one already. */
export function relabelSpan(store: AnswerStore, span: SpanRegion, label: string): SpanRegion | null {
  if (sameSpan(store, span.question, span.start, span.end, label)) return null;
  const changed = { ...span, label };
  store.commit({ before: [span], after: [changed] });
  return changed;
}

/** Moves a span's edges. @returns the changed span, or null when it would be empty or equal to another. */
export function moveSpan(
  store: AnswerStore,
  span: SpanRegion,
  edges: { readonly start?: number; readonly end?: number },
): SpanRegion | null {
  const { start = span.start, end = span.end } = edges;
  const text = store.texts.of(store.question(span.question).field).text;
  if (start < 0 || end > text.length || start >= end) return null;
  if (sameSpan(store, span.question, start, end, span.label)) return null;
  const changed = { ...span, start, end };
  store.commit({ before: [span], after: [changed], merge: `move:${span.id}` });
  return changed;
}
