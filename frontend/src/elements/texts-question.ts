import { html, nothing, type TemplateResult } from "lit";
import { setText, texts } from "../core/answers";
import { command } from "../core/command-list";
import type { Command } from "../core/commands";
import { boxesFor, Slots, takesAnother } from "../core/slots";
import { t } from "../i18n";
import { capsOf, shortcutOf } from "./command-parts";
import { titleOf } from "./context";
import { addCommands } from "./keyboard";
import { QuestionElement } from "./question";

/** Of several questions with texts, the one that has the focus. */
function inHand(): TextsElement | null {
  for (let at = document.activeElement; at; at = at.parentElement) if (at instanceof TextsElement) return at;
  return null;
}

/** What questions with one or more texts have in common: their boxes, and what stands in them while one writes. */
export abstract class TextsElement extends QuestionElement {
  readonly #slots = new Slots();
  #stop: () => void = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("focusout", this.#left);
    this.#stop = addCommands(this.#commands);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener("focusout", this.#left);
    this.#stop();
  }

  /** The texts box by box, as many as there are to be shown. */
  protected boxes(): readonly string[] {
    const shown = this.#shown();
    const length = this.readOnly ? Math.max(1, shown.length) : boxesFor(shown, this.#most);
    return Array.from({ length }, (_, at) => shown[at] ?? "");
  }

  /** What a box is called: by the question, and of several by its place. */
  protected nameOf(index: number, count: number): string {
    const title = titleOf(this.question);
    return count > 1 ? `${title}, ${t("text.another", { n: index + 1 })}` : title;
  }

  protected write(index: number, text: string): void {
    const { store } = this.context;
    const { key } = this.question;
    const boxes = this.#slots.put(texts(store, key, this.of), index, text);
    setText(store, key, index, text, this.of, boxes);
    this.requestUpdate();
  }

  /** Asks for one more box, where the question does not say how many texts it takes. */
  protected another(): TemplateResult | typeof nothing {
    if (this.readOnly || this.#most !== null) return nothing;
    // Hidden, not taken away: with the focus on it that would count as leaving the boxes.
    return html`<button
      type="button"
      class="button small"
      data-does="answer.another"
      ?hidden=${!this.takesAnother}
      aria-keyshortcuts=${shortcutOf("answer.another")}
      @click=${() => this.addBox()}
    >${t("text.more")}${capsOf("answer.another")}</button>`;
  }

  get #most(): number | null {
    return this.question.max_texts ?? null;
  }

  get takesAnother(): boolean {
    return !this.readOnly && takesAnother(this.#shown(), this.#most);
  }

  #shown(): readonly string[] {
    return this.#slots.shown(texts(this.context.store, this.question.key, this.of));
  }

  async addBox(): Promise<void> {
    const at = this.#shown().length;
    this.write(at, "");
    await this.updateComplete;
    this.querySelectorAll("textarea")[at]?.focus();
  }

  /** The window may lose the focus and come back to the same box: nothing was left then. */
  #left = (event: FocusEvent): void => {
    const inside = (node: unknown): boolean => node instanceof Node && this.contains(node);
    if (inside(event.relatedTarget)) return;
    // A button that is hidden while it has the focus loses it before the new box can have it.
    setTimeout(() => {
      if (inside(document.activeElement)) return;
      this.#slots.close();
      this.requestUpdate();
    });
  };

  #commands = (): readonly Command[] => {
    if (!this.context || this.context.readOnly || this.#most !== null) return [];
    return [
      command(
        "answer.another",
        () => void inHand()?.addBox(),
        () => inHand()?.takesAnother === true,
      ),
    ];
  };
}
