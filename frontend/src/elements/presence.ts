import { signal } from "@preact/signals-core";
import type { LabelSession } from "../core/session";
import type { Task } from "../core/task";
import { type Keeper, keepWhenLeft } from "./keeping";

const TICK = 15_000;
const MINUTE = 60_000;

/** Watches whether somebody is there: time on task, saving when the page is left, the lease while somebody reads. */
export class Presence {
  readonly #now = signal(Date.now());
  #timer: ReturnType<typeof setInterval> | undefined;
  #stop = new AbortController();

  /** @param session the work that is done on this page, or null. */
  constructor(private readonly session: () => LabelSession | null) {}

  start(host: HTMLElement): void {
    this.#stop = new AbortController();
    const { signal: stop } = this.#stop;
    const passive = { signal: stop, passive: true };
    for (const name of ["keydown", "pointerdown", "pointermove", "wheel", "scroll"]) {
      document.addEventListener(name, this.#input, { ...passive, capture: true });
    }
    document.addEventListener("visibilitychange", this.#visibility, passive);
    keepWhenLeft(host, () => this.#keeper, stop);
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

  get #task(): Task | null {
    return this.session()?.task.peek() ?? null;
  }

  /** What is to be saved, and whether it would be lost when the page is closed: not what this device keeps. */
  get #keeper(): Keeper | null {
    const session = this.session();
    if (!session) return null;
    const task = this.#task;
    const here = session.outbox.waiting.peek().length > 0 || (task?.unsaved && !task.left);
    return {
      unsaved: session.lasting ? (task?.unkept ?? false) : Boolean(here),
      flush: async () => {
        task?.keep();
        await Promise.all([session.outbox.flush(), task?.autosave.flush()]);
      },
    };
  }

  #input = (): void => {
    this.#task?.input();
  };

  #visibility = (): void => {
    this.#task?.clock.setHidden(document.hidden);
  };

  /** Reading without a change also needs the item: while somebody is there, the lease is extended in time. */
  #tick = (): void => {
    this.#now.value = Date.now();
    this.session()?.tick();
  };
}
