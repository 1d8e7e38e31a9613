import { command } from "../core/command-list";
import type { Command } from "../core/commands";
import { marksText } from "../core/tags/tag";
import { t } from "../i18n";
import { setWordSnap, wordSnap } from "../preferences";
import type { AnswerContext } from "./context";
import { showsWords } from "./fields";
import type { Searched } from "./finding";
import type { TextEditorElement } from "./text-editor";
import type { TextViewElement } from "./text-view";

/** The text that is worked on: the one that a person has touched last, else the first that is marked, else the first. */
function textOf(host: HTMLElement, context: AnswerContext): Searched | undefined {
  const all = [
    ...host.querySelectorAll<TextEditorElement | TextViewElement>("assay-text-editor, assay-text-view"),
  ].filter((one) => one.context !== undefined);
  const touched = document.getSelection()?.anchorNode ?? null;
  const field = context.desk.selection.peek()?.field;
  return (
    all.find((one) => one.finding.shown && one.contains(document.activeElement)) ??
    all.find((one) => one.contains(touched)) ??
    all.find((one) => one.field.name === field) ??
    all.find((one) => one.matches("assay-text-editor")) ??
    all[0]
  );
}

/** Selections snap to words from now on, or no longer. */
export function toggleWordSnap(context: AnswerContext): void {
  setWordSnap(!wordSnap.peek());
  context.announce(t(wordSnap.peek() ? "spans.snap.on" : "spans.snap.off"));
}

/** Whether the person may say what selections snap to: the project has not. */
export function choosesSnap(context: AnswerContext, field: string): boolean {
  return context.store.texts.field(field).granularity === undefined;
}

/** What can be done with a text besides moving in it and labelling. */
export function textCommands(host: HTMLElement, context: AnswerContext): readonly Command[] {
  const { desk, store, readOnly } = context;
  const text = (): Searched | undefined => textOf(host, context);
  const finding = (): boolean => text()?.finding.shown ?? false;
  const find = store.schema.fields.some((field) => showsWords(context, field))
    ? [
        command(
          "text.find",
          () => void text()?.finding.open(),
          () => text() !== undefined,
        ),
        command("text.find.next", () => text()?.finding.step(1), finding),
        command("text.find.previous", () => text()?.finding.step(-1), finding),
      ]
    : [];
  if (readOnly || !store.schema.questions.some(marksText)) return find;
  const snaps = (): boolean => choosesSnap(context, text()?.field.name ?? store.schema.fields[0]?.name ?? "");
  return [
    ...find,
    command("text.snap", () => toggleWordSnap(context), snaps),
    command(
      "span.same",
      () => void desk.labelSame(),
      () => desk.span() !== null,
    ),
  ];
}
