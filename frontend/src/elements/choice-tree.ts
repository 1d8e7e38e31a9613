import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { flatRows, type Row } from "../core/choosing";
import type { Label } from "../core/contracts";
import { asksForSet } from "../core/tags/tag";
import { t } from "../i18n";
import { type FilterHost, LabelFilter } from "./label-filter";
import { TreeQuestionElement } from "./tree-question";

/** Labels under labels: one of them, or a set. */
export class ChoiceTreeElement extends TreeQuestionElement implements FilterHost {
  #focus = false;
  readonly #filter = new LabelFilter(this);

  protected override control(): TemplateResult {
    const { question, ids } = this;
    const rows = this.rows();
    const taken = this.chosen();
    const at = rows.some((row) => row.label.key === this.active)
      ? this.active
      : (rows.find((row) => taken.includes(row.label.key)) ?? rows[0])?.label.key;
    return html`
      ${question.filter && !this.readOnly ? this.#filter.box(rows.length) : nothing}
      <div
        class="tree"
        role="tree"
        aria-labelledby=${ids.title}
        aria-describedby=${ids.help}
        aria-multiselectable=${asksForSet(question) ? "true" : "false"}
        aria-required=${question.required ? "true" : "false"}
        @click=${this.#onClick}
        @keydown=${this.#onKey}
        @focusin=${this.#onFocus}
      >
        ${repeat(
          rows,
          (row) => row.label.key,
          (row) => this.treeRow(row, taken, row.label.key === at),
        )}
      </div>
      ${rows.length === 0 ? html`<p class="question-help">${t("choice.filter.none")}</p>` : nothing}
    `;
  }

  /** What is found stands in one list, each label with those above it. */
  protected override rows(): readonly Row[] {
    return this.#filter.narrows ? flatRows(this.question, this.#filter.with(this.chosen())) : super.rows();
  }

  take(label: Label): void {
    this.context.announce(this.choose(label.key));
  }

  enter(): void {
    this.querySelector<HTMLElement>("[role=treeitem][tabindex='0']")?.focus();
  }

  leave(): boolean {
    return false;
  }

  protected override updated(): void {
    if (!this.#focus) return;
    this.#focus = false;
    this.querySelector<HTMLElement>(`#${CSS.escape(this.rowId(this.active))}`)?.focus();
  }

  #keyAt(event: Event): string | undefined {
    return (event.target as Element).closest<HTMLElement>("[role=treeitem]")?.dataset.key;
  }

  #onFocus = (event: FocusEvent): void => {
    this.active = this.#keyAt(event) ?? this.active;
    this.requestUpdate();
  };

  #onClick = (event: MouseEvent): void => {
    const key = this.#keyAt(event);
    if (key === undefined) return;
    this.active = key;
    if ((event.target as Element).closest("[data-twist] svg")) this.toggleBranch(key);
    else if (!this.readOnly) this.choose(key);
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === " " || event.key === "Enter") {
      if (!this.readOnly) this.context.announce(this.choose(this.active));
    } else if (this.treeStep(event.key, this.rows()) === "none") return;
    event.preventDefault();
    event.stopPropagation();
    this.#focus = true;
    this.requestUpdate();
  };
}
