import { html, nothing, type TemplateResult } from "lit";
import { board, isPartial, keep, placeRest } from "../core/ranking";
import { t } from "../i18n";
import { capsOf, shortcutOf } from "./command-parts";
import { addCommands, pressing } from "./keyboard";
import { QuestionElement } from "./question";

/** How far a ranking is, beside the cards; the cards themselves, where there is no list to stand in their place. */
export class RankerStateElement extends QuestionElement {
  #away: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const own = [pressing("rank.rest"), pressing("rank.keep"), pressing("rank.go")];
    this.#away = addCommands(() => (this.context?.readOnly ? [] : own));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#away?.();
  }

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
            : this.#button("rank.rest", t("rank.rest.take"), () => placeRest(context.store, question))
        }
        ${
          untouched && !readOnly
            ? this.#button("rank.keep", t("rank.keep"), () => keep(context.store, question))
            : nothing
        }
        ${here || readOnly ? nothing : this.#button("rank.go", t("rank.go"), () => this.focusControl())}
      </div>
    `;
  }

  #button(id: "rank.rest" | "rank.keep" | "rank.go", words: string, run: () => void): TemplateResult {
    return html`<button type="button" class="button small" data-does=${id} aria-keyshortcuts=${shortcutOf(id)} @click=${run}>${words}${capsOf(id)}</button>`;
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
