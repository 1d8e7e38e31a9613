/** What a reader takes for one character, and for one word, in a stored text. Offsets are UTF-16 units. */

import { segmenter } from "./segmenter";

/** A window this wide around an offset holds the cluster it is in, however many joiners that has. */
const WINDOW = 256;

const clusters = new Intl.Segmenter(undefined, { granularity: "grapheme" });
interface Span {
  readonly start: number;
  readonly end: number;
}

/** A boundary always falls before plain ASCII (but for LF after CR) and before a Han character. */
function startsCluster(unit: number): boolean {
  return (unit < 0x80 && unit !== 0x0a) || (unit >= 0x4e00 && unit <= 0x9fff);
}

/** A cluster boundary some way before `offset`; a window must not begin inside a flag or a family of emoji. */
function windowStart(text: string, offset: number): number {
  let from = Math.max(0, offset - WINDOW);
  while (from > 0 && !startsCluster(text.charCodeAt(from))) from--;
  return from;
}

/** The cluster that holds the unit at `offset`, or null at the text's end. */
function clusterAt(text: string, offset: number): Span | null {
  if (offset < 0 || offset >= text.length) return null;
  const from = windowStart(text, offset);
  const window = text.slice(from, Math.min(text.length, offset + WINDOW));
  const found = clusters.segment(window).containing(offset - from);
  if (!found) return null;
  return { start: from + found.index, end: from + found.index + found.segment.length };
}

/** A boundary always falls between two of these. */
function isPlain(unit: number): boolean {
  return (unit >= 0x20 && unit < 0x7f) || (unit >= 0x4e00 && unit <= 0x9fff);
}

/** The boundary at or before `offset`. */
export function snapDown(text: string, offset: number): number {
  if (offset <= 0) return 0;
  if (offset >= text.length) return text.length;
  // Most of all texts: no window has to be read.
  if (isPlain(text.charCodeAt(offset - 1)) && isPlain(text.charCodeAt(offset))) return offset;
  return clusterAt(text, offset)?.start ?? offset;
}

/** The boundary at or after `offset`. */
export function snapUp(text: string, offset: number): number {
  const down = snapDown(text, offset);
  return down === offset ? offset : nextCharacter(text, down);
}

/** The boundary after the character at `offset`. */
export function nextCharacter(text: string, offset: number): number {
  return clusterAt(text, offset)?.end ?? text.length;
}

/** The boundary before the character that ends at `offset`. */
export function previousCharacter(text: string, offset: number): number {
  if (offset <= 0) return 0;
  return clusterAt(text, Math.min(offset, text.length) - 1)?.start ?? 0;
}

/** The end of the next word after `offset`; in Chinese, words are those of the language's dictionary. */
export function nextWord(text: string, offset: number, language = ""): number {
  for (let from = offset; from < text.length; from += WINDOW) {
    const window = text.slice(from, from + 2 * WINDOW);
    for (const piece of segmenter(language, "word").segment(window)) {
      const end = from + piece.index + piece.segment.length;
      if (piece.isWordLike && end > offset) return end;
    }
  }
  return text.length;
}

/** The start of the word before `offset`. */
export function previousWord(text: string, offset: number, language = ""): number {
  for (let to = offset; to > 0; to -= WINDOW) {
    const from = windowStart(text, to);
    const pieces = [...segmenter(language, "word").segment(text.slice(from, to))];
    for (const piece of pieces.reverse()) {
      if (piece.isWordLike && from + piece.index < offset) return from + piece.index;
    }
  }
  return 0;
}

/** The range widened to whole characters, without white space at its edges; null when nothing is left. */
export function tidyRange(text: string, start: number, end: number): Span | null {
  const from = snapDown(text, Math.max(0, Math.min(start, end)));
  const to = snapUp(text, Math.min(text.length, Math.max(start, end)));
  const slice = text.slice(from, to);
  const left = slice.length - slice.trimStart().length;
  const right = slice.length - slice.trimEnd().length;
  if (left === slice.length) return null;
  return { start: snapDown(text, from + left), end: snapUp(text, to - right) };
}
