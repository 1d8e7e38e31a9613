import { signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import { texts } from "../../core/answers";
import { changed, counts, nextItem, type Written } from "../../core/writing";
import { t } from "../../i18n";
import { titleOf } from "../context";
import { addCommands } from "../keyboard";
import { snippetButtons, snippetCommands } from "../snippets";
import { TextsElement } from "../texts-question";
import { typedText } from "../typed-text";
import { composes, grow } from "./text-box";
import { toolbar, useTools, type Writing, writesHere } from "./toolbar";

const STORED = "assay.preview";

function remembered(): boolean {
  try {
    return (localStorage.getItem(STORED) ?? "yes") === "yes";
  } catch {
    return true;
  }
}

/** Whether the preview is shown; kept on the device. */
const preview = signal(remembered());

function setPreview(shown: boolean): void {
  preview.value = shown;
  try {
    localStorage.setItem(STORED, shown ? "yes" : "no");
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}

/** One or more texts written in Markdown: a toolbar with keys, the preview, how much is written. */
export class WritingElement extends TextsElement implements Writing {
  #composing = false;
  #last: HTMLTextAreaElement | null = null;
  #forget: () => void = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    // What it shows may come after the element itself.
    void this.updateComplete.then(() => {
      if (!this.isConnected || this.context.readOnly) return;
      const tools = useTools(this);
      const snippets = addCommands(() =>
        snippetCommands(this.context, this.question, () => !this.readOnly, this.#insert),
      );
      this.#forget = () => {
        tools();
        snippets();
      };
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
    this.#forget = () => {};
  }

  protected override control(): TemplateResult {
    if (this.readOnly) return html`${texts(this.context.store, this.question.key, this.of).map(shown)}`;
    return html`<div class="writing ${preview.value ? "has-preview" : ""}">
      ${toolbar(this, titleOf(this.question), preview.value)}
      ${this.boxes().map((text, index, all) => this.#box(index, text, all.length))} ${this.another()}
      ${snippetButtons(this.context, this.question, this.#insert)}
    </div>`;
  }

  #box(index: number, text: string, count: number): TemplateResult {
    const { words, characters } = counts(text);
    const name = this.nameOf(index, count);
    return html`<div class="writing-box">
      <textarea
        class="note"
        rows=${text || index === 0 ? (this.question.rows ?? 3) : 2}
        placeholder=${this.question.placeholder ?? ""}
        aria-label=${name}
        aria-describedby=${this.ids.help}
        aria-invalid=${this.missing ? "true" : "false"}
        ?required=${this.question.required && index === 0}
        .value=${typedText(text)}
        @focus=${this.#focused}
        @keydown=${this.#key}
        @compositionstart=${() => {
          this.#composing = true;
        }}
        @compositionend=${(event: Event) => {
          this.#composing = false;
          this.#read(event, index);
        }}
        @input=${(event: Event) => this.#read(event, index)}
      ></textarea>
      ${preview.value && text.trim() ? html`<section class="writing-preview" aria-label=${t("write.preview.of", { name })}><assay-markdown .text=${text}></assay-markdown></section>` : nothing}
      <p class="writing-count">${t("write.words", { n: words })} · ${t("write.characters", { n: characters })}</p>
    </div>`;
  }

  edit(change: (written: Written) => Written): void {
    const box = this.#last?.isConnected ? this.#last : this.querySelector("textarea");
    if (!box) return;
    box.focus({ preventScroll: true });
    const { value: text, selectionStart: start, selectionEnd: end } = box;
    const made = change({ text, start, end });
    const { from, to, put } = changed(text, made.text);
    box.setSelectionRange(from, to);
    // The browser's own undo then knows the step.
    if ((from < to || put) && !document.execCommand(put ? "insertText" : "delete", false, put)) {
      box.setRangeText(put);
      box.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    box.setSelectionRange(made.start, made.end);
  }

  #insert = (put: string): void => {
    this.edit(({ text, start, end }) => {
      const at = start + put.length;
      return { text: text.slice(0, start) + put + text.slice(end), start: at, end: at };
    });
    this.context.announce(t("text.inserted", { text: put }));
  };

  togglePreview(): void {
    setPreview(!preview.peek());
    this.context.announce(t(preview.peek() ? "write.preview.on" : "write.preview.off"));
  }

  #focused = (event: Event): void => {
    this.#last = event.target as HTMLTextAreaElement;
    grow(this.#last);
    writesHere(this);
  };

  /** Enter goes on with a list. */
  #key = (event: KeyboardEvent): void => {
    if (composes(event) || this.#composing || event.key !== "Enter") return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const box = event.target as HTMLTextAreaElement;
    const written = { text: box.value, start: box.selectionStart, end: box.selectionEnd };
    const next = nextItem(written);
    if (!next) return;
    event.preventDefault();
    this.edit(() => next);
  };

  #read(event: Event, index: number): void {
    // Drawing in the middle of a composition would break it.
    if (this.#composing) return;
    const box = event.target as HTMLTextAreaElement;
    grow(box);
    this.write(index, box.value);
  }
}

/** A text as its readers see it. */
export function shown(text: string): TemplateResult {
  return html`<assay-markdown class="value-markdown" .text=${text}></assay-markdown>`;
}
