import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { pathText, type Row, search } from "../core/choosing";
import { asksForSet } from "../core/tags/tag";
import { t } from "../i18n";
import { icon } from "./parts";
import { RowWindow } from "./rows";
import { TreeQuestionElement } from "./tree-question";
import { typedText } from "./typed-text";

const TREE_ROW = 2.25;
const FOUND_ROW = 2.75;
const BOX = ".taxonomy-rows";
const ALWAYS: ReadonlySet<string> = new Set(["ArrowDown", "ArrowUp", "PageDown", "PageUp"]);

/** Labels of a tree of thousands: searched by their words, or opened branch by branch; what is chosen stands above. */
export class TaxonomyElement extends TreeQuestionElement {
  readonly #window = new RowWindow(TREE_ROW);
  #shown = false;
  #typed = "";
  #reveal = false;
  #rows: readonly Row[] | null = null;

  protected override control(): TemplateResult {
    const { question, ids, readOnly } = this;
    const taken = this.chosen();
    const chips = html`<ul class="picks" aria-label=${t("tree.chosen")} ?hidden=${taken.length === 0}>
      ${repeat(
        taken,
        (key) => key,
        (key) => this.#chip(key),
      )}
    </ul>`;
    if (readOnly)
      return html`${chips}${taken.length === 0 ? html`<p class="question-help">${t("question.none")}</p>` : nothing}`;
    return html`
      ${chips}
      <div class="taxonomy" @focusout=${this.#onLeave}>
        <input
          type="search"
          role="combobox"
          autocomplete="off"
          placeholder=${question.placeholder || t("tree.search")}
          aria-labelledby=${ids.title}
          aria-describedby="${ids.help} ${ids.help}-how"
          aria-expanded=${this.#shown ? "true" : "false"}
          aria-haspopup="tree"
          aria-controls=${this.#shown ? `${ids.title}-rows` : nothing}
          aria-autocomplete="list"
          aria-activedescendant=${this.#shown && this.active ? this.rowId(this.active) : nothing}
          aria-invalid=${this.missing ? "true" : "false"}
          .value=${typedText(this.#typed)}
          @click=${this.#open}
          @input=${this.#onInput}
          @keydown=${this.#onKey}
        />
        ${this.#shown ? this.#popup(taken) : nothing}
      </div>
      <p class="question-help" id="${ids.help}-how">${question.most ? t("tree.how.most", { n: question.most }) : t("tree.how")}</p>
    `;
  }

  #chip(key: string): TemplateResult {
    const path = pathText(this.question, key);
    return html`<li class="pick">
      <span class="pick-text">${path}</span>
      ${
        this.readOnly
          ? nothing
          : html`<button type="button" class="pick-remove" aria-label=${t("tree.remove", { label: path })} @click=${() => this.#drop(key)}>${icon("close")}</button>`
      }
    </li>`;
  }

  #drop(key: string): void {
    this.context.announce(this.choose(key));
    this.querySelector<HTMLElement>("input")?.focus();
  }

  #popup(taken: readonly string[]): TemplateResult {
    const rows = this.#current();
    this.#window.rem = this.#typed.trim() ? FOUND_ROW : TREE_ROW;
    const { from, to } = this.#window.range(this.querySelector(BOX), rows.length);
    return html`
      <div
        class="tree taxonomy-rows ${this.#typed.trim() ? "is-found" : ""}"
        id="${this.ids.title}-rows"
        role="tree"
        aria-labelledby=${this.ids.title}
        aria-multiselectable=${asksForSet(this.question) ? "true" : "false"}
        @pointerdown=${(event: Event) => event.preventDefault()}
        @click=${this.#onClick}
        @scroll=${this.#onScroll}
      >
        <div class="tree-space" role="presentation">
          ${repeat(
            rows.slice(from, to),
            (row) => row.label.key,
            (row) => this.treeRow(this.#inWords(row), taken, null),
          )}
        </div>
      </div>
      <p class=${rows.length ? "visually-hidden" : "question-help"} role="status">
        ${this.#typed.trim() ? t("choice.filter.count", { n: rows.length }) : ""}
      </p>
    `;
  }

  /** The rows of the tree, or what was found in it: made once a change, not once a drawing. */
  #current(): readonly Row[] {
    this.#rows ??= this.#typed.trim() ? this.#found() : this.rows();
    return this.#rows;
  }

  #found(): readonly Row[] {
    const found = search(this.question, this.#typed);
    return found.map((label, index) => ({
      label,
      depth: 0,
      place: index + 1,
      count: found.length,
      opens: false,
      isOpen: false,
    }));
  }

  /** What was found is told with what stands above it. */
  #inWords(row: Row): Row {
    if (!this.#typed.trim()) return row;
    return { ...row, label: { ...row.label, text: pathText(this.question, row.label.key) } };
  }

  protected override updated(): void {
    const box = this.querySelector<HTMLElement>(BOX);
    const space = box?.querySelector<HTMLElement>(".tree-space");
    if (!box || !space) return;
    const rows = this.#current();
    this.#window.settle(space, rows.length);
    if (!this.#reveal) return;
    this.#reveal = false;
    const at = rows.findIndex((row) => row.label.key === this.active);
    if (at >= 0 && this.#window.reveal(box, at)) this.requestUpdate();
  }

  protected override toggleBranch(key: string): void {
    this.#rows = null;
    super.toggleBranch(key);
  }

  #open = (): void => {
    if (this.#shown) return;
    this.#shown = true;
    this.#rows = null;
    const rows = this.#current();
    const taken = this.chosen();
    this.active = (rows.find((row) => taken.includes(row.label.key)) ?? rows[0])?.label.key ?? "";
    this.#reveal = true;
    this.requestUpdate();
  };

  #close(): void {
    this.#shown = false;
    this.#typed = "";
    this.#rows = null;
    this.requestUpdate();
  }

  #onLeave = (event: FocusEvent): void => {
    if (!this.contains(event.relatedTarget as Node | null)) this.#close();
  };

  #onInput = (event: Event): void => {
    this.#typed = (event.target as HTMLInputElement).value;
    this.#shown = true;
    this.#rows = null;
    this.active = this.#current()[0]?.label.key ?? "";
    const box = this.querySelector<HTMLElement>(BOX);
    if (box) box.scrollTop = 0;
    this.requestUpdate();
  };

  #onScroll = (): void => this.requestUpdate();

  #onClick = (event: MouseEvent): void => {
    const target = event.target as Element;
    const key = target.closest<HTMLElement>("[role=treeitem]")?.dataset.key;
    if (key === undefined) return;
    this.active = key;
    if (target.closest("[data-twist] svg")) this.toggleBranch(key);
    else this.#take(key);
    this.requestUpdate();
  };

  /** One of several: the search goes on; the only one: it is over. */
  #take(key: string): void {
    this.context.announce(this.choose(key));
    if (!asksForSet(this.question) && this.chosen().includes(key)) this.#close();
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.ctrlKey || event.metaKey) return;
    const handled = this.#shown ? this.#inside(event) : this.#outside(event);
    if (!handled) return;
    event.preventDefault();
    event.stopPropagation();
    this.requestUpdate();
  };

  #outside(event: KeyboardEvent): boolean {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return false;
    this.#open();
    return true;
  }

  #inside(event: KeyboardEvent): boolean {
    if (event.key === "Escape") {
      if (this.#typed) {
        this.#typed = "";
        this.#rows = null;
        this.#reveal = true;
      } else this.#close();
      return true;
    }
    const empty = this.#typed === "";
    if (event.key === "Enter" || (event.key === " " && empty)) {
      if (this.active) this.#take(this.active);
      return true;
    }
    // With words in the box the other keys are the caret's.
    if (!empty && !ALWAYS.has(event.key)) return false;
    if (this.treeStep(event.key, this.#current()) === "none") return false;
    this.#reveal = true;
    return true;
  }
}
