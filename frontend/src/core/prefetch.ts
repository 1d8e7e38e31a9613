import type { Work } from "./contracts";
import type { Task } from "./task";
import type { Transport } from "./transport";

/** Milliseconds after an item is shown until the next one is asked for: the one that is shown goes first. */
const AFTER = 150;
/** How long "nothing is left" is believed. */
const BELIEVE = 60_000;

/** The next item, leased and made ready while the one before it is on the desk; one at most. */
export class Prefetch {
  #task: Task | null = null;
  #asking = false;
  #nothingFor: { readonly task: Task; readonly at: number } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param make builds what goes on the desk. @param wanted says whether an item may be asked for, and after which. */
  constructor(
    private readonly transport: Transport,
    private readonly make: (work: Work) => Task,
    private readonly wanted: () => Task | null,
  ) {}

  /** Asks soon. */
  soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.ask(), AFTER);
  }

  async ask(): Promise<void> {
    const task = this.wanted();
    if (!task || this.#task || this.#asking || this.#knowsNothingIsLeft(task)) return;
    this.#asking = true;
    const outcome = await this.transport.ahead(task.work.assignment);
    this.#asking = false;
    if (this.wanted() !== task) return;
    if (outcome.kind === "ok" && outcome.value) this.#task = this.make(outcome.value);
    else if (outcome.kind === "ok") this.#nothingFor = { task, at: Date.now() };
    else if (outcome.kind === "refused" && outcome.problem.code === "lease_expired") task.lease.ended();
  }

  /** The item that is ready, while it is held; the caller puts it on the desk. */
  take(): Task | null {
    const task = this.#task;
    this.#task = null;
    return task?.lease.holds ? task : null;
  }

  /** The item that is ready if it is this one. What was ready is dropped in any case. */
  takeIf(assignment: string): Task | null {
    const task = this.take();
    return task?.work.assignment === assignment ? task : null;
  }

  /** Forgets an item that is done with elsewhere. */
  forget(assignment: string): void {
    if (this.#task?.work.assignment === assignment) this.#task = null;
  }

  drop(): void {
    this.#task = null;
    this.#nothingFor = null;
  }

  /** Keeps what is ready held; one that is not held any more is forgotten. */
  async beat(): Promise<void> {
    await this.#task?.lease.beat();
    if (this.#task && !this.#task.lease.holds) this.#task = null;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.drop();
  }

  #knowsNothingIsLeft(task: Task): boolean {
    return this.#nothingFor?.task === task && Date.now() - this.#nothingFor.at < BELIEVE;
  }
}
