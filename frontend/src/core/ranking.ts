/** Ranking a list, or sorting it into buckets: nothing is ever lost, what has no place yet is told apart. */

import { answerTo, placed, put } from "./about";
import type { Question } from "./contracts";
import { type Entry, entriesOf } from "./field-text";
import type { RankingRegion } from "./regions";
import type { AnswerStore } from "./store";

/** Where what has no place yet stands. */
export const REST = "\u0000rest";

export interface Lane {
  /** The bucket's key, "" for the one ranking without buckets, or `REST`. */
  readonly key: string;
  readonly title: string;
  readonly entries: readonly Entry[];
}

export interface Board {
  /** The places that count, in the question's order. */
  readonly lanes: readonly Lane[];
  /** What has no place yet; null where everything begins in a bucket. */
  readonly rest: Lane | null;
  readonly all: number;
}

/** What is ranked: the item's list, or the question's own labels. */
export function ranked(store: AnswerStore, question: Question): readonly Entry[] {
  if (question.labels?.length)
    return question.labels.map(({ key, text, hint }) => ({ id: key, title: text, body: hint ?? "" }));
  return entriesOf(store.texts.field(question.field), store.texts.data);
}

function keysOf(question: Question): readonly string[] {
  return question.buckets?.length ? question.buckets.map((one) => one.key) : [""];
}

/** The bucket in which everything stands at first, if there is one. */
function standard(question: Question): string | undefined {
  return question.buckets?.find((one) => one.selected)?.key;
}

/** The board as it stands: everything is on it once. Reading it listens. */
export function board(store: AnswerStore, question: Question): Board {
  const all = new Map(ranked(store, question).map((one) => [one.id, one]));
  const region = answerTo(store, question.key);
  const ranks = region?.kind === "ranking" ? region.ranks : {};
  const left = new Map(all);
  const take = (id: string): readonly Entry[] => {
    const entry = left.get(id);
    left.delete(id);
    return entry ? [entry] : [];
  };
  const lanes = keysOf(question).map((key) => ({
    key,
    title: question.buckets?.find((one) => one.key === key)?.text ?? "",
    entries: (ranks[key] ?? []).flatMap(take),
  }));
  const first = standard(question);
  const rest = [...left.values()];
  if (first === undefined) return { lanes, rest: { key: REST, title: "", entries: rest }, all: all.size };
  const whole = lanes.map((lane) =>
    lane.key === first ? { ...lane, entries: [...lane.entries, ...rest] } : lane,
  );
  return { lanes: whole, rest: null, all: all.size };
}

/** Where an entry stands. */
export interface Spot {
  readonly lane: string;
  readonly index: number;
}

export function lanesOf(board: Board): readonly Lane[] {
  return board.rest ? [...board.lanes, board.rest] : board.lanes;
}

export function spotOf(board: Board, id: string): Spot | null {
  for (const { key, entries } of lanesOf(board)) {
    const index = entries.findIndex((one) => one.id === id);
    if (index >= 0) return { lane: key, index };
  }
  return null;
}

/** The board with an entry at another place; the place counts without the entry itself. */
export function moved(board: Board, id: string, spot: Spot): Board {
  const was = spotOf(board, id);
  const entry = lanesOf(board).find((one) => one.key === was?.lane)?.entries[was?.index ?? -1];
  if (!entry || !lanesOf(board).some((one) => one.key === spot.lane)) return board;
  const change = (lane: Lane): Lane => {
    const entries = lane.entries.filter((one) => one.id !== id);
    if (lane.key === spot.lane) entries.splice(Math.max(0, Math.min(spot.index, entries.length)), 0, entry);
    return { ...lane, entries };
  };
  return { ...board, lanes: board.lanes.map(change), rest: board.rest ? change(board.rest) : null };
}

function write(store: AnswerStore, question: Question, lanes: readonly Lane[]): boolean {
  const ranks: RankingRegion["ranks"] = Object.fromEntries(
    lanes.map(({ key, entries }) => [key, entries.map((one) => one.id)]),
  );
  const none = lanes.every((lane) => lane.entries.length === 0);
  const after = none ? null : ({ ...placed(store, question.key, null), kind: "ranking", ranks } as const);
  return put(store, question.key, null, after);
}

/** Puts an entry at a place of a lane. @returns false when it stands there already. */
export function place(store: AnswerStore, question: Question, id: string, spot: Spot): boolean {
  const now = board(store, question);
  const was = spotOf(now, id);
  if (!was || (was.lane === spot.lane && (was.index === spot.index || spot.lane === REST))) return false;
  const next = moved(now, id, spot);
  return next !== now && write(store, question, next.lanes);
}

/** Gives all that have no place yet the last ones, as they stand. */
export function placeRest(store: AnswerStore, question: Question): boolean {
  const { lanes, rest } = board(store, question);
  const [first, ...others] = lanes;
  if (!first || !rest?.entries.length) return false;
  return write(store, question, [{ ...first, entries: [...first.entries, ...rest.entries] }, ...others]);
}

/** Takes the board as it stands for the answer. */
export function keep(store: AnswerStore, question: Question): boolean {
  return write(store, question, board(store, question).lanes);
}

/** Where an entry comes by a step: up or down in its lane, at its ends into the lane beside it. */
export function stepped(board: Board, id: string, by: 1 | -1): Spot | null {
  const lanes = lanesOf(board);
  const was = spotOf(board, id);
  if (!was) return null;
  const at = lanes.findIndex((one) => one.key === was.lane);
  const index = was.index + by;
  if (was.lane !== REST && index >= 0 && index < (lanes[at]?.entries.length ?? 0))
    return { lane: was.lane, index };
  return shifted(board, id, by, by > 0 ? 0 : Number.POSITIVE_INFINITY);
}

/** Where an entry comes in the lane before or after its own. */
export function shifted(board: Board, id: string, by: 1 | -1, index = Number.POSITIVE_INFINITY): Spot | null {
  const lanes = lanesOf(board);
  const was = spotOf(board, id);
  const lane = was ? lanes[lanes.findIndex((one) => one.key === was.lane) + by] : undefined;
  if (!lane) return null;
  return { lane: lane.key, index: Math.min(index, lane.entries.length) };
}

/** Whether it is begun but not whole: a ranking without buckets ranks all or nothing. */
export function isPartial(board: Board, question: Question): boolean {
  const begun = board.lanes.some((one) => one.entries.length > 0);
  return !question.buckets?.length && begun && (board.rest?.entries.length ?? 0) > 0;
}
