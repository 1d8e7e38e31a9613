import type { Question, Schema } from "../core/contracts";
import type { AnswerStore } from "../core/store";
import { toName } from "../core/tags/tag";
import { t } from "../i18n";
import { labelText } from "./context";

export type Side = "left" | "right";

/** What a side of a comparison is called: the title of its field, or the side's name. */
export function sideName({ schema }: AnswerStore, question: Question, side: Side): string {
  const name = side === "left" ? question.field : question.also?.[0];
  const field = schema.fields.find((one) => one.name === name);
  return field?.title || t(`pair.${side}`);
}

/** The comparisons that a schema asks for: of several about the same two fields, the first. */
export function pairsOf({ questions }: Schema): readonly Question[] {
  const pairs = questions.filter((one) => one.tag === "pairwise" && one.also?.length === 1);
  return pairs.filter((one, at) => pairs.findIndex((other) => toName(other) === toName(one)) === at);
}

/** Whether the arrow keys choose in this comparison, wherever one reads: in the first of several. */
export function ownsArrows({ schema }: AnswerStore, question: Question): boolean {
  return pairsOf(schema)[0]?.key === question.key;
}

/** What can be chosen, by its name: a side of a comparison, or a label. */
export function choiceName(store: AnswerStore, question: Question, key: string): string {
  const pair = question.tag === "pairwise" && (key === "left" || key === "right");
  return pair ? sideName(store, question, key) : labelText(question, key);
}
