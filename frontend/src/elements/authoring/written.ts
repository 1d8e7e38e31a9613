import type { Command } from "../../core/commands";
import { QuestionElement } from "../question";
import { useRows } from "./row-commands";

/** A question that is answered row by row: its commands are there while it is in the page and can be answered. */
export abstract class WrittenElement extends QuestionElement {
  #forget: () => void = () => {};

  /** What can be done with a row. Reading it in a drawing draws again when a key changes. */
  protected abstract commands(): readonly Command[];

  override connectedCallback(): void {
    super.connectedCallback();
    // What it shows may come after the element itself.
    void this.updateComplete.then(() => {
      if (this.isConnected && !this.readOnly) this.#forget = useRows(() => this.commands());
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
    this.#forget = () => {};
  }
}
