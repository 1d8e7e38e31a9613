import { html, nothing, type TemplateResult } from "lit";
import { above, choosable, chosen, isFull, type Row, rowsOf, toggleChoice } from "../core/choosing";
import { asksForSet } from "../core/tags/tag";
import { t } from "../i18n";
import { hint } from "./choice";
import { icon, keys, shortcut } from "./parts";
import { QuestionElement } from "./question";

/** What a key did in a tree. */
export type TreeStep = "moved" | "toggled" | "opened" | "none";

/** Labels in a tree: which branches are open, which row is at hand, and what keys do there. */
export abstract class TreeQuestionElement extends QuestionElement {
  /** The row that keys act on, by its label's key. */
  protected active = "";
  #opened: Set<string> | null = null;

  /** The branches that are open: at first those that hold what is chosen, and all of a small tree. */
  protected get opened(): Set<string> {
    if (!this.#opened) {
      const { question } = this;
      const small = (question.labels?.length ?? 0) <= 30;
      const start = small
        ? (question.labels ?? []).map((one) => one.key)
        : this.chosen().flatMap((key) => above(question, key));
      this.#opened = new Set(start);
    }
    return this.#opened;
  }

  protected chosen(): readonly string[] {
    return chosen(this.context.store, this.question.key, this.of);
  }

  protected rows(): readonly Row[] {
    return rowsOf(this.question, this.opened);
  }

  protected rowId(key: string): string {
    return `${this.ids.title}-${(this.question.labels ?? []).findIndex((one) => one.key === key)}`;
  }

  /** Chooses a row; where it cannot be chosen, its branch opens or closes. @returns what a reader is told, or "". */
  protected choose(key: string): string {
    const { store, keys: _keys } = this.context;
    const { question } = this;
    const now = this.chosen();
    if (!choosable(question, key)) {
      this.toggleBranch(key);
      return "";
    }
    if (!now.includes(key) && isFull(question, now.length)) return t("tree.full", { n: question.most ?? 0 });
    toggleChoice(store, question.key, key, this.of);
    const text = question.labels?.find((one) => one.key === key)?.text ?? key;
    return t(this.chosen().includes(key) ? "choice.chosen" : "choice.cleared", { label: text });
  }

  protected toggleBranch(key: string): void {
    if (!this.opened.delete(key)) this.opened.add(key);
    this.requestUpdate();
  }

  /** Moves the row at hand, opens and closes branches, as every tree does. */
  protected treeStep(key: string, rows: readonly Row[]): TreeStep {
    const at = rows.findIndex((row) => row.label.key === this.active);
    const row = rows[at];
    const go = (to: number): TreeStep => {
      const next = rows[Math.max(0, Math.min(rows.length - 1, to))];
      if (!next) return "none";
      this.active = next.label.key;
      return "moved";
    };
    switch (key) {
      case "ArrowDown":
        return go(at + 1);
      case "ArrowUp":
        return go(at < 0 ? 0 : at - 1);
      case "Home":
        return go(0);
      case "End":
        return go(rows.length - 1);
      case "PageDown":
        return go(at + 8);
      case "PageUp":
        return go(at - 8);
      case "ArrowRight":
        if (!row?.opens) return "none";
        if (row.isOpen) return go(at + 1);
        this.toggleBranch(row.label.key);
        return "opened";
      case "ArrowLeft":
        if (row?.isOpen) {
          this.toggleBranch(row.label.key);
          return "opened";
        }
        return row?.label.parent ? go(rows.findIndex((one) => one.label.key === row.label.parent)) : "none";
      default:
        return "none";
    }
  }

  /** One row of the tree. `focusable` is null where the focus stays elsewhere. */
  protected treeRow(row: Row, taken: readonly string[], focusable: boolean | null): TemplateResult {
    const { label, opens } = row;
    const { question, readOnly } = this;
    const can = choosable(question, label.key);
    const isChosen = taken.includes(label.key);
    const key = this.context.keys.keyOf(question.key, label.key);
    const set = asksForSet(question);
    return html`
      <div
        class="tree-row ${isChosen ? "is-chosen" : ""} ${this.active === label.key ? "is-active" : ""}"
        role="treeitem"
        id=${this.rowId(label.key)}
        data-key=${label.key}
        data-depth=${Math.min(row.depth, 9)}
        tabindex=${focusable === null ? nothing : focusable ? "0" : "-1"}
        aria-level=${row.depth + 1}
        aria-setsize=${row.count}
        aria-posinset=${row.place}
        aria-expanded=${opens ? String(row.isOpen) : nothing}
        aria-checked=${can ? String(isChosen) : nothing}
        aria-selected=${focusable === null ? String(this.active === label.key) : nothing}
        aria-disabled=${readOnly ? "true" : nothing}
        aria-keyshortcuts=${shortcut(key)}
        title=${(focusable === null && label.hint) || nothing}
      >
        <span class="tree-twist ${row.isOpen ? "is-open" : ""}" data-twist aria-hidden="true">${opens ? icon("chevron") : nothing}</span>
        ${can ? html`<span class="tree-box ${set ? "is-set" : ""}" aria-hidden="true">${isChosen ? (set ? icon("check") : html`<span class="tree-dot"></span>`) : nothing}</span>` : nothing}
        <span class="tree-text">${label.text}${focusable === null ? nothing : hint(label)}</span>
        ${readOnly ? nothing : keys(key)}
      </div>
    `;
  }
}
