import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { moveCell } from "../../core/cells";
import type { Field } from "../../core/contracts";
import type { Table } from "../../core/field-text";
import type { SpanRegion } from "../../core/regions";
import { tableIn } from "../../core/units";
import { t } from "../../i18n";
import { AssayElement, uniqueId } from "../base";
import { type AnswerContext, cellWords, labelText, lookOf } from "../context";
import { tint } from "../parts";
import { Blocks } from "./table-blocks";

function isNumber(text: string): boolean {
  return /^[\s+\-−(]*[$€£¥]?\s*[\d.,\u00a0 ]+%?\)?$/.test(text) && /\d/.test(text);
}

/** The cell that something in the table stands in, or null. */
function cellAt(target: EventTarget | null): number | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-cell]") : null;
  return cell ? Number(cell.dataset.cell) : null;
}

/** A table to be read; where its cells are labelled, a grid that arrow keys move in. */
export class TableFieldElement extends AssayElement {
  static override properties = {
    context: { attribute: false },
    field: { attribute: false },
    asked: { attribute: false },
  };

  declare context: AnswerContext;
  declare field: Field;
  declare asked: boolean;
  readonly #id = uniqueId();
  #table: Table = { columns: [], rows: [], pairs: false };
  /** The cell that Tab comes to. */
  #cell = 0;
  /** The span that was brought into view last. */
  #revealed: string | null = null;
  readonly #blocks = new Blocks(() => this.requestUpdate());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#blocks.stop();
  }

  focusText(): void {
    this.#focus(this.#cell);
  }

  protected override render(): TemplateResult {
    const { store, desk } = this.context;
    this.#table = tableIn(store.texts, this.field.name);
    const selection = desk.selection.value;
    if (selection?.field === this.field.name) this.#cell = Math.min(selection.anchor, selection.focus);
    const { rows, columns, pairs } = this.#table;
    if (rows.length === 0) return html`<p class="question-help">${t("table.empty")}</p>`;
    return html`
      <div class="table-scroll" tabindex=${this.asked ? nothing : "0"} role="group" aria-labelledby=${this.#id}>
        <table
          class="data-table ${pairs ? "is-pairs" : ""}"
          role=${this.asked ? "grid" : nothing}
          lang=${this.context.language}
          aria-labelledby=${this.#id}
          aria-readonly=${this.asked ? "true" : nothing}
          aria-rowcount=${Blocks.areFor(rows.length) ? rows.length + 1 : nothing}
          @keydown=${this.#onKey}
          @click=${this.#onClick}
          @focusin=${this.#onFocus}
          @focusout=${this.#onBlur}
        >
          <caption class="visually-hidden" id=${this.#id}>
            ${this.field.title || t("table.name", { rows: rows.length, columns: columns.length })}
            ${this.asked ? t("table.keyboard") : nothing}
          </caption>
          <thead class=${pairs ? "visually-hidden" : ""}>
            <tr>
              ${pairs ? nothing : html`<th scope="col" class="cell-row"><span class="visually-hidden">${t("table.row")}</span></th>`}
              ${columns.map((name, at) => html`<th scope="col" class=${this.#countsIn(at) ? "is-number" : ""}>${pairs ? t(at === 0 ? "table.key" : "table.value") : name}</th>`)}
            </tr>
          </thead>
          ${this.#bodies()}
        </table>
      </div>
    `;
  }

  /** Whether a column begins with a number: its head stands over its figures. */
  #countsIn(column: number): boolean {
    const first = this.#table.rows.find((row) => row[column]);
    return !this.#table.pairs && isNumber(first?.[column] ?? "");
  }

  /** The rows; of a long table those that are near what is seen, with room in the place of the others. */
  #bodies(): unknown {
    const { rows, columns } = this.#table;
    const marks = this.#marksByRow();
    if (!Blocks.areFor(rows.length)) return html`<tbody>${this.#rows(0, rows.length, marks)}</tbody>`;
    const selected = this.context.desk.selected.value;
    const span = selected === null ? null : this.context.desk.mark(selected);
    const kept = [this.#cell, ...(span ? [span.start] : [])].map((cell) => Math.floor(cell / columns.length));
    return this.#blocks.of(rows.length, kept).map(({ block, from, to, drawn, height }) => {
      const gap = html`<tr class="table-gap" aria-hidden="true"><td colspan=${columns.length + 1} height=${height}></td></tr>`;
      return html`<tbody data-block=${block}>${drawn ? this.#rows(from, to, marks) : gap}</tbody>`;
    });
  }

  #marksByRow(): ReadonlyMap<number, readonly SpanRegion[]> {
    const byRow = new Map<number, SpanRegion[]>();
    for (const span of this.asked ? this.context.desk.marksOn(this.field.name) : []) {
      const row = Math.floor(span.start / this.#table.columns.length);
      byRow.set(row, [...(byRow.get(row) ?? []), span]);
    }
    return byRow;
  }

  #rows(from: number, to: number, marks: ReadonlyMap<number, readonly SpanRegion[]>): readonly unknown[] {
    const selected = this.context.desk.selected.value;
    const current = Math.floor(this.#cell / this.#table.columns.length);
    return Array.from({ length: to - from }, (_, at) => {
      const row = from + at;
      const spans = marks.get(row) ?? [];
      const here = spans.some((span) => span.id === selected) ? selected : null;
      // A row is drawn again only when something of it has changed.
      const changes = [this.#table, row === current ? this.#cell : -1, here, ...spans];
      return guard(changes, () => this.#row(row, spans));
    });
  }

  #row(row: number, spans: readonly SpanRegion[]): TemplateResult {
    const { columns, pairs, rows } = this.#table;
    // The head is the first row of all.
    return html`<tr aria-rowindex=${Blocks.areFor(rows.length) ? row + 2 : nothing}>
      ${pairs ? nothing : html`<th scope="row" class="cell-row">${row + 1}</th>`}
      ${columns.map((_, column) => this.#cellOf(row, column, spans))}
    </tr>`;
  }

  #cellOf(row: number, column: number, spans: readonly SpanRegion[]): TemplateResult {
    const { columns, rows, pairs } = this.#table;
    const cell = row * columns.length + column;
    const text = rows[row]?.[column] ?? "";
    const chips = spans.filter((span) => span.start === cell).map((span) => this.#chip(span));
    const body = html`<span class="cell-text">${cellWords(text)}</span>${chips.length > 0 ? html`<span class="cell-chips">${chips}</span>` : nothing}`;
    if (pairs && column === 0)
      return html`<th scope="row" data-cell=${cell} tabindex=${this.#tabIndex(cell)}>${body}</th>`;
    return html`<td
      class=${isNumber(text) ? "is-number" : ""}
      role=${this.asked ? "gridcell" : nothing}
      data-cell=${cell}
      tabindex=${this.#tabIndex(cell)}
    >${body}</td>`;
  }

  #tabIndex(cell: number): string | typeof nothing {
    return this.asked ? (cell === this.#cell ? "0" : "-1") : nothing;
  }

  #chip(span: SpanRegion): TemplateResult {
    const question = this.context.store.question(span.question);
    const { desk } = this.context;
    const selected = desk.selected.peek() === span.id;
    const suggested = desk.suggestions.open(span.id)?.region === span;
    return html`<span class="chip cell-chip ${selected ? "is-selected" : ""} ${suggested ? "is-suggested" : ""}" data-span=${span.id} ${tint(lookOf(question, span).colour)}
      >${labelText(question, span.label)}${suggested ? html`<span class="visually-hidden"> (${t("suggestions.one")})</span>` : nothing}</span
    >`;
  }

  protected override updated(_changed: PropertyValues): void {
    this.#blocks.watch(this);
    const selected = this.context.desk.selected.peek();
    const span = selected ? this.context.desk.mark(selected) : null;
    const here = span && this.context.store.question(span.question).field === this.field.name;
    if (here && selected !== this.#revealed)
      this.#element(span.start)?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.#revealed = selected;
    // Another cell was chosen elsewhere while one had the focus: it goes along.
    const focused = document.activeElement;
    const cell = this.contains(focused) ? cellAt(focused) : null;
    if (cell !== null && cell !== this.#cell) this.#focus(this.#cell);
  }

  #element(cell: number): HTMLElement | null {
    return this.querySelector<HTMLElement>(`[data-cell="${cell}"]`);
  }

  /** Puts the focus on a cell, which is drawn first where it is not there. */
  #focus(cell: number): void {
    const element = this.#element(cell);
    element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (element || cell >= this.#table.rows.length * this.#table.columns.length) return;
    this.context.desk.select(this.field.name, cell + 1, cell);
    void this.updateComplete.then(() => this.#element(cell) && this.#focus(cell));
  }

  #spansAt(cell: number): readonly SpanRegion[] {
    return this.context.desk.marksOn(this.field.name).filter((span) => span.start === cell);
  }

  #onFocus = (event: FocusEvent): void => {
    const cell = cellAt(event.target);
    if (!this.asked || cell === null) return;
    const { desk } = this.context;
    desk.focused.value = this.field.name;
    const now = desk.selection.peek();
    if (now?.field === this.field.name && now.focus === cell) return;
    desk.select(this.field.name, cell + 1, cell);
    desk.selected.value = this.#spansAt(cell)[0]?.id ?? null;
  };

  #onBlur = (): void => {
    const { desk } = this.context;
    if (desk.focused.peek() === this.field.name) desk.focused.value = null;
  };

  /** The label in hand is put on the cell, or taken off; a chip is selected. */
  #onClick = (event: MouseEvent): void => {
    const cell = cellAt(event.target);
    if (!this.asked || cell === null) return;
    const { desk, store, readOnly } = this.context;
    const chip = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-span]") : null;
    const span = chip ? desk.mark(chip.dataset.span ?? "") : null;
    this.#focus(cell);
    const active = desk.active.peek();
    if (span) desk.selectSpan(span);
    else if (active && !readOnly && store.question(active.question).field === this.field.name)
      desk.press(active.question, active.label);
  };

  #onKey = (event: KeyboardEvent): void => {
    if (!this.asked || event.isComposing || event.altKey) return;
    const far = event.ctrlKey || event.metaKey;
    const { rows, columns } = this.#table;
    const next = moveCell({ rows: rows.length, columns: columns.length }, this.#cell, event.key, far);
    if (next !== null) this.#focus(next);
    else if (far || !this.#act(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  #act(key: string): boolean {
    const { desk, store, readOnly, announce } = this.context;
    if (key === "Escape") return desk.escape();
    if (!readOnly && desk.suggested() && key === "Enter") return desk.accept();
    if (!readOnly && desk.suggested() && (key === "Delete" || key === "Backspace")) return desk.dismiss();
    if (key === "Enter" || key === " ") {
      const active = desk.active.peek();
      if (active && !readOnly) desk.press(active.question, active.label);
      else if (!this.#stepLabel() && !readOnly) announce(t("spans.event.chooseLabel"));
      return true;
    }
    if (key !== "Delete" && key !== "Backspace") return false;
    const own = this.#spansAt(this.#cell).find((span) => store.region(span.id));
    return !readOnly && desk.remove(desk.span() ?? own ?? null);
  }

  /** Selects the next label of a cell that has several. */
  #stepLabel(): boolean {
    const spans = this.#spansAt(this.#cell);
    const at = spans.findIndex((span) => span.id === this.context.desk.selected.peek());
    const next = spans[(at + 1) % spans.length];
    if (next) this.context.desk.selectSpan(next);
    return next !== undefined;
  }
}
