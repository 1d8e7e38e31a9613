/** Several texts of one question in their boxes: an emptied box keeps its place until all of them are left. */

import { sameJson } from "./equal";

/** The texts that say something: white space alone is no answer. */
export function filled(texts: readonly string[]): readonly string[] {
  return texts.filter((text) => text.trim() !== "");
}

/** What stands in the boxes while somebody writes; the answer itself has no gaps. */
export class Slots {
  #written: readonly string[] | null = null;

  /** The texts box by box. What came from elsewhere (undo, another device, a suggestion) goes before what stood here. */
  shown(given: readonly string[]): readonly string[] {
    return this.#written && sameJson(filled(this.#written), given) ? this.#written : given;
  }

  /** Writes into a box. @returns the texts box by box, with those that are empty. */
  put(given: readonly string[], index: number, text: string): readonly string[] {
    const now = this.shown(given);
    const length = Math.max(now.length, index + 1);
    this.#written = Array.from({ length }, (_, at) => (at === index ? text : (now[at] ?? "")));
    return this.#written;
  }

  /** The boxes were left: the empty ones close up. */
  close(): void {
    this.#written = null;
  }
}

function endsFilled(texts: readonly string[]): boolean {
  return (texts.at(-1) ?? "").trim() !== "";
}

/**
 * How many boxes there are: all that is given has one, however many the question takes; where it says how many, one
 * more stands ready.
 */
export function boxesFor(texts: readonly string[], most: number | null): number {
  const ready = most === null ? 0 : Math.min(most, texts.length + (endsFilled(texts) ? 1 : 0));
  return Math.max(1, texts.length, ready);
}

/** Whether another box may be asked for: the question does not say how many it takes, and the last one is used. */
export function takesAnother(texts: readonly string[], most: number | null): boolean {
  return most === null && endsFilled(texts);
}
