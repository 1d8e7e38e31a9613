/** Labels that are chosen for areas which other questions draw: for the selected one, or in hand for the next. */

import { aboutOf, answerTo } from "./about";
import { toggleChoice } from "./choosing";
import { isShown } from "./conditions";
import type { Question } from "./contracts";
import type { LabelKey } from "./keymap";
import { type BoxRegion, type ChoiceRegion, idAbout } from "./regions";
import type { SpanDesk } from "./span-desk";
import type { AnswerStore } from "./store";
import type { Suggestions } from "./suggestions";
import { labelsAreas, marksArea } from "./tags/tag";
import { usesLeft } from "./uses";

/** The questions whose labels are chosen for the areas on a field. */
function labelling(store: AnswerStore, field: string): readonly Question[] {
  return store.schema.questions.filter((one) => labelsAreas(one) && one.field === field);
}

/** What was chosen, or is suggested while the area itself is, as the label of an area. Reading it listens. */
export function labelsOf(
  store: AnswerStore,
  area: BoxRegion,
  suggestions?: Suggestions,
): readonly LabelKey[] {
  return labelling(store, store.question(area.question).field).flatMap(({ key: question }) => {
    const answer = suggestions?.open(area.id)
      ? suggestions.openAbout(question, area.id)[0]?.region
      : answerTo(store, question, area.id);
    const choices = answer && "choices" in answer ? answer.choices : [];
    return choices.map((label) => ({ question, label }));
  });
}

/** What the label in hand says of a new area, or null: of another field's label nothing. */
export function labelled({ store, areaLabel }: SpanDesk, area: BoxRegion): ChoiceRegion | null {
  const held = areaLabel.peek();
  if (!held || store.question(held.question).field !== store.question(area.question).field) return null;
  const { question, label } = held;
  return { id: idAbout(area.id, question), question, of: area.id, kind: "choice", choices: [label] };
}

/** What became of a label that was pressed: chosen for an area or taken from it, in hand or not, or used up. */
export type Pressed = "chosen" | "cleared" | "held" | "full";

/** A label's key or button. With a label in hand one goes on drawing: what was drawn last keeps its own. */
export function pressAreaLabel(desk: SpanDesk, question: Question, label: string): Pressed {
  const { store, suggestions } = desk;
  const selected = desk.selected.peek();
  const isSuggested = selected !== null && suggestions.open(selected) !== null;
  const of = desk.areaLabel.peek() === null ? about(desk, question) : null;
  const had =
    of !== null && (answerTo(store, question.key, of) as ChoiceRegion | undefined)?.choices[0] === label;
  if (!had && usesLeft(store, question.key, label) === 0) {
    desk.event.value = { kind: "full", label: { question: question.key, label } };
    return "full";
  }
  // Accepted by the label that was suggested with it.
  if (of !== null && had && isSuggested) return "chosen";
  if (of !== null) {
    toggleChoice(store, question.key, label, of);
    return had ? "cleared" : "chosen";
  }
  take(desk, question, label);
  return "held";
}

/** Puts the label in hand down. @returns whether there was one */
export function putAreaLabelDown(desk: SpanDesk): boolean {
  if (desk.areaLabel.peek() === null) return false;
  desk.areaLabel.value = null;
  desk.event.value = { kind: "active", active: null };
  return true;
}

/** The selected area that the question is asked of now; one that is only suggested is accepted by its label. */
function about(desk: SpanDesk, question: Question): string | null {
  const { store, suggestions } = desk;
  const id = desk.selected.peek();
  const offered = suggestions.open(id)?.region;
  if (offered && marksArea(store.question(offered.question))) suggestions.accept([offered.id]);
  const of = aboutOf(store, question, id);
  return of !== null && isShown(question, store, store.region(of)) ? of : null;
}

/** Takes a label in hand, with what draws where nothing does yet; or puts both down. */
function take(desk: SpanDesk, { key: question, field }: Question, label: string): void {
  const { store, active, areaLabel } = desk;
  const now = areaLabel.peek();
  const bare = store.schema.questions.filter(
    (one) => marksArea(one) && !one.labels?.length && one.field === field,
  );
  const draws = bare.some((one) => one.key === active.peek()?.question);
  if (now?.question === question && now.label === label) {
    if (draws) active.value = null;
    putAreaLabelDown(desk);
    return;
  }
  const [first] = bare;
  if (first && !active.peek()) active.value = { question: first.key, label: "" };
  areaLabel.value = { question, label };
  desk.event.value = { kind: "active", active: areaLabel.peek() };
}
