/** What differs between several answers to one question. */

import type { Result, Schema } from "./contracts";
import type { Region } from "./regions";
import { AnswerStore } from "./store";

/** A region's meaning without its id: equal texts mean equal answers. */
export function meaning(region: Region): string {
  switch (region.kind) {
    case "choice":
    case "choices":
      return JSON.stringify([...region.choices].sort());
    case "spans":
      return JSON.stringify([region.start, region.end, region.label]);
    case "rating":
      return JSON.stringify(region.rating);
    case "number":
      return JSON.stringify(region.number);
    case "text":
      return JSON.stringify(region.texts);
  }
}

/** The regions of one question in a result. */
export function readAnswer(
  schema: Schema,
  data: Readonly<Record<string, unknown>>,
  result: Result,
  question: string,
): readonly Region[] {
  return new AnswerStore(schema, data, result).regions(question).peek();
}

/** The meanings that not every one of the answers holds. */
export function disputed(answers: readonly (readonly Region[])[]): ReadonlySet<string> {
  const holders = new Map<string, number>();
  for (const answer of answers) {
    for (const one of new Set(answer.map(meaning))) holders.set(one, (holders.get(one) ?? 0) + 1);
  }
  return new Set([...holders].filter(([, count]) => count < answers.length).map(([one]) => one));
}
