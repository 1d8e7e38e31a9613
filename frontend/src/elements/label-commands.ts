import { aboutOf, type Of } from "../core/about";
import { setRating } from "../core/answers";
import { pressAreaLabel } from "../core/area-labels";
import { chooses, chosen, toggleChoice } from "../core/choosing";
import type { Command } from "../core/commands";
import { isShown } from "../core/conditions";
import type { Question } from "../core/contracts";
import { hasLabelKeys, labelId, normaliseHotkey } from "../core/keymap";
import type { Region } from "../core/regions";
import { labelsAreas, marks, marksArea, tagOf } from "../core/tags/tag";
import { t } from "../i18n";
import { type AnswerContext, titleOf } from "./context";
import { drawWords } from "./fields/area-words";
import { choiceName } from "./pair-side";
import { toggleRelationLabel } from "./relation-words";

/** The region that is looked at, where the question asks of regions. @returns undefined when it cannot be answered now. */
function about(context: AnswerContext, question: Question): Of | undefined {
  const { store, desk, announce } = context;
  if (!question.per_region) return null;
  const of = aboutOf(store, question, desk.selected.peek());
  if (of !== null && isShown(question, store, store.region(of))) return of;
  announce(t("region.select"));
  return undefined;
}

/** Chooses a label, labels what is selected, or labels a relation. */
function press(context: AnswerContext, question: Question, label: string): void {
  const { store, desk, announce } = context;
  if (marks(question)) desk.press(question.key, label);
  else if (labelsAreas(question)) labelArea(context, question, label);
  else if (question.tag === "relations") toggleRelationLabel(context, question, label);
  else {
    const of = about(context, question);
    if (of === undefined) return;
    toggleChoice(store, question.key, label, of);
    const now = chosen(store, question.key, of).includes(label);
    announce(t(now ? "choice.chosen" : "choice.cleared", { label: choiceName(store, question, label) }));
  }
}

/** Labels the selected area, or takes the label in hand for the next one; what the desk does it says itself. */
export function labelArea({ store, desk, announce }: AnswerContext, question: Question, label: string): void {
  const done = pressAreaLabel(desk, question, label);
  if (done === "chosen" || done === "cleared")
    announce(t(`choice.${done}`, { label: choiceName(store, question, label) }));
}

function rate(context: AnswerContext, question: Question, value: number): void {
  const of = about(context, question);
  if (of === undefined) return;
  setRating(context.store, question.key, value, of);
  context.announce(t("rating.of", { n: value, max: question.max_rating ?? 5 }));
}

function labels(context: AnswerContext, question: Question): readonly Command[] {
  const { store } = context;
  const base = { group: { text: titleOf(question) }, first: true };
  // A question about regions says itself that one has to be selected.
  const possible = (): boolean => question.per_region === true || isShown(question, store, lookedAt(context));
  const of = (label: string, text: string, run: () => void): Command => {
    const key = context.keys.keyOf(question.key, label);
    const id = labelId(context.keys.project, question.key, label);
    return { ...base, id, words: { text }, keys: key ? [key] : [], possible, run };
  };
  if (question.tag === "rating" || question.kind === "rating") {
    const max = question.max_rating ?? 5;
    return Array.from({ length: max }, (_, index) =>
      of(String(index + 1), t("rating.of", { n: index + 1, max }), () => rate(context, question, index + 1)),
    );
  }
  const pressed = chooses(question) || marks(question) || question.tag === "relations";
  if (!pressed || !hasLabelKeys(question)) return [];
  if (marksArea(question) && !question.labels?.length)
    return [of("", drawWords(question), () => press(context, question, ""))];
  return (question.labels ?? []).map((label) =>
    of(label.key, choiceName(store, question, label.key), () => press(context, question, label.key)),
  );
}

function lookedAt({ desk, store }: AnswerContext): Region | null {
  const id = desk.selected.peek();
  return id === null ? null : store.region(id);
}

/** Under which a person's own key for the box over a question's labels is kept. */
export function filterId(context: AnswerContext, question: Question): string {
  return `filter/${context.keys.project}/${question.key}`;
}

/** The way into the box over a question's labels, while it is on the page. */
function filtering(context: AnswerContext, question: Question): readonly Command[] {
  if (!question.filter || tagOf(question) === "taxonomy") return [];
  const box = (): HTMLInputElement | null =>
    document.querySelector(`input[data-filter="${CSS.escape(question.key)}"]`);
  const key = normaliseHotkey(question.filter_hotkey);
  return [
    {
      id: filterId(context, question),
      words: { key: "choice.filter" },
      group: { text: titleOf(question) },
      keys: key ? [key] : [],
      first: true,
      possible: () => box() !== null,
      run: () => {
        box()?.focus();
        box()?.select();
      },
    },
  ];
}

/** The labels, choices and ratings of the questions: each a command, with the key that it shows. */
export function labelCommands(context: AnswerContext): readonly Command[] {
  if (context.readOnly) return [];
  return context.store.schema.questions.flatMap((question) => [
    ...labels(context, question),
    ...filtering(context, question),
  ]);
}
