import { command } from "../core/command-list";
import type { Command } from "../core/commands";
import { marksText } from "../core/tags/tag";
import { t } from "../i18n";
import { setWordSnap, wordSnap } from "../preferences";
import type { AnswerContext } from "./context";
import type { TextEditorElement } from "./text-editor";

/** The text that is worked on: the one with the caret, else the first. */
function editorOf(host: HTMLElement, context: AnswerContext): TextEditorElement | undefined {
  const all = [...host.querySelectorAll<TextEditorElement>("assay-text-editor")];
  const field = context.desk.selection.peek()?.field;
  return all.find((one) => one.field.name === field) ?? all[0];
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
  if (!store.schema.questions.some(marksText)) return [];
  const editor = (): TextEditorElement | undefined => editorOf(host, context);
  const finding = (): boolean => editor()?.finding ?? false;
  const find = [
    command("text.find", () => void editor()?.openFind()),
    command("text.find.next", () => editor()?.stepFind(1), finding),
    command("text.find.previous", () => editor()?.stepFind(-1), finding),
  ];
  if (readOnly) return find;
  const snaps = (): boolean =>
    choosesSnap(context, editor()?.field.name ?? store.schema.fields[0]?.name ?? "");
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
