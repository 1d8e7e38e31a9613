/** Versions of a draft: what differs from what stands now, and taking one back as one undoable step. */

import type { Question, Result, Schema } from "./contracts";
import type { Region } from "./regions";
import { AnswerStore } from "./store";
import { tagOf } from "./tags/tag";

/** Of a text that does not say. */
const ROWS = 3;

/** A version as the server lists it. */
export interface VersionRow {
  readonly id: string;
  /** As its author called it; empty when it was kept by itself. */
  readonly name: string;
  readonly kept_at: string;
  readonly revision: number;
}

export interface Version extends VersionRow {
  readonly result: Result;
}

/** A part of two texts compared: in both, only in the older, only in the newer. */
export interface Piece {
  readonly kind: "same" | "gone" | "new";
  readonly text: string;
}

/** Whether an answer is written at length: then the server keeps versions of its draft. */
export function isWritten(schema: Schema): boolean {
  return schema.questions.some(isLong);
}

/** A text of several rows too; not a note about a mark, of which one answer may have thousands. */
function isLong(question: Question): boolean {
  const tag = tagOf(question);
  const several = tag === "textarea" && (question.rows ?? ROWS) > 1 && !question.per_region;
  return question.markdown === true || several || tag === "chat" || tag === "rubric";
}

/** The same item with a version's answer, to be shown. */
export function storeOf(now: AnswerStore, result: Result): AnswerStore {
  const texts = Object.fromEntries(
    now.schema.fields.map((field) => [field.name, now.texts.of(field.name).text]),
  );
  return new AnswerStore(now.schema, now.texts.data, result, undefined, texts);
}

function regionsOf(store: AnswerStore): readonly Region[] {
  return store.schema.questions.flatMap((question) => store.regions(question.key).peek());
}

/** Puts a version in the place of what stands now: one step, which undo takes back. @returns whether it differed. */
export function takeBack(store: AnswerStore, result: Result): boolean {
  const before = regionsOf(store);
  const after = regionsOf(storeOf(store, result));
  if (JSON.stringify(before) === JSON.stringify(after)) return false;
  store.commit({ before, after });
  return true;
}

/** The questions whose answers differ. */
export function differing(a: AnswerStore, b: AnswerStore): readonly Question[] {
  const said = (store: AnswerStore, question: Question): string =>
    JSON.stringify(store.regions(question.key).peek());
  return a.schema.questions.filter((question) => said(a, question) !== said(b, question));
}

/** What is written in answer to a question, as one text; null where the answer is no text. */
export function writtenText(store: AnswerStore, question: Question): string | null {
  const parts = store.regions(question.key).peek().map(wordsOf);
  return parts.length > 0 && parts.every((part) => part !== null) ? parts.join("\n\n") : null;
}

function wordsOf(region: Region): string | null {
  if (region.kind === "text") return region.texts.join("\n\n");
  if (region.kind === "message") return `${region.role}: ${region.content}`;
  if (region.kind === "rubric") return region.criteria.map((one) => `${one.weight} ${one.text}`).join("\n");
  return null;
}

/** Beyond this many words that differ the two are shown whole. */
const MOST = 400;

/** Two texts compared word by word, Han by character: the shortest way from one to the other (Myers 1986). */
export function compareTexts(older: string, newer: string): readonly Piece[] {
  const a = tokens(older);
  const b = tokens(newer);
  let lead = 0;
  while (lead < a.length && lead < b.length && a[lead] === b[lead]) lead += 1;
  let tail = 0;
  while (tail < a.length - lead && tail < b.length - lead && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  const middle = walk(a.slice(lead, a.length - tail), b.slice(lead, b.length - tail));
  const kept = (words: readonly string[]): readonly Piece[] => words.map((text) => ({ kind: "same", text }));
  return joined([...kept(a.slice(0, lead)), ...middle, ...kept(tail ? a.slice(-tail) : [])]);
}

function tokens(text: string): readonly string[] {
  return text.match(/\p{Script=Han}|\s+|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+|./gsu) ?? [];
}

function walk(a: readonly string[], b: readonly string[]): readonly Piece[] {
  const whole: readonly Piece[] = [
    ...a.map((text) => ({ kind: "gone", text }) as const),
    ...b.map((text) => ({ kind: "new", text }) as const),
  ];
  if (a.length === 0 || b.length === 0) return whole;
  const trace: Map<number, number>[] = [];
  let reach = new Map<number, number>([[1, 0]]);
  for (let d = 0; d <= Math.min(a.length + b.length, MOST); d += 1) {
    const next = new Map(reach);
    trace.push(reach);
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
      let x = down ? (reach.get(k + 1) ?? 0) : (reach.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return back(a, b, trace);
    }
    reach = next;
  }
  return whole;
}

function back(a: readonly string[], b: readonly string[], trace: readonly Map<number, number>[]): Piece[] {
  const found: Piece[] = [];
  let [x, y] = [a.length, b.length];
  for (let d = trace.length - 1; d >= 0; d -= 1) {
    const reach = trace[d] ?? new Map<number, number>();
    const k = x - y;
    const down = k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
    const fromX = reach.get(down ? k + 1 : k - 1) ?? 0;
    const fromY = fromX - (down ? k + 1 : k - 1);
    while (x > Math.max(fromX, 0) && y > Math.max(fromY, 0)) {
      x -= 1;
      y -= 1;
      found.push({ kind: "same", text: a[x] ?? "" });
    }
    if (d > 0)
      found.push(down ? { kind: "new", text: b[y - 1] ?? "" } : { kind: "gone", text: a[x - 1] ?? "" });
    [x, y] = [fromX, fromY];
  }
  return found.reverse();
}

function joined(pieces: readonly Piece[]): readonly Piece[] {
  const found: Piece[] = [];
  for (const piece of pieces) {
    const last = found.at(-1);
    if (last?.kind === piece.kind) found[found.length - 1] = { ...piece, text: last.text + piece.text };
    else found.push(piece);
  }
  return found;
}
