import type { Question } from "../core/contracts";
import type { RelationRegion } from "../core/regions";
import { type Direction, type relate, relatingOf, toggleLabel } from "../core/relating";
import type { AnswerStore } from "../core/store";
import { t } from "../i18n";
import { type AnswerContext, labelText } from "./context";
import { regionLine } from "./region-name";

/** A relation's direction as a sign. */
export const ARROWS: Readonly<Record<Direction, string>> = { right: "→", left: "←", bi: "↔" };

/** The two ends of a relation in words. */
export function relationEnds(
  store: AnswerStore,
  relation: RelationRegion,
): { readonly from: string; readonly to: string } {
  const words = (id: string): string => {
    const region = store.region(id);
    return region ? regionLine(store, region) : t("relation.gone");
  };
  return { from: words(relation.from), to: words(relation.to) };
}

/** Says what became of a relation that was drawn. */
export function tellRelation(context: AnswerContext, made: ReturnType<typeof relate>): void {
  if (!made) context.announce(t("relation.refused"));
  else {
    const ends = relationEnds(context.store, made.relation);
    context.announce(t(made.added ? "relation.added" : "relation.exists", ends));
  }
}

/** A label's key or button: ends the relation that is being drawn with it, or labels the relation that is selected. */
export function toggleRelationLabel(context: AnswerContext, question: Question, label: string): void {
  const { store, desk, announce } = context;
  const relating = relatingOf(store);
  const source = relating.source.peek();
  const to = desk.selected.peek();
  if (source?.question === question.key && to !== null && to !== source.from) {
    tellRelation(context, relating.finish(to, [label]));
    return;
  }
  const relation = relating.selected.peek();
  if (relation?.question !== question.key) {
    announce(t("relation.select"));
    return;
  }
  if (!toggleLabel(store, relation, label)) {
    announce(t("relation.clash"));
    return;
  }
  const now = relating.selected.peek()?.labels.includes(label);
  announce(t(now ? "choice.chosen" : "choice.cleared", { label: labelText(question, label) }));
}
