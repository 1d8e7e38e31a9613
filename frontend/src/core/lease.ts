import { signal } from "@preact/signals-core";
import type { Work } from "./contracts";
import type { Extended, Outcome, Transport } from "./transport";

const MINUTE = 60_000;

/** Milliseconds between two signs of life at most; shorter where an item is held for a few minutes only. */
const BEAT = 3 * MINUTE;

/** Refusals that say that the item is in these hands no more. */
const OVER: ReadonlySet<string> = new Set(["lease_expired", "already_done"]);

/** Until when an item is held: renewed while somebody works on it, longer when they ask for it. */
export class Lease {
  /** In milliseconds since 1970; null when none is told. */
  readonly until = signal<number | null>(null);
  /** Minutes that were asked for on top, in all. */
  readonly extended = signal(0);
  readonly #minutes: number;
  readonly #most: number;
  #beaten: number;

  constructor(
    private readonly work: Work,
    private readonly transport: Transport,
    private readonly now: () => number = Date.now,
  ) {
    this.extended.value = work.lease?.extended ?? 0;
    this.#minutes = work.lease?.minutes ?? 0;
    this.#most = work.lease?.most_extra ?? 0;
    this.#beaten = now();
    this.told(work.lease_until, work.now ?? new Date(now()).toISOString());
  }

  /** The server's word. Both times are the server's, so a wrong clock on this side does no harm. */
  told(until: string | null, at: string): void {
    const held = Date.parse(until ?? "") - Date.parse(at);
    if (Number.isNaN(held)) return;
    this.until.value = this.now() + held;
    this.#beaten = this.now();
  }

  /** How many minutes a request for more time adds; 0 when all have been asked for. */
  get more(): number {
    return Math.max(0, Math.min(this.#minutes, this.#most - this.extended.value));
  }

  /** Says that somebody is there, when that is due. What goes wrong shows when something is saved. */
  async beat(): Promise<void> {
    if (!this.work.lease || this.now() - this.#beaten < Math.min(BEAT, (this.#minutes * MINUTE) / 3)) return;
    this.#beaten = this.now();
    const outcome = await this.transport.heartbeat(this.work.assignment);
    if (outcome.kind === "ok") this.told(outcome.value.lease_until, outcome.value.now);
    else if (outcome.kind === "refused" && OVER.has(outcome.problem.code)) this.ended();
  }

  /** The item is not held any more. */
  ended(): void {
    this.until.value = this.now();
  }

  /** Whether the item is still held, as far as is known here. */
  get holds(): boolean {
    const until = this.until.peek();
    return until === null || until > this.now();
  }

  /** Asks for more time. The number sent is the sum, so that a request sent twice counts once. */
  async extend(): Promise<Outcome<Extended>> {
    const outcome = await this.transport.extend(this.work.assignment, this.extended.peek() + this.more);
    if (outcome.kind === "ok") {
      this.extended.value = outcome.value.extended;
      this.told(outcome.value.lease_until, outcome.value.now);
    }
    return outcome;
  }
}
