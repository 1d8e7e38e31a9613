import type { Draft } from "./contracts";

/** What one tab tells the others of the same person. */
export type Word =
  /** Somebody is at work on it there, who has spent so much time on it. */
  | { readonly kind: "active"; readonly assignment: string; readonly seconds: number }
  | { readonly kind: "saved"; readonly assignment: string; readonly draft: Draft }
  | { readonly kind: "submitted"; readonly assignment: string };

/** The other tabs. What is said may get lost: nothing that must be right depends on it. */
export interface Tabs {
  tell(word: Word): void;
  /** @returns a function that stops it. */
  listen(listener: (word: Word) => void): () => void;
}

/** No other tab can be reached. */
export const ALONE: Tabs = { tell: () => {}, listen: () => () => {} };
