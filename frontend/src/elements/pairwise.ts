import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { chosen, toggleChoice } from "../core/choosing";
import { fixedCommands } from "../core/command-list";
import type { Question } from "../core/contracts";
import { t } from "../i18n";
import { AssayElement } from "./base";
import type { AnswerContext } from "./context";
import { addCommands } from "./keyboard";
import { ownsArrows, type Side, sideName } from "./pair-side";
import { icon, keys, shortcut } from "./parts";
import { QuestionElement } from "./question";

const SIDES: readonly Side[] = ["left", "right"];
const ARROWS: Readonly<Record<string, Side>> = { ArrowLeft: "left", ArrowRight: "right" };

/** Where arrow keys mean something else, or scroll. */
const OWN_ARROWS = [
  "input, textarea, select, dialog, [contenteditable]",
  "[role=textbox], [role=tree], [role=grid], [role=radiogroup], [role=combobox], [role=application]",
  ".rank-card, .table-scroll, .md-table, .image-scroll, .doc.is-pages, .doc.is-html table",
].join(",");

function pick(context: AnswerContext, question: Question, side: Side): void {
  toggleChoice(context.store, question.key, side);
  const now = chosen(context.store, question.key).includes(side);
  context.announce(
    t(now ? "choice.chosen" : "choice.cleared", { label: sideName(context.store, question, side) }),
  );
}

/** Which of two fields: a choice among the questions, and keys that choose from wherever one reads. */
export class PairwiseElement extends QuestionElement {
  #away: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.#onKey);
    this.#away = addCommands(() => (this.context?.readOnly ? [] : fixedCommands(["pair"])));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.#onKey);
    this.#away?.();
  }

  protected override control(): TemplateResult {
    const { question, ids, readOnly } = this;
    return html`
      <div class="options pair-options" role="radiogroup" aria-labelledby=${ids.title} aria-describedby=${ids.help}>
        ${SIDES.map((side) => this.#option(side))}
      </div>
      ${readOnly || !ownsArrows(this.context.store, question) ? nothing : html`<p class="question-help">${t("pair.help")}</p>`}
    `;
  }

  #option(side: Side): TemplateResult {
    const { question, ids, readOnly, context } = this;
    const checked = chosen(context.store, question.key).includes(side);
    const key = context.keys.keyOf(question.key, side);
    return html`
      <label class="option ${checked ? "is-chosen" : ""}">
        <input
          type="radio"
          name=${ids.title}
          .checked=${live(checked)}
          ?disabled=${readOnly}
          ?required=${question.required}
          aria-keyshortcuts=${shortcut(key)}
          @change=${() => toggleChoice(context.store, question.key, side)}
        />
        <span class="option-text">${sideName(context.store, question, side)}</span>
        ${readOnly ? nothing : keys(key)}
      </label>
    `;
  }

  /** Of several comparisons the one with the focus is meant, else the first. */
  #isMeant(target: EventTarget | null): boolean {
    const held = target instanceof Element ? target.closest<HTMLElement>("[data-pair]") : null;
    return held ? held.dataset.pair === this.question.key : ownsArrows(this.context.store, this.question);
  }

  #onKey = (event: KeyboardEvent): void => {
    const side = ARROWS[event.key];
    if (!side || event.defaultPrevented || event.isComposing || this.readOnly) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.target instanceof Element && event.target.closest(OWN_ARROWS)) return;
    if (!this.#isMeant(event.target)) return;
    event.preventDefault();
    if (!chosen(this.context.store, this.question.key).includes(side))
      pick(this.context, this.question, side);
  };
}

/** The big target over one of the two. */
export class PairSideElement extends AssayElement {
  static override properties = {
    context: { attribute: false },
    question: { attribute: false },
    side: { attribute: false },
  };

  declare context: AnswerContext;
  declare question: Question;
  declare side: Side;

  protected override render(): TemplateResult {
    const { context, question, side } = this;
    const taken = chosen(context.store, question.key).includes(side);
    const name = sideName(context.store, question, side);
    this.parentElement?.classList.toggle("is-chosen", taken);
    const arrow = ownsArrows(context.store, question)
      ? side === "left"
        ? "arrowleft"
        : "arrowright"
      : undefined;
    if (context.readOnly)
      return html`<p class="pair-target is-still"><span class="pair-name">${name}</span>${taken ? html`${icon("check")}${t("pair.chosen")}` : nothing}</p>`;
    return html`
      <button
        type="button"
        class="pair-target"
        aria-pressed=${taken ? "true" : "false"}
        aria-label=${t("pair.choose.name", { side: name })}
        aria-keyshortcuts=${shortcut(arrow)}
        @click=${() => pick(context, question, side)}
      >
        <span class="pair-name">${name}</span>
        ${taken ? icon("check") : nothing}<span>${t(taken ? "pair.chosen" : "pair.choose")}</span>
        ${keys(context.keys.keyOf(question.key, side))}${keys(arrow)}
      </button>
    `;
  }
}
