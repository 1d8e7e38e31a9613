/** How often a label may be put on an item. */

import type { AnswerStore } from "./store";

/** How many more regions may carry a label; Infinity where its question sets no bound. */
export function usesLeft(store: AnswerStore, question: string, label: string): number {
  const most = store.question(question).labels?.find((one) => one.key === label)?.max_usage;
  if (most == null) return Number.POSITIVE_INFINITY;
  const used = store
    .regions(question)
    .peek()
    .filter((one) =>
      "label" in one ? one.label === label : "choices" in one && one.choices.includes(label),
    );
  return Math.max(0, most - used.length);
}
