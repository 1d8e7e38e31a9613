/** A stored text as paragraphs. Line breaks (LF, CRLF, CR) and page breaks (FF) belong to no paragraph but keep their offsets. */

import { snapDown } from "./graphemes";

export interface Paragraph {
  /** UTF-16 offsets of the paragraph's text, half-open, without its line break. */
  readonly start: number;
  readonly end: number;
  /** Where the next paragraph starts; the text's end for the last one. */
  readonly next: number;
}

/** A paragraph, or a part of a long one, that is laid out on its own. */
export interface Block extends Paragraph {
  /** It goes on with the paragraph of the block before it. */
  readonly continues: boolean;
}

/** Splits a text at its line breaks; an empty line is an empty paragraph. */
export function paragraphs(text: string): readonly Paragraph[] {
  const found: Paragraph[] = [];
  let start = 0;
  for (const match of text.matchAll(/\r\n|\n|\r|\f/g)) {
    const next = match.index + match[0].length;
    found.push({ start, end: match.index, next });
    start = next;
  }
  found.push({ start, end: text.length, next: text.length });
  return found;
}

/** A longer paragraph is cut: a browser lays out one block as a whole, whatever part of it changed. */
const LONGEST = 3000;
/** A cut is looked for between these lengths. */
const FROM = 1200;
const TO = 2000;

/** The paragraphs of a text, long ones cut after a sentence, else a word, else a character. */
export function blocks(text: string): readonly Block[] {
  return paragraphs(text).flatMap((whole) => cut(text, whole));
}

function cut(text: string, { start, end, next }: Paragraph): readonly Block[] {
  const found: Block[] = [];
  let from = start;
  while (end - from > LONGEST) {
    const to = cutAfter(text, from);
    found.push({ start: from, end: to, next: to, continues: from > start });
    from = to;
  }
  found.push({ start: from, end, next, continues: from > start });
  return found;
}

/** Ends of sentences, then of clauses, then of words; the white space after each goes with it. */
const ENDS = [/(?:[.!?]["'”’)\]]*\s+|[。！？…][”’」』）]*\s*)/g, /[,;:，、；：]\s*/g, /\s+/g];

function cutAfter(text: string, from: number): number {
  const window = text.slice(from + FROM, from + TO);
  for (const end of ENDS) {
    const last = [...window.matchAll(end)].at(-1);
    const at = last ? snapDown(text, from + FROM + last.index + last[0].length) : from;
    if (at > from) return at;
  }
  const at = snapDown(text, from + TO);
  return at > from ? at : from + TO;
}

const RTL = /^[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]$/u;

/** The direction of a block: its browser tells it from its text, but a cut paragraph has the one of its beginning. */
export function directionAt(text: string, all: readonly Block[], at: number): "auto" | "ltr" | "rtl" {
  let first = at;
  while (all[first]?.continues) first--;
  if (first === at) return "auto";
  const strong = /\p{L}/u.exec(text.slice(all[first]?.start, all[first]?.end));
  return strong && RTL.test(strong[0]) ? "rtl" : "ltr";
}

/** Blocks that a browser may leave out of its layout together, as indices, half-open. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

const PART_LENGTH = 1000;
const PART_BLOCKS = 60;

/** Groups blocks to about a screen each. */
export function parts(all: readonly Block[]): readonly Part[] {
  const found: Part[] = [];
  let from = 0;
  for (let at = 0; at < all.length; at++) {
    const length = (all[at]?.next ?? 0) - (all[from]?.start ?? 0);
    const full = length >= PART_LENGTH || at + 1 - from >= PART_BLOCKS;
    if (!full && at + 1 < all.length) continue;
    found.push({ from, to: at + 1 });
    from = at + 1;
  }
  return found;
}

/** Index of the paragraph that holds `offset`; an offset within a line break belongs to the paragraph before it. */
export function paragraphAt(all: readonly Paragraph[], offset: number): number {
  let low = 0;
  let high = all.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((all[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
