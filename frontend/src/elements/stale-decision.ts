import { html, type TemplateResult } from "lit";
import type { DecisionDraft, Unfinished } from "../core/contracts";
import { DisputeDesk } from "../core/decision";
import type { DecisionAutosave } from "../core/decision-draft";
import { t } from "../i18n";
import { answersRow, StaleElement, versionsRow } from "./stale";

/** The two versions of a decision that is being written, one of which was saved elsewhere. */
export class StaleDecisionElement extends StaleElement<DecisionDraft, Unfinished> {
  static override properties = { desk: { attribute: false }, autosave: { attribute: false } };

  declare desk: DisputeDesk;
  declare autosave: DecisionAutosave;

  protected override get heading(): string {
    return t("stale.decision");
  }

  protected override rows(theirs: DecisionDraft): readonly TemplateResult[] {
    const other = new DisputeDesk({ ...this.desk.dispute, draft: theirs });
    const { question, store } = this.desk;
    const answers = answersRow(t("decide.own"), question, store, other.store);
    return [answers, ...this.#texts(other)].filter((row) => row !== null);
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
    return pairs.map(([name, left, right]) =>
      left === right ? null : versionsRow(name, said(left), said(right)),
    );
  }
}

function said(text: string): TemplateResult {
  return text
    ? html`<p class="value-text">${text}</p>`
    : html`<p class="value-none">${t("question.none")}</p>`;
}
