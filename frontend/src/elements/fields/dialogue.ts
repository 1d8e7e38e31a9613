import { html, type nothing, type PropertyValues, render, type TemplateResult } from "lit";
import type { Field, Question } from "../../core/contracts";
import type { SpanRegion } from "../../core/regions";
import { isWhole, turnAt, turnsIn } from "../../core/units";
import { TurnView } from "../../dom/turn-view";
import { AssayElement } from "../base";
import type { AnswerContext } from "../context";
import type { TextEditorElement } from "../text-editor";
import type { TextViewElement } from "../text-view";
import { turnAnswers } from "./turn-answers";

/** A dialogue or a chat: its turns, and at each of them what has been answered about it. */
export class DialogueFieldElement extends AssayElement {
  static override properties = {
    context: { attribute: false },
    field: { attribute: false },
    asked: { attribute: false },
  };

  declare context: AnswerContext;
  declare field: Field;
  declare asked: boolean;
  /** Turns with answers at their foot, as drawn last. */
  #drawn: readonly number[] = [];

  protected override render(): TemplateResult {
    const { context, field } = this;
    // Read here, so that a change draws again.
    for (const question of this.#questions) context.store.regions(question.key).value;
    context.desk.spansOn(field.name);
    context.desk.selected.value;
    return this.asked
      ? html`<assay-text-editor .context=${context} .field=${field}></assay-text-editor>`
      : html`<assay-text-view .field=${field} .texts=${context.store.texts} .language=${context.language}></assay-text-view>`;
  }

  protected override updated(_changed: PropertyValues): void {
    void this.#showAnswers();
  }

  get #questions(): readonly Question[] {
    return this.context.store.schema.questions.filter(
      (one) => one.per_region && one.field === this.field.name,
    );
  }

  async #showAnswers(): Promise<void> {
    if (this.#questions.length === 0) return;
    const shown = this.querySelector<TextEditorElement | TextViewElement>(
      "assay-text-editor, assay-text-view",
    );
    await shown?.updateComplete;
    const view = shown?.view;
    if (!(view instanceof TurnView)) return;
    const turns = turnsIn(this.context.store.texts, this.field.name);
    const byTurn = new Map<number, SpanRegion[]>();
    const { desk } = this.context;
    const own = desk.turnsOn(this.field.name);
    for (const span of own) view.select(turnAt(turns, span.start), span.id === desk.selected.peek());
    for (const span of [...desk.spansOn(this.field.name), ...own]) {
      if (!isWhole(turns, span)) continue;
      // An answer about several turns stands at the last of them.
      const at = turnAt(turns, span.end);
      byTurn.set(at, [...(byTurn.get(at) ?? []), span]);
    }
    for (const at of new Set([...this.#drawn, ...byTurn.keys()])) {
      const foot = view.footOf(at);
      if (foot) render(this.#answers(byTurn.get(at) ?? []), foot);
    }
    this.#drawn = [...byTurn.keys()];
  }

  #answers(spans: readonly SpanRegion[]): TemplateResult | typeof nothing {
    return turnAnswers(
      this.context.store,
      this.field.name,
      spans.map((one) => one.id),
    );
  }
}
