import { tidyRange } from "./graphemes";
import type { Texts } from "./regions";
import { type Granularity, type Slice, widen } from "./snap";
import type { TextSelection } from "./span-events";
import { isUnit, marksCharacters } from "./units";

/** What a selection covers once it is widened to what it snaps to; cells and turns are whole anyway. */
export function wide(
  texts: Texts,
  { field, anchor, focus }: TextSelection,
  to: Granularity,
  language: string,
): Slice {
  const { text } = texts.of(field);
  const start = Math.min(anchor, focus);
  const end = Math.max(anchor, focus);
  const whole = isUnit(texts, field, { start, end }) || !marksCharacters(texts, field);
  const tidy = whole ? null : tidyRange(text, start, end);
  return tidy ? widen(text, tidy.start, tidy.end, to, language) : { start, end };
}
