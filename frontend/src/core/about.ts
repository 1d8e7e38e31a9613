/** Answers to questions about marked regions: whose they are, what goes with a region. */

import { answerAbout } from "./answer-about";
import { isAbout } from "./conditions";
import type { LayoutNode, Question } from "./contracts";
import { idAbout, newId, type Region } from "./regions";
import type { AnswerStore } from "./store";
import { allRegions } from "./turn-regions";
import { unreadableOf } from "./unreadable";
import { askedOf } from "./wanted";

/** Where a judgement goes: a question, and the marked region that it is about where the question asks of regions. */
export type Of = string | null;

/** The first region of an answer: to a question about the whole, or about one marked region. Reading it listens. */
export function answerTo(store: AnswerStore, question: string, of: Of = null): Region | undefined {
  if (of !== null) return answerAbout(store, question, of) ?? undefined;
  return store.regions(question).value.find((one) => one.of === undefined);
}

type Placed = Pick<Region, "id" | "question" | "of">;

/** What a new region of an answer begins with: it keeps the id that the answer has. */
export function placed(store: AnswerStore, question: string, of: Of): Placed {
  if (of !== null) return { id: idAbout(of, question), question, of };
  return { id: store.regions(question).peek()[0]?.id ?? newId(), question };
}

/** Puts an answer of one region in the place of the one that is there, or takes that away. */
export function put(
  store: AnswerStore,
  question: string,
  of: Of,
  after: Region | null,
  merge?: string,
): boolean {
  const before = store
    .regions(question)
    .peek()
    .filter((one) => (one.of ?? null) === of);
  if (before.length === 0 && !after) return false;
  store.commit({ before, after: after ? [after] : [], ...(merge === undefined ? {} : { merge }) });
  return true;
}

/** What goes when a marked region goes: the answers about it and the relations to it. */
export function attached(store: AnswerStore, id: string): readonly Region[] {
  return store.schema.questions
    .filter((one) => one.per_region || one.kind === "relations" || one.tag === "relations")
    .flatMap((one) => store.regions(one.key).peek())
    .filter((one) => one.of === id || (one.kind === "relations" && (one.from === id || one.to === id)));
}

/** Takes a marked region away with all that hangs on it, in one step. */
export function removeRegion(store: AnswerStore, region: Region): void {
  store.commit({ before: [region, ...attached(store, region.id)], after: [] });
}

/** The marked region that a question takes its answer about, of the one that is looked at; null when it does not. */
export function aboutOf(store: AnswerStore, question: Question, selected: string | null): Of {
  const region = selected === null ? null : store.region(selected);
  return region && isAbout(question, store, region) ? region.id : null;
}

/** The regions of which a required question still wants an answer, as they stand. */
export function wanting(store: AnswerStore, question: Question): readonly Region[] {
  if (!question.per_region || !question.required) return [];
  const answered = new Set(store.regions(question.key).value.map((one) => one.of));
  return askedOf(question, store).filter((region) => !answered.has(region.id));
}

/** The first region that a question wants an answer of: the answer is missing, or cannot be read. */
export function firstWanting(store: AnswerStore, question: Question): Region | null {
  return wanting(store, question)[0] ?? unreadableOf(store, question)[0] ?? null;
}

/** Whether anything is asked of marked regions. */
export function asksOfRegions(store: AnswerStore): boolean {
  return store.schema.questions.some((one) => one.per_region);
}

/** All regions that are asked about, field by field; in a text as they stand there. */
export function marked(store: AnswerStore): readonly Region[] {
  return allRegions(store);
}

/** A layout in two: what is asked of the whole, and what is asked of regions; headers go with what follows them. */
export function apart(
  nodes: readonly LayoutNode[],
  ofRegion: (question: string) => boolean,
): { readonly whole: readonly LayoutNode[]; readonly regions: readonly LayoutNode[] } {
  const found = { whole: [] as LayoutNode[], regions: [] as LayoutNode[] };
  let waiting: LayoutNode[] = [];
  const give = (to: keyof typeof found, node: LayoutNode): void => {
    found[to].push(...waiting, node);
    waiting = [];
  };
  for (const node of nodes) {
    if (node.node === "header") waiting.push(node);
    else if (node.node === "view") {
      const parts = apart(node.children, ofRegion);
      if (parts.whole.length > 0) give("whole", { ...node, children: parts.whole });
      if (parts.regions.length > 0) give("regions", { ...node, children: parts.regions });
    } else give(node.node === "question" && ofRegion(node.key) ? "regions" : "whole", node);
  }
  found.whole.push(...waiting);
  return found;
}
