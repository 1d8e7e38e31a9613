import { html, nothing, type TemplateResult } from "lit";
import { parseNumber } from "../../core/answers";
import { command } from "../../core/command-list";
import type { Command } from "../../core/commands";
import { type Line, lines, shares, writeLines } from "../../core/rubric";
import { t } from "../../i18n";
import { capsOf, shortcutOf } from "../command-parts";
import { keys } from "../parts";
import { typedText } from "../typed-text";
import { iconButton } from "./icon-button";
import { type RowAct, type RowEvent, rowCommand, rowCommands } from "./row-commands";
import { Fields } from "./text-box";
import { WrittenElement } from "./written";

/** A criterion as it stands here: `typed` is its weight as it was written, which may be none. */
interface Row extends Line {
  readonly typed?: string;
}

const BLANK: Row = { text: "", weight: 1 };
const ACTS: readonly RowAct[] = ["insert", "up", "down", "remove"];

function plain({ text, weight }: Row): Line {
  return { text, weight };
}

/** What was typed as a weight, or null when it is none. */
function weightOf(typed: string): number | null {
  return parseNumber(typed) || null;
}

/** Whether a criterion has a weight that is none; without words it is no criterion. */
function isOdd({ text, typed }: Row): boolean {
  return text.trim() !== "" && typed !== undefined && weightOf(typed) === null;
}

/** A rubric that is written: criteria with weights, each with its share of the whole. */
export class RubricElement extends WrittenElement {
  /** The rows as they stand here, where one without words is no criterion yet; null: as the store has them. */
  #rows: readonly Row[] | null = null;
  readonly #fields = new Fields();

  protected override commands(): readonly Command[] {
    const full = (): boolean => this.#isFull(this.#shown());
    const add = command(
      "rubric.add",
      () => this.#add(this.#shown().length),
      () => !full(),
    );
    return [...rowCommands(ACTS), add];
  }

  protected override control(): TemplateResult {
    const rows = this.#shown();
    const parts = shares(rows.map((row) => (row.text.trim() ? row.weight : 0)));
    const sum = rows.reduce((total, row) => total + (row.text.trim() ? row.weight : 0), 0);
    if (this.readOnly && rows.length === 0) return html`<p class="value-none">${t("question.none")}</p>`;
    return html`
      <ol class="rubric" aria-labelledby=${this.ids.title}>
        ${rows.map((row, index) => (this.readOnly ? this.#read(row, parts[index] ?? 0) : this.#row(row, index, rows, parts[index] ?? 0)))}
      </ol>
      ${this.readOnly ? nothing : this.#foot(rows)}
      <p class="rubric-sum" role="status">${t("rubric.sum", { sum: round(sum), n: rows.filter((row) => row.text.trim()).length })}</p>
    `;
  }

  protected override updated(): void {
    this.context.store.setUnreadable(this.question.key, !this.readOnly && this.#shown().some(isOdd));
  }

  protected override error(): string | null {
    const odd = this.readOnly ? -1 : this.#shown().findIndex(isOdd);
    return odd < 0 ? null : t("rubric.unreadable", { n: odd + 1 });
  }

  /** Undo and another device change the store: what stands here goes, unless it says the same. */
  #shown(): readonly Row[] {
    const stored = lines(this.context.store, this.question.key);
    const own = this.#rows?.filter((row) => row.text.trim()).map(plain);
    if (!this.#rows || JSON.stringify(own) !== JSON.stringify(stored)) {
      this.#rows = null;
      return stored.length > 0 || this.readOnly ? stored : [BLANK];
    }
    return this.#rows;
  }

  #foot(rows: readonly Row[]): TemplateResult {
    return html`<div class="rubric-foot">
      <button type="button" class="button small" aria-keyshortcuts=${shortcutOf("rubric.add")} ?disabled=${this.#isFull(rows)}
        @click=${() => this.#add(rows.length)}>${t("rubric.add")}${capsOf("rubric.add")}</button>
      <span class="muted small">${keys("enter")} ${t("rubric.key.add")} ${capsOf(rowCommand("up"))} ${capsOf(rowCommand("down"))} ${t("chat.key.move")}
        ${capsOf(rowCommand("remove"))} ${t("chat.key.remove")}</span>
    </div>`;
  }

  #read({ text, weight }: Row, share: number): TemplateResult {
    return html`<li class="rubric-row is-read"><span class="rubric-words">${text}</span><span class="rubric-share">${weight} · ${percent(share)}</span></li>`;
  }

  #row(row: Row, index: number, rows: readonly Row[], share: number): TemplateResult {
    const n = index + 1;
    const words = this.#fields.reader((text) => this.#write(index, { text }, "rubric"));
    return html`<li class="rubric-row" data-row=${index} data-acts=${this.#acts(index, rows).join(" ")}
      @row-act=${(event: RowEvent) => this.#do(event.detail, index)} @keydown=${(event: KeyboardEvent) => this.#key(event, index)}>
      <textarea class="rubric-words" rows="1" aria-label=${t("rubric.text", { n })} placeholder=${t("rubric.placeholder")} .value=${typedText(row.text)}
        aria-describedby=${this.ids.help} @compositionstart=${words.composing} @compositionend=${words.composed} @input=${words.read}></textarea>
      <div class="rubric-weight">
        ${this.#weight(row, index)}
        <span class="rubric-share">${percent(share)}</span>
        <progress class="rubric-bar" max="1000" value=${share} aria-hidden="true"></progress>
        ${this.#button("up", "up", t("list.up", { n }), index, index === 0)}
        ${this.#button("down", "down", t("list.down", { n }), index, n === rows.length)}
        ${this.#button("close", "remove", t("rubric.remove", { n }), index)}
      </div>
    </li>`;
  }

  #weight(row: Row, index: number): TemplateResult {
    const reader = this.#fields.reader((typed) => this.#weigh(typed, row, index));
    return html`<label>${t("rubric.weight")}
      <input type="text" inputmode="decimal" autocomplete="off" ?data-first=${isOdd(row)} aria-label=${t("rubric.weight.of", { n: index + 1 })} aria-invalid=${isOdd(row) ? "true" : "false"}
        aria-describedby=${this.ids.help} .value=${typedText(row.typed ?? String(row.weight))} @compositionstart=${reader.composing} @compositionend=${reader.composed} @input=${reader.read} />
    </label>`;
  }

  #button(
    sign: "up" | "down" | "close",
    act: RowAct,
    name: string,
    index: number,
    disabled = false,
  ): TemplateResult {
    return iconButton({ sign, name, command: rowCommand(act), run: () => this.#do(act, index), disabled });
  }

  #acts(index: number, rows: readonly Row[]): readonly RowAct[] {
    const not: Partial<Record<RowAct, boolean>> = {
      insert: this.#isFull(rows),
      up: index === 0,
      down: index === rows.length - 1,
    };
    return ACTS.filter((act) => !not[act]);
  }

  #do(act: RowAct, index: number): void {
    if (act === "up") this.#move(index, -1);
    else if (act === "down") this.#move(index, 1);
    else if (act === "insert") this.#add(index);
    else if (act === "remove") this.#remove(index);
  }

  /** Enter goes on to a new criterion; Backspace takes an empty one away. */
  #key(event: KeyboardEvent, index: number): void {
    const field = event.target as HTMLElement;
    if (this.#fields.takes(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && field.matches("textarea, input")) this.#add(index + 1);
    else if (event.key === "Backspace" && field.matches("textarea") && !this.#shown()[index]?.text)
      this.#remove(index);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #weigh(typed: string, row: Row, index: number): void {
    const weight = weightOf(typed) ?? row.weight;
    this.#write(index, { weight, typed }, "weight");
  }

  /** Changes a row; a criterion is one paragraph. */
  #write(index: number, part: Partial<Row>, merge: string): void {
    const rows = this.#shown().map((row, at) => (at === index ? { ...row, ...part } : row));
    this.#put(
      rows.map((row) => ({ ...row, text: row.text.replace(/\n+/g, " ") })),
      `${merge}:${this.question.key}:${index}`,
    );
  }

  #put(rows: readonly Row[], merge?: string): void {
    this.#rows = rows;
    writeLines(this.context.store, this.question.key, rows.map(plain), merge);
    this.requestUpdate();
  }

  #isFull(rows: readonly Row[]): boolean {
    return rows.length >= (this.question.max_texts ?? Number.POSITIVE_INFINITY);
  }

  #add(at: number): void {
    const rows = [...this.#shown()];
    if (this.#isFull(rows)) return;
    const blank = rows.findIndex((row) => !row.text.trim());
    if (blank < 0) this.#put([...rows.slice(0, at), BLANK, ...rows.slice(at)]);
    this.#focus(blank < 0 ? at : blank);
  }

  #move(index: number, by: 1 | -1): void {
    const rows = [...this.#shown()];
    const to = index + by;
    const [moved] = to < 0 || to >= rows.length ? [] : rows.splice(index, 1);
    if (!moved) return;
    rows.splice(to, 0, moved);
    this.#put(rows);
    this.context.announce(t("list.moved", { n: to + 1, of: rows.length }));
    this.#focus(to);
  }

  #remove(index: number): void {
    const rows = this.#shown().filter((_, at) => at !== index);
    this.#put(rows.length > 0 ? rows : [BLANK]);
    this.context.announce(t("rubric.removed"));
    this.#focus(Math.max(0, Math.min(index, rows.length - 1)));
  }

  #focus(index: number): void {
    void this.updateComplete.then(() =>
      this.querySelector<HTMLElement>(`[data-row="${index}"] textarea`)?.focus(),
    );
  }
}

function percent(share: number): string {
  return t("rubric.share", { percent: share / 10 });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
