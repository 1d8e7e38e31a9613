import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import type { Question, Result, Schema } from "./contracts";
import { type Change, History } from "./history";
import { bySpan, type Region, readRegion, type SpanRegion, Texts, writeRegion } from "./regions";

export type Origin = "edit" | "undo" | "redo" | "replace";
export type ChangeListener = (change: Change, origin: Origin) => void;

/** One answer being written: the only place that changes regions, one signal a question, one change event. */
export class AnswerStore {
  readonly texts: Texts;
  readonly canUndo = signal(false);
  readonly canRedo = signal(false);
  /** Questions whose input cannot be read as a value (a number field with letters in it). */
  readonly unreadable = signal<ReadonlySet<string>>(new Set());
  /** Regions of the loaded result that do not fit the questions and were left out. */
  ignored = 0;

  readonly #questions = new Map<string, Question>();
  readonly #regions = new Map<string, Signal<readonly Region[]>>();
  readonly #listeners = new Set<ChangeListener>();
  #history: History;

  constructor(
    readonly schema: Schema,
    data: Readonly<Record<string, unknown>>,
    result: Result = [],
    private readonly now: () => number = () => performance.now(),
  ) {
    this.texts = new Texts(schema, data);
    this.#history = new History(now);
    for (const question of schema.questions) {
      this.#questions.set(question.key, question);
      this.#regions.set(question.key, signal<readonly Region[]>([]));
    }
    this.#load(result);
  }

  /** @throws RangeError for an unknown key. */
  question(key: string): Question {
    const question = this.#questions.get(key);
    if (!question) throw new RangeError(`no question ${key}`);
    return question;
  }

  /** The regions of one question; spans are sorted as they stand in the text. */
  regions(question: string): ReadonlySignal<readonly Region[]> {
    const found = this.#regions.get(question);
    if (!found) throw new RangeError(`no question ${question}`);
    return found;
  }

  /** The spans of one question. */
  spans(question: string): readonly SpanRegion[] {
    return this.regions(question).value.filter((region) => region.kind === "spans");
  }

  /** Called after every change with what changed. @returns a function that stops it. */
  onChange(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Makes one undoable step. */
  commit(change: Change): void {
    this.#history.push(change);
    this.#apply(change, "edit");
  }

  undo(): Change | null {
    return this.#step(this.#history.undo(), "undo");
  }

  redo(): Change | null {
    return this.#step(this.#history.redo(), "redo");
  }

  /** Takes another version of the answer; the steps before it are forgotten. */
  replace(result: Result): void {
    this.#history = new History(this.now);
    this.#load(result);
    this.#emit({ before: [], after: [] }, "replace");
  }

  /** The answer in the wire's shape, by question and then by place. */
  result(): Result {
    return this.schema.questions.flatMap((question) =>
      this.regions(question.key)
        .peek()
        .map((region) => writeRegion(region, question, this.texts)),
    );
  }

  /** Required questions without an answer, in the schema's order. */
  missing(): readonly Question[] {
    return this.schema.questions.filter(
      (question) => question.required && this.regions(question.key).peek().length === 0,
    );
  }

  setUnreadable(question: string, unreadable: boolean): void {
    const keys = new Set(this.unreadable.peek());
    if (keys.has(question) === unreadable) return;
    if (unreadable) keys.add(question);
    else keys.delete(question);
    this.unreadable.value = keys;
  }

  #step(change: Change | null, origin: Origin): Change | null {
    if (change) this.#apply(change, origin);
    return change;
  }

  #apply(change: Change, origin: Origin): void {
    const touched = new Set([...change.before, ...change.after].map((region) => region.question));
    batch(() => {
      for (const key of touched) {
        const gone = new Set(change.before.filter((one) => one.question === key).map((one) => one.id));
        const kept = this.regions(key)
          .peek()
          .filter((one) => !gone.has(one.id));
        this.#set(key, [...kept, ...change.after.filter((one) => one.question === key)]);
      }
      this.#emit(change, origin);
    });
  }

  #set(key: string, regions: readonly Region[]): void {
    const cell = this.#regions.get(key);
    if (!cell) throw new RangeError(`no question ${key}`);
    cell.value =
      this.question(key).kind === "spans"
        ? regions.filter((region) => region.kind === "spans").sort(bySpan)
        : regions;
  }

  #load(result: Result): void {
    const read = new Map<string, Region[]>(this.schema.questions.map((question) => [question.key, []]));
    this.ignored = 0;
    for (const wire of result) {
      const question = this.#questions.get(wire.from_name);
      const region = question ? readRegion(wire, question, this.texts) : null;
      if (region) read.get(region.question)?.push(region);
      else this.ignored++;
    }
    batch(() => {
      for (const [key, regions] of read) this.#set(key, regions);
      this.unreadable.value = new Set();
    });
  }

  #emit(change: Change, origin: Origin): void {
    this.canUndo.value = this.#history.canUndo;
    this.canRedo.value = this.#history.canRedo;
    for (const listener of this.#listeners) listener(change, origin);
  }
}
