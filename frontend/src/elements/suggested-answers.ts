import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Of } from "../core/about";
import type { Question } from "../core/contracts";
import type { Suggested } from "../core/suggestions";
import { marksArea, tagOf } from "../core/tags/tag";
import { t } from "../i18n";
import { AssayElement } from "./base";
import { capsOf, shortcutOf } from "./command-parts";
import type { AnswerContext } from "./context";
import type { QuestionElement } from "./question";
import { summary } from "./summary";

/** So many rows are shown; what is settled makes room for the next. */
const ROWS = 20;

/** What is suggested for one question beside spans: each answer with a way to accept it and to put it aside. */
export class SuggestedAnswersElement extends AssayElement {
  static override properties = {
    context: { attribute: false },
    question: { attribute: false },
    of: { attribute: false },
  };

  declare context: AnswerContext;
  declare question: Question;
  /** The marked region that the question is asked of, or null. */
  declare of: Of;

  protected override render(): TemplateResult | typeof nothing {
    const { desk } = this.context;
    const rows = this.#rows(desk.suggestions.openAbout(this.question.key, this.of));
    if (rows.length === 0) return nothing;
    return html`<ul class="suggested-answers" aria-label=${t("suggestions.open", { n: rows.length })}>
      ${repeat(rows.slice(0, ROWS), ([first]) => first?.region.id, this.#row)}
    </ul>`;
  }

  /** Areas and relations stand alone; what else one model says makes one answer. */
  #rows(open: readonly Suggested[]): readonly (readonly Suggested[])[] {
    if (marksArea(this.question) || tagOf(this.question) === "relations") return open.map((one) => [one]);
    const answers = new Map<string, Suggested[]>();
    for (const one of open) answers.set(one.prediction, [...(answers.get(one.prediction) ?? []), one]);
    return [...answers.values()];
  }

  #row = (row: readonly Suggested[]): TemplateResult => {
    const [first] = row;
    const { store, desk } = this.context;
    const selected = row.some(({ region }) => region.id === desk.selected.value);
    return html`<li class="suggested-answer ${selected ? "is-selected" : ""}">
      <p class="suggested-by small">
        <span class="badge">${t("suggestions.one")}</span>
        ${first?.model ? t("suggestions.from", { model: first.model }) : nothing}
        ${first?.score == null ? nothing : html`<span class="muted">${t("suggestions.score", { score: first.score })}</span>`}
      </p>
      ${summary(
        store,
        this.question,
        row.map(({ region }) => region),
      )}
      <div class="suggested-tools">
        <button type="button" class="button small" data-accept data-does="suggestion.accept" aria-keyshortcuts=${shortcutOf("suggestion.accept")} @click=${() => this.#settle(row, "accept")}>${t("suggestions.accept")}${capsOf("suggestion.accept")}</button>
        <button type="button" class="button small" data-does="suggestion.dismiss" aria-keyshortcuts=${shortcutOf("suggestion.dismiss")} @click=${() => this.#settle(row, "dismiss")}>${t("suggestions.dismiss")}${capsOf("suggestion.dismiss")}</button>
        ${first && marksArea(this.question) ? this.#show(first) : nothing}
      </div>
    </li>`;
  };

  #show({ region }: Suggested): TemplateResult {
    const { desk } = this.context;
    return html`<button type="button" class="button small" data-does="suggestion.show" aria-keyshortcuts=${shortcutOf("suggestion.show")} aria-pressed=${desk.selected.value === region.id ? "true" : "false"}
      @click=${() => {
        desk.selected.value = region.id;
      }}
    >
      ${t("suggestions.show")}${capsOf("suggestion.show")}
    </button>`;
  }

  #settle(row: readonly Suggested[], how: "accept" | "dismiss"): void {
    const { desk, announce } = this.context;
    const ids = row.map(({ region }) => region.id);
    if (how === "accept") desk.suggestions.accept(ids);
    else desk.suggestions.dismiss(ids);
    if (how === "dismiss" && ids.includes(desk.selected.peek() ?? "")) desk.selected.value = null;
    const n = this.#rows(desk.suggestions.openAbout(this.question.key, this.of)).length;
    announce(t(how === "accept" ? "suggestions.accepted" : "suggestions.dismissed", { n }));
    void this.updateComplete.then(() => this.#goOn());
  }

  /** The button that was used is gone: the next row's is used, or the question's own control. */
  #goOn(): void {
    const next = this.querySelector<HTMLElement>("[data-accept]");
    if (next) next.focus({ preventScroll: true });
    else (this.closest(".question")?.parentElement as QuestionElement | null)?.focusControl();
  }
}
