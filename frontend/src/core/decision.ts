import { computed, signal } from "@preact/signals-core";
import { disputed, meaning, readAnswer } from "./compare";
import type { Dispute, Problem, Question, Result, Schema } from "./contracts";
import { LabelKeys } from "./keymap";
import { newId, type Region } from "./regions";
import type { Activity, Trouble } from "./session";
import { AnswerStore } from "./store";
import type { Transport } from "./transport";

/** One annotator's answer as the adjudicator sees it. */
export interface Side {
  readonly name: string;
  readonly regions: readonly Region[];
  readonly result: Result;
}

function onlyQuestion(schema: Schema, key: string): Schema {
  const question = schema.questions.find((one) => one.key === key);
  if (!question) throw new RangeError(`no question ${key}`);
  return { ...schema, questions: [{ ...question, required: true }] };
}

/** One dispute on the desk: the answers, the adjudicator's own, the rationale. */
export class DisputeDesk {
  readonly schema: Schema;
  readonly question: Question;
  readonly store: AnswerStore;
  readonly keys: LabelKeys;
  readonly sides: readonly Side[];
  /** Meanings on which the sides differ. */
  readonly differing: ReadonlySet<string>;
  readonly rationale = signal("");
  readonly clause = signal("");
  readonly readOnly: boolean;
  readonly ready = computed(
    () => this.rationale.value.trim() !== "" && this.#answered() && this.store.unreadable.value.size === 0,
  );

  constructor(readonly dispute: Dispute) {
    const { schema, question, item, answers, draft, decided } = dispute;
    this.schema = onlyQuestion(schema, question);
    this.store = new AnswerStore(this.schema, item.data, decided?.result ?? draft?.result ?? []);
    this.question = this.store.question(question);
    this.keys = new LabelKeys(this.schema.questions);
    this.sides = answers.map(({ name, result }) => ({
      name,
      result,
      regions: readAnswer(schema, item.data, result, question),
    }));
    this.differing = disputed(this.sides.map((side) => side.regions));
    this.readOnly = decided !== null;
    this.rationale.value = decided?.rationale ?? "";
    this.clause.value = decided?.clause ?? "";
  }

  /** Makes a side's answer one's own, in one undoable step. */
  take(side: Side): void {
    const before = this.store.regions(this.question.key).peek();
    this.store.commit({ before, after: side.regions.map((region) => ({ ...region, id: newId() })) });
  }

  /** True when the own answer means the same as a side's. */
  equals(side: Side): boolean {
    const own = new Set(this.store.regions(this.question.key).value.map(meaning));
    const theirs = new Set(side.regions.map(meaning));
    return own.size === theirs.size && [...own].every((one) => theirs.has(one));
  }

  /** No span at all may be the right answer, so only the other kinds must hold something. */
  #answered(): boolean {
    return this.question.kind === "spans" || this.store.regions(this.question.key).value.length > 0;
  }
}

/** The adjudicator's way from dispute to dispute. */
export class DecisionSession {
  readonly desk = signal<DisputeDesk | null>(null);
  readonly activity = signal<Activity>("idle");
  readonly trouble = signal<Trouble | null>(null);

  constructor(
    dispute: Dispute,
    private readonly transport: Transport,
    private readonly moved: (dispute: Dispute | null) => void = () => {},
  ) {
    this.desk.value = new DisputeDesk(dispute);
  }

  async decide(): Promise<void> {
    const desk = this.desk.peek();
    if (!desk || desk.readOnly || !desk.ready.peek() || this.activity.peek() !== "idle") return;
    this.activity.value = "submitting";
    this.trouble.value = null;
    const outcome = await this.transport.decide(desk.dispute.dispute, {
      result: desk.store.result(),
      rationale: desk.rationale.peek().trim(),
      clause: desk.clause.peek().trim(),
    });
    if (outcome.kind === "ok") await this.#open(outcome.value.next);
    else this.#fail(outcome);
    this.activity.value = "idle";
  }

  dismissTrouble(): void {
    this.trouble.value = null;
  }

  async #open(next: string | null): Promise<void> {
    const outcome = next === null ? null : await this.transport.dispute(next);
    if (outcome && outcome.kind !== "ok") {
      this.desk.value = null;
      this.#fail(outcome);
      return;
    }
    this.desk.value = outcome ? new DisputeDesk(outcome.value) : null;
    this.moved(outcome?.value ?? null);
  }

  #fail(
    outcome: { readonly kind: "unreachable" } | { readonly kind: "refused"; readonly problem: Problem },
  ): void {
    this.trouble.value =
      outcome.kind === "refused" ? { kind: "problem", problem: outcome.problem } : { kind: "unreachable" };
  }
}
