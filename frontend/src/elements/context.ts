import type { Label, Question, Tag } from "../core/contracts";
import type { Table } from "../core/field-text";
import type { LabelKeys } from "../core/keymap";
import { chipText, labelColour } from "../core/palette";
import type { Region, SpanRegion } from "../core/regions";
import type { SpanDesk } from "../core/span-desk";
import type { AnswerStore } from "../core/store";
import { tagOf } from "../core/tags/tag";
import { cellAt, isTable, tableIn } from "../core/units";
import type { Look } from "../dom/marks";
import type { Painted } from "../dom/text-view";
import { type Key, t } from "../i18n";

/** What every element of one answer shares. */
export interface AnswerContext {
  readonly store: AnswerStore;
  readonly desk: SpanDesk;
  readonly keys: LabelKeys;
  readonly readOnly: boolean;
  /** The language of the item's text, as a BCP 47 tag. */
  readonly language: string;
  /** Says something to those who do not see the screen. */
  readonly announce: (message: string) => void;
}

/** What is written is called by its form. */
const WRITTEN: Readonly<Partial<Record<Tag, Key>>> = {
  chat: "chat.title",
  rubric: "rubric.title",
  grades: "grades.title",
};

/** What a question is called that has no title: by its control where its answers are told of regions, else by its kind. */
const BY_TAG: Readonly<Partial<Record<Tag, Key>>> = {
  choices: "question.choice",
  labels: "spans.labels",
  taxonomy: "question.choices",
  rating: "question.rating",
  number: "question.number",
  datetime: "question.datetime",
  textarea: "question.text",
  relations: "question.relations",
};

/** A question's title, or the name of its kind. */
export function titleOf(question: Question): string {
  if (question.title) return question.title;
  const tag = tagOf(question);
  const named = WRITTEN[tag] ?? (question.per_region || question.kind === "boxes" ? BY_TAG[tag] : undefined);
  return t(named ?? (`question.${question.kind}` as Key));
}

/** The label with a key and its place among the question's labels. */
export function findLabel(
  question: Question,
  key: string,
): { readonly label: Label; readonly index: number } {
  const labels = question.labels ?? [];
  const index = labels.findIndex((one) => one.key === key);
  return { label: labels[index] ?? { key, text: key }, index: Math.max(0, index) };
}

/** A label's text for people. */
export function labelText(question: Question, key: string): string {
  return findLabel(question, key).label.text;
}

/** What a span looks like. */
export function lookOf(question: Question, span: SpanRegion, marks: Partial<Look> = {}): Look {
  const { label, index } = findLabel(question, span.label);
  return {
    colour: labelColour(label, index),
    chip: chipText(label.text),
    selected: false,
    differs: false,
    ...marks,
  };
}

/** How a span is painted. */
export function painted(question: Question, span: SpanRegion, marks: Partial<Look> = {}): Painted {
  return { id: span.id, start: span.start, end: span.end, ...lookOf(question, span, marks) };
}

const EXCERPT = 60;

/** The text of a span on one line, cut in the middle when it is long. */
export function excerpt(text: string, start: number, end: number): string {
  const letters = Array.from(text.slice(start, Math.min(end, start + 4 * EXCERPT)).replace(/\s+/g, " "));
  const cut = end > start + 4 * EXCERPT || letters.length > EXCERPT;
  return cut ? `${letters.slice(0, EXCERPT).join("")}…` : letters.join("");
}

/** A list in a cell as people write one; everything else as it stands. */
export function cellWords(text: string): string {
  if (!text.startsWith("[") || !text.endsWith("]")) return text;
  try {
    const all: unknown = JSON.parse(text);
    const plain = (one: unknown): boolean => typeof one === "string" || typeof one === "number";
    return Array.isArray(all) && all.every(plain) ? all.join(t("list.comma")) : text;
  } catch {
    return text;
  }
}

/** A cell in words: its row and column, of a record its key, and what stands in it. */
function cellLine(table: Table, place: number): string {
  const { row, name, text } = cellAt(table, place);
  const words = cellWords(text);
  const short = excerpt(words, 0, words.length);
  if (!table.pairs) return t("table.cell", { row, name, text: short });
  return name ? t("words.named", { name, text: short }) : short;
}

/** The text that a span covers, on one line; of a cell its place too. */
export function spanText(store: AnswerStore, span: SpanRegion): string {
  const { field } = store.question(span.question);
  if (isTable(store.texts.field(field))) return cellLine(tableIn(store.texts, field), span.start);
  return excerpt(store.texts.of(field).text, span.start, span.end);
}

/** The marked region that is looked at, or null. Reading it listens. */
export function lookedAt({ desk, store }: AnswerContext): Region | null {
  const id = desk.selected.value;
  return id === null ? null : store.region(id);
}
