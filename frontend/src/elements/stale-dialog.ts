import type { TemplateResult } from "lit";
import type { Autosave } from "../core/autosave";
import type { Draft, Result, Work } from "../core/contracts";
import { AnswerStore } from "../core/store";
import type { Task } from "../core/task";
import { t } from "../i18n";
import { titleOf } from "./context";
import { answersRow, StaleElement } from "./stale";

/** The two versions of a draft answer, one of which was saved in another tab or on another device. */
export class StaleDialogElement extends StaleElement<Draft, Result> {
  static override properties = { task: { attribute: false } };

  declare task: Task;

  override get autosave(): Autosave {
    return this.task.autosave;
  }

  protected override get heading(): string {
    return t("stale.title");
  }

  protected override rows(theirs: Draft): readonly TemplateResult[] {
    const { work, store } = this.task;
    return answersRows(work, store, storeFor(work, theirs.result));
  }
}

/** A result to one item, to be shown. */
export function storeFor({ schema, item }: Work, result: Result): AnswerStore {
  return new AnswerStore(schema, item.data, result, undefined, item);
}

/** The questions to which two answers differ. */
export function answersRows(work: Work, mine: AnswerStore, theirs: AnswerStore): readonly TemplateResult[] {
  return work.schema.questions
    .map((question) => answersRow(titleOf(question), question, mine, theirs))
    .filter((row) => row !== null);
}
