import { html, nothing, type TemplateResult } from "lit";
import type { Question } from "../core/contracts";
import type { LabelKeys } from "../core/keymap";
import { t } from "../i18n";
import { setSingleKeys, singleKeys } from "../preferences";
import { uniqueId } from "./base";
import { titleOf } from "./context";
import { DialogElement } from "./dialog";
import { keys } from "./parts";

type Row = readonly [chord: string | undefined, meaning: string];

/** All keys, by where they work. */
export class HelpSheetElement extends DialogElement {
  static override properties = {
    questions: { attribute: false },
    labelKeys: { attribute: false },
    general: { attribute: false },
  };

  declare questions: readonly Question[];
  declare labelKeys: LabelKeys;
  /** Keys that work anywhere, besides undo, redo, guideline and this sheet. */
  declare general: readonly Row[];
  readonly #id = uniqueId();

  protected override render(): TemplateResult {
    return html`
      <dialog class="assay-dialog is-wide" aria-labelledby=${this.#id}>
        <h2 id=${this.#id}>${t("help.title")}</h2>
        <div class="help-columns">
          ${this.#section(t("help.general"), [
            ...this.general,
            ["ctrl+z", t("help.undo")],
            ["ctrl+shift+z", t("help.redo")],
            ["g", t("help.guideline")],
            ["?", t("help.sheet")],
          ])}
          ${this.questions.some((one) => one.kind === "spans") ? this.#textSection() : nothing}
          ${this.#labels()}
        </div>
        ${this.#singleKeys()}
        <div class="actions">
          <button type="button" class="button" @click=${() => this.close()}>${t("dialog.close")}</button>
        </div>
      </dialog>
    `;
  }

  #section(title: string, rows: readonly Row[]): TemplateResult {
    return html`
      <section>
        <h3>${title}</h3>
        <dl class="key-list">
          ${rows.map(
            ([chord, meaning]) => html`<div>
              <dt>${(chord ?? "").split(" ").map((one) => keys(one))}<span class="visually-hidden">${chord}</span></dt>
              <dd>${meaning}</dd>
            </div>`,
          )}
        </dl>
      </section>
    `;
  }

  #textSection(): TemplateResult {
    return this.#section(t("help.inText"), [
      ["arrowleft arrowright arrowup arrowdown", t("help.move")],
      ["ctrl+arrowright", t("help.word")],
      ["shift+arrowright", t("help.extend")],
      ["enter space", t("help.apply")],
      ["tab", t("help.tab")],
      ["delete", t("help.delete")],
      ["alt+arrowright", t("help.nudgeEnd")],
      ["alt+shift+arrowright", t("help.nudgeStart")],
      ["escape", t("help.escape")],
    ]);
  }

  #labels(): TemplateResult {
    return html`${this.questions
      .filter((question) => (question.labels ?? []).length > 0 || question.kind === "rating")
      .map((question) =>
        this.#section(
          titleOf(question),
          question.kind === "rating" ? this.#steps(question) : this.#choices(question),
        ),
      )}`;
  }

  #choices(question: Question): readonly Row[] {
    return (question.labels ?? []).map(
      (label) => [this.labelKeys.keyOf(question.key, label.key), label.text] as const,
    );
  }

  #steps(question: Question): readonly Row[] {
    const max = question.max_rating ?? 5;
    return Array.from(
      { length: max },
      (_, index) =>
        [
          this.labelKeys.keyOf(question.key, String(index + 1)),
          t("rating.of", { n: index + 1, max }),
        ] as const,
    ).filter(([key]) => key !== undefined);
  }

  #singleKeys(): TemplateResult {
    return html`
      <label class="check single-keys">
        <input
          type="checkbox"
          .checked=${singleKeys.value}
          @change=${(event: Event) => setSingleKeys((event.target as HTMLInputElement).checked)}
        />
        <span>${t("help.single")}<br /><span class="muted small">${t("help.single.body")}</span></span>
      </label>
    `;
  }
}
