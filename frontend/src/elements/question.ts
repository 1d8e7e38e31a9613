import { html, nothing, type TemplateResult } from "lit";
import { aboutOf, type Of } from "../core/about";
import type { Question } from "../core/contracts";
import { marksText } from "../core/tags/tag";
import { AssayElement, uniqueId } from "./base";
import type { AnswerContext } from "./context";
import { type FrameIds, frame } from "./frame";

/** Where keys begin in a question: where it says so, at what is chosen, at what is filled in, last at a button. */
const BEGINNINGS = [
  "[data-first]",
  "input:checked:enabled, [role=treeitem][tabindex='0']",
  ":is(input, textarea, select):enabled",
  "button:enabled",
];

/** The control of a question that gets the focus when a key leads there. */
export function firstControl(box: HTMLElement): HTMLElement | null {
  for (const selector of BEGINNINGS) {
    const found = box.querySelector<HTMLElement>(selector);
    if (found) return found;
  }
  return null;
}

/** What the elements of all question kinds have in common. */
export abstract class QuestionElement extends AssayElement {
  static override properties = {
    context: { attribute: false },
    question: { attribute: false },
    missing: { type: Boolean },
  };

  declare context: AnswerContext;
  declare question: Question;
  /** A submit was tried without an answer to this question. */
  declare missing: boolean;

  protected readonly ids: FrameIds = { title: uniqueId(), help: uniqueId() };
  #of: Of | undefined;

  constructor() {
    super();
    this.missing = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // What cannot be read is gone with its field, and must not stand in the way of a submit; of a region it is kept, to
    // be there again when the region is looked at.
    if (this.context && (!this.question.per_region || this.#of == null))
      this.context.store.setUnreadable(this.question.key, false);
  }

  /**
   * The marked region that it is about, where the question asks of regions: the one that was looked at when it was
   * drawn, so that nothing typed goes to another. Panes draw another element for another region.
   */
  protected get of(): Of {
    const { store, desk } = this.context;
    this.#of ??= this.question.per_region ? aboutOf(store, this.question, desk.selected.peek()) : null;
    return this.#of;
  }

  /** Without a region there is nothing that a question about regions could be answered for. */
  protected get readOnly(): boolean {
    return this.context.readOnly || (this.question.per_region === true && this.of === null);
  }

  protected abstract control(): TemplateResult;

  /** What is wrong with the input as it stands, or null. */
  protected error(): string | null {
    return null;
  }

  /** How many regions it has made, where it makes them. */
  protected count(): number {
    return 0;
  }

  protected override render(): TemplateResult {
    const { readOnly } = this;
    return frame(
      this.question,
      this.ids,
      { missing: this.missing, readOnly, error: this.error(), count: this.count() },
      html`${this.#suggested()}${this.control()}`,
    );
  }

  /** What is suggested for it; spans are suggested where they stand in the text. */
  #suggested(): TemplateResult | typeof nothing {
    const { context, question, of } = this;
    if (this.readOnly || marksText(question) || context.desk.suggestions.all.length === 0) return nothing;
    return html`<assay-suggested-answers .context=${context} .question=${question} .of=${of}></assay-suggested-answers>`;
  }

  /** Puts the focus on the question's first control. */
  focusControl(): void {
    firstControl(this)?.focus({ preventScroll: true });
    this.scrollIntoView({ block: "center" });
  }
}
