import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { chosen, toggleChoice } from "../core/answers";
import type { Label } from "../core/contracts";
import { keys, shortcut } from "./parts";
import { QuestionElement } from "./question";

/** One label of several, or a set of them (kinds "choice" and "choices"). */
export class ChoiceElement extends QuestionElement {
  protected override control(): TemplateResult {
    const { question, ids } = this;
    const single = question.kind === "choice";
    return html`
      <div
        class="options"
        role=${single ? "radiogroup" : "group"}
        aria-labelledby=${ids.title}
        aria-describedby=${ids.help}
      >
        ${(question.labels ?? []).map((label) => this.#option(label, single))}
      </div>
    `;
  }

  #option(label: Label, single: boolean): TemplateResult {
    const { store, keys: labelKeys, readOnly } = this.context;
    const { question, ids } = this;
    const key = labelKeys.keyOf(question.key, label.key);
    const checked = chosen(store, question.key).includes(label.key);
    return html`
      <label class="option ${checked ? "is-chosen" : ""}">
        <input
          type=${single ? "radio" : "checkbox"}
          name=${ids.title}
          .checked=${live(checked)}
          ?disabled=${readOnly}
          ?required=${single && question.required}
          aria-keyshortcuts=${shortcut(key)}
          @change=${() => toggleChoice(store, question.key, label.key)}
        />
        <span class="option-text">${label.text}</span>
        ${readOnly ? "" : keys(key)}
      </label>
    `;
  }
}
