/** Time on task: what passes while somebody is there. */

/** Milliseconds without input after which nobody counts as there. */
export const IDLE_AFTER = 60_000;

/** Adds up the time between signs of life, of each gap at most `IDLE_AFTER`, and nothing while hidden. */
export class ActiveClock {
  #total: number;
  #last: number;
  #hidden = false;

  /** @param now milliseconds, monotonic. @param seconds counted before. */
  constructor(
    private readonly now: () => number,
    seconds = 0,
  ) {
    this.#total = seconds * 1000;
    this.#last = now();
  }

  /** A key, a pointer or a scroll. */
  input(): void {
    const now = this.now();
    this.#total += this.#gap(now);
    this.#last = now;
  }

  /** The page is hidden or shown. */
  setHidden(hidden: boolean): void {
    if (hidden === this.#hidden) return;
    this.input();
    this.#hidden = hidden;
  }

  /** True when there was input within the idle time. */
  get active(): boolean {
    return !this.#hidden && this.now() - this.#last < IDLE_AFTER;
  }

  /** Seconds so far, to a tenth. */
  get seconds(): number {
    return Math.round((this.#total + this.#gap(this.now())) / 100) / 10;
  }

  #gap(now: number): number {
    return this.#hidden ? 0 : Math.min(Math.max(0, now - this.#last), IDLE_AFTER);
  }
}
