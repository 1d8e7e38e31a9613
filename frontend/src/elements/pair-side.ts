import type { Question } from "../core/contracts";
import type { AnswerStore } from "../core/store";
import { t } from "../i18n";
import { labelText } from "./context";

export type Side = "left" | "right";

/** What a side of a comparison is called: the title of its field, or the side's name. */
export function sideName({ schema }: AnswerStore, question: Question, side: Side): string {
  const name = side === "left" ? question.field : question.also?.[0];
  const field = schema.fields.find((one) => one.name === name);
  return field?.title || t(`pair.${side}`);
}

/** What can be chosen, by its name: a side of a comparison, or a label. */
export function choiceName(store: AnswerStore, question: Question, key: string): string {
  const pair = question.tag === "pairwise" && (key === "left" || key === "right");
  return pair ? sideName(store, question, key) : labelText(question, key);
}
