import { html, nothing, type TemplateResult } from "lit";
import type { Part, Work } from "../core/contracts";
import { percent, t } from "../i18n";
import { uniqueId } from "./base";
import { closeButton, DialogElement } from "./dialog";

/** Why this expert got this item: reasons as sentences, and how well the two fit as bars. */
export class WhyDialogElement extends DialogElement {
  static override properties = { work: { attribute: false } };

  declare work: Work;
  readonly #id = uniqueId();

  protected override render(): TemplateResult {
    const { reasons, parts = [] } = this.work;
    return html`
      <dialog class="assay-dialog" aria-labelledby=${this.#id}>
        <form method="dialog">
        <h2 id=${this.#id}>${t("work.why")}</h2>
        <ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>
        ${
          parts.length > 0
            ? html`<h3>${t("why.fit")}</h3>
                <p class="secondary small">${t("why.fit.body")}</p>
                <dl class="score-parts">${parts.map(row)}</dl>`
            : nothing
        }
        <div class="actions">
          ${closeButton(() => this.close())}
        </div>
        </form>
      </dialog>
    `;
  }
}

function row(part: Part): TemplateResult {
  return html`<div title=${part.meaning}>
    <dt>${part.name}</dt>
    <dd><progress max="100" value=${Math.round(100 * part.value)} aria-hidden="true"></progress><span>${percent(part.value)}</span></dd>
  </div>`;
}
