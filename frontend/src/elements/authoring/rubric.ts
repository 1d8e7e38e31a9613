import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { parseNumber } from "../../core/answers";
import { type Line, lines, shares, writeLines } from "../../core/rubric";
import { t } from "../../i18n";
import { keys } from "../parts";
import { QuestionElement } from "../question";
import { iconButton } from "./icon-button";
import { composes, grow } from "./text-box";

/** A rubric that is written: criteria with weights, each with its share of the whole. */
export class RubricElement extends QuestionElement {
  /** The rows as they stand here, where one without words is no criterion yet; null: as the store has them. */
  #rows: readonly Line[] | null = null;
  /** What is typed as a weight and is none. */
  readonly #odd = new Map<number, string>();
  #composing = false;

  protected override control(): TemplateResult {
    const { readOnly } = this.context;
    const rows = this.#shown();
    const parts = shares(rows.map((row) => (row.text.trim() ? row.weight : 0)));
    const sum = rows.reduce((total, row) => total + (row.text.trim() ? row.weight : 0), 0);
    if (readOnly && rows.length === 0) return html`<p class="value-none">${t("question.none")}</p>`;
    return html`
      <ol class="rubric" aria-labelledby=${this.ids.title}>
        ${rows.map((row, index) => this.#row(row, index, rows.length, parts[index] ?? 0))}
      </ol>
      ${
        readOnly
          ? nothing
          : html`<div class="rubric-foot">
            <button type="button" class="button small" ?disabled=${this.#full(rows)} @click=${() => this.#add(rows.length)}>${t("rubric.add")}</button>
            <span class="muted small">${keys("enter")} ${t("rubric.key.add")} ${keys("alt+arrowup")} ${keys("alt+arrowdown")} ${t("chat.key.move")}</span>
          </div>`
      }
      <p class="rubric-sum" role="status">${t("rubric.sum", { sum: round(sum), n: rows.filter((row) => row.text.trim()).length })}</p>
    `;
  }

  protected override error(): string | null {
    return this.context.store.unreadable.value.has(this.question.key) ? t("rubric.unreadable") : null;
  }

  /** Undo and another device change the store: what stands here goes, unless it says the same. */
  #shown(): readonly Line[] {
    const stored = lines(this.context.store, this.question.key);
    const own = this.#rows?.filter((row) => row.text.trim());
    if (!this.#rows || JSON.stringify(own) !== JSON.stringify(stored)) {
      this.#rows = null;
      return stored.length > 0 || this.context.readOnly ? stored : [{ text: "", weight: 1 }];
    }
    return this.#rows;
  }

  #row(row: Line, index: number, count: number, share: number): TemplateResult {
    const { readOnly } = this.context;
    const n = index + 1;
    const percent = t("rubric.share", { percent: share / 10 });
    if (readOnly)
      return html`<li class="rubric-row is-read"><span class="rubric-words">${row.text}</span><span class="rubric-share">${row.weight} · ${percent}</span></li>`;
    return html`<li class="rubric-row" data-row=${index} @keydown=${(event: KeyboardEvent) => this.#key(event, index)}>
      <textarea class="rubric-words" rows="1" aria-label=${t("rubric.text", { n })} placeholder=${t("rubric.placeholder")} .value=${live(row.text)}
        aria-describedby=${this.ids.help}
        @compositionstart=${() => {
          this.#composing = true;
        }}
        @compositionend=${(event: Event) => {
          this.#composing = false;
          this.#words(event, index);
        }}
        @input=${(event: Event) => this.#words(event, index)}></textarea>
      <div class="rubric-weight">
        <label>${t("rubric.weight")}
          <input type="text" inputmode="decimal" autocomplete="off" aria-label=${t("rubric.weight.of", { n })} aria-invalid=${this.#odd.has(index) ? "true" : "false"}
            .value=${live(this.#odd.get(index) ?? String(row.weight))} @input=${(event: Event) => this.#weigh(event, index)} />
        </label>
        <span class="rubric-share">${percent}</span>
        <progress class="rubric-bar" max="1000" value=${share} aria-hidden="true"></progress>
        ${iconButton("up", t("list.up", { n }), () => this.#move(index, -1), index === 0)}
        ${iconButton("down", t("list.down", { n }), () => this.#move(index, 1), n === count)}
        ${iconButton("close", t("rubric.remove", { n }), () => this.#remove(index))}
      </div>
    </li>`;
  }

  #write(rows: readonly Line[], merge?: string): void {
    this.#rows = rows;
    writeLines(this.context.store, this.question.key, rows, merge);
    this.requestUpdate();
  }

  #words(event: Event, index: number): void {
    if (this.#composing) return;
    const box = event.target as HTMLTextAreaElement;
    grow(box);
    // A criterion is one paragraph.
    const text = box.value.replace(/\n+/g, " ");
    this.#write(
      this.#shown().map((row, at) => (at === index ? { ...row, text } : row)),
      `rubric:${this.question.key}:${index}`,
    );
  }

  #weigh(event: Event, index: number): void {
    if (this.#composing) return;
    const typed = (event.target as HTMLInputElement).value;
    const weight = parseNumber(typed);
    const good = weight !== null && weight !== 0;
    this.#odd.set(index, typed);
    if (good) {
      if (String(weight) === typed) this.#odd.delete(index);
      const rows = this.#shown().map((row, at) => (at === index ? { ...row, weight } : row));
      this.#write(rows, `weight:${this.question.key}:${index}`);
    } else this.requestUpdate();
    this.#tellOdd();
  }

  #tellOdd(): void {
    const odd = [...this.#odd.values()].some((typed) => !parseNumber(typed));
    this.context.store.setUnreadable(this.question.key, odd);
  }

  #key(event: KeyboardEvent, index: number): void {
    if (composes(event) || this.#composing) return;
    const words = (event.target as HTMLElement).matches("textarea");
    const row = this.#shown()[index];
    if (event.altKey && event.key === "ArrowUp") this.#move(index, -1);
    else if (event.altKey && event.key === "ArrowDown") this.#move(index, 1);
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) this.#add(index + 1);
    else if (event.key === "Backspace" && words && !row?.text) this.#remove(index);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #full(rows: readonly Line[]): boolean {
    return rows.length >= (this.question.max_texts ?? Number.POSITIVE_INFINITY);
  }

  #add(at: number): void {
    const rows = [...this.#shown()];
    if (this.#full(rows)) return;
    const blank = rows.findIndex((row) => !row.text.trim());
    if (blank < 0) rows.splice(at, 0, { text: "", weight: 1 });
    this.#odd.clear();
    this.#write(rows);
    this.#focus(blank < 0 ? at : blank);
  }

  #move(index: number, by: 1 | -1): void {
    const rows = [...this.#shown()];
    const to = index + by;
    const [moved] = to < 0 || to >= rows.length ? [] : rows.splice(index, 1);
    if (!moved) return;
    rows.splice(to, 0, moved);
    this.#odd.clear();
    this.#write(rows);
    this.context.announce(t("list.moved", { n: to + 1, of: rows.length }));
    this.#focus(to);
  }

  #remove(index: number): void {
    const rows = this.#shown().filter((_, at) => at !== index);
    this.#odd.clear();
    this.#tellOdd();
    this.#write(rows.length > 0 ? rows : [{ text: "", weight: 1 }]);
    this.context.announce(t("rubric.removed"));
    this.#focus(Math.max(0, Math.min(index, rows.length - 1)));
  }

  #focus(index: number): void {
    void this.updateComplete.then(() =>
      this.querySelector<HTMLElement>(`[data-row="${index}"] textarea`)?.focus(),
    );
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
