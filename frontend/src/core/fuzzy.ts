/** Finding a command by a few letters of its name. */

/** A found piece of a text, half-open. */
export type Piece = readonly [start: number, end: number];

export interface Found {
  /** The higher, the better. */
  readonly score: number;
  readonly pieces: readonly Piece[];
}

function fold(text: string): string {
  const folded = text.normalize("NFKC").toLowerCase();
  return folded.length === text.length ? folded : text.toLowerCase();
}

const LETTER = /[\p{L}\p{N}]/u;

function beginsWord(text: string, at: number): boolean {
  return at === 0 || !LETTER.test(text[at - 1] ?? "");
}

/** A word of the query as it stands: best at the beginning, then at the beginning of a word. */
function whole(text: string, word: string): Found | null {
  let at = text.indexOf(word);
  if (at < 0) return null;
  for (let next = at; next >= 0; next = text.indexOf(word, next + 1)) {
    if (beginsWord(text, next)) {
      at = next;
      break;
    }
  }
  return { score: at === 0 ? 100 : beginsWord(text, at) ? 80 : 60, pieces: [[at, at + word.length]] };
}

/** The letters of the query one after another, each at the beginning of a word or after the one before. */
function scattered(text: string, word: string): Found | null {
  const pieces: [number, number][] = [];
  let from = 0;
  for (const letter of word) {
    let at = text.indexOf(letter, from);
    while (at >= 0 && at !== from && !beginsWord(text, at)) at = text.indexOf(letter, at + 1);
    if (at < 0) return null;
    const last = pieces.at(-1);
    if (last && last[1] === at) last[1] = at + letter.length;
    else pieces.push([at, at + letter.length]);
    from = at + letter.length;
  }
  return { score: 40 - Math.min(20, pieces.length), pieces };
}

/** How well a text answers a query: every word of the query must be found. Null when one is not. */
export function fuzzy(query: string, text: string): Found | null {
  const folded = fold(text);
  let score = 0;
  const pieces: Piece[] = [];
  for (const word of fold(query).split(/\s+/).filter(Boolean)) {
    const found = whole(folded, word) ?? (/^[\x20-\x7e]+$/.test(word) ? scattered(folded, word) : null);
    if (!found) return null;
    score += found.score;
    pieces.push(...found.pieces);
  }
  return { score: score - folded.length / 100, pieces: pieces.sort((a, b) => a[0] - b[0]) };
}
