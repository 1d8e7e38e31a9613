import type { drawMarkdown } from "./markdown-dom";

/** A pause in typing before a long text is drawn anew, in milliseconds. */
const PAUSE = 200;
const LONG = 4000;

/** Shows a Markdown text. What draws it is loaded with the first text; until then, and without it, the text stands as written. */
export class MarkdownElement extends HTMLElement {
  #text = "";
  #shown: string | null = null;
  #draw: typeof drawMarkdown | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    if (this.isConnected) this.#soon();
  }

  connectedCallback(): void {
    // A text that was given before the element was defined stands in the way of the setter.
    if (Object.hasOwn(this, "text")) {
      const { text } = this;
      Reflect.deleteProperty(this, "text");
      this.text = text;
    }
    this.classList.add("prose", "markdown");
    void this.#show();
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
  }

  #soon(): void {
    clearTimeout(this.#timer);
    if (this.#text.length > LONG) this.#timer = setTimeout(() => void this.#show(), PAUSE);
    else void this.#show();
  }

  async #show(): Promise<void> {
    if (!this.#draw) {
      if (this.#shown === null) this.textContent = this.#text;
      try {
        this.#draw = (await import("./markdown-dom")).drawMarkdown;
      } catch {
        this.textContent = this.#text;
        return;
      }
    }
    if (this.#shown === this.#text) return;
    this.#shown = this.#text;
    this.replaceChildren(this.#draw(this.#text));
  }
}
