import type { Region } from "./regions";

/** What one step took away and put there: undo swaps the two. */
export interface Change {
  readonly before: readonly Region[];
  readonly after: readonly Region[];
  /** Steps with the same name that follow one another quickly are undone as one. */
  readonly merge?: string;
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
    return { before: change.after, after: change.before };
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
