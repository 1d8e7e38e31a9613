/** Where else in a text the words of a span stand. Offsets are UTF-16 units. */

import { snapDown } from "./graphemes";

/** Letters and digits of scripts that put spaces between words. */
const LETTER = /[\p{L}\p{N}\p{M}]/u;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function isSpaced(letter: string): boolean {
  return LETTER.test(letter) && !UNSPACED.test(letter);
}

function letterBefore(text: string, offset: number): string {
  const low = text.charCodeAt(offset - 1);
  return low >= 0xdc00 && low <= 0xdfff ? text.slice(offset - 2, offset) : text.slice(offset - 1, offset);
}

function letterAt(text: string, offset: number): string {
  return offset < text.length ? String.fromCodePoint(text.codePointAt(offset) ?? 0) : "";
}

/** True when a word goes on over `offset`. */
function insideWord(text: string, offset: number): boolean {
  if (offset <= 0 || offset >= text.length) return false;
  return isSpaced(letterBefore(text, offset)) && isSpaced(letterAt(text, offset));
}

/**
 * The starts of all other places with the same characters: whole characters there too, and whole words where the
 * given range is whole words. At most `most` of them, from the beginning.
 */
export function occurrences(
  text: string,
  start: number,
  end: number,
  most = Number.POSITIVE_INFINITY,
): readonly number[] {
  const words = text.slice(start, end);
  const found: number[] = [];
  if (words === "") return found;
  const openLeft = insideWord(text, start);
  const openRight = insideWord(text, end);
  for (let at = text.indexOf(words); at >= 0 && found.length < most; ) {
    const to = at + words.length;
    const fits =
      at !== start &&
      (openLeft || !insideWord(text, at)) &&
      (openRight || !insideWord(text, to)) &&
      snapDown(text, at) === at &&
      snapDown(text, to) === to;
    if (fits) found.push(at);
    at = text.indexOf(words, fits || at === start ? to : at + 1);
  }
  return found;
}
