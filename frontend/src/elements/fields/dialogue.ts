import { html, type PropertyValues, render, type TemplateResult } from "lit";
import type { Field, Question } from "../../core/contracts";
import type { SpanRegion } from "../../core/regions";
import { isWhole, turnAt, turnsIn } from "../../core/units";
import { TurnView } from "../../dom/turn-view";
import { AssayElement } from "../base";
import type { AnswerContext } from "../context";
import type { TextEditorElement } from "../text-editor";
import type { TextViewElement } from "../text-view";
import { type Said, saidList, saidOf } from "./turn-answers";

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
  /** What was drawn last at the foot of each turn, and in which view: a turn of which nothing changed is left alone. */
  #drawn: { readonly view: unknown; readonly turns: ReadonlyMap<number, Foot> } | null = null;

  protected override render(): TemplateResult {
    const { context, field } = this;
    // Read here, so that a change draws again.
    for (const question of this.#questions) context.store.regions(question.key).value;
    context.desk.spansOn(field.name);
    context.desk.selected.value;
    return this.asked
      ? html`<assay-text-editor .context=${context} .field=${field}></assay-text-editor>`
      : html`<assay-text-view .context=${context} .field=${field} .texts=${context.store.texts} .language=${context.language}></assay-text-view>`;
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
    const { desk, store } = this.context;
    const turns = turnsIn(store.texts, this.field.name);
    for (const span of desk.turnsOn(this.field.name))
      view.select(turnAt(turns, span.start), span.id === desk.selected.peek());
    const before = this.#drawn?.view === view ? this.#drawn.turns : new Map<number, Foot>();
    const now = this.#feet();
    this.#drawn = { view, turns: now };
    for (const at of new Set([...before.keys(), ...now.keys()])) {
      const [was, is] = [before.get(at), now.get(at)];
      const foot = view.footOf(at);
      if (foot && !sameFoot(was, is)) render(saidList(store, is?.said ?? []), foot);
    }
  }

  /** The marks that cover whole turns, by the last of their turns, with what has been answered about them. */
  #feet(): ReadonlyMap<number, Foot> {
    const { desk, store } = this.context;
    const turns = turnsIn(store.texts, this.field.name);
    const said = saidOf(store, this.field.name);
    const feet = new Map<number, Foot>();
    for (const span of [...desk.spansOn(this.field.name), ...desk.turnsOn(this.field.name)]) {
      const about = said.get(span.id);
      if (!about || !isWhole(turns, span)) continue;
      const at = turnAt(turns, span.end);
      const foot = feet.get(at) ?? { spans: [], said: [] };
      feet.set(at, { spans: [...foot.spans, span], said: [...foot.said, ...about] });
    }
    return feet;
  }
}

/** What stands under a turn. */
interface Foot {
  readonly spans: readonly SpanRegion[];
  readonly said: readonly Said[];
}

function sameFoot(a: Foot | undefined, b: Foot | undefined): boolean {
  const parts = (foot: Foot | undefined): readonly unknown[] =>
    foot ? [...foot.spans, ...foot.said.flatMap(({ question, regions }) => [question, ...regions])] : [];
  const [before, after] = [parts(a), parts(b)];
  return before.length === after.length && before.every((one, at) => one === after[at]);
}
