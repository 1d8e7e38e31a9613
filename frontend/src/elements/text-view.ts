import { html, type PropertyValues, type TemplateResult } from "lit";
import { type Painted, TextView } from "../dom/text-view";
import { AssayElement } from "./base";

/** A text with painted spans, to be read. */
export class TextViewElement extends AssayElement {
  static override properties = {
    text: { attribute: false },
    spans: { attribute: false },
    language: { attribute: false },
  };

  declare text: string;
  declare spans: readonly Painted[];
  declare language: string;
  #view: TextView | null = null;

  constructor() {
    super();
    this.text = "";
    this.spans = [];
    this.language = "";
  }

  protected override render(): TemplateResult {
    return html`<div class="doc" lang=${this.language}></div>`;
  }

  protected override updated(_changed: PropertyValues): void {
    const root = this.querySelector<HTMLElement>(".doc");
    if (!root) return;
    if (!this.#view || this.#view.text !== this.text) this.#view = new TextView(root, this.text);
    this.#view.paint(this.spans);
  }
}
