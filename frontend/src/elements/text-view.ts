import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Field } from "../core/contracts";
import type { Texts } from "../core/regions";
import type { TextSelection } from "../core/span-events";
import type { PageSource } from "../dom/page-view";
import { Reveal } from "../dom/reveal";
import { showSelection } from "../dom/selection";
import type { SpanView } from "../dom/span-view";
import { type Painted, samePaint } from "../dom/text-view";
import { AssayElement } from "./base";
import type { AnswerContext } from "./context";
import { viewOf } from "./fields/views";
import { Finding, type Searched } from "./finding";

/** A field's text with painted spans, to be read; with a context it can be searched. */
export class TextViewElement extends AssayElement implements Searched {
  static override properties = {
    context: { attribute: false },
    field: { attribute: false },
    texts: { attribute: false },
    spans: { attribute: false },
    source: { attribute: false },
    language: { attribute: false },
  };

  declare context: AnswerContext | undefined;
  declare field: Field;
  declare texts: Texts;
  declare spans: readonly Painted[];
  /** Where the pictures of pages come from; without them pages are shown as text. */
  declare source: PageSource | null | undefined;
  declare language: string;
  #shown: { readonly view: SpanView<Painted>; readonly texts: Texts; readonly field: Field } | null = null;

  readonly #reveal = new Reveal<Painted>(() => this.view);
  readonly finding: Finding = new Finding(this);

  constructor() {
    super();
    this.spans = [];
    this.language = "";
  }

  /** What shows the text, once it has been drawn. */
  get view(): SpanView<Painted> | null {
    return this.#shown?.view ?? null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#shown?.view.dispose();
    this.#shown = null;
  }

  protected override render(): TemplateResult {
    const { context } = this;
    return html`<div class="doc" lang=${this.language} tabindex=${context ? "-1" : nothing}></div>
      ${context ? this.finding.draw(context) : nothing}`;
  }

  /** What is selected of this text, where it is searched. */
  get #selection(): TextSelection | null {
    const selection = this.context?.desk.selection.peek();
    return selection?.field === this.field.name ? selection : null;
  }

  reveal(): void {
    if (this.#selection) this.#reveal.to(this.#selection.focus);
  }

  /** The text has no caret: what was found is selected as a reader selects it. */
  focusText(): void {
    this.querySelector<HTMLElement>(".doc")?.focus({ preventScroll: true });
    const { view } = this;
    if (view && this.#selection) showSelection(view, this.#selection.anchor, this.#selection.focus);
  }

  protected override updated(changed: PropertyValues): void {
    const root = this.querySelector<HTMLElement>(".doc");
    if (!root) return;
    const { field, texts } = this;
    if (!this.#shown || this.#shown.texts !== texts || this.#shown.field !== field || changed.has("source")) {
      this.#shown?.view.dispose();
      const look = (span: Painted): Painted => span;
      const view = viewOf<Painted>(field, texts, {
        root,
        look,
        asked: false,
        source: this.source ?? null,
        moved: () => {
          this.#reveal.again();
          this.finding.refresh();
        },
      });
      this.#shown = { view, texts, field };
    }
    this.#shown.view.paint(this.spans, samePaint);
    this.finding.refresh();
  }
}
