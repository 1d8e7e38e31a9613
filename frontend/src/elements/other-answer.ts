import { html, type TemplateResult } from "lit";
import type { Letter } from "../core/device";
import type { Task } from "../core/task";
import { t } from "../i18n";
import { focusIfLost, uniqueId } from "./base";
import { capsOf, shortcutOf } from "./command-parts";
import { DialogElement } from "./dialog";
import { versionsTable } from "./stale";
import { answersRows, storeFor } from "./stale-dialog";

/** What was written here, beside the answer that was submitted first and stands: nothing of it goes unseen. */
export class OtherAnswerElement extends DialogElement {
  static override properties = {
    task: { attribute: false },
    letter: { attribute: false },
    discard: { attribute: false },
  };

  declare task: Task;
  declare letter: Letter;
  declare discard: (letter: Letter) => void;
  readonly #id = uniqueId();

  protected override firstUpdated(): void {
    void this.open();
  }

  protected override render(): TemplateResult {
    const { work, store } = this.task;
    const { written, body } = this.letter;
    const rows = answersRows(work, storeFor(work, written ?? body.result), store);
    return html`
      <dialog class="assay-dialog is-wide" aria-labelledby=${this.#id}>
        <h2 id=${this.#id}>${t("answered.title")}</h2>
        <p class="secondary">${t("answered.body")}</p>
        ${versionsTable(t("answered.mine"), t("answered.theirs"), rows)}
        <div class="actions">
          <button type="button" class="button" data-does="returned.discard" aria-keyshortcuts=${shortcutOf("returned.discard")} @click=${this.#discard}>${t("answered.drop")}${capsOf("returned.discard")}</button>
          <button type="button" class="button primary" autofocus @click=${() => this.close()}>${t("answered.keep")}</button>
        </div>
      </dialog>
    `;
  }

  /** It closes before it goes: so the focus is where it was. */
  #discard = (): void => {
    this.close();
    void focusIfLost(this);
    this.discard(this.letter);
  };
}
