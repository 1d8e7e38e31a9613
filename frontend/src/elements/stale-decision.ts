import { html, nothing, type TemplateResult } from "lit";
import { disputed } from "../core/compare";
import type { DecisionDraft } from "../core/contracts";
import { DisputeDesk } from "../core/decision";
import type { DecisionAutosave } from "../core/decision-draft";
import { t, timeOf } from "../i18n";
import { uniqueId } from "./base";
import { DialogElement } from "./dialog";
import { summary } from "./summary";

/** Shows both versions of a decision that was written elsewhere too, and asks which one to keep. */
export class StaleDecisionElement extends DialogElement {
  static override properties = { desk: { attribute: false }, autosave: { attribute: false } };

  declare desk: DisputeDesk;
  declare autosave: DecisionAutosave;
  readonly #id = uniqueId();

  protected override render(): TemplateResult | typeof nothing {
    const state = this.autosave.state.value;
    if (state.kind !== "stale") return nothing;
    return html`
      <dialog class="assay-dialog is-wide" aria-labelledby=${this.#id} @cancel=${(event: Event) => event.preventDefault()}>
        <h2 id=${this.#id}>${t("stale.decision")}</h2>
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

  #versions(theirs: DecisionDraft): TemplateResult {
    const other = new DisputeDesk({ ...this.desk.dispute, draft: theirs });
    const rows = [this.#answers(other), ...this.#texts(other)].filter((row) => row !== null);
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

  /** The two answers, or null when they are the same. */
  #answers(other: DisputeDesk): TemplateResult | null {
    const { question, store } = this.desk;
    const left = store.regions(question.key).value;
    const right = other.store.regions(question.key).value;
    const marked = disputed([left, right]);
    if (marked.size === 0) return null;
    return row(
      t("decide.own"),
      summary(store, question, left, marked),
      summary(other.store, question, right, marked),
    );
  }

  #texts(other: DisputeDesk): readonly (TemplateResult | null)[] {
    const mine = this.desk.written.value;
    const theirs = other.written.value;
    const pairs: readonly (readonly [string, string, string])[] = [
      [t("decide.way"), t(`decide.way.${mine.way}`), t(`decide.way.${theirs.way}`)],
      [t("decide.rationale"), mine.rationale, theirs.rationale],
      [t("decide.clause"), mine.clause, theirs.clause],
      [t("decide.unclear"), mine.unclear, theirs.unclear],
      [t("stale.cites"), mine.cites.join(", "), theirs.cites.join(", ")],
    ];
    return pairs.map(([name, left, right]) => (left === right ? null : row(name, said(left), said(right))));
  }

  #choose(choice: "mine" | "theirs"): void {
    this.close();
    void this.autosave.resolve(choice);
  }
}

function row(name: string, left: TemplateResult, right: TemplateResult): TemplateResult {
  return html`<tr><th scope="row">${name}</th><td>${left}</td><td>${right}</td></tr>`;
}

function said(text: string): TemplateResult {
  return text
    ? html`<p class="value-text">${text}</p>`
    : html`<p class="value-none">${t("question.none")}</p>`;
}
