import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { chosen, search, toggleChoice } from "../core/choosing";
import type { Label } from "../core/contracts";
import { asksForSet } from "../core/tags/tag";
import { t } from "../i18n";
import { keys, shortcut } from "./parts";
import { QuestionElement } from "./question";

/** From so many labels on they can be searched without being asked for. */
const MANY = 13;

/** One label of several, or a set of them. */
export class ChoiceElement extends QuestionElement {
  #typed = "";

  protected override control(): TemplateResult {
    const { question, ids } = this;
    const labels = question.labels ?? [];
    const single = !asksForSet(question);
    const filters = !this.readOnly && (question.filter || labels.length >= MANY);
    const shown = filters && this.#typed ? this.#found() : labels;
    return html`
      ${filters ? this.#filter(shown.length) : nothing}
      <div
        class="options ${filters ? "is-long" : ""}"
        role=${single ? "radiogroup" : "group"}
        aria-labelledby=${ids.title}
        aria-describedby=${ids.help}
      >
        ${shown.map((label) => this.#option(label, single))}
        ${shown.length === 0 ? html`<p class="question-help">${t("choice.filter.none")}</p>` : nothing}
      </div>
    `;
  }

  /** What is chosen stays in sight, whatever is looked for. */
  #found(): readonly Label[] {
    const found = new Set(search(this.question, this.#typed).map((one) => one.key));
    for (const key of chosen(this.context.store, this.question.key, this.of)) found.add(key);
    return (this.question.labels ?? []).filter((one) => found.has(one.key));
  }

  #filter(count: number): TemplateResult {
    return html`
      <input
        class="filter"
        type="search"
        autocomplete="off"
        placeholder=${t("choice.filter")}
        aria-label=${t("choice.filter")}
        .value=${live(this.#typed)}
        @input=${this.#onFilter}
        @keydown=${this.#onFilterKey}
      />
      <p class="visually-hidden" role="status">${this.#typed ? t("choice.filter.count", { n: count }) : ""}</p>
    `;
  }

  #onFilter = (event: Event): void => {
    this.#typed = (event.target as HTMLInputElement).value;
    this.requestUpdate();
  };

  /** Enter chooses the only one that is left, the arrow goes into the list. */
  #onFilterKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown") this.querySelector<HTMLElement>(".option input")?.focus();
    else if (event.key === "Enter") this.#take();
    else if (event.key === "Escape" && this.#typed) this.#typed = "";
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.requestUpdate();
  };

  #take(): void {
    const found = search(this.question, this.#typed);
    const [only] = found;
    if (!this.#typed.trim() || !only || found.length > 1) return;
    const { store, announce } = this.context;
    toggleChoice(store, this.question.key, only.key, this.of);
    const now = chosen(store, this.question.key, this.of).includes(only.key);
    announce(t(now ? "choice.chosen" : "choice.cleared", { label: only.text }));
    this.#typed = "";
  }

  #option(label: Label, single: boolean): TemplateResult {
    const { store, keys: labelKeys } = this.context;
    const { question, ids, readOnly } = this;
    const key = labelKeys.keyOf(question.key, label.key);
    const checked = chosen(store, question.key, this.of).includes(label.key);
    return html`
      <label class="option ${checked ? "is-chosen" : ""}">
        <input
          type=${single ? "radio" : "checkbox"}
          name=${ids.title}
          .checked=${live(checked)}
          ?disabled=${readOnly}
          ?required=${single && question.required}
          aria-keyshortcuts=${shortcut(key)}
          @change=${() => {
            // What was not taken is not shown as chosen.
            if (!toggleChoice(store, question.key, label.key, this.of)) this.requestUpdate();
          }}
        />
        <span class="option-text">${label.text}${hint(label)}</span>
        ${readOnly ? "" : keys(key)}
      </label>
    `;
  }
}

/** What a label means, under it. */
export function hint(label: Label): TemplateResult | typeof nothing {
  return label.hint ? html`<span class="option-hint">${label.hint}</span>` : nothing;
}
