import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { type Graded, grade, graded, score, shares } from "../../core/rubric";
import { t } from "../../i18n";
import { QuestionElement } from "../question";
import { composes } from "./text-box";

/** Beyond this many points they are typed, not pressed. */
const MOST_BUTTONS = 10;

/** A rubric that is graded: points by criterion, the weighted score as it stands. */
export class GradesElement extends QuestionElement {
  protected override control(): TemplateResult {
    const all = graded(this.context.store, this.question);
    if (all.length === 0) return html`<p class="notice warn">${t("grades.none")}</p>`;
    const open = all.filter((one) => one.points === null).length;
    const parts = shares(all.map((one) => one.weight));
    const now = score(all);
    return html`
      <ol class="grades" aria-labelledby=${this.ids.title}>
        ${all.map((one, index) => this.#row(one, index, parts[index] ?? 0))}
      </ol>
      <p class="grades-score" role="status">
        <strong>${now === null ? t("grades.score.none") : t("grades.score", { percent: Math.round(now * 1000) / 10 })}</strong>
        ${open > 0 ? html`<span class="grades-open">${t("grades.open", { n: open })}</span>` : nothing}
      </p>
      ${this.context.readOnly ? nothing : html`<p class="question-help">${t("grades.keys")}</p>`}
    `;
  }

  override focusControl(): void {
    const rows = this.querySelectorAll<HTMLElement>(".grade-row");
    const open = graded(this.context.store, this.question).findIndex((one) => one.points === null);
    rows[Math.max(0, open)]?.querySelector<HTMLElement>("input")?.focus({ preventScroll: true });
    this.scrollIntoView({ block: "center" });
  }

  #row(one: Graded, index: number, share: number): TemplateResult {
    const id = `${this.ids.help}-${index}`;
    const open = one.points === null;
    return html`<li class="grade-row ${open ? "is-open" : ""}" data-row=${index} @keydown=${(event: KeyboardEvent) => this.#key(event, one, index)}>
      <p class="grade-words" id=${id}>${one.text}</p>
      <p class="grade-facts">
        <span>${one.weight > 0 ? t("grades.weight", { percent: share / 10 }) : t("grades.takes", { weight: one.weight })}</span>
        ${open ? html`<span class="badge warn">${t("grades.notYet")}</span>` : html`<span>${t("grades.points", { points: one.points ?? 0, most: one.most })}</span>`}
      </p>
      ${one.most <= MOST_BUTTONS ? this.#steps(one, index, id) : this.#typed(one, index, id)}
    </li>`;
  }

  #steps(one: Graded, index: number, id: string): TemplateResult {
    const { readOnly } = this.context;
    return html`<div class="scale" role="radiogroup" aria-labelledby=${id}>
      ${Array.from(
        { length: one.most + 1 },
        (_, points) => html`<label class="step ${one.points === points ? "is-chosen" : ""}">
          <input type="radio" class="visually-hidden" name=${id} .checked=${live(one.points === points)} ?disabled=${readOnly}
            aria-label=${t("grades.points", { points, most: one.most })} @change=${() => this.#give(index, points, false)} />
          <span aria-hidden="true">${points}</span>
        </label>`,
      )}
      ${one.points !== null && !readOnly ? html`<button type="button" class="link-button" aria-label=${t("grades.clear.of", { n: index + 1 })} @click=${() => this.#give(index, null, false)}>${t("rating.clear")}</button>` : nothing}
    </div>`;
  }

  #typed(one: Graded, index: number, id: string): TemplateResult {
    const read = (event: Event): void => {
      const box = event.target as HTMLInputElement;
      const points = box.value === "" ? null : Number(box.value);
      const good = points === null || (Number.isInteger(points) && points >= 0 && points <= one.most);
      this.context.store.setUnreadable(this.question.key, !good);
      if (good && points !== one.points) grade(this.context.store, this.question.key, index, points);
    };
    return html`<label class="grade-typed">
      <input type="number" min="0" max=${one.most} step="1" aria-labelledby=${id} .value=${live(one.points === null ? "" : String(one.points))} ?readonly=${this.context.readOnly} @input=${read} />
      ${t("grades.outOf", { most: one.most })}
    </label>`;
  }

  #give(index: number, points: number | null, onward: boolean): void {
    const { store, announce } = this.context;
    const before = graded(store, this.question)[index]?.points ?? null;
    if (before !== points) grade(store, this.question.key, index, points);
    const all = graded(store, this.question);
    const now = score(all);
    announce(
      now === null ? t("grades.score.none") : t("grades.score", { percent: Math.round(now * 1000) / 10 }),
    );
    this.requestUpdate();
    if (onward) void this.#focusRow(index + 1);
  }

  /** A digit gives points and goes on; up and down go from criterion to criterion. */
  #key(event: KeyboardEvent, one: Graded, index: number): void {
    if (composes(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = (event.target as HTMLElement).matches("input[type=number]");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (typing) return;
      void this.#focusRow(index + (event.key === "ArrowDown" ? 1 : -1));
    } else if (/^\d$/.test(event.key) && !typing) {
      if (this.context.readOnly || Number(event.key) > one.most) return;
      this.#give(index, Number(event.key), true);
    } else if ((event.key === "Delete" || event.key === "Backspace") && !typing && !this.context.readOnly)
      this.#give(index, null, false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  async #focusRow(index: number): Promise<void> {
    await this.updateComplete;
    const row = this.querySelector<HTMLElement>(`[data-row="${index}"]`);
    row?.querySelector<HTMLElement>("input:checked, input")?.focus();
  }
}
