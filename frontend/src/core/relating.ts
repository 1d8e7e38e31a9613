/** Relations: two marked regions that belong together, with a direction and labels. */

import { computed, signal } from "@preact/signals-core";
import type { Question } from "./contracts";
import { newId, type Region, type RelationRegion } from "./regions";
import type { AnswerStore } from "./store";
import { asksForSet } from "./tags/tag";

export type Direction = RelationRegion["direction"];

export const DIRECTIONS: readonly Direction[] = ["right", "left", "bi"];

/** The relations of a question, in the order in which they were made. Reading it listens. */
export function relations(store: AnswerStore, question: string): readonly RelationRegion[] {
  return store.regions(question).value.filter((one) => one.kind === "relations");
}

/** A relation as the server counts it: two of one reading are one relation. */
function reading({ from, to, direction }: Pick<RelationRegion, "from" | "to" | "direction">): string {
  if (direction === "bi") return JSON.stringify(["bi", ...[from, to].sort()]);
  return JSON.stringify(direction === "left" ? [to, from] : [from, to]);
}

function clashes(a: RelationRegion, b: RelationRegion): boolean {
  const same = reading(a) === reading(b);
  const pair = reading({ ...a, direction: "bi" }) === reading({ ...b, direction: "bi" });
  return same || (pair && (a.direction === "bi" || b.direction === "bi"));
}

/** The other relation that says the same, if there is one. */
function other(store: AnswerStore, relation: RelationRegion): RelationRegion | undefined {
  return relations(store, relation.question).find((one) => one.id !== relation.id && clashes(one, relation));
}

/** Whether a region may stand at an end of a relation: it is marked in a field that the question is about. */
export function relatable(store: AnswerStore, question: Question, region: Region): boolean {
  const fields = [question.field, ...(question.also ?? [])];
  return fields.includes(store.question(region.question).field) && !region.of && "label" in region;
}

/** Relates two regions. @returns the new relation, the one that is there already, or null when they cannot be. */
export function relate(
  store: AnswerStore,
  question: Question,
  from: string,
  to: string,
  labels: readonly string[] = [],
): { readonly relation: RelationRegion; readonly added: boolean } | null {
  const ends = [store.region(from), store.region(to)];
  if (from === to || ends.some((one) => !one || !relatable(store, question, one))) return null;
  const id = newId();
  const relation: RelationRegion = {
    id,
    question: question.key,
    kind: "relations",
    from,
    to,
    direction: "right",
    labels,
  };
  const same = other(store, relation);
  if (same) return { relation: same, added: false };
  store.commit({ before: [], after: [relation] });
  return { relation, added: true };
}

function change(store: AnswerStore, relation: RelationRegion, changed: RelationRegion): boolean {
  if (other(store, changed)) return false;
  store.commit({ before: [relation], after: [changed] });
  return true;
}

/** @returns false when another relation says that already. */
export function turn(store: AnswerStore, relation: RelationRegion, direction: Direction): boolean {
  return relation.direction !== direction && change(store, relation, { ...relation, direction });
}

/** Gives a relation a label, or takes it away; where one is asked for it gives way to the new one. */
export function toggleLabel(store: AnswerStore, relation: RelationRegion, label: string): boolean {
  const question = store.question(relation.question);
  const now = new Set(relation.labels);
  const had = now.delete(label);
  if (!asksForSet(question)) now.clear();
  if (!had) now.add(label);
  const labels = (question.labels ?? []).map((one) => one.key).filter((key) => now.has(key));
  return change(store, relation, { ...relation, labels });
}

export function removeRelation(store: AnswerStore, relation: RelationRegion): void {
  store.commit({ before: [relation], after: [] });
}

/** Drawing relations: where one begins, and which one keys act on. */
export class Relating {
  /** The question and the region from which a relation is being drawn. */
  readonly source = signal<{ readonly question: string; readonly from: string } | null>(null);
  readonly #selected = signal<string | null>(null);
  /** The relation that keys act on, while it is there. */
  readonly selected = computed((): RelationRegion | null => {
    const id = this.#selected.value;
    for (const question of this.questions) {
      const found = relations(this.store, question.key).find((one) => one.id === id);
      if (found) return found;
    }
    return null;
  });
  /** Whether relations are drawn over the text. */
  readonly drawn = signal(true);
  readonly questions: readonly Question[];

  constructor(readonly store: AnswerStore) {
    this.questions = store.schema.questions.filter((one) => one.tag === "relations");
  }

  select(id: string | null): void {
    this.#selected.value = id;
  }

  /** Begins a relation at a region. @returns false when it can have none. */
  start(question: Question, from: string): boolean {
    const region = this.store.region(from);
    if (!region || !relatable(this.store, question, region)) return false;
    this.source.value = { question: question.key, from };
    return true;
  }

  cancel(): boolean {
    const had = this.source.peek() !== null;
    this.source.value = null;
    return had;
  }

  /** Ends the relation that was begun at this region, and selects it. */
  finish(to: string, labels: readonly string[] = []): ReturnType<typeof relate> {
    const source = this.source.peek();
    if (!source) return null;
    const made = relate(this.store, this.store.question(source.question), source.from, to, labels);
    if (!made) return null;
    this.source.value = null;
    this.select(made.relation.id);
    return made;
  }
}

const DESKS = new WeakMap<AnswerStore, Relating>();

/** What draws relations of an answer: one for all elements that show it. */
export function relatingOf(store: AnswerStore): Relating {
  const known = DESKS.get(store) ?? new Relating(store);
  DESKS.set(store, known);
  return known;
}
