/** What a model or an import suggests, and what became of each region of it. A suggestion is no answer until accepted. */

import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import { attached, type Of } from "./about";
import { Accepting } from "./accepting";
import { meaning } from "./compare";
import type { Suggestion } from "./contracts";
import { sameJson } from "./equal";
import type { Decided } from "./history";
import { type BoxRegion, bySpan, idAbout, type Region, readRegion, type SpanRegion } from "./regions";
import { sameSpan } from "./span-order";
import type { AnswerStore } from "./store";
import { labelsAreas, marks, tagOf } from "./tags/tag";
import { usesLeft } from "./uses";

/** One region that was suggested. */
export interface Suggested {
  readonly prediction: string;
  readonly model: string;
  readonly score: number | null;
  /** The region's id in the prediction. */
  readonly wireId: string;
  readonly region: Region;
}

export type SuggestionState = "open" | "accepted" | "dismissed";

/** What became of a suggested region by the time of the submit. */
export interface SeenSuggestion {
  readonly prediction: string;
  readonly region: string;
  readonly outcome: "accepted" | "changed" | "dismissed" | "ignored";
}

const NONE: ReadonlyMap<string, SuggestionState> = new Map();

/** The suggestions for one answer. Accepting and dismissing are steps of the answer's history. */
export class Suggestions {
  readonly all: readonly Suggested[];
  readonly #byId: ReadonlyMap<string, Suggested>;
  /** Those that are not open any more, by the region's id. */
  readonly #settled = signal(NONE);
  readonly #openSpans = new Map<string, ReadonlySignal<readonly SpanRegion[]>>();

  /** @param dismissed names of those that were put aside earlier, as `dismissed` gives them. */
  constructor(
    private readonly store: AnswerStore,
    predictions: readonly Suggestion[] = [],
    dismissed: readonly string[] = [],
  ) {
    this.all = read(store, predictions);
    this.#byId = new Map(this.all.map((one) => [one.region.id, one]));
    this.putAside(dismissed);
    store.onChange((change, origin) => {
      if (origin === "replace") this.#reload();
      else if (change.decided) this.#settle(change.decided);
    });
  }

  /** The suggestion of a region while it is open. Reading it listens. */
  open(id: string | null): Suggested | null {
    const found = id === null ? undefined : this.#byId.get(id);
    return found && !this.#settled.value.has(found.region.id) ? found : null;
  }

  state(id: string): SuggestionState {
    return this.#settled.value.get(id) ?? "open";
  }

  /** Names of those that were put aside, to be kept with the draft. */
  dismissed(): readonly string[] {
    const settled = this.#settled.peek();
    return this.all.filter(({ region }) => settled.get(region.id) === "dismissed").map(nameOf);
  }

  /** Another draft is here: just these are put aside. */
  putAside(names: readonly string[]): void {
    const aside = new Set(names);
    const dismissed = this.all.filter((one) => aside.has(nameOf(one)));
    this.#settled.value = new Map(dismissed.map(({ region }) => [region.id, "dismissed"]));
    this.#reload();
  }

  /** All open ones of a question. */
  openOf(question: string): readonly Suggested[] {
    const settled = this.#settled.value;
    return this.all.filter((one) => one.region.question === question && !settled.has(one.region.id));
  }

  /** The open ones of a question about one marked region, or about the whole. */
  openAbout(question: string, of: Of): readonly Suggested[] {
    return this.openOf(question).filter(({ region }) => (region.of ?? null) === of);
  }

  /** The open areas on a picture, or on one page of a document. */
  areas(field: string, page?: number): readonly BoxRegion[] {
    const settled = this.#settled.value;
    return this.all
      .map((one) => one.region)
      .filter((region): region is BoxRegion => region.kind === "boxes" && !settled.has(region.id))
      .filter((region) => this.store.question(region.question).field === field)
      .filter((region) => page === undefined || region.page === page);
  }

  /** The open spans of a question, sorted; the same array until one is settled. */
  spans(question: string): readonly SpanRegion[] {
    let cell = this.#openSpans.get(question);
    if (!cell) {
      const all = this.all
        .map((one) => one.region)
        .filter((region): region is SpanRegion => region.kind === "spans" && region.question === question)
        .sort(bySpan);
      cell = computed(() => all.filter((span) => !this.#settled.value.has(span.id)));
      this.#openSpans.set(question, cell);
    }
    return cell.value;
  }

  /** Makes suggestions part of the answer, with what they hang on, in one step. @returns how many were open. */
  accept(ids: readonly string[]): number {
    const open = this.#withRoom(this.#standing(this.#withEnds(this.#withLabels(ids))));
    const coming = new Accepting();
    const own = new Map<string, string>();
    const outcomes = open.map(({ region }): SuggestionState => {
      // A copy: what is painted as a suggestion is not what is painted as an answer.
      const copy = { ...renamed(this.#asHere(region), own) };
      const stands = this.#same(copy) ?? coming.add(copy, this.#isSingle(copy));
      if (stands && stands.id !== region.id) own.set(region.id, stands.id);
      return stands ? "accepted" : "dismissed";
    });
    this.#step(open, outcomes, coming.regions);
    return outcomes.filter((one) => one === "accepted").length;
  }

  /** Makes a changed form of a suggestion part of the answer. */
  acceptAs(region: Region): boolean {
    const open = this.#openOnes([region.id]);
    if (open.length === 0) return false;
    const here = this.#asHere(region);
    this.#step(open, ["accepted"], this.#same(here) ? [] : [{ ...here }]);
    return true;
  }

  /** Puts suggestions aside, with what hangs on them, in one step. @returns how many were open. */
  dismiss(ids: readonly string[]): number {
    const gone = new Set(ids.filter((id) => !this.store.region(id)));
    const hanging = this.all.filter(({ region }) => endsOf(region).some((end) => gone.has(end)));
    const open = this.#openOnes([...ids, ...hanging.map(({ region }) => region.id)]);
    this.#step(
      open,
      open.map(() => "dismissed"),
      [],
    );
    return open.length;
  }

  /** What became of every suggested region, for the submit; one of which only a part was taken over was changed. */
  seen(): readonly SeenSuggestion[] {
    const seen = new Map<string, SeenSuggestion>();
    for (const one of this.all) {
      const { prediction, wireId } = one;
      const name = JSON.stringify([prediction, wireId]);
      const earlier = seen.get(name);
      const outcome = this.#outcome(one);
      const both = earlier && earlier.outcome !== outcome ? "changed" : outcome;
      seen.set(name, { prediction, region: wireId, outcome: both });
    }
    return [...seen.values()];
  }

  #outcome({ region }: Suggested): SeenSuggestion["outcome"] {
    const state = this.#settled.peek().get(region.id);
    if (state === undefined) return "ignored";
    if (state === "dismissed") return "dismissed";
    const here = this.#asHere(region);
    const now = this.store.region(region.id);
    if (now) return sameAnswer(now, here) ? "accepted" : "changed";
    return this.#same(here) ? "accepted" : "dismissed";
  }

  /** What of the answer says the same as a region. */
  #same(region: Region): Region | undefined {
    if (region.kind === "spans")
      return sameSpan(this.store.spans(region.question), region.start, region.end, region.label);
    return this.store
      .regions(region.question)
      .peek()
      .find((one) => sameAnswer(one, region));
  }

  /** The id under which a marked region is in the answer: its own, or that of one that says the same; null when it is not. */
  #idHere(id: string): string | null {
    if (this.store.region(id)) return id;
    const suggested = this.#byId.get(id);
    return (suggested && this.#same(suggested.region)?.id) ?? null;
  }

  /** A region that hangs on what is in the answer, also where that is there under another id. */
  #asHere(region: Region): Region {
    const ends = endsOf(region).map((end) => [end, this.#idHere(end) ?? end] as const);
    return renamed(region, new Map(ends));
  }

  /** Whether its question has one answer, about a region one each. */
  #isSingle(region: Region): boolean {
    const question = this.store.question(region.question);
    return !marks(question) && region.kind !== "relations" && tagOf(question) !== "chat";
  }

  /** An area and the label that is suggested for it are seen as one, and taken over as one. */
  #withLabels(ids: readonly string[]): readonly string[] {
    const areas = new Set(ids);
    const labels = this.all.filter(({ region: { of, question } }) => {
      return of !== undefined && areas.has(of) && labelsAreas(this.store.question(question));
    });
    return [...ids, ...labels.map(({ region }) => region.id)];
  }

  /** Those whose labels may be used so often; the others stay open. */
  #withRoom(open: readonly Suggested[]): readonly Suggested[] {
    const used = new Map<string, number>();
    return open.filter(({ region }) => {
      const label = this.#counted(region);
      if (label === undefined) return true;
      const key = JSON.stringify([region.question, label]);
      const count = (used.get(key) ?? 0) + 1;
      used.set(key, count);
      return count <= usesLeft(this.store, region.question, label);
    });
  }

  /** The label of which a region is a use. */
  #counted(region: Region): string | undefined {
    if ("label" in region) return region.label;
    const isAreas = labelsAreas(this.store.question(region.question));
    return isAreas && "choices" in region ? region.choices[0] : undefined;
  }

  #openOnes(ids: readonly string[]): readonly Suggested[] {
    return [...new Set(ids)].map((id) => this.open(id)).filter((one) => one !== null);
  }

  /** With the open suggestions that these are about, or that they relate, before them. */
  #withEnds(ids: readonly string[]): readonly string[] {
    const ends = this.#openOnes(ids).flatMap(({ region }) => endsOf(region));
    return [...ends.filter((id) => this.open(id)), ...ids];
  }

  /** The open ones whose ends are in the answer, or come into it with them. */
  #standing(ids: readonly string[]): readonly Suggested[] {
    const coming = new Set(ids);
    return this.#openOnes(ids).filter(({ region }) =>
      endsOf(region).every((end) => coming.has(end) || this.#idHere(end) !== null),
    );
  }

  #step(open: readonly Suggested[], outcomes: readonly SuggestionState[], regions: readonly Region[]): void {
    if (open.length === 0) return;
    const decided = open.map(({ region }, at) => ({
      id: region.id,
      before: "open" as const,
      after: outcomes[at] ?? "open",
    }));
    this.store.commit({ before: this.#replaced(regions), after: regions, decided });
  }

  /** An answer that is one value gives way to the suggested one. */
  #replaced(regions: readonly Region[]): readonly Region[] {
    return regions
      .filter((region) => this.#isSingle(region))
      .flatMap((region) =>
        this.store
          .regions(region.question)
          .peek()
          .filter((one) => one.of === region.of)
          .flatMap((one) => [one, ...attached(this.store, one.id)]),
      );
  }

  #settle(decided: readonly Decided[]): void {
    const settled = new Map(this.#settled.peek());
    for (const { id, after } of decided) {
      if (after === "open") settled.delete(id);
      else settled.set(id, after);
    }
    this.#settled.value = settled;
  }

  /** Another version of the answer was loaded: what it holds was accepted; what was put aside stays aside. */
  #reload(): void {
    const settled = new Map([...this.#settled.peek()].filter(([, state]) => state === "dismissed"));
    for (const { region } of this.all) if (this.store.region(region.id)) settled.set(region.id, "accepted");
    this.#settled.value = settled;
  }
}

/** By which a draft remembers a suggestion. */
function nameOf({ prediction, region }: Suggested): string {
  return `${prediction} ${region.id}`;
}

/** Ids of the marked regions that a region is about, or that it relates. */
function endsOf(region: Region): readonly string[] {
  if (region.kind === "relations") return [region.from, region.to];
  return region.of === undefined ? [] : [region.of];
}

/** The same but for its id, or the same relation read from its other end. */
function sameAnswer(a: Region, b: Region): boolean {
  if (a.kind === "relations" && b.kind === "relations") return meaning(a) === meaning(b);
  return sameJson({ ...a, id: "" }, { ...b, id: "" });
}

/** The regions that fit the questions; of several with one id the later get one of their own. */
function read(store: AnswerStore, predictions: readonly Suggestion[]): readonly Suggested[] {
  const taken = new Set<string>();
  return predictions.flatMap(({ id, model, score, result }) => {
    const own = new Map<string, string>();
    const found = result.flatMap((wire) => {
      const question = store.schema.questions.find((one) => one.key === wire.from_name);
      const region = question && "id" in wire ? readRegion(wire, question, store.texts) : null;
      if (!region || !("id" in wire)) return [];
      if (taken.has(region.id)) own.set(region.id, `${id}/${region.id}`);
      taken.add(own.get(region.id) ?? region.id);
      return [{ prediction: id, model, score, wireId: wire.id, region }];
    });
    return found.map((one) => ({ ...one, region: renamed(one.region, own) }));
  });
}

/** A region under its own id, and under those of what it hangs on. */
function renamed(region: Region, own: ReadonlyMap<string, string>): Region {
  const called = (id: string): string => own.get(id) ?? id;
  if (region.kind === "relations")
    return { ...region, id: called(region.id), from: called(region.from), to: called(region.to) };
  if (region.of === undefined) return { ...region, id: called(region.id) };
  const of = called(region.of);
  return { ...region, of, id: of === region.of ? called(region.id) : idAbout(of, region.question) };
}
