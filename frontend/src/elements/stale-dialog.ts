import { html, nothing, type TemplateResult } from "lit";
import { disputed } from "../core/compare";
import type { Draft, Question } from "../core/contracts";
import { AnswerStore } from "../core/store";
import type { Task } from "../core/task";
import { t, timeOf } from "../i18n";
import { uniqueId } from "./base";
import { titleOf } from "./context";
import { DialogElement } from "./dialog";
import { summary } from "./summary";

/** Shows both versions of a draft that was saved elsewhere too, and asks which one to keep. */
export class StaleDialogElement extends DialogElement {
  static override properties = { task: { attribute: false } };

  declare task: Task;
  readonly #id = uniqueId();

  protected override render(): TemplateResult | typeof nothing {
    const state = this.task.autosave.state.value;
    if (state.kind !== "stale") return nothing;
    return html`
      <dialog class="assay-dialog is-wide" aria-labelledby=${this.#id} @cancel=${(event: Event) => event.preventDefault()}>
        <h2 id=${this.#id}>${t("stale.title")}</h2>
        <p class="secondary">${t("stale.body")}</p>
        ${this.#versions(state.theirs)}
        <div class="actions">
          <button type="button" class="button" @click=${() => this.#choose("theirs")}>${t("stale.takeTheirs")}</button>
          <button type="button" class="button primary" autofocus @click=${() => this.#choose("mine")}>${t("stale.keepMine")}</button>
        </div>
      </dialog>
    `;
  }

  protected override updated(): void {
    if (this.dialog && !this.dialog.open) this.dialog.showModal();
  }

  #versions(theirs: Draft): TemplateResult {
    const mine = this.task.store;
    const { work } = this.task;
    const other = new AnswerStore(work.schema, work.item.data, theirs.result);
    const rows = work.schema.questions
      .map((question) => this.#row(question, mine, other))
      .filter((row) => row !== null);
    const time = theirs.saved_at ? timeOf(theirs.saved_at) : "";
    return html`
      <table class="versions">
        <thead>
          <tr>
            <td></td>
            <th scope="col">${t("stale.mine")}</th>
            <th scope="col">
              ${t("stale.theirs")}${time ? html` <span class="muted small">${t("stale.savedAt", { time })}</span>` : nothing}
            </th>
          </tr>
        </thead>
        <tbody>
          ${rows.length > 0 ? rows : html`<tr><td colspan="3">${t("stale.same")}</td></tr>`}
        </tbody>
      </table>
    `;
  }

  /** One question's two answers, or null when they are the same. */
  #row(question: Question, mine: AnswerStore, other: AnswerStore): TemplateResult | null {
    const left = mine.regions(question.key).value;
    const right = other.regions(question.key).value;
    const marked = disputed([left, right]);
    if (marked.size === 0) return null;
    return html`
      <tr>
        <th scope="row">${titleOf(question)}</th>
        <td>${summary(mine, question, left, marked)}</td>
        <td>${summary(other, question, right, marked)}</td>
      </tr>
    `;
  }

  #choose(choice: "mine" | "theirs"): void {
    this.close();
    void this.task.autosave.resolve(choice);
  }
}
