import type { Region } from "./regions";
import type { SuggestionState } from "./suggestions";

/** A suggestion that a step settled, or opened again. */
export interface Decided {
  readonly id: string;
  readonly before: SuggestionState;
  readonly after: SuggestionState;
}

/** What one step took away and put there: undo swaps the two. */
export interface Change {
  readonly before: readonly Region[];
  readonly after: readonly Region[];
  /** Steps with the same name that follow one another quickly are undone as one. */
  readonly merge?: string;
  readonly decided?: readonly Decided[];
}

function backwards({ before, after, decided }: Change): Change {
  const taken = decided?.map((one) => ({ id: one.id, before: one.after, after: one.before }));
  return { before: after, after: before, ...(taken ? { decided: taken } : {}) };
}

/** A pause longer than this, in milliseconds, begins a new step. */
const MERGE_WITHIN = 1000;

/** Undo and redo without end; holds only what each step changed. */
export class History {
  #done: Change[] = [];
  #undone: Change[] = [];
  #last = Number.NEGATIVE_INFINITY;

  constructor(private readonly now: () => number) {}

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  push(change: Change): void {
    const previous = this.#done.at(-1);
    const now = this.now();
    const merges =
      change.merge !== undefined && previous?.merge === change.merge && now - this.#last <= MERGE_WITHIN;
    if (merges && previous) {
      this.#done[this.#done.length - 1] = { ...change, before: previous.before };
    } else {
      this.#done.push(change);
    }
    this.#undone = [];
    this.#last = now;
  }

  /** The change that takes the last step back, or null. */
  undo(): Change | null {
    const change = this.#done.pop();
    if (!change) return null;
    this.#undone.push(change);
    this.#last = Number.NEGATIVE_INFINITY;
    return backwards(change);
  }

  /** The change that does the last undone step again, or null. */
  redo(): Change | null {
    const change = this.#undone.pop();
    if (!change) return null;
    this.#done.push(change);
    this.#last = Number.NEGATIVE_INFINITY;
    return change;
  }
}
