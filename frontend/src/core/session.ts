import { effect, signal } from "@preact/signals-core";
import type { Problem, Question, SkipReason, Work } from "./contracts";
import { Task } from "./task";
import type { Outcome, Transport } from "./transport";

/** What the session is doing. "idle" with no task means that nothing is left to do. */
export type Activity = "idle" | "submitting" | "skipping" | "looking";

/** What went wrong with the last action: a refusal, nobody there, or questions still open. */
export type Trouble =
  | { readonly kind: "problem"; readonly problem: Problem }
  | { readonly kind: "unreachable" }
  | { readonly kind: "incomplete"; readonly questions: readonly Question[] };

export interface SessionEvents {
  /** Another item, or none, is on the desk; `surplus` is said of the answer just submitted. */
  moved?(work: Work | null, surplus: boolean): void;
}

/** The annotator's way from item to item: submit, skip, the next one. */
export class LabelSession {
  readonly task = signal<Task | null>(null);
  readonly activity = signal<Activity>("idle");
  readonly trouble = signal<Trouble | null>(null);
  readonly #project: string;
  #unwatch: () => void = () => {};

  constructor(
    work: Work,
    private readonly transport: Transport,
    private readonly events: SessionEvents = {},
  ) {
    this.#project = work.project.id;
    this.task.value = this.#open(work);
  }

  /** Submits the answer. @returns the question that stands in its way, if there is one. */
  async submit(): Promise<Question | null> {
    const task = this.task.peek();
    if (!task || task.readOnly || this.activity.peek() !== "idle") return null;
    if (task.autosave.state.peek().kind === "stale") return null;
    const open = task.blocking();
    if (open[0]) {
      this.trouble.value = { kind: "incomplete", questions: open };
      return open[0];
    }
    await this.#leave(
      "submitting",
      task,
      () => this.transport.submit(task.work.assignment, task.submission()),
      (value) => this.#move(value.next, value.surplus),
    );
    return this.#pointedAt(task);
  }

  /** Gives the item back with a reason. */
  async skip(reason: SkipReason, note: string): Promise<void> {
    const task = this.task.peek();
    if (!task || task.readOnly || this.activity.peek() !== "idle") return;
    await this.#leave(
      "skipping",
      task,
      () => this.transport.skip(task.work.assignment, reason, note),
      (value) => this.#move(value.next, false),
    );
  }

  /** Asks for more time for the item on the desk. @returns the minutes that were added; 0 when none were. */
  async moreTime(): Promise<number> {
    const task = this.task.peek();
    const more = task && !task.readOnly ? task.lease.more : 0;
    if (!task || more === 0) return 0;
    const outcome = await task.lease.extend();
    this.#settle(outcome, () => this.dismissTrouble());
    return outcome.kind === "ok" ? more : 0;
  }

  /** Asks for an item: when the desk is empty, or after looking at a submitted one. */
  async lookForNext(): Promise<void> {
    if (this.activity.peek() !== "idle") return;
    this.activity.value = "looking";
    const outcome = await this.transport.next(this.#project);
    this.activity.value = "idle";
    this.#settle(outcome, (work) => this.#move(work, false));
  }

  dismissTrouble(): void {
    this.trouble.value = null;
  }

  /** No draft may arrive after the item is left, so saving stops first and goes on when the server refuses. */
  async #leave<T>(
    activity: Activity,
    task: Task,
    call: () => Promise<Outcome<T>>,
    done: (value: T) => void,
  ): Promise<void> {
    this.activity.value = activity;
    this.trouble.value = null;
    await task.autosave.close();
    const outcome = await call();
    this.activity.value = "idle";
    if (outcome.kind !== "ok") task.autosave.reopen();
    this.#settle(outcome, done);
  }

  #settle<T>(outcome: Outcome<T>, done: (value: T) => void): void {
    if (outcome.kind === "ok") done(outcome.value);
    else if (outcome.kind === "refused") this.trouble.value = { kind: "problem", problem: outcome.problem };
    else this.trouble.value = { kind: "unreachable" };
  }

  #move(work: Work | null, surplus: boolean): void {
    this.trouble.value = null;
    this.task.value = work ? this.#open(work) : null;
    this.events.moved?.(work, surplus);
  }

  #open(work: Work): Task {
    const task = new Task(work, this.transport);
    task.store.onChange(() => this.#recount(task));
    this.#unwatch();
    this.#unwatch = this.#watchSaves(task);
    return task;
  }

  /** A draft that the server refuses is trouble until one is saved; told once for each reason. */
  #watchSaves(task: Task): () => void {
    let shown: Extract<Trouble, { kind: "problem" }> | null = null;
    return effect(() => {
      const state = task.autosave.state.value;
      if (state.kind === "refused" && shown?.problem.code !== state.problem.code) {
        shown = { kind: "problem", problem: state.problem };
        this.trouble.value = shown;
      } else if (state.kind === "saved") {
        if (shown && this.trouble.peek() === shown) this.trouble.value = null;
        shown = null;
      }
    });
  }

  /** The question that a refusal names, as in "questions.span[2]". */
  #pointedAt(task: Task): Question | null {
    const trouble = this.trouble.peek();
    const where = trouble?.kind === "problem" ? trouble.problem.where : null;
    const key = where ? /^questions\.([^[\].]+)/.exec(where)?.[1] : undefined;
    return task.work.schema.questions.find((question) => question.key === key) ?? null;
  }

  /** Answering a question that was found open takes it off the list. */
  #recount(task: Task): void {
    if (this.trouble.peek()?.kind !== "incomplete") return;
    const questions = task.blocking();
    this.trouble.value = questions.length > 0 ? { kind: "incomplete", questions } : null;
  }
}
