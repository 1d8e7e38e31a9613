/** Rubrics: criteria with weights that are written, and criteria that are graded. */

import type { Criterion, Question } from "./contracts";
import { type GradesRegion, newId, type Region, type RubricRegion } from "./regions";
import type { AnswerStore } from "./store";

export type Line = RubricRegion["criteria"][number];

function put(store: AnswerStore, question: string, after: Region | null, merge?: string): void {
  const before = store.regions(question).peek();
  if (before.length === 0 && !after) return;
  store.commit({ before, after: after ? [after] : [], ...(merge === undefined ? {} : { merge }) });
}

/** The criteria written so far. */
export function lines(store: AnswerStore, question: string): readonly Line[] {
  const region = store.regions(question).value[0];
  return region?.kind === "rubric" ? region.criteria : [];
}

/** Writes all criteria anew; those without words are no criteria. `merge`: see Change. */
export function writeLines(
  store: AnswerStore,
  question: string,
  all: readonly Line[],
  merge?: string,
): boolean {
  const criteria = all.filter((one) => one.text.trim());
  const now = lines(store, question);
  if (JSON.stringify(criteria) === JSON.stringify(now)) return false;
  const id = store.regions(question).peek()[0]?.id ?? newId();
  put(store, question, criteria.length > 0 ? { id, question, kind: "rubric", criteria } : null, merge);
  return true;
}

/**
 * What share of the whole each weight is, in tenths of a percent that come to 1000 in all. A weight below 0 takes away
 * from a score and has no share.
 */
export function shares(weights: readonly number[]): readonly number[] {
  const adding = weights.map((one) => Math.max(0, one));
  const sum = adding.reduce((total, one) => total + one, 0);
  if (!(sum > 0)) return weights.map(() => 0);
  const exact = adding.map((one) => (one / sum) * 1000);
  const found = exact.map(Math.floor);
  const left = 1000 - found.reduce((total, one) => total + one, 0);
  const byRest = exact.map((one, index) => ({ index, rest: one - Math.floor(one) }));
  byRest.sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of byRest.slice(0, left)) found[index] = (found[index] ?? 0) + 1;
  return found;
}

/** A criterion as it is graded. */
export interface Graded {
  readonly text: string;
  readonly weight: number;
  readonly most: number;
  /** Null while it is not graded. */
  readonly points: number | null;
}

function offered(store: AnswerStore, question: Question): readonly Required<Criterion>[] {
  const data = question.key_of_data ? store.texts.data[question.key_of_data] : undefined;
  const given: readonly unknown[] = [...(question.criteria ?? []), ...(Array.isArray(data) ? data : [])];
  return given.map((one) => {
    const { text, weight, most } = (typeof one === "object" && one !== null ? one : {}) as Partial<Criterion>;
    return {
      text: String(text ?? ""),
      weight: typeof weight === "number" ? weight : 1,
      most: typeof most === "number" ? most : 1,
    };
  });
}

/** The criteria of the config or the item, with the points given so far. */
export function graded(store: AnswerStore, question: Question): readonly Graded[] {
  const region = store.regions(question.key).value[0];
  return withPoints(store, question, region?.kind === "grades" ? region.grades : []);
}

/** The criteria with the points that a region gives. */
export function withPoints(
  store: AnswerStore,
  question: Question,
  grades: GradesRegion["grades"],
): readonly Graded[] {
  const points = new Map(grades.map((one) => [one.text, one.points]));
  return offered(store, question).map((one) => ({ ...one, points: points.get(one.text) ?? null }));
}

/** Gives points for the criterion at `index`; the same once more, or null, takes them back. */
export function grade(store: AnswerStore, question: string, index: number, points: number | null): boolean {
  const all = graded(store, store.question(question));
  const one = all[index];
  if (!one || (points !== null && (points < 0 || points > one.most))) return false;
  const given = one.points === points ? null : points;
  if (given === one.points) return false;
  const grades: GradesRegion["grades"] = all
    .map(({ text, points: had }, at) => ({ text, points: at === index ? given : had }))
    .filter((each) => each.points !== null);
  const id = store.regions(question).peek()[0]?.id ?? newId();
  put(store, question, grades.length > 0 ? { id, question, kind: "grades", grades } : null);
  return true;
}

/** The weighted share of all points that were given, from 0 to 1, of the criteria graded so far; null of none. */
export function score(all: readonly Graded[]): number | null {
  const done = all.filter((one) => one.points !== null);
  const most = done.reduce((sum, one) => sum + Math.max(0, one.weight) * one.most, 0);
  if (!(most > 0)) return null;
  return done.reduce((sum, one) => sum + one.weight * (one.points ?? 0), 0) / most;
}
