/** Searching a text: case and width make no difference. Offsets are UTF-16 units. */

/** Half-width katakana from U+FF66 on, in the order of their code points. */
const KATAKANA =
  "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

function narrow(letter: string): string {
  const code = letter.charCodeAt(0);
  if (code === 0x3000 || code === 0xa0) return " ";
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  return KATAKANA.charAt(code - 0xff66) || letter;
}

/** The text with case and width evened out; as long as the text, so that offsets are the same. */
export function fold(text: string): string {
  return text
    .replace(/[\u3000\u00a0\uff01-\uff5e\uff66-\uff9d]/g, narrow)
    .replace(/\u0130/g, "i")
    .toLowerCase()
    .replace(/ς/g, "σ");
}

/** Where a folded text holds the words looked for, in order; hits do not overlap. */
export function findAll(folded: string, query: string): readonly number[] {
  const words = fold(query);
  const found: number[] = [];
  if (words === "") return found;
  for (let at = folded.indexOf(words); at >= 0; at = folded.indexOf(words, at + words.length)) found.push(at);
  return found;
}

/** The place of the first of sorted numbers that is at least `least`. */
export function firstAtLeast(sorted: readonly number[], least: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Which hit comes next, from an offset, going round at the ends; -1 when there is none. */
export function nextHit(hits: readonly number[], from: number, direction: -1 | 1): number {
  if (hits.length === 0) return -1;
  const at = firstAtLeast(hits, from);
  return (direction > 0 ? at : at - 1 + hits.length) % hits.length;
}
