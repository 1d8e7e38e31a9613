/** The time that is left of an exam, from what the server said was left: a wrong clock on this side does no harm. */

const MINUTE = 60;

/** Minutes before the end at which the time left is said aloud. */
export const SAID_AT: readonly number[] = [30, 10, 5, 1];

/** Counts down. `now` in milliseconds, monotonic; `seconds` are left when it is made. */
export class Countdown {
  readonly #end: number;
  #said: number;

  constructor(
    private readonly now: () => number,
    seconds: number,
  ) {
    this.#end = now() + seconds * 1000;
    this.#said = Math.ceil(seconds / MINUTE);
  }

  /** Whole seconds, at least 0. */
  get seconds(): number {
    return Math.max(0, Math.ceil((this.#end - this.now()) / 1000));
  }

  get over(): boolean {
    return this.seconds === 0;
  }

  /** As a clock shows it: 4:05, 1:02:09. */
  get shown(): string {
    const { seconds } = this;
    const parts = [Math.floor((seconds % 3600) / 60), seconds % 60];
    const hours = Math.floor(seconds / 3600);
    if (hours > 0) parts.unshift(hours);
    return parts.map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
  }

  /** The minutes to say aloud now, each once; null when there is nothing to say. */
  due(): number | null {
    const minutes = Math.ceil(this.seconds / MINUTE);
    const passed = SAID_AT.filter((at) => minutes <= at && at < this.#said).at(-1);
    if (passed === undefined) return null;
    this.#said = passed;
    return this.over ? null : minutes;
  }
}
