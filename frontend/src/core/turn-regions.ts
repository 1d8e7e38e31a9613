/** Turns as regions: where something is asked of a dialogue's regions and nothing marks any, its turns are asked about. */

import type { Field, Question, Result, Schema, WireRegion } from "./contracts";
import type { Turn } from "./field-text";
import { newId, type Region, type SpanRegion, type Texts } from "./regions";
import type { AnswerStore } from "./store";
import { marks, tagOf } from "./tags/tag";
import { isTalk, turnAt, turnsIn } from "./units";

/** No name in a config holds a line feed. */
const BEFORE = "turns\n";

/** Whether a question's regions are turns that nobody marked: it is in no schema, and nothing of it is written. */
export function isTurns(question: string): boolean {
  return question.startsWith(BEFORE);
}

/** Whether a question marks regions that others can be asked of. */
function marking(question: Question): boolean {
  return marks(question) && !question.per_region;
}

/** Whether a field's turns are selected whole and asked about. */
function asksOfTurns(schema: Schema, field: Field): boolean {
  const about = schema.questions.filter((one) => one.field === field.name);
  return isTalk(field) && about.some((one) => one.per_region) && !about.some(marking);
}

/** A schema in which nothing less than a turn is selected where turns are asked about. */
export function withTurns(schema: Schema): Schema {
  if (!schema.fields.some((one) => asksOfTurns(schema, one))) return schema;
  const fields = schema.fields.map(
    (one): Field => (asksOfTurns(schema, one) ? { ...one, granularity: "paragraph" } : one),
  );
  return { ...schema, fields };
}

/** What stands for a question that marks the turns, by field. */
export function turnQuestions(schema: Schema): readonly Question[] {
  return schema.fields
    .filter((one) => asksOfTurns(schema, one))
    .map(({ name }) => ({ key: BEFORE + name, kind: "spans", tag: "paragraphlabels", field: name }));
}

/** The turn that an answer in the wire's shape is about, or -1. */
function placeIn(turns: readonly Turn[], { value }: WireRegion, field: string, texts: Texts): number {
  const { start, end } = value;
  if (typeof start !== "number" || typeof end !== "number") return -1;
  const map = texts.of(field);
  return turns.findIndex((one) => map.toPoints(one.start) === start && map.toPoints(one.end) === end);
}

/** The turns of a field as regions, under the ids by which a result names them; and other ids for the same turns. */
export interface TurnRegions {
  readonly regions: readonly SpanRegion[];
  readonly aliases: ReadonlyMap<string, string>;
}

export function readTurns(question: Question, schema: Schema, texts: Texts, result: Result): TurnRegions {
  const turns = turnsIn(texts, question.field);
  const about = new Set(
    schema.questions.filter((one) => one.per_region && one.field === question.field).map((one) => one.key),
  );
  const ids = new Map<number, string>();
  const aliases = new Map<string, string>();
  for (const wire of result.filter((one) => about.has(one.from_name))) {
    const at = placeIn(turns, wire, question.field, texts);
    if (at < 0 || !wire.id) continue;
    const id = ids.get(at) ?? wire.id;
    ids.set(at, id);
    aliases.set(wire.id, id);
  }
  const taken = new Set(result.map((one) => one.id));
  const regions = turns.flatMap(({ start, end }, at): readonly SpanRegion[] => {
    // The same id on another day, so that a turn stays selected when another version of the answer is taken.
    const own = `${question.field}:${at + 1}`;
    const id = ids.get(at) ?? (taken.has(own) ? newId() : own);
    return start < end ? [{ id, question: question.key, kind: "spans", start, end, label: "" }] : [];
  });
  return { regions, aliases };
}

/** The questions whose regions are asked about on a field: those that mark it; else its turns, and messages that are written. */
export function askedAbout(store: AnswerStore, field: string): readonly Question[] {
  const own = store.schema.questions.filter((one) => one.field === field && marking(one));
  if (own.length > 0) return own;
  const written = store.schema.questions.filter((one) => one.field === field && tagOf(one) === "chat");
  return [...store.turnQuestions.filter((one) => one.field === field), ...written];
}

/** All regions that questions and conditions can be about: turns before what is marked and written. */
export function allRegions(store: AnswerStore): readonly Region[] {
  const written = store.schema.questions.filter((one) => marking(one) || tagOf(one) === "chat");
  return [...store.turnQuestions, ...written].flatMap((one) => store.regions(one.key).value);
}

/** Who says what a region marks; "" where nobody does. */
export function roleOf(store: AnswerStore, region: Region): string {
  if (region.kind === "message") return region.role;
  if (region.kind !== "spans") return "";
  const turns = turnsIn(store.texts, store.question(region.question).field);
  return turns[turnAt(turns, region.start)]?.name ?? "";
}
