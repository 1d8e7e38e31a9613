import { effect, signal } from "@preact/signals-core";
import type { Activity, Trouble } from "./activity";
import type { Question, SkipReason, Work } from "./contracts";
import { Device, type Letter } from "./device";
import { isAnswered, Outbox } from "./outbox";
import { Prefetch } from "./prefetch";
import { ALONE, type Word } from "./tabs";
import { type Place, Task } from "./task";
import type { Outcome, Submitted, Transport } from "./transport";

/** Milliseconds after an item is shown in which a submit is a key that bounced: nobody has seen the item. */
const UNSEEN = 300;

export interface SessionEvents {
  /** An item was made ready, for now or for later. */
  made?(work: Work): void;
  /** Another item, or none, is on the desk. */
  moved?(work: Work | null): void;
  /** The server has confirmed an answer. */
  delivered?(letter: Letter, surplus: boolean): void;
  /** The server did not take an answer; it is in `outbox.returned`. */
  returned?(letter: Letter): void;
}

/** The annotator's way from item to item: submit, skip, the next one. */
export class LabelSession {
  readonly task = signal<Task | null>(null);
  readonly activity = signal<Activity>("idle");
  readonly trouble = signal<Trouble | null>(null);
  readonly outbox: Outbox;
  readonly #project: string;
  readonly #ahead: Prefetch;
  #unwatch: () => void = () => {};
  readonly #deafen: () => void;
  #begun = false;
  /** When an item came in the place of one that was handed in. */
  #shownAt = Number.NEGATIVE_INFINITY;

  constructor(
    work: Work,
    private readonly transport: Transport,
    private readonly events: SessionEvents = {},
    private readonly place: Place = { device: new Device(), tabs: ALONE },
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#project = work.project.id;
    this.outbox = new Outbox(place.device, transport, {
      sent: (letter, value) => this.#sent(letter, value),
      returned: (letter) => this.#returned(letter),
      putBehind: () => this.#goOn(),
    });
    this.#ahead = new Prefetch(transport, (next) => this.#make(next), this.#wantsNext);
    this.#deafen = place.tabs.listen(this.#heard);
    place.device.onMore(() => this.#foundMore());
    this.#arrive(work);
    this.#begun = true;
    void this.outbox.flush();
  }

  /**
   * Hands the answer in: it is kept on the device, and the next item is shown at once when it is there.
   * @returns the question that stands in its way, if there is one.
   */
  async submit(): Promise<Question | null> {
    const task = this.task.peek();
    if (!task || task.readOnly || this.activity.peek() !== "idle") return null;
    if (task.left) return this.#onwards();
    if (!task.touched && this.now() - this.#shownAt < UNSEEN) return null;
    if (task.autosave.state.peek().kind === "stale") return null;
    const open = task.blocking();
    if (open[0]) {
      this.trouble.value = { kind: "incomplete", questions: open };
      return open[0];
    }
    // In an exam time counts until the answer has arrived: nothing is put off.
    return task.work.exam ? this.#submitNow(task) : this.#handIn(task);
  }

  /** Gives the item back with a reason. */
  async skip(reason: SkipReason, note: string): Promise<void> {
    const task = this.task.peek();
    if (!task || task.readOnly || task.left || this.activity.peek() !== "idle") return;
    const call = async () => {
      await this.outbox.flush();
      return this.transport.skip(task.work.assignment, reason, note);
    };
    await this.#leave("skipping", task, call, (value) => {
      void this.place.device.dropDrafts(task.work.assignment);
      this.#move(value.next);
    });
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
    this.#settle(outcome, (work) => this.#move(work));
  }

  /** Opens an item whose answer came back, with that answer; what is on the desk is kept as a draft. */
  async reopen(letter: Letter): Promise<void> {
    if (this.activity.peek() !== "idle") return;
    this.activity.value = "looking";
    const task = this.task.peek();
    if (task && !task.readOnly && !task.left) await task.autosave.flush();
    const outcome = await this.transport.work(letter.assignment);
    this.activity.value = "idle";
    if (outcome.kind === "ok") this.#putBack(outcome.value);
    else this.#settle(outcome, () => {});
  }

  /** Forgets an answer that came back. */
  discard(letter: Letter): void {
    this.outbox.take(letter.assignment);
    if (isAnswered(letter.refusal)) void this.place.device.dropDrafts(letter.assignment);
  }

  /** What was written here of an item to which another answer was submitted first: kept until it is thrown away. */
  notSubmitted(task: Task): Letter | null {
    const { assignment } = task.work;
    const returned = this.outbox.returned.value;
    return task.readOnly ? (returned.find((one) => one.assignment === assignment) ?? null) : null;
  }

  /** Whether what is kept here outlives the page. */
  get lasting(): boolean {
    return this.place.device.lasting;
  }

  dismissTrouble(): void {
    this.trouble.value = null;
  }

  /** Every quarter of a minute while somebody is there: what is held stays held, and what is next is there. */
  tick(): void {
    const task = this.task.peek();
    if (!task || task.readOnly || task.left || task.work.exam) return;
    task.keep();
    if (!task.clock.active) return;
    void task.lease.beat();
    void this.#ahead.beat();
    void this.#ahead.ask();
  }

  stop(): void {
    this.#deafen();
    this.#unwatch();
    this.#ahead.stop();
    this.outbox.stop();
  }

  async #handIn(task: Task): Promise<Question | null> {
    const following = this.#ahead.take();
    const settled = task.leave();
    const ready = async () => {
      await settled;
      return task.letter();
    };
    const delivery = this.outbox.post(task.letter(), ready, following === null);
    if (following) {
      this.#show(following);
      return null;
    }
    this.activity.value = "submitting";
    this.trouble.value = null;
    const done = await delivery;
    if (done.kind === "kept") {
      this.#show(null, "waiting");
      return null;
    }
    this.activity.value = "idle";
    if (done.kind === "sent") {
      this.#move(done.value.next);
      return null;
    }
    if (isAnswered(done.problem)) {
      await this.reopen(task.letter());
      return null;
    }
    this.outbox.take(task.work.assignment);
    task.back();
    if (done.theirs) task.autosave.conflict(done.theirs);
    else this.trouble.value = { kind: "problem", problem: done.problem };
    return this.#pointedAt(task);
  }

  async #submitNow(task: Task): Promise<Question | null> {
    const told = this.trouble.peek();
    if (told?.kind === "problem" && isAnswered(told.problem)) {
      // What was answered first stands, and this was said: the sitting goes on.
      this.trouble.value = null;
      void this.place.device.dropDrafts(task.work.assignment);
      this.#move(null);
      return null;
    }
    await this.#leave(
      "submitting",
      task,
      () => this.#sendNow(task),
      (value) => {
        void this.place.device.dropDrafts(task.work.assignment);
        this.#move(value.next);
      },
    );
    return this.#pointedAt(task);
  }

  /** A newer draft that was sent from here is no other version: the answer goes on top of it. */
  async #sendNow(task: Task): Promise<Outcome<Submitted>> {
    const send = () => this.transport.submit(task.work.assignment, task.submission(), true);
    const outcome = await send();
    const theirs = outcome.kind === "refused" ? outcome.theirs : undefined;
    if (!theirs || (outcome.kind === "refused" && isAnswered(outcome.problem))) return outcome;
    return task.autosave.conflict(theirs) ? outcome : send();
  }

  /** The item was submitted in another tab: there is nothing to do with it here. */
  async #onwards(): Promise<null> {
    await this.lookForNext();
    return null;
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
    await task.leave();
    const outcome = await call();
    this.activity.value = "idle";
    if (outcome.kind !== "ok") task.back();
    this.#settle(outcome, done);
  }

  #settle<T>(outcome: Outcome<T>, done: (value: T) => void): void {
    if (outcome.kind === "ok") done(outcome.value);
    else if (outcome.kind === "unreachable") this.trouble.value = { kind: "unreachable" };
    // Two versions are asked about, and no trouble.
    else if (!outcome.theirs || isAnswered(outcome.problem))
      this.trouble.value = { kind: "problem", problem: outcome.problem };
  }

  #sent(letter: Letter, { surplus, next }: Submitted): void {
    this.place.tabs.tell({ kind: "submitted", assignment: letter.assignment });
    this.events.delivered?.(letter, surplus);
    if (this.activity.peek() !== "waiting") this.#ahead.soon();
    else if (!this.outbox.has(letter.assignment) && this.outbox.isStuck) {
      this.activity.value = "idle";
      if (next) this.#move(next);
      else void this.lookForNext();
    }
  }

  /** The server fails on what was waited for: work goes on without it. */
  #goOn(): void {
    if (this.activity.peek() !== "waiting" || !this.outbox.isStuck) return;
    this.activity.value = "idle";
    void this.lookForNext();
  }

  /** With nothing else on the desk the item is opened again at once; else the person is told and chooses when. */
  #returned(letter: Letter): void {
    this.events.returned?.(letter);
    if (this.activity.peek() !== "waiting") {
      this.#ahead.soon();
      return;
    }
    this.activity.value = "idle";
    void this.reopen(letter);
  }

  /** What an earlier page has left came after the desk was opened. */
  #foundMore(): void {
    this.outbox.look();
    const task = this.task.peek();
    if (!task || task.readOnly || task.left) return;
    if (this.outbox.has(task.work.assignment) && !task.touched) this.#arrive(task.work);
    else task.foundMore();
  }

  #move(work: Work | null): void {
    if (work) this.#arrive(work);
    else this.#show(null);
  }

  /** An item whose answer is on its way is not asked for a second time. */
  #arrive(work: Work): void {
    const { assignment } = work;
    if (this.outbox.has(assignment)) {
      this.#show(null, "waiting");
      if (this.outbox.isBehind(assignment)) void this.#past(assignment);
    } else this.#show(this.#ahead.takeIf(assignment) ?? this.#make(work));
  }

  /** The server fails on the answer to this item, and so counts it as held: what comes after it is asked for. */
  async #past(assignment: string): Promise<void> {
    const outcome = await this.transport.ahead(assignment);
    const next = outcome.kind === "ok" ? outcome.value : null;
    if (!next || this.activity.peek() !== "waiting" || this.outbox.has(next.assignment)) return;
    this.#show(this.#make(next));
  }

  #show(task: Task | null, activity: Activity = "idle"): void {
    this.trouble.value = null;
    this.activity.value = activity;
    this.#unwatch();
    this.#unwatch = task ? this.#watchSaves(task) : () => {};
    task?.begin();
    this.#shownAt = this.task.peek()?.left ? this.now() : Number.NEGATIVE_INFINITY;
    this.task.value = task;
    if (task) this.#ahead.soon();
    if (task) this.#cameBack(task);
    if (this.#begun) this.events.moved?.(task?.work ?? null);
  }

  /** An item whose answer came back is on the desk again, with what was written: only the reason is left to say. */
  #cameBack(task: Task): void {
    const letter = task.readOnly ? null : this.outbox.take(task.work.assignment);
    if (letter?.refusal) this.trouble.value = { kind: "problem", problem: letter.refusal };
  }

  #putBack(work: Work): void {
    this.#ahead.drop();
    this.#show(this.#make(work));
  }

  #make(work: Work): Task {
    this.events.made?.(work);
    const task = new Task(work, this.transport, this.place);
    task.store.onChange(() => this.#recount(task));
    task.store.unreadable.subscribe(() => this.#recount(task));
    return task;
  }

  /** The next item may be asked for while nothing is on its way: the server counts an unsent answer's item as held. */
  #wantsNext = (): Task | null => {
    const task = this.task.peek();
    const free = this.activity.peek() === "idle" && this.outbox.waiting.peek().length === 0;
    return task && free && !task.readOnly && !task.left && !task.work.exam ? task : null;
  };

  #heard = (word: Word): void => {
    if (word.kind === "submitted") this.#ahead.forget(word.assignment);
    const task = this.task.peek();
    if (!task || task.readOnly || task.left || task.work.assignment !== word.assignment) return;
    if (word.kind === "active") task.clock.elsewhere(word.seconds);
    else if (word.kind === "saved") task.autosave.elsewhere(word.draft);
    else {
      void task.leave();
      this.trouble.value = { kind: "elsewhere" };
    }
  };

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
