import { nextCharacter, nextWord, previousCharacter, previousWord } from "./graphemes";

/** How far one key moves the caret. Lines are not here: only a layout knows where they end. */
export type Motion = "character" | "word" | "document";
export type Direction = -1 | 1;

/**
 * Where an edge of a mark lands. As when it is made, a mark neither begins nor ends in white space, of which HTML shows
 * only some; the edge stays where nothing else comes.
 */
export function moveEdge(
  text: string,
  offset: number,
  edge: "start" | "end",
  motion: Motion,
  direction: Direction,
  language = "",
): number {
  for (let at = offset; ; ) {
    // Beyond a word its white space is left character by character: the next word's far edge would be too far.
    const next = moveCaret(text, at, at === offset ? motion : "character", direction, language);
    if (next === at) return offset;
    at = next;
    if (text.charAt(edge === "start" ? at : at - 1).trim() !== "") return at;
  }
}

/** Where the caret lands. Offsets are UTF-16 units; CRLF is one character. */
export function moveCaret(
  text: string,
  offset: number,
  motion: Motion,
  direction: Direction,
  language = "",
): number {
  if (motion === "document") return direction < 0 ? 0 : text.length;
  if (motion === "word") {
    return direction < 0 ? previousWord(text, offset, language) : nextWord(text, offset, language);
  }
  return direction < 0 ? previousCharacter(text, offset) : nextCharacter(text, offset);
}
