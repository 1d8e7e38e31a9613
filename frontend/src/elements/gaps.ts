import { firstWanting } from "../core/about";
import type { Question } from "../core/contracts";
import { unmarkedTurns, unrelated } from "../core/required-for";
import { turnsIn } from "../core/units";
import { t } from "../i18n";
import { type AnswerContext, titleOf } from "./context";
import { lookAt, regionLine } from "./region-name";

/** Selects the first turn or region of which a question still wants something, and tells it. */
export function showGap(context: AnswerContext, question: Question): void {
  const { store, desk, announce } = context;
  const named = { question: titleOf(question) };
  const turn =
    question.required_for && question.tag !== "relations" ? unmarkedTurns(question, store)[0] : null;
  if (turn) {
    desk.select(question.field, turn.end, turn.start);
    announce(t("turn.trouble", { ...named, n: turnsIn(store.texts, question.field).indexOf(turn) + 1 }));
    return;
  }
  const region = question.required_for
    ? (unrelated(question, store)[0] ?? null)
    : firstWanting(store, question);
  if (!region) return;
  lookAt(desk, region);
  announce(t("region.trouble", { ...named, region: regionLine(store, region) }));
}
