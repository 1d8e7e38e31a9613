/** A stored text as paragraphs. Line breaks (LF, CRLF, CR) belong to no paragraph but keep their offsets. */

export interface Paragraph {
  /** UTF-16 offsets of the paragraph's text, half-open, without its line break. */
  readonly start: number;
  readonly end: number;
  /** Where the next paragraph starts; the text's end for the last one. */
  readonly next: number;
}

/** Splits a text at its line breaks; an empty line is an empty paragraph. */
export function paragraphs(text: string): readonly Paragraph[] {
  const found: Paragraph[] = [];
  let start = 0;
  for (const match of text.matchAll(/\r\n|\n|\r/g)) {
    const next = match.index + match[0].length;
    found.push({ start, end: match.index, next });
    start = next;
  }
  found.push({ start, end: text.length, next: text.length });
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
