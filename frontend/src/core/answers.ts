/** Commands on an answer: each makes at most one undoable step and says whether it changed anything. */

import { answerTo, type Of, placed, put, removeRegion } from "./about";
import type { Question } from "./contracts";
import { sameJson } from "./equal";
import { begunOf } from "./offered";
import { newId, type Region, type SpanRegion } from "./regions";
import { filled } from "./slots";
import { sameSpan } from "./span-order";
import type { AnswerStore } from "./store";
import { markable, marksTurns } from "./units";

export { chosen, toggleChoice } from "./choosing";

/** The rating given, or null. */
export function rating(store: AnswerStore, question: string, of: Of = null): number | null {
  const region = answerTo(store, question, of);
  return region?.kind === "rating" ? region.rating : null;
}

export function setRating(
  store: AnswerStore,
  question: string,
  value: number | null,
  of: Of = null,
): boolean {
  const place = placed(store, question, of);
  return put(store, question, of, value === null ? null : { ...place, kind: "rating", rating: value });
}

/** The number given, or null. */
export function number(store: AnswerStore, question: string, of: Of = null): number | null {
  const region = answerTo(store, question, of);
  return region?.kind === "number" ? region.number : null;
}

export function setNumber(
  store: AnswerStore,
  question: string,
  value: number | null,
  of: Of = null,
): boolean {
  if (number(store, question, of) === value) return false;
  const place = placed(store, question, of);
  const after: Region | null = value === null ? null : { ...place, kind: "number", number: value };
  return put(store, question, of, after, `number:${question}:${of}`);
}

/** What was typed as a number, or null when it is not one: full-width digits and grouping spaces are read too. */
export function parseNumber(typed: string): number | null {
  const plain = typed.normalize("NFKC").replace(/[\s_]/g, "").replace(/−/g, "-");
  return /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d{1,3})?$/i.test(plain) ? Number(plain) : null;
}

/** 0.3 is no exact multiple of 0.1 in binary. */
const STEP_SLACK = 1e-6;

/** Whether a question takes this number: within its limits, and on a step from the lowest, as the server counts them. */
export function takesNumber({ minimum, maximum, step }: Question, value: number): boolean {
  const from = value - (minimum ?? 0);
  const off = step ? Math.abs(from - step * Math.round(from / step)) : 0;
  return (
    value >= (minimum ?? Number.NEGATIVE_INFINITY) &&
    value <= (maximum ?? Number.POSITIVE_INFINITY) &&
    off <= (step ?? 0) * STEP_SLACK
  );
}

/** The day or time given, or "". */
export function moment(store: AnswerStore, question: string, of: Of = null): string {
  const region = answerTo(store, question, of);
  return region?.kind === "datetime" ? region.datetime : "";
}

export function setMoment(store: AnswerStore, question: string, value: string, of: Of = null): boolean {
  if (moment(store, question, of) === value) return false;
  const place = placed(store, question, of);
  const after: Region | null = value === "" ? null : { ...place, kind: "datetime", datetime: value };
  return put(store, question, of, after, `datetime:${question}:${of}`);
}

const NO_TEXTS: readonly string[] = [];

/** The texts written. */
export function texts(store: AnswerStore, question: string, of: Of = null): readonly string[] {
  const region = answerTo(store, question, of);
  return region?.kind === "text" ? region.texts : NO_TEXTS;
}

/**
 * Writes the text at `index`; texts of white space alone are no answer.
 * @param boxes what else is written, box by box: an empty box keeps its place there, not in the answer
 */
export function setText(
  store: AnswerStore,
  question: string,
  index: number,
  value: string,
  of: Of = null,
  boxes: readonly string[] = texts(store, question, of),
): boolean {
  const all = [...boxes];
  all[index] = value;
  const kept = filled(all);
  if (sameJson(kept, texts(store, question, of))) return false;
  const place = placed(store, question, of);
  const after: Region | null = kept.length > 0 ? { ...place, kind: "text", texts: kept } : null;
  return put(store, question, of, after, `text:${question}:${of}:${index}`);
}

/** Labels a range, widened to whole characters. @returns the new span, the equal one that is there, or null. */
export function addSpan(
  store: AnswerStore,
  question: string,
  start: number,
  end: number,
  label: string,
): { readonly span: SpanRegion; readonly added: boolean } | null {
  const range = markable(store.texts, store.question(question).field, start, end);
  if (!range) return null;
  const same = sameSpan(store.spans(question), range.start, range.end, label);
  if (same) return { span: same, added: false };
  const span: SpanRegion = { id: newId(), question, kind: "spans", ...range, label };
  store.commit({ before: [], after: [span, ...begunOf(store, span)] });
  return { span, added: true };
}

/** Puts a span's label on other ranges of its text, in one step. @returns the spans that were not there before. */
export function addSame(
  store: AnswerStore,
  span: SpanRegion,
  ranges: readonly { readonly start: number; readonly end: number }[],
): readonly SpanRegion[] {
  const { question, label } = span;
  const all = store.spans(question);
  const added = ranges
    .filter(({ start, end }) => !sameSpan(all, start, end, label))
    .map(({ start, end }): SpanRegion => ({ id: newId(), question, kind: "spans", start, end, label }));
  const begun = added.flatMap((one) => begunOf(store, one));
  if (added.length > 0) store.commit({ before: [], after: [...added, ...begun] });
  return added;
}

/** Takes a span away, with the answers about it and the relations to it. */
export function removeSpan(store: AnswerStore, span: SpanRegion): void {
  removeRegion(store, span);
}

/** Gives a span another label. @returns the changed span, or null when there is an equal one already. */
export function relabelSpan(store: AnswerStore, span: SpanRegion, label: string): SpanRegion | null {
  if (sameSpan(store.spans(span.question), span.start, span.end, label)) return null;
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
  const { field } = store.question(span.question);
  if (start < 0 || end > store.texts.of(field).text.length || start >= end) return null;
  if (marksTurns(store.texts.field(field))) return null;
  if (sameSpan(store.spans(span.question), start, end, span.label)) return null;
  const changed = { ...span, start, end };
  store.commit({ before: [span], after: [changed], merge: `move:${span.id}` });
  return changed;
}
