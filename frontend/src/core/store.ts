import { batch, type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import type { Of } from "./about";
import { type AllBegun, type Begun, withBegun } from "./begun";
import { isPart, isTied } from "./conditions";
import type { Question, Result, Schema, Told, WireRegion } from "./contracts";
import { sameJson } from "./equal";
import { type Change, History } from "./history";
import { withHues } from "./hues";
import { withOffered } from "./offered";
import {
  bySpan,
  idAbout,
  newId,
  type Region,
  readRegion,
  type SpanRegion,
  Texts,
  writeRegion,
} from "./regions";
import { exchange } from "./span-order";
import { marks, marksText, tagOf } from "./tags/tag";
import { readTurns, turnQuestions, withTurns } from "./turn-regions";
import { type AllUnreadable, withTyped } from "./unreadable";
import { isOpen } from "./wanted";

export type Origin = "edit" | "undo" | "redo" | "replace";
export type ChangeListener = (change: Change, origin: Origin) => void;

/** An answer about a turn, under the id that the turn has. */
function atTurn(region: Region, aliases: ReadonlyMap<string, string>): Region {
  const of = region.of === undefined ? undefined : aliases.get(region.of);
  return of === undefined ? region : { ...region, id: idAbout(of, region.question), of };
}

/** A region under an id that no other one has; an answer about a region has the id that this gives it. */
function withOwnId(region: Region, taken: Set<string>): Region {
  const own = region.of === undefined && taken.has(region.id) ? { ...region, id: newId() } : region;
  taken.add(own.id);
  return own;
}

/** Whether others name its regions. */
function isNamed(question: Question): boolean {
  return (marks(question) && !question.per_region) || tagOf(question) === "chat";
}

function isSpan(region: Region): region is SpanRegion {
  return region.kind === "spans";
}

/** One answer being written: the only place that changes regions, one signal a question, one change event. */
export class AnswerStore {
  readonly texts: Texts;
  readonly canUndo = signal(false);
  readonly canRedo = signal(false);
  /** What is typed and cannot be read as a value (letters in a number field). */
  readonly unreadable = signal<AllUnreadable>(new Map());
  /** What is typed and not part of the answer yet. */
  readonly begun = signal<AllBegun>({});
  /** Regions of the loaded result that do not fit the questions and were left out. */
  ignored = 0;

  readonly #questions = new Map<string, Question>();
  readonly #regions = new Map<string, Signal<readonly Region[]>>();
  readonly #listeners = new Set<ChangeListener>();
  readonly #byId = new Map<string, Region>();
  /** What spans look like on the wire: of twenty thousand a step changes one. */
  readonly #written = new WeakMap<SpanRegion, WireRegion>();
  #history: History;

  /** As this item has it: with the labels that come with the item. */
  readonly schema: Schema;
  /** What stands for questions that mark the turns of dialogues, where turns are asked about and nothing marks them. */
  readonly turnQuestions: readonly Question[];

  constructor(
    given: Schema,
    data: Readonly<Record<string, unknown>>,
    result: Result = [],
    private readonly now: () => number = () => performance.now(),
    told: Told = {},
  ) {
    const schema = withHues(withTurns(withOffered(given, data)));
    this.schema = schema;
    this.turnQuestions = turnQuestions(schema);
    this.texts = new Texts(schema, data, told);
    this.#history = new History(now);
    for (const question of [...schema.questions, ...this.turnQuestions]) {
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
    return this.#cell(question);
  }

  /** The spans of one question, sorted; the same array until one of them changes. */
  spans(question: string): readonly SpanRegion[] {
    const regions = this.regions(question).value;
    return marksText(this.question(question)) ? (regions as readonly SpanRegion[]) : [];
  }

  /** The region with an id, of any question, or null. */
  region(id: string): Region | null {
    return this.#byId.get(id) ?? null;
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

  /** Begins with another version of the answer; the steps before it are forgotten. */
  replace(result: Result): void {
    this.#history = new History(this.now);
    this.#load(result);
    this.#emit({ before: [], after: [] }, "replace");
  }

  /** Takes another version of the answer, in one step that can be taken back. */
  follow(result: Result): void {
    const differing = [...this.#read(result)].map(([key, regions]) => this.#difference(key, regions));
    const before = differing.flatMap((one) => one.before);
    const after = differing.flatMap((one) => one.after);
    if (before.length + after.length === 0) return;
    this.#history.push({ before, after });
    this.#apply({ before, after }, "replace");
    for (const { question, of } of [...before, ...after]) this.setUnreadable(question, false, of);
  }

  /** The answer as it is handed in, in the wire's shape, by question and then by place. */
  result(): Result {
    return this.#wire((region, question) => isPart(region, question, this));
  }

  /** All that is written, in the same shape: also what is not shown now, which is kept and not handed in. */
  written(): Result {
    return this.#wire((region) => isTied(region, this));
  }

  /** Required questions without an answer, in the schema's order. */
  missing(): readonly Question[] {
    return this.schema.questions.filter((question) => isOpen(question, this));
  }

  /** @param typed what stands in the field, where it is to be there again when the field is drawn anew */
  setUnreadable(question: string, unreadable: boolean, of: Of = null, typed: string | null = null): void {
    this.unreadable.value = withTyped(this.unreadable.peek(), question, of, unreadable ? typed : undefined);
  }

  begin(question: string, begun: Begun): void {
    this.begun.value = withBegun(this.begun.peek(), question, begun);
  }

  #step(change: Change | null, origin: Origin): Change | null {
    if (change) this.#apply(change, origin);
    return change;
  }

  #wire(counts: (region: Region, question: Question) => boolean): Result {
    return this.schema.questions.flatMap((question) =>
      this.regions(question.key)
        .peek()
        .filter((region) => counts(region, question))
        .map((region) => this.#write(region, question)),
    );
  }

  #write(region: Region, question: Question): WireRegion {
    if (region.kind !== "spans") return writeRegion(region, question, this.texts, this.#about(region));
    let wire = this.#written.get(region);
    if (!wire) {
      wire = writeRegion(region, question, this.texts);
      this.#written.set(region, wire);
    }
    return wire;
  }

  #about(region: Region): { readonly region: Region; readonly question: Question } | undefined {
    const about = region.of ? this.region(region.of) : null;
    return about ? { region: about, question: this.question(about.question) } : undefined;
  }

  #apply(change: Change, origin: Origin): void {
    const touched = new Set([...change.before, ...change.after].map((region) => region.question));
    batch(() => {
      for (const key of touched) {
        this.#exchange(
          key,
          change.before.filter((one) => one.question === key),
          change.after.filter((one) => one.question === key),
        );
      }
      this.#forgetTyped([...change.before, ...change.after]);
      this.#emit(change, origin);
    });
  }

  /** A value that comes takes the place of what was typed and could not be read. */
  #forgetTyped(regions: readonly Region[]): void {
    for (const { question, of = null } of regions)
      if (typeof this.unreadable.peek().get(question)?.get(of) === "string")
        this.setUnreadable(question, false, of);
  }

  #exchange(key: string, gone: readonly Region[], added: readonly Region[]): void {
    const now = this.regions(key).peek();
    for (const { id } of gone) if (this.#byId.get(id)?.question === key) this.#byId.delete(id);
    for (const region of added) this.#byId.set(region.id, region);
    if (marksText(this.question(key))) {
      this.#cell(key).value = exchange(
        now as readonly SpanRegion[],
        gone.filter(isSpan),
        added.filter(isSpan),
      );
    } else {
      const ids = new Set(gone.map((one) => one.id));
      this.#cell(key).value = [...now.filter((one) => !ids.has(one.id)), ...added];
    }
  }

  #cell(key: string): Signal<readonly Region[]> {
    const cell = this.#regions.get(key);
    if (!cell) throw new RangeError(`no question ${key}`);
    return cell;
  }

  /** The regions of a result by question, each under an id of its own. */
  #read(result: Result): ReadonlyMap<string, readonly Region[]> {
    const read = new Map<string, Region[]>(this.schema.questions.map((question) => [question.key, []]));
    this.ignored = 0;
    const turns = this.turnQuestions.map((one) => readTurns(one, this.schema, this.texts, result));
    this.turnQuestions.forEach(({ key }, at) => {
      read.set(key, [...(turns[at]?.regions ?? [])]);
    });
    const aliases = new Map(turns.flatMap((one) => [...one.aliases]));
    const taken = new Set(turns.flatMap((one) => one.regions.map(({ id }) => id)));
    for (const wire of this.#namedFirst(result)) {
      const question = this.schema.questions.find((one) => one.key === wire.from_name);
      const region = question ? readRegion(wire, question, this.texts) : null;
      if (region) read.get(region.question)?.push(atTurn(withOwnId(region, taken), aliases));
      else this.ignored++;
    }
    for (const [key, regions] of read)
      if (marksText(this.question(key))) read.set(key, regions.filter(isSpan).sort(bySpan));
    return read;
  }

  /** A result with the regions first that others name. */
  #namedFirst(result: Result): Result {
    const named = new Set(this.schema.questions.filter(isNamed).map((one) => one.key));
    return [
      ...result.filter((one) => named.has(one.from_name)),
      ...result.filter((one) => !named.has(one.from_name)),
    ];
  }

  #load(result: Result): void {
    const read = this.#read(result);
    this.#byId.clear();
    batch(() => {
      for (const [key, regions] of read) {
        for (const region of regions) this.#byId.set(region.id, region);
        this.#cell(key).value = regions;
      }
      this.unreadable.value = new Map();
    });
  }

  /** What one question's answer lacks to be these regions; where order says something, all of them. */
  #difference(key: string, regions: readonly Region[]): Change {
    const now = this.regions(key).peek();
    if (sameJson(now, regions)) return { before: [], after: [] };
    if (!marksText(this.question(key))) return { before: now, after: regions };
    const lacks = (of: readonly Region[]): ((one: Region) => boolean) => {
      const known = new Map(of.map((one) => [one.id, one]));
      return (one) => !sameJson(one, known.get(one.id));
    };
    return { before: now.filter(lacks(regions)), after: regions.filter(lacks(now)) };
  }

  #emit(change: Change, origin: Origin): void {
    this.canUndo.value = this.#history.canUndo;
    this.canRedo.value = this.#history.canRedo;
    for (const listener of this.#listeners) listener(change, origin);
  }
}
