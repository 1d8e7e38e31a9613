import type { Label, Question } from "../core/contracts";
import type { LabelKeys } from "../core/keymap";
import { chipText, labelColour } from "../core/palette";
import type { SpanRegion } from "../core/regions";
import type { SpanDesk } from "../core/span-desk";
import type { AnswerStore } from "../core/store";
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

/** A question's title, or the name of its kind. */
export function titleOf(question: Question): string {
  return question.title || t(`question.${question.kind}` as Key);
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

/** How a span is painted. */
export function painted(question: Question, span: SpanRegion, marks: Partial<Painted> = {}): Painted {
  const { label, index } = findLabel(question, span.label);
  return {
    id: span.id,
    start: span.start,
    end: span.end,
    colour: labelColour(label, index),
    chip: chipText(label.text),
    selected: false,
    differs: false,
    ...marks,
  };
}

const EXCERPT = 60;

/** The text of a span on one line, cut in the middle when it is long. */
export function excerpt(text: string, start: number, end: number): string {
  const letters = Array.from(text.slice(start, Math.min(end, start + 4 * EXCERPT)).replace(/\s+/g, " "));
  const cut = end > start + 4 * EXCERPT || letters.length > EXCERPT;
  return cut ? `${letters.slice(0, EXCERPT).join("")}…` : letters.join("");
}

/** The text that a span covers, on one line. */
export function spanText(store: AnswerStore, span: SpanRegion): string {
  const { text } = store.texts.of(store.question(span.question).field);
  return excerpt(text, span.start, span.end);
}
