import { html, type PropertyValues, type TemplateResult } from "lit";
import { type Folded, findAll, firstHit, fold, type Hit, nextHit } from "../core/find";
import { t } from "../i18n";
import { AssayElement } from "./base";
import { capsOf, shortcutOf, tip } from "./command-parts";
import { type AnswerContext, excerpt } from "./context";
import type { Searched } from "./finding";
import { icon, keys } from "./parts";

/** Of the hits near the window so many are tinted. */
const TINTED = 400;
/** Said when the typing pauses. */
const PAUSE = 400;
/** Words around a hit that are said with it. */
const AROUND = 20;

/** Searches one text: counts, goes to hits and selects them, so that a label's key labels what was found. */
export class FindBarElement extends AssayElement {
  static override properties = { context: { attribute: false }, text: { attribute: false } };

  declare context: AnswerContext;
  declare text: Searched;
  #query = "";
  #hits: readonly Hit[] = [];
  #at = -1;
  #folded: { readonly text: string; readonly folded: Folded } | null = null;
  #pause: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#pause);
    this.#tint(null);
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    const { anchor, focus } = this.#selected;
    const words = this.#words.slice(Math.min(anchor, focus), Math.max(anchor, focus));
    if (words.length <= 60 && !/[\r\n]/.test(words)) this.#query = words;
    this.#search();
    this.focusInput();
  }

  focusInput(): void {
    const input = this.querySelector("input");
    input?.focus({ preventScroll: true });
    input?.select();
  }

  /** Goes to the next or previous hit. */
  step(direction: -1 | 1): void {
    const length = this.#hits.length;
    if (length > 0) this.#go((this.#at + direction + length) % length);
    this.#tell();
  }

  /** The text moved or was painted anew: tint what is near now. */
  refresh(): void {
    const { view } = this.text;
    if (!view || this.#hits.length === 0) {
      this.#tint(null);
      return;
    }
    const ranges: Range[] = [];
    for (const { start, end } of view.near()) {
      for (let at = firstHit(this.#hits, start); ranges.length < TINTED; at++) {
        const hit = this.#hits[at];
        if (!hit || hit.start >= end) break;
        ranges.push(this.#range(hit));
      }
    }
    const now = this.#hits[this.#at];
    this.#tint(ranges, now ? this.#range(now) : null);
  }

  protected override render(): TemplateResult {
    const n = this.#hits.length;
    const count = n === 0 ? (this.#query ? t("find.none") : "") : t("find.count", { at: this.#at + 1, n });
    return html`
      <div class="find-bar" role="search" aria-label=${t("find.label")}>
        <input
          type="search"
          class="find-input"
          autocomplete="off"
          spellcheck="false"
          aria-label=${t("find.label")}
          placeholder=${t("find.placeholder")}
          .value=${this.#query}
          @input=${this.#onInput}
          @compositionend=${this.#onInput}
          @keydown=${this.#onKey}
        />
        <span class="find-count muted small">${count}</span>
        ${this.#button("previous", n === 0, () => this.step(-1))} ${this.#button("next", n === 0, () => this.step(1))}
        <button type="button" class="icon-button" aria-label=${t("find.close")} aria-keyshortcuts="Escape" title=${t("find.close")} @click=${this.#close}>
          ${icon("close")}${keys("escape")}
        </button>
      </div>
    `;
  }

  #button(which: "previous" | "next", disabled: boolean, run: () => void): TemplateResult {
    const id = `text.find.${which}`;
    return html`<button
      type="button"
      class="icon-button"
      ?disabled=${disabled}
      aria-label=${t(`find.${which}`)}
      title=${tip(t(`find.${which}`), id)}
      aria-keyshortcuts=${shortcutOf(id)}
      @click=${run}
    >
      ${icon(which === "next" ? "below" : "above")}${capsOf(id)}
    </button>`;
  }

  get #words(): string {
    return this.text.view?.text ?? "";
  }

  /** What is selected in this text. */
  get #selected(): { readonly anchor: number; readonly focus: number } {
    const selection = this.context.desk.selection.peek();
    return selection?.field === this.text.field.name ? selection : { anchor: 0, focus: 0 };
  }

  #search(): void {
    const text = this.#words;
    if (this.#folded?.text !== text) this.#folded = { text, folded: fold(text) };
    this.#hits = findAll(this.#folded.folded, this.#query);
    const { anchor, focus } = this.#selected;
    const from = nextHit(this.#hits, Math.min(anchor, focus), 1);
    this.#at = -1;
    if (from >= 0) this.#go(from);
    else this.refresh();
    this.requestUpdate();
  }

  #go(at: number): void {
    this.#at = at;
    const { start, end } = this.#hits[at] ?? { start: 0, end: 0 };
    this.context.desk.select(this.text.field.name, start, end);
    this.text.reveal();
    this.refresh();
    this.requestUpdate();
  }

  #tell(): void {
    const n = this.#hits.length;
    const { start, end } = this.#hits[this.#at] ?? { start: 0, end: 0 };
    const text = excerpt(this.#words, Math.max(0, start - AROUND), end + AROUND);
    this.context.announce(n === 0 ? t("find.none") : t("find.hit", { at: this.#at + 1, n, text }));
  }

  #range({ start, end }: Hit): Range {
    const range = document.createRange();
    const from = this.text.view?.placeOf(start);
    const to = this.text.view?.placeOf(end);
    if (from) range.setStart(from.node, from.offset);
    if (to) range.setEnd(to.node, to.offset);
    return range;
  }

  /** Where the browser cannot tint ranges, the hit that is gone to is selected all the same. */
  #tint(ranges: readonly Range[] | null, now: Range | null = null): void {
    if (typeof Highlight === "undefined") return;
    const put = (name: string, all: readonly Range[]): void => {
      if (all.length > 0) CSS.highlights.set(name, new Highlight(...all));
      else CSS.highlights.delete(name);
    };
    put("assay-find", ranges ?? []);
    put("assay-find-now", now ? [now] : []);
  }

  #onInput = (event: Event): void => {
    if (event instanceof InputEvent && event.isComposing) return;
    this.#query = (event.target as HTMLInputElement).value;
    this.#search();
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#tell(), PAUSE);
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") this.#close();
    else if (event.key === "Enter") this.step(event.shiftKey ? -1 : 1);
    else if (event.key === "ArrowDown") this.step(1);
    else if (event.key === "ArrowUp") this.step(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #close = (): void => this.text.finding.close();
}
