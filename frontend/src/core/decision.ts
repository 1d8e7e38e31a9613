import { batch, computed, effect, signal } from "@preact/signals-core";
import type { Activity, Trouble } from "./activity";
import { align, mostHold, type SpanRow } from "./align";
import { disputed, meaning, meanings } from "./compare";
import type { DecisionDraft, Dispute, Problem, Question, Result, Schema, Unfinished, Way } from "./contracts";
import { autosaveOf, type DecisionAutosave } from "./decision-draft";
import { idAbout, newId, type Region, type SpanRegion } from "./regions";
import { AnswerStore } from "./store";
import { marks, marksText, tagOf } from "./tags/tag";
import type { Transport } from "./transport";
import { holdsSubmit } from "./unreadable";

/** One annotator's answer as the adjudicator sees it. */
export interface Side {
  readonly name: string;
  readonly regions: readonly Region[];
  readonly result: Result;
  readonly meanings: ReadonlySet<string>;
  /** The whole answer. */
  readonly store: AnswerStore;
}

/** The questions whose marks and messages answers to this one are about: what a decision brings with it. */
function restsOn(schema: Schema, question: Question): readonly Question[] {
  if (!question.per_region && tagOf(question) !== "relations") return [];
  const fields = [question.field, ...(question.also ?? [])];
  const named = (one: Question): boolean => (marks(one) && !one.per_region) || tagOf(one) === "chat";
  return schema.questions.filter((one) => one !== question && named(one) && fields.includes(one.field));
}

/** What is decided: one question, whatever was answered to the others, and the marks that it is about. */
function onlyQuestion(schema: Schema, key: string): Schema {
  const question = schema.questions.find((one) => one.key === key);
  if (!question) throw new RangeError(`no question ${key}`);
  const about = question.per_region === true;
  const when = (question.when ?? []).filter((one) => one.on === "region" || one.on === "no_region");
  const asked = { ...question, required: about ? (question.required ?? false) : true, when };
  const marked = restsOn(schema, question).map((one) => ({ ...one, required: false, when: [] }));
  return { ...schema, questions: [...marked, asked] };
}

/** One dispute on the desk: the answers, the adjudicator's own, the rationale. */
export class DisputeDesk {
  readonly schema: Schema;
  readonly question: Question;
  readonly store: AnswerStore;
  readonly sides: readonly Side[];
  /** Meanings on which the sides differ. */
  readonly differing: ReadonlySet<string>;
  readonly rationale = signal("");
  readonly clause = signal("");
  readonly way = signal<Way>("answer");
  /** What is unclear in the guideline: with a decision, or instead of one. */
  readonly unclear = signal("");
  /** Ids of the decisions that this one cites. */
  readonly cites = signal<ReadonlySet<string>>(new Set());
  /** Those that were cited before and are not among today's precedents: cited still, until they are taken out. */
  readonly citedBefore: readonly string[] = [];
  /** The answers' spans row by row; none for other kinds. */
  readonly rows: readonly SpanRow[];
  readonly readOnly: boolean;
  /** The own answer in the wire's shape: made again when it changes, not when the reasons do. */
  readonly #result = computed((): Result => {
    this.#listen();
    return this.store.result();
  });
  /** What the own answer says to the question. */
  readonly #own = computed((): ReadonlySet<string> => {
    this.#listen();
    return meanings(this.store, this.question.key);
  });
  /** All that is written, as it is kept while it is not decided. */
  readonly written = computed(
    (): Unfinished => ({
      result: this.#result.value,
      way: this.way.value,
      rationale: this.rationale.value,
      clause: this.clause.value,
      unclear: this.unclear.value,
      cites: [...this.cites.value],
    }),
  );
  readonly ready = computed(() => {
    if (this.way.value === "hold") return this.unclear.value.trim() !== "";
    if (this.rationale.value.trim() === "") return false;
    return (
      this.way.value === "bad_item" ||
      (this.#answered() && !this.schema.questions.some((one) => holdsSubmit(this.store, one)))
    );
  });

  constructor(readonly dispute: Dispute) {
    const { schema, question, item, answers, draft, decided } = dispute;
    this.schema = onlyQuestion(schema, question);
    this.store = new AnswerStore(
      this.schema,
      item.data,
      decided?.result ?? draft?.result ?? [],
      undefined,
      item,
    );
    this.question = this.store.question(question);
    this.sides = answers.map(({ name, result }) => {
      const store = new AnswerStore(schema, item.data, result, undefined, item);
      const regions = store.regions(question).peek();
      return { name, result, store, regions, meanings: meanings(store, question) };
    });
    this.differing = disputed(this.sides.map((side) => side.meanings));
    this.rows = align(this.sides.map((side) => side.regions.filter((one) => one.kind === "spans")));
    this.readOnly = decided !== null;
    this.way.value = decided ? (decided.outcome ?? "answer") : (draft?.way ?? "answer");
    this.rationale.value = (decided ?? draft)?.rationale ?? "";
    this.clause.value = (decided ?? draft)?.clause ?? "";
    if (decided || !draft) return;
    this.unclear.value = draft.unclear;
    this.cites.value = new Set(draft.cites);
    const shown = new Set(dispute.precedents?.map((one) => one.id));
    this.citedBefore = draft.cites.filter((id) => !shown.has(id));
  }

  /** Makes a side's answer one's own, in one undoable step. */
  take(side: Side): void {
    this.#become(
      side.regions,
      this.#rested.flatMap((key) => side.store.regions(key).peek()),
      this.#turnsOf(side),
    );
  }

  /** A side's ids of turns with the own ones of the same places: nobody marks a turn, and each answer calls it its own way. */
  #turnsOf(side: Side): readonly (readonly [string, string])[] {
    return this.store.turnQuestions.flatMap(({ key }) => {
      const own = this.store.spans(key);
      const at = new Map(own.map((one) => [one.start, one.id]));
      return side.store.spans(key).map((one) => [one.id, at.get(one.start) ?? one.id] as const);
    });
  }

  /** The questions whose marks the decision brings with it. */
  get #rested(): readonly string[] {
    return this.schema.questions.map((one) => one.key).filter((key) => key !== this.question.key);
  }

  /** True where several answers can be merged: sets and spans. */
  get merges(): boolean {
    return marksText(this.question) || (this.question.kind === "choices" && !this.question.per_region);
  }

  /** Takes what more than half of the answers hold, in one undoable step. */
  takeMost(): void {
    if (marksText(this.question)) this.#become(mostHold(this.rows, this.sides.length));
    else if (this.question.kind === "choices") this.#become(this.#mostChosen());
  }

  /** Takes one answer's version of a row instead of what one has there; has it already: takes it out. */
  toggle(row: SpanRow, span: SpanRegion): void {
    const versions = new Set(row.cells.flatMap((cell) => (cell ? [meaning(cell)] : [])));
    const before = this.store.spans(this.question.key).filter((one) => versions.has(meaning(one)));
    const had = before.some((one) => meaning(one) === meaning(span));
    this.store.commit({ before, after: had ? [] : [{ ...span, id: newId() }] });
  }

  /** True when the own answer holds this span. */
  has(span: SpanRegion): boolean {
    return this.#own.value.has(meaning(span));
  }

  cite(id: string, cited: boolean): void {
    const now = new Set(this.cites.peek());
    if (cited) now.add(id);
    else now.delete(id);
    this.cites.value = now;
  }

  /** Chooses a way, or goes back from it to an answer. */
  turn(way: Way): void {
    this.way.value = this.way.peek() === way ? "answer" : way;
  }

  /** The answer is these regions, and what they are about these marks, all under ids of its own. */
  #become(
    regions: readonly Region[],
    marked: readonly Region[] = [],
    turns: readonly (readonly [string, string])[] = [],
  ): void {
    const ids = new Map([...turns, ...marked.map((one) => [one.id, newId()] as const)]);
    const own = (id: string): string => ids.get(id) ?? id;
    const before = [...this.#rested, this.question.key].flatMap((key) => this.store.regions(key).peek());
    const after = regions.map((region): Region => {
      if (region.of !== undefined) {
        const of = own(region.of);
        return { ...region, of, id: idAbout(of, region.question) };
      }
      const copy = { ...region, id: newId() };
      return copy.kind === "relations" ? { ...copy, from: own(copy.from), to: own(copy.to) } : copy;
    });
    this.store.commit({ before, after: [...marked.map((one) => ({ ...one, id: own(one.id) })), ...after] });
  }

  #mostChosen(): readonly Region[] {
    const { key: question, labels = [] } = this.question;
    const chosen = this.sides.map((side) =>
      side.regions.flatMap((one) => (one.kind === "choices" ? one.choices : [])),
    );
    const choices = labels
      .map((label) => label.key)
      .filter((label) => chosen.filter((one) => one.includes(label)).length * 2 > chosen.length);
    return choices.length > 0 ? [{ id: newId(), question, kind: "choices", choices }] : [];
  }

  /** A question that still wants an answer, or whose input cannot be read; null when there is none. */
  open(): Question | null {
    const missing = this.store.missing();
    return this.schema.questions.find((one) => holdsSubmit(this.store, one) || missing.includes(one)) ?? null;
  }

  /** True when the own answer means the same as a side's. */
  equals(side: Side): boolean {
    const own = this.#own.value;
    return own.size === side.meanings.size && [...own].every((one) => side.meanings.has(one));
  }

  /** The marks that an answer is about are part of it. */
  #listen(): void {
    for (const { key } of this.schema.questions) this.store.regions(key).value;
  }

  /** No span and no relation at all may be the right answer; else something is handed in, and never less than is shown. */
  #answered(): boolean {
    const { key, kind } = this.question;
    if (this.#result.value.some((one) => one.from_name === key)) return true;
    return ["spans", "relations"].includes(kind) && this.store.regions(key).value.length === 0;
  }
}

/** The adjudicator's way from dispute to dispute. */
export class DecisionSession {
  readonly desk = signal<DisputeDesk | null>(null);
  /** Keeps what is written on the desk; null when there is none. */
  readonly autosave = signal<DecisionAutosave | null>(null);
  readonly activity = signal<Activity>("idle");
  readonly trouble = signal<Trouble | null>(null);
  /** The appeal that was decided last: now the first decision may be read. */
  readonly appealDecided = signal<string | null>(null);
  #stop: () => void = () => {};

  constructor(
    dispute: Dispute,
    private readonly transport: Transport,
    private readonly moved: (dispute: Dispute | null) => void = () => {},
  ) {
    this.#put(dispute);
  }

  /**
   * Sends the decision, or the question to the lead, and opens what comes next. No draft may arrive after the dispute
   * is closed, so saving stops first and goes on when the server refuses.
   */
  async decide(): Promise<void> {
    const desk = this.desk.peek();
    if (!desk || desk.readOnly || !desk.ready.peek() || this.activity.peek() !== "idle") return;
    const autosave = this.autosave.peek();
    if (autosave?.state.peek().kind === "stale") return;
    this.activity.value = "submitting";
    this.trouble.value = null;
    // What is put on hold comes back: the rest of what was written is kept until then.
    if (desk.way.peek() === "hold") await autosave?.flush();
    if (autosave?.state.peek().kind === "stale") {
      this.activity.value = "idle";
      return;
    }
    await autosave?.close();
    const outcome = await (desk.way.peek() === "hold" ? this.#hold(desk) : this.#send(desk));
    if (outcome.kind !== "ok") autosave?.reopen();
    if (outcome.kind === "ok") {
      this.appealDecided.value =
        desk.way.peek() !== "hold" && desk.dispute.appeal?.length ? desk.dispute.dispute : null;
      await this.#open(outcome.value.next);
    } else this.#fail(outcome);
    this.activity.value = "idle";
  }

  #send(desk: DisputeDesk): ReturnType<Transport["decide"]> {
    const way = desk.way.peek();
    return this.transport.decide(desk.dispute.dispute, {
      result: way === "bad_item" ? [] : desk.store.result(),
      rationale: desk.rationale.peek().trim(),
      clause: desk.clause.peek().trim(),
      outcome: way === "bad_item" ? "bad_item" : "answer",
      unclear: desk.unclear.peek().trim(),
      cites: [...desk.cites.peek()],
      ...this.#seen(desk),
    });
  }

  #hold(desk: DisputeDesk): ReturnType<Transport["hold"]> {
    return this.transport.hold(desk.dispute.dispute, {
      note: desk.unclear.peek().trim(),
      clause: desk.clause.peek().trim(),
      ...this.#seen(desk),
    });
  }

  #seen({ dispute }: DisputeDesk): { readonly guideline_version?: number } {
    return dispute.guideline ? { guideline_version: dispute.guideline.version } : {};
  }

  dismissTrouble(): void {
    this.trouble.value = null;
  }

  async #open(next: string | null): Promise<void> {
    const outcome = next === null ? null : await this.transport.dispute(next);
    if (outcome && outcome.kind !== "ok") {
      this.#put(null);
      this.#fail(outcome);
      return;
    }
    this.#put(outcome?.value ?? null);
    this.moved(outcome?.value ?? null);
  }

  #put(dispute: Dispute | null): void {
    this.#stop();
    const desk = dispute && new DisputeDesk(dispute);
    const kept = desk && !desk.readOnly ? autosaveOf(desk, this.transport, this.#take) : null;
    batch(() => {
      this.desk.value = desk;
      this.autosave.value = kept?.autosave ?? null;
    });
    const unwatch = kept ? this.#watchSaves(kept.autosave) : () => {};
    this.#stop = () => {
      kept?.stop();
      unwatch();
    };
  }

  /** The version of another tab or device takes the place of this one. */
  #take = (draft: DecisionDraft): void => {
    const desk = this.desk.peek();
    if (desk) this.#put({ ...desk.dispute, draft });
  };

  /** A draft that the server refuses is trouble until one is saved: somebody may have decided meanwhile. */
  #watchSaves(autosave: DecisionAutosave): () => void {
    let shown: Trouble | null = null;
    let code = "";
    return effect(() => {
      const state = autosave.state.value;
      if (state.kind === "refused" && state.problem.code !== code) {
        code = state.problem.code;
        shown = { kind: "problem", problem: state.problem };
        this.trouble.value = shown;
      } else if (state.kind === "saved") {
        if (shown && this.trouble.peek() === shown) this.trouble.value = null;
        shown = null;
        code = "";
      }
    });
  }

  #fail(
    outcome: { readonly kind: "unreachable" } | { readonly kind: "refused"; readonly problem: Problem },
  ): void {
    this.trouble.value =
      outcome.kind === "refused" ? { kind: "problem", problem: outcome.problem } : { kind: "unreachable" };
  }
}
