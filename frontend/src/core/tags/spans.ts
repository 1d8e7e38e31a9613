import type { Question } from "../contracts";
import type { SpanRegion, Texts } from "../regions";
import { pagesIn, tableIn } from "../units";
import { type Codec, oneLabel, type Value } from "./codec";
import { labelsName } from "./tag";

type Range = Pick<SpanRegion, "start" | "end">;

function textRange(value: Value, question: Question, texts: Texts): Range | null {
  const { start, end } = value;
  if (typeof start !== "number" || typeof end !== "number") return null;
  const map = texts.of(question.field);
  try {
    return { start: map.toUnits(start), end: map.toUnits(end) };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function cellRange(value: Value, question: Question, texts: Texts): Range | null {
  const { columns, rows } = tableIn(texts, question.field);
  const { row } = value;
  const column = columns.indexOf(String(value.column));
  if (typeof row !== "number" || column < 0 || !rows[row]) return null;
  const start = row * columns.length + column;
  return { start, end: start + 1 };
}

function cellPlace(span: SpanRegion, question: Question, texts: Texts): Value {
  const { columns, rows } = tableIn(texts, question.field);
  const row = Math.floor(span.start / columns.length);
  const column = span.start % columns.length;
  return { row, column: columns[column], text: rows[row]?.[column] };
}

function textPlace(span: SpanRegion, question: Question, texts: Texts): Value {
  const map = texts.of(question.field);
  const field = texts.field(question.field);
  const page =
    field.kind === "pages"
      ? {
          page: Math.max(
            0,
            pagesIn(texts, question.field).findLastIndex((one) => one.start <= span.start),
          ),
        }
      : {};
  return {
    start: map.toPoints(span.start),
    end: map.toPoints(span.end),
    text: map.text.slice(span.start, span.end),
    ...page,
  };
}

function inTable(question: Question, texts: Texts): boolean {
  return texts.field(question.field).kind === "table";
}

/** Spans over a text, or cells of a table. The labels stand under the tag's own name. */
export const spans: Codec = {
  read: ({ value }, question, texts) => {
    const label = oneLabel(question, value[labelsName(question)]);
    const range = inTable(question, texts)
      ? cellRange(value, question, texts)
      : textRange(value, question, texts);
    return label !== null && range && range.start < range.end ? { kind: "spans", ...range, label } : null;
  },
  place: (region, question, texts) =>
    (inTable(question, texts) ? cellPlace : textPlace)(region as SpanRegion, question, texts),
  write: (region, question, texts) => ({
    ...spans.place?.(region, question, texts),
    [labelsName(question)]: [(region as SpanRegion).label],
  }),
};
