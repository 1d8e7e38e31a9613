import { html, type PropertyValues, type TemplateResult } from "lit";
import type { Field } from "../core/contracts";
import type { Texts } from "../core/regions";
import type { PageSource } from "../dom/page-view";
import type { SpanView } from "../dom/span-view";
import { type Painted, samePaint } from "../dom/text-view";
import { AssayElement } from "./base";
import { viewOf } from "./fields/views";

/** A field's text with painted spans, to be read. */
export class TextViewElement extends AssayElement {
  static override properties = {
    field: { attribute: false },
    texts: { attribute: false },
    spans: { attribute: false },
    source: { attribute: false },
    language: { attribute: false },
  };

  declare field: Field;
  declare texts: Texts;
  declare spans: readonly Painted[];
  /** Where the pictures of pages come from; without them pages are shown as text. */
  declare source: PageSource | null | undefined;
  declare language: string;
  #shown: { readonly view: SpanView<Painted>; readonly texts: Texts; readonly field: Field } | null = null;

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
    return html`<div class="doc" lang=${this.language}></div>`;
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
        moved: () => {},
      });
      this.#shown = { view, texts, field };
    }
    this.#shown.view.paint(this.spans, samePaint);
  }
}
