/** Widening a range to whole words, sentences or paragraphs. Offsets are UTF-16 units. */

import type { Field } from "./contracts";
import { segmenter } from "./segmenter";

/** What a selection snaps to; "symbol" is a character as readers take it. */
export type Granularity = NonNullable<Field["granularity"]>;

export interface Slice {
  readonly start: number;
  readonly end: number;
}

/** So much of a long line is read to each side: a segmenter costs by length. */
const REACH = 1500;

/** What ends a line; of a document, a page too. */
const BREAKS = ["\n", "\r", "\f"];

/** The line that holds an offset, without its line break. */
export function lineAt(text: string, offset: number): Slice {
  const before = offset > 0 ? BREAKS.map((one) => text.lastIndexOf(one, offset - 1)) : [-1];
  const after = BREAKS.map((one) => text.indexOf(one, offset)).filter((at) => at >= 0);
  return { start: Math.max(...before) + 1, end: Math.min(text.length, ...after) };
}

/** What is read of a line around an offset: it begins where a sentence or a word does. */
function windowAt(text: string, offset: number): Slice {
  const line = lineAt(text, offset);
  if (offset - line.start <= REACH && line.end - offset <= REACH) return line;
  const from = Math.max(line.start, offset - REACH);
  const before = text.slice(from, offset);
  const stop = from === line.start ? 0 : Math.max(0, before.search(/[.!?。！？]\s*|\s+/) + 1);
  return { start: from + stop, end: Math.min(line.end, offset + REACH) };
}

function segmentAt(
  text: string,
  offset: number,
  granularity: "word" | "sentence",
  language: string,
): Intl.SegmentData & Slice {
  const window = windowAt(text, offset);
  const found = segmenter(language, granularity)
    .segment(text.slice(window.start, window.end))
    .containing(offset - window.start);
  const none = { segment: "", index: 0, input: "", isWordLike: false, start: offset, end: offset };
  if (!found) return none;
  const start = window.start + found.index;
  return { ...found, start, end: start + found.segment.length };
}

/** The range widened to whole units; what is no word (a comma, a space) is not widened to. */
export function widen(text: string, start: number, end: number, to: Granularity, language = ""): Slice {
  if (to === "symbol" || start >= end) return { start, end };
  if (to === "paragraph") return { start: lineAt(text, start).start, end: lineAt(text, end - 1).end };
  const first = segmentAt(text, start, to, language);
  const last = segmentAt(text, end - 1, to, language);
  if (to === "sentence") return { start: Math.min(start, first.start), end: Math.max(end, last.end) };
  return {
    start: first.isWordLike ? first.start : start,
    end: last.isWordLike ? last.end : end,
  };
}
