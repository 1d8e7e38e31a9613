import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { chosen, toggleChoice } from "../core/choosing";
import type { Label } from "../core/contracts";
import { asksForSet } from "../core/tags/tag";
import { t } from "../i18n";
import { type FilterHost, LabelFilter } from "./label-filter";
import { keys, shortcut } from "./parts";
import { QuestionElement } from "./question";

/** From so many labels on they can be searched without being asked for. */
const MANY = 13;

/** One label of several, or a set of them. */
export class ChoiceElement extends QuestionElement implements FilterHost {
  readonly #filter = new LabelFilter(this);

  protected override control(): TemplateResult {
    const { question, ids } = this;
    const labels = question.labels ?? [];
    const single = !asksForSet(question);
    const filters = !this.readOnly && (question.filter || labels.length >= MANY);
    const shown = filters ? this.#found() : labels;
    return html`
      ${filters ? this.#filter.box(shown.length) : nothing}
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
    return this.#filter.with(chosen(this.context.store, this.question.key, this.of));
  }

  take(label: Label): void {
    const { store, announce } = this.context;
    toggleChoice(store, this.question.key, label.key, this.of);
    const now = chosen(store, this.question.key, this.of).includes(label.key);
    announce(t(now ? "choice.chosen" : "choice.cleared", { label: label.text }));
  }

  enter(): void {
    this.querySelector<HTMLElement>(".option input")?.focus();
  }

  leave(): boolean {
    return false;
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
