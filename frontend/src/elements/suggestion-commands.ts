import { command } from "../core/command-list";
import type { Command } from "../core/commands";
import type { AnswerContext } from "./context";
import { focusField } from "./fields/focus";
import { pressing } from "./keyboard";

/** Goes to the next open suggestion: in the texts and tables, then among the questions, then from the beginning. */
function goToNext(host: HTMLElement, { desk, store }: AnswerContext): void {
  const rows = [...host.querySelectorAll<HTMLElement>("assay-suggested-answers [data-accept]")];
  const at = rows.findIndex((one) => one.closest("li")?.contains(document.activeElement));
  const names = store.schema.fields.map(({ name }) => name);
  const here = Math.max(0, names.indexOf(desk.selection.peek()?.field ?? ""));
  const next = at < 0 ? names.slice(here).find((name) => desk.stepSuggested(name, 1)) : undefined;
  if (next !== undefined) {
    focusField(host, next);
    return;
  }
  const row = rows[at + 1];
  if (row) row.focus();
  else {
    const first = names.find((name) => desk.firstSuggested(name));
    if (first !== undefined) focusField(host, first);
    else rows[0]?.focus();
  }
}

/** Settles one: the row with the focus, else what is selected in the text or on the picture, else the first row. */
function settleOne(host: HTMLElement, { desk }: AnswerContext, how: "accept" | "dismiss"): void {
  const row = document.activeElement?.closest("assay-suggested-answers");
  if (!row && (how === "accept" ? desk.accept() : desk.dismiss())) return;
  const { run } = pressing(`suggestion.${how}`);
  const selected = host.querySelector<HTMLElement>(
    `.suggested-answer.is-selected [data-does="suggestion.${how}"]`,
  );
  if (row || !selected) run();
  else selected.click();
}

/** What can be done with what is suggested for the item: with one, and with all. */
export function suggestionCommands(host: HTMLElement, context: AnswerContext): readonly Command[] {
  const { desk, store, readOnly } = context;
  if (readOnly || desk.suggestions.all.length === 0) return [];
  const { questions } = store.schema;
  const open = (): boolean => questions.some((one) => desk.suggestions.openOf(one.key).length > 0);
  const all = (how: "accept" | "dismiss") => () => desk.settleAll(questions, how);
  return [
    command("suggestion.next", () => goToNext(host, context), open),
    command("suggestion.accept", () => settleOne(host, context, "accept"), open),
    command("suggestion.dismiss", () => settleOne(host, context, "dismiss"), open),
    pressing("suggestion.show"),
    command("suggestion.acceptAll", all("accept"), open),
    command("suggestion.dismissAll", all("dismiss"), open),
  ];
}
