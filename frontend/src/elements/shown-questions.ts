import { html, nothing, type TemplateResult } from "lit";
import { isShown } from "../core/conditions";
import type { Question } from "../core/contracts";
import { t } from "../i18n";
import { AssayElement } from "./base";
import { type AnswerContext, lookedAt, titleOf } from "./context";
import { firstControl } from "./question";

/**
 * Tells which questions come and go with the answers and with the region that is looked at, and keeps the focus among
 * the questions when one goes.
 */
export class ShownQuestionsElement extends AssayElement {
  static override properties = { context: { attribute: false } };

  declare context: AnswerContext;
  #before: readonly Question[] | null = null;
  /** The question that had the focus last. */
  #focused: string | null = null;
  #events: AbortController | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#events = new AbortController();
    document.addEventListener("focusin", this.#onFocus, { signal: this.#events.signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#events?.abort();
  }

  protected override render(): TemplateResult {
    const { store } = this.context;
    const region = lookedAt(this.context);
    const now = store.schema.questions.filter(
      (one) => !one.per_region && one.when?.length && isShown(one, store, region),
    );
    const before = this.#before;
    this.#before = now;
    if (before) this.#tell(before, now);
    return html`${nothing}`;
  }

  #tell(before: readonly Question[], now: readonly Question[]): void {
    const came = now.filter((one) => !before.includes(one)).map(titleOf);
    const gone = before.filter((one) => !now.includes(one));
    if (came.length === 0 && gone.length === 0) return;
    const words = [
      came.length > 0 ? t("question.appeared", { questions: came.join(", ") }) : "",
      gone.length > 0 ? t("question.vanished", { questions: gone.map(titleOf).join(", ") }) : "",
    ];
    // After what the answer itself has to say.
    setTimeout(() => this.context.announce(words.filter(Boolean).join(" ")), 150);
    if (gone.some((one) => one.key === this.#focused)) setTimeout(() => this.#keepFocus());
  }

  /** The question that had the focus is gone: the one before it gets it. */
  #keepFocus(): void {
    const active = document.activeElement;
    if (active && active !== document.body) return;
    const { questions } = this.context.store.schema;
    const at = questions.findIndex((one) => one.key === this.#focused);
    for (const { key } of questions.slice(0, at).reverse()) {
      const box = document.querySelector<HTMLElement>(`.question[data-question="${CSS.escape(key)}"]`);
      const control = box ? firstControl(box) : null;
      if (!control) continue;
      control.focus({ preventScroll: true });
      return;
    }
    document.querySelector<HTMLElement>("h1[tabindex]")?.focus({ preventScroll: true });
  }

  #onFocus = (event: FocusEvent): void => {
    const box = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-question]") : null;
    this.#focused = box?.dataset.question ?? null;
  };
}
