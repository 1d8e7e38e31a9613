/** Time on task: what passes while somebody is there. */

/** Milliseconds without input after which nobody counts as there. */
export const IDLE_AFTER = 60_000;

/** Adds up the time between signs of life, of each gap at most `IDLE_AFTER`, and nothing while hidden or elsewhere. */
export class ActiveClock {
  #total: number;
  #last: number;
  #hidden = false;
  #elsewhere = false;
  #stopped = false;

  /** @param now milliseconds, monotonic. @param seconds counted before. */
  constructor(
    private readonly now: () => number,
    seconds = 0,
  ) {
    this.#total = seconds * 1000;
    this.#last = now();
  }

  /** The item comes before somebody's eyes only now, unless the page is hidden: what passed before does not count. */
  begin(hidden = false): void {
    this.#last = this.now();
    this.#hidden = hidden;
    this.#stopped = false;
  }

  /** The item is left: nothing counts until it begins again. */
  stop(): void {
    this.#settle();
    this.#stopped = true;
  }

  /** A key, a pointer or a scroll. */
  input(): void {
    const now = this.now();
    this.#total += this.#gap(now);
    this.#last = now;
    this.#elsewhere = false;
  }

  /** The page is hidden or shown. */
  setHidden(hidden: boolean): void {
    if (hidden === this.#hidden) return;
    this.#settle();
    this.#hidden = hidden;
  }

  /** Somebody goes on with the same item in another tab, where so much is counted: nothing counts here until input. */
  elsewhere(seconds: number): void {
    this.#settle();
    this.#elsewhere = true;
    this.atLeast(seconds);
  }

  /** So much was counted for the same item before, or elsewhere. */
  atLeast(seconds: number): void {
    this.#total = Math.max(this.#total, seconds * 1000);
  }

  /** True when there was input within the idle time. */
  get active(): boolean {
    return !this.#away && this.now() - this.#last < IDLE_AFTER;
  }

  /** Seconds so far, to a tenth. */
  get seconds(): number {
    return Math.round((this.#total + this.#gap(this.now())) / 100) / 10;
  }

  get #away(): boolean {
    return this.#hidden || this.#elsewhere || this.#stopped;
  }

  #settle(): void {
    const now = this.now();
    this.#total += this.#gap(now);
    this.#last = now;
  }

  #gap(now: number): number {
    return this.#away ? 0 : Math.min(Math.max(0, now - this.#last), IDLE_AFTER);
  }
}
