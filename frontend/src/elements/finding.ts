import { signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import type { Field } from "../core/contracts";
import type { ShownText } from "../dom/positions";
import type { Slice } from "../dom/span-view";
import type { AnswerContext } from "./context";
import type { FindBarElement } from "./find-bar";
import { holdingKeys } from "./held-keys";
import { needPacks } from "./packs";

/** A text in the page that can be searched: one that is read, or one on which spans are put. */
export interface Searched extends HTMLElement {
  readonly field: Field;
  readonly finding: Finding;
  /** Null until it has been drawn. */
  readonly view: (ShownText & { near(): readonly Slice[] }) | null;
  /** Brings the selection into view. */
  reveal(): void;
  focusText(): void;
}

/** The search of one text: whether its bar is shown, and the way to it. */
export class Finding {
  readonly #shown = signal(false);

  constructor(private readonly text: Searched) {}

  /** Reading it in a drawing draws again when it changes. */
  get shown(): boolean {
    return this.#shown.value;
  }

  get #bar(): FindBarElement | null {
    return this.text.querySelector<FindBarElement>("assay-find-bar");
  }

  /** Shows the search, or goes back to it. It comes with what stands beside the work. */
  open(): Promise<void> {
    return holdingKeys(this.#show);
  }

  #show = async (): Promise<void> => {
    if (!(await needPacks(["aside"]))) return;
    if (this.#shown.peek()) this.#bar?.focusInput();
    this.#shown.value = true;
  };

  /** Ends the search; what was found last stays selected. */
  close(): void {
    this.#shown.value = false;
    this.text.focusText();
  }

  step(direction: -1 | 1): void {
    this.#bar?.step(direction);
  }

  /** The text moved or was painted anew. */
  refresh(): void {
    this.#bar?.refresh();
  }

  draw(context: AnswerContext): TemplateResult | typeof nothing {
    return this.shown
      ? html`<assay-find-bar .context=${context} .text=${this.text}></assay-find-bar>`
      : nothing;
  }
}
