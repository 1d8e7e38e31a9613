/** Widening a range to whole words, sentences or paragraphs. Offsets are UTF-16 units. */

import type { Field } from "./contracts";

/** What a selection snaps to; "symbol" is a character as readers take it. */
export type Granularity = NonNullable<Field["granularity"]>;

export interface Slice {
  readonly start: number;
  readonly end: number;
}

/** So much of a long line is read to each side: a segmenter costs by length. */
const REACH = 1500;

const segmenters = new Map<string, Intl.Segmenter>();

function segmenter(language: string, granularity: "word" | "sentence"): Intl.Segmenter {
  const key = `${granularity} ${language}`;
  const known = segmenters.get(key) ?? make(language, granularity);
  segmenters.set(key, known);
  return known;
}

/** An item's language may be no tag that the browser knows. */
function make(language: string, granularity: "word" | "sentence"): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language || undefined, { granularity });
  } catch {
    return new Intl.Segmenter(undefined, { granularity });
  }
}

/** The line that holds an offset, without its line break. */
export function lineAt(text: string, offset: number): Slice {
  let start = offset;
  while (start > 0 && !/[\r\n]/.test(text.charAt(start - 1))) start--;
  let end = offset;
  while (end < text.length && !/[\r\n]/.test(text.charAt(end))) end++;
  return { start, end };
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
