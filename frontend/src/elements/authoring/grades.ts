import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { parseNumber } from "../../core/answers";
import type { Command } from "../../core/commands";
import { type Graded, grade, graded, score, shares } from "../../core/rubric";
import { t } from "../../i18n";
import { keyChoices } from "../../preferences";
import { capsOf, shortcutOf } from "../command-parts";
import { firstControl } from "../question";
import { typedText } from "../typed-text";
import { rowCan, rowCommand, rowCommands, tellRow } from "./row-commands";
import { Fields } from "./text-box";
import { WrittenElement } from "./written";

/** Beyond this many points they are typed, not pressed. */
const MOST_BUTTONS = 10;
const DIGITS = "0123456789";

/** What stands in a field for points, and which points were stored then. */
interface Typed {
  readonly text: string;
  readonly points: number | null;
}

/** Under which a person's own key for so many points is kept. */
function pointsId(digit: string): string {
  return `grade/${digit}`;
}

/** Gives points to the criterion with the focus. */
function pointsCommands(most: number): readonly Command[] {
  return [...DIGITS].slice(0, most + 1).map((digit) => ({
    id: pointsId(digit),
    words: { key: "grades.give", params: { n: Number(digit) } },
    group: { key: "grades.title" },
    keys: [digit],
    possible: () => rowCan(digit),
    run: () => tellRow(digit),
  }));
}

/** What is typed as points, null for none; undefined where it cannot be given. */
function pointsOf(typed: string, most: number): number | null | undefined {
  if (!typed.trim()) return null;
  const points = parseNumber(typed);
  return points !== null && Number.isInteger(points) && points >= 0 && points <= most ? points : undefined;
}

/** A rubric that is graded: points by criterion, the weighted score as it stands. */
export class GradesElement extends WrittenElement {
  readonly #fields = new Fields();
  readonly #typed = new Map<number, Typed>();

  protected override commands(): readonly Command[] {
    const most = Math.max(0, ...this.#all().map((one) => (one.most <= MOST_BUTTONS ? one.most : 0)));
    return [...pointsCommands(most), ...rowCommands(["remove"])];
  }

  protected override control(): TemplateResult {
    const all = this.#all();
    if (all.length === 0) return html`<p class="notice warn">${t("grades.none")}</p>`;
    const open = all.filter((one) => one.points === null).length;
    const parts = shares(all.map((one) => one.weight));
    const first = all.findIndex((one, index) => this.#isOdd(one, index) || one.points === null);
    return html`
      <ol class="grades" aria-labelledby=${this.ids.title}>
        ${all.map((one, index) => this.#row(one, index, parts[index] ?? 0, index === first))}
      </ol>
      <p class="grades-score" role="status">
        <strong>${this.#score()}</strong>
        ${open > 0 ? html`<span class="grades-open">${t("grades.open", { n: open })}</span>` : nothing}
      </p>
      ${this.readOnly ? nothing : html`<p class="question-help">${t("grades.keys")} ${capsOf(rowCommand("remove"))} ${t("grades.key.clear")}</p>`}
    `;
  }

  protected override updated(): void {
    this.context.store.setUnreadable(this.question.key, this.#odd() !== null);
  }

  protected override error(): string | null {
    const odd = this.#odd();
    return odd && t("grades.unreadable", { n: odd.n, most: odd.most });
  }

  #all(): readonly Graded[] {
    return graded(this.context.store, this.question);
  }

  #score(): string {
    const now = score(this.#all());
    return now === null
      ? t("grades.score.none")
      : t("grades.score", { percent: Math.round(now * 1000) / 10 });
  }

  /** The first criterion whose points cannot be given as they are typed. */
  #odd(): { readonly n: number; readonly most: number } | null {
    const all = this.#all();
    const index = this.readOnly ? -1 : all.findIndex((one, at) => this.#isOdd(one, at));
    const one = all[index];
    return one ? { n: index + 1, most: one.most } : null;
  }

  #isOdd(one: Graded, index: number): boolean {
    const typed = this.#typed.get(index);
    return typed?.points === one.points && pointsOf(typed.text, one.most) === undefined;
  }

  #row(one: Graded, index: number, share: number, first: boolean): TemplateResult {
    const id = `${this.ids.help}-${index}`;
    const open = one.points === null;
    return html`<li class="grade-row ${open ? "is-open" : ""}" data-row=${index} data-acts=${this.readOnly ? nothing : acts(one)}
      @row-act=${(event: CustomEvent<string>) => this.#do(event.detail, index)} @keydown=${(event: KeyboardEvent) => this.#key(event, one, index)}>
      <p class="grade-words" id=${id}>${one.text}</p>
      <p class="grade-facts">
        <span>${one.weight > 0 ? t("grades.weight", { percent: share / 10 }) : t("grades.takes", { weight: one.weight })}</span>
        ${open ? html`<span class="badge warn">${t("grades.notYet")}</span>` : html`<span>${t("grades.points", { points: one.points ?? 0, most: one.most })}</span>`}
      </p>
      ${one.most <= MOST_BUTTONS ? this.#steps(one, index, id, first) : this.#field(one, index, id, first)}
    </li>`;
  }

  #steps(one: Graded, index: number, id: string, first: boolean): TemplateResult {
    return html`<div class="scale" role="radiogroup" aria-labelledby=${id}>
      ${Array.from(
        { length: one.most + 1 },
        (_, points) => html`<label class="step ${one.points === points ? "is-chosen" : ""}">
          <input type="radio" class="visually-hidden" name=${id} .checked=${live(one.points === points)} ?disabled=${this.readOnly} ?data-first=${first && points === 0}
            aria-label=${t("grades.points", { points, most: one.most })} aria-keyshortcuts=${shortcutOf(pointsId(String(points)))} @change=${() => this.#give(index, points)} />
          <span aria-hidden="true">${points}</span>
        </label>`,
      )}
      ${one.points !== null && !this.readOnly ? this.#clear(index) : nothing}
    </div>`;
  }

  #clear(index: number): TemplateResult {
    return html`<button type="button" class="link-button" aria-label=${t("grades.clear.of", { n: index + 1 })} aria-keyshortcuts=${shortcutOf(rowCommand("remove"))}
      @click=${() => this.#do("remove", index)}>${t("rating.clear")}${capsOf(rowCommand("remove"))}</button>`;
  }

  #field(one: Graded, index: number, id: string, first: boolean): TemplateResult {
    const typed = this.#typed.get(index);
    const stored = one.points === null ? "" : String(one.points);
    const reader = this.#fields.reader((text) => this.#read(text, one, index));
    return html`<label class="grade-typed">
      <input type="text" inputmode="numeric" autocomplete="off" aria-labelledby=${id} aria-describedby=${this.ids.help} aria-invalid=${this.#isOdd(one, index) ? "true" : "false"}
        .value=${typedText(typed?.points === one.points ? typed.text : stored)} ?readonly=${this.readOnly} ?data-first=${first}
        @compositionstart=${reader.composing} @compositionend=${reader.composed} @input=${reader.read} />
      ${t("grades.outOf", { most: one.most })}
    </label>`;
  }

  /** Points that cannot be given stay in their field, and those given before stay stored. */
  #read(text: string, one: Graded, index: number): void {
    const points = pointsOf(text, one.most);
    this.#typed.set(index, { text, points: points === undefined ? one.points : points });
    if (points !== undefined) this.#store(index, points);
    this.requestUpdate();
  }

  /** Giving the same points once more would take them back. */
  #store(index: number, points: number | null): void {
    if (this.#all()[index]?.points !== points) grade(this.context.store, this.question.key, index, points);
  }

  #give(index: number, points: number | null): void {
    this.#typed.delete(index);
    this.#store(index, points);
    this.requestUpdate();
  }

  #do(act: string, index: number): void {
    this.#give(index, act === "remove" ? null : Number(act));
    void this.#focusRow(act === "remove" ? index : index + 1);
  }

  /** While the focus is here a digit gives points, whatever label has it elsewhere; up and down go between criteria. */
  #key(event: KeyboardEvent, one: Graded, index: number): void {
    if (this.#fields.takes(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = (event.target as HTMLElement).matches(".grade-typed input");
    if (event.key === "ArrowDown" || event.key === "ArrowUp")
      void this.#focusRow(index + (event.key === "ArrowDown" ? 1 : -1));
    else if (!typing && !this.readOnly && isOwn(event.key) && Number(event.key) <= one.most)
      this.#do(event.key, index);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  async #focusRow(index: number): Promise<void> {
    await this.updateComplete;
    const row = this.querySelector<HTMLElement>(`[data-row="${index}"]`);
    if (row) firstControl(row)?.focus();
  }
}

/** A digit that gives points: one for which the person has not chosen another key. */
function isOwn(key: string): boolean {
  return /^\d$/.test(key) && keyChoices.peek().keys[pointsId(key)] === undefined;
}

/** What can be done with it now, as its commands ask. */
function acts({ most, points }: Graded): string {
  const given = most <= MOST_BUTTONS ? [...DIGITS].filter((digit) => Number(digit) <= most) : [];
  return [...given, ...(points === null ? [] : ["remove"])].join(" ");
}
