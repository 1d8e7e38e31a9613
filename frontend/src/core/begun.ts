/** What is typed and not part of the answer yet: a message that is written and not added. */

export interface Begun {
  readonly text: string;
  /** Who says it; null for whose turn it is. */
  readonly role: string | null;
  /** The message that it is to stand before; null for the end. */
  readonly before: string | null;
}

/** By question. */
export type AllBegun = Readonly<Record<string, Begun>>;

export const NOTHING_BEGUN: Begun = { text: "", role: null, before: null };

/** The same with this for one question; what holds nothing is left out. */
export function withBegun(all: AllBegun, question: string, begun: Begun): AllBegun {
  const { [question]: _had, ...rest } = all;
  const holds = begun.text !== "" || begun.role !== null || begun.before !== null;
  return holds ? { ...rest, [question]: begun } : rest;
}

/** Whether words would be lost with it. */
export function hasWords(all: AllBegun): boolean {
  return Object.values(all).some(({ text }) => text.trim() !== "");
}
