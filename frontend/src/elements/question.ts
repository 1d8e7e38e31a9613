import type { TemplateResult } from "lit";
import type { Question } from "../core/contracts";
import { AssayElement, uniqueId } from "./base";
import type { AnswerContext } from "./context";
import { type FrameIds, frame } from "./frame";

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

  constructor() {
    super();
    this.missing = false;
  }

  protected abstract control(): TemplateResult;

  /** What is wrong with the input as it stands, or null. */
  protected error(): string | null {
    return null;
  }

  protected override render(): TemplateResult {
    const { readOnly } = this.context;
    return frame(
      this.question,
      this.ids,
      { missing: this.missing, readOnly, error: this.error() },
      this.control(),
    );
  }

  /** Puts the focus on the question's first control. */
  focusControl(): void {
    const control = this.querySelector<HTMLElement>("input:checked, input, textarea, button");
    control?.focus({ preventScroll: true });
    this.scrollIntoView({ block: "center" });
  }
}
