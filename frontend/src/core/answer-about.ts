import { idAbout, type Region } from "./regions";
import type { AnswerStore } from "./store";

/** The answer to a question about one marked region, found by its id; null where there is none. Reading it listens. */
export function answerAbout(store: AnswerStore, question: string, region: string): Region | null {
  store.regions(question).value;
  return store.region(idAbout(region, question));
}
