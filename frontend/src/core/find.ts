/** Searching a text: case, width and the way a letter is composed make no difference. Offsets are UTF-16 units. */

import { firstWhere } from "./span-order";

/** Half-width katakana from U+FF66 on, in the order of their code points; the last two are voicing marks. */
const KATAKANA =
  "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン\u3099\u309a";

/** What Unicode may write in more than one way: letters with marks, Hangul from its parts, and letters with a twin. */
const PIECE =
  /\P{M}\p{M}+|[\u1100-\u1112\uac00-\ud7a3][\u1161-\u11c2]+|[\u0374\u037e\u0387\u0958-\u0fff\u1f00-\u1fff\u2000\u2001\u2126-\u212b\u2329\u232a\u2adc\uf900-\ufb4f\u{1d15e}-\u{1d1c0}\u{2f800}-\u{2fa1d}]/gu;

/** A text evened out, and where its offsets are in the text as it was. */
export interface Folded {
  readonly text: string;
  /** Pieces that became longer or shorter, in order. */
  readonly shifts: readonly Shift[];
}

interface Shift {
  /** Where the piece ends, evened out. */
  readonly end: number;
  readonly length: number;
  /** Where it ends, and how long it is, in the text as it was. */
  readonly was: { readonly end: number; readonly length: number };
}

/** A place where words were found; half-open. */
export interface Hit {
  readonly start: number;
  readonly end: number;
}

function narrow(letter: string): string {
  const code = letter.charCodeAt(0);
  if (code === 0x3000 || code === 0xa0) return " ";
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  return KATAKANA.charAt(code - 0xff66) || letter;
}

/** With case and width evened out; as long as the text, so that offsets are the same. */
function evened(text: string): string {
  return text
    .replace(/[\u3000\u00a0\uff01-\uff5e\uff66-\uff9f]/g, narrow)
    .replace(/\u0130/g, "i")
    .toLowerCase()
    .replace(/ς/g, "σ");
}

/** The text as it is searched. */
export function fold(text: string): Folded {
  const even = evened(text);
  const shifts: Shift[] = [];
  let longer = 0;
  const composed = even.replace(PIECE, (piece: string, at: number) => {
    const now = piece.normalize("NFC").replace("i\u0307", "i");
    if (now.length !== piece.length) {
      longer += now.length - piece.length;
      const end = at + piece.length;
      shifts.push({ end: end + longer, length: now.length, was: { end, length: piece.length } });
    }
    return now;
  });
  return { text: composed, shifts };
}

/** Where an offset is in the text as it was; one inside of a piece that changed is at its beginning, or its end. */
function origin(shifts: readonly Shift[], offset: number, edge: "start" | "end"): number {
  const at = firstWhere(shifts, (one) => one.end > offset);
  const next = shifts[at];
  if (next && next.end - next.length < offset) return next.was.end - (edge === "start" ? next.was.length : 0);
  const before = shifts[at - 1];
  return before ? offset - before.end + before.was.end : offset;
}

/** Where a folded text holds the words looked for, in order; hits do not overlap. */
export function findAll({ text, shifts }: Folded, query: string): readonly Hit[] {
  const { text: words } = fold(query);
  const found: Hit[] = [];
  if (words === "") return found;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length))
    found.push({
      start: origin(shifts, at, "start"),
      end: origin(shifts, at + words.length, "end"),
    });
  return found;
}

/** The place of the first hit that starts at an offset or after it. */
export function firstHit(hits: readonly Hit[], offset: number): number {
  return firstWhere(hits, (hit) => hit.start >= offset);
}

/** Which hit comes next, from an offset, going round at the ends; -1 when there is none. */
export function nextHit(hits: readonly Hit[], from: number, direction: -1 | 1): number {
  if (hits.length === 0) return -1;
  const at = firstHit(hits, from);
  return (direction > 0 ? at : at - 1 + hits.length) % hits.length;
}
