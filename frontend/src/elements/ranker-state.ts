import { html, nothing, type TemplateResult } from "lit";
import { board, isPartial, keep, placeRest } from "../core/ranking";
import { t } from "../i18n";
import { QuestionElement } from "./question";

/** How far a ranking is, beside the cards; the cards themselves, where there is no list to stand in their place. */
export class RankerStateElement extends QuestionElement {
  protected override control(): TemplateResult {
    const { question, context, readOnly } = this;
    const now = board(context.store, question);
    const ranked = now.lanes.reduce((sum, lane) => sum + lane.entries.length, 0);
    const rest = now.rest?.entries.length ?? 0;
    const untouched = now.rest === null && context.store.regions(question.key).value.length === 0;
    const here = context.store.texts.field(question.field).kind !== "list";
    return html`
      ${here ? html`<assay-ranker .context=${context} .question=${question}></assay-ranker>` : this.#order()}
      <div class="rank-state">
        <span>${t("rank.state", { ranked, all: now.all })}</span>
        ${
          readOnly || rest === 0 || question.buckets?.length
            ? nothing
            : html`<button type="button" class="button small" @click=${() => placeRest(context.store, question)}>${t("rank.rest.take")}</button>`
        }
        ${
          untouched && !readOnly
            ? html`<button type="button" class="button small" @click=${() => keep(context.store, question)}>${t("rank.keep")}</button>`
            : nothing
        }
        ${here || readOnly ? nothing : html`<button type="button" class="link-button small" @click=${() => this.focusControl()}>${t("rank.go")}</button>`}
      </div>
    `;
  }

  #order(): TemplateResult {
    const { lanes } = board(this.context.store, this.question);
    return html`${lanes
      .filter((lane) => lane.entries.length > 0)
      .map(
        (lane) => html`${lane.title ? html`<p class="rank-bucket">${lane.title}</p>` : nothing}
          <ol class="rank-order">${lane.entries.map((one) => html`<li>${one.title || one.id}</li>`)}</ol>`,
      )}`;
  }

  protected override updated(): void {
    const { store } = this.context;
    store.setUnreadable(
      this.question.key,
      !this.readOnly && isPartial(board(store, this.question), this.question),
    );
  }

  protected override error(): string | null {
    const now = board(this.context.store, this.question);
    if (!this.missing || !isPartial(now, this.question)) return null;
    return t("rank.partial", { n: now.rest?.entries.length ?? 0 });
  }

  override focusControl(): void {
    const cards = document.querySelector(`[data-ranker="${CSS.escape(this.question.key)}"]`);
    const unranked =
      cards?.querySelector<HTMLElement>(".is-rest .card-handle") ??
      cards?.querySelector<HTMLElement>(".card-handle");
    unranked?.focus({ preventScroll: true });
    unranked?.scrollIntoView({ block: "center" });
  }
}
