import type { Question } from "../core/contracts";
import { t } from "../i18n";
import type { AnswerContext } from "./context";

export type Side = "left" | "right";

/** What a side of a comparison is called: the title of its field, or the side's name. */
export function sideName(context: AnswerContext, question: Question, side: Side): string {
  const name = side === "left" ? question.field : question.also?.[0];
  const field = context.store.schema.fields.find((one) => one.name === name);
  return field?.title || t(`pair.${side}`);
}
