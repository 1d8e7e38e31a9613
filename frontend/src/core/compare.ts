/** What differs between several answers to one question. */

import type { Region } from "./regions";
import type { AnswerStore } from "./store";

/** Finds the region with an id, of the answer that is compared. */
export type Find = (id: string) => Region | null;

const NONE: Find = () => null;

/** A marked region as a place: ids are each answer's own. */
function place(id: string | undefined, find: Find): string | undefined {
  const found = id === undefined ? null : find(id);
  return found ? meaning(found, find) : id;
}

/**
 * A region's meaning without its id: equal texts mean equal answers.
 * @param find gives what it is about or relates; a relation to the left is one to the right, seen from the other end
 */
export function meaning(region: Region, find: Find = NONE): string {
  if (region.kind === "spans") return JSON.stringify([region.start, region.end, region.label]);
  if (region.kind === "relations") {
    const ends = [place(region.from, find), place(region.to, find)];
    if (region.direction === "left") ends.reverse();
    if (region.direction === "bi") ends.sort();
    return JSON.stringify([...ends, region.direction === "bi", ...[...region.labels].sort()]);
  }
  const { id: _id, question: _question, of, ...said } = region;
  const about = place(of, find);
  if (said.kind === "choices" || said.kind === "choice")
    return JSON.stringify([about, ...[...said.choices].sort()]);
  return JSON.stringify([about, said]);
}

/** The meanings of an answer to one question. Reading it listens. */
export function meanings(store: AnswerStore, question: string): ReadonlySet<string> {
  const find: Find = (id) => store.region(id);
  return new Set(store.regions(question).value.map((one) => meaning(one, find)));
}

/** The meanings that not every one of the answers holds. */
export function disputed(answers: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const holders = new Map<string, number>();
  for (const answer of answers) for (const one of answer) holders.set(one, (holders.get(one) ?? 0) + 1);
  return new Set([...holders].filter(([, count]) => count < answers.length).map(([one]) => one));
}
