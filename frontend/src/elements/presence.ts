import { signal } from "@preact/signals-core";
import type { Task } from "../core/task";
import { keepWhenLeft } from "./keeping";

const TICK = 15_000;
const MINUTE = 60_000;

/** Watches whether somebody is there: time on task, saving when the page is left, the lease while somebody reads. */
export class Presence {
  readonly #now = signal(Date.now());
  #timer: ReturnType<typeof setInterval> | undefined;
  #stop = new AbortController();

  /** @param task the item on the desk, or null. */
  constructor(private readonly task: () => Task | null) {}

  start(host: HTMLElement): void {
    this.#stop = new AbortController();
    const { signal: stop } = this.#stop;
    const passive = { signal: stop, passive: true };
    for (const name of ["keydown", "pointerdown", "pointermove", "wheel", "scroll"]) {
      document.addEventListener(name, this.#input, { ...passive, capture: true });
    }
    document.addEventListener("visibilitychange", this.#visibility, passive);
    keepWhenLeft(host, () => this.task()?.autosave ?? null, stop);
    this.#timer = setInterval(this.#tick, TICK);
  }

  stop(): void {
    this.#stop.abort();
    clearInterval(this.#timer);
  }

  /** Whole minutes for which the item is still held, at least 0; null when nothing is told. */
  minutesLeft(task: Task): number | null {
    const until = task.lease.until.value;
    return until === null ? null : Math.max(0, Math.ceil((until - this.#now.value) / MINUTE));
  }

  #input = (): void => {
    this.task()?.clock.input();
  };

  #visibility = (): void => {
    this.task()?.clock.setHidden(document.hidden);
  };

  /** Reading without a change also needs the item: while somebody is there, the lease is extended in time. */
  #tick = (): void => {
    this.#now.value = Date.now();
    const task = this.task();
    if (task && !task.readOnly && !task.work.exam && task.clock.active) void task.lease.beat();
  };
}
