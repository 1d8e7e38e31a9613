/** Which marked regions still want answers: counted once, then kept by what each change touches. */

import { type Signal, signal, untracked } from "@preact/signals-core";
import { wanting } from "./about";
import { answerAbout } from "./answer-about";
import { allHold, isAbout } from "./conditions";
import type { Question } from "./contracts";
import type { Change } from "./history";
import type { Region } from "./regions";
import type { AnswerStore, Origin } from "./store";
import { marks } from "./tags/tag";

/** The questions that a region still wants answered, by the region's id. */
export type Open = ReadonlyMap<string, readonly Question[]>;

/** A change that touches more regions is counted from the start. */
const FEW = 50;

class OpenRegions {
  readonly #changed: Signal<number> = signal(0);
  readonly #asking: readonly Question[];
  /** What a region wants depends on nothing but the region and the answers about it. */
  readonly #local: boolean;
  #open: Map<string, readonly Question[]> | null = null;

  constructor(private readonly store: AnswerStore) {
    this.#asking = store.schema.questions.filter((one) => one.per_region && one.required);
    const marking = store.schema.questions.filter(marks);
    const conditions = [...this.#asking, ...marking].flatMap((one) => one.when ?? []);
    this.#local = conditions.every(({ on }) => on === "region" || on === "no_region");
    store.onChange(this.#onChange);
  }

  /** Reading it listens. */
  get now(): Open {
    this.#changed.value;
    this.#open ??= this.#count();
    return this.#open;
  }

  #onChange = (change: Change, origin: Origin): void => {
    const touched = new Set([...change.before, ...change.after].map((one) => one.of ?? one.id));
    if (origin === "replace" || !this.#local || touched.size > FEW) this.#open = null;
    // Whoever made the change does not listen to what is read here.
    for (const id of touched) untracked(() => this.#look(id));
    this.#changed.value = this.#changed.peek() + 1;
  };

  #look(id: string): void {
    if (!this.#open) return;
    const region = this.store.region(id);
    const wanted = region ? this.#asking.filter((one) => this.#wants(one, region)) : [];
    if (wanted.length > 0) this.#open.set(id, wanted);
    else this.#open.delete(id);
  }

  #wants(question: Question, region: Region): boolean {
    const { store } = this;
    if (!isAbout(question, store, region) || answerAbout(store, question.key, region.id)) return false;
    return allHold(question.when, store, region);
  }

  #count(): Map<string, readonly Question[]> {
    const found = new Map<string, Question[]>();
    for (const question of this.#asking)
      for (const { id } of wanting(this.store, question)) found.set(id, [...(found.get(id) ?? []), question]);
    return found;
  }
}

const KNOWN = new WeakMap<AnswerStore, OpenRegions>();

/** The questions that each region still wants answered. Reading it listens. */
export function open(store: AnswerStore): Open {
  const known = KNOWN.get(store) ?? new OpenRegions(store);
  KNOWN.set(store, known);
  return known.now;
}
