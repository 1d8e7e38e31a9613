import { html, type PropertyValues, type TemplateResult } from "lit";
import type { Field } from "../core/contracts";
import { nextCharacter } from "../core/graphemes";
import { caretBox, readSelection, showSelection } from "../dom/selection";
import { TextView } from "../dom/text-view";
import { t } from "../i18n";
import { AssayElement, uniqueId } from "./base";
import { type AnswerContext, excerpt, painted } from "./context";
import { type TextKey, textKey } from "./text-keys";

/** A text on which spans are put, by mouse, by touch and by a caret that keys move. */
export class TextEditorElement extends AssayElement {
  static override properties = { context: { attribute: false }, field: { attribute: false } };

  declare context: AnswerContext;
  declare field: Field;
  readonly #id = uniqueId();
  #view: TextView | null = null;
  #dragging = false;
  /** Esc was pressed: the next Tab goes on to the questions. */
  #leaving = false;
  /** A key moved the caret: bring it into view. */
  #follow = false;
  /** What the last painting was made from. */
  #painted: readonly unknown[] = [];
  /** The span that was brought into view last. */
  #revealed: string | null = null;
  #resize: ResizeObserver | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("selectionchange", this.#onSelectionChange);
    document.addEventListener("pointerup", this.#onPointerUp);
    document.addEventListener("pointercancel", this.#onPointerCancel);
    this.#resize = new ResizeObserver(() => this.#placeCaret());
    this.#resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("selectionchange", this.#onSelectionChange);
    document.removeEventListener("pointerup", this.#onPointerUp);
    document.removeEventListener("pointercancel", this.#onPointerCancel);
    this.#resize?.disconnect();
  }

  focusText(): void {
    this.querySelector<HTMLElement>(".doc")?.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    // Read here, so that a change of any of them draws again.
    const { desk } = this.context;
    desk.selection.value;
    desk.selected.value;
    desk.spansOn(this.field.name);
    return html`
      <div
        class="doc is-editable"
        role="textbox"
        aria-readonly="true"
        aria-multiline="true"
        aria-label=${t("work.text")}
        aria-describedby=${this.#id}
        tabindex="0"
        lang=${this.context.language}
        @keydown=${this.#onKey}
        @pointerdown=${this.#onPointerDown}
        @focus=${this.#onFocus}
        @blur=${this.#onBlur}
      ></div>
      <div class="caret" hidden></div>
      <p class="visually-hidden" id=${this.#id}>${t("spans.keyboard")}</p>
    `;
  }

  protected override updated(_changed: PropertyValues): void {
    const root = this.querySelector<HTMLElement>(".doc");
    if (!root) return;
    const { text } = this.context.store.texts.of(this.field.name);
    if (!this.#view || this.#view.text !== text) this.#view = new TextView(root, text);
    this.#paint(this.#view);
    this.#showModel();
  }

  /** A caret that moves repaints nothing. */
  #paint(view: TextView): void {
    const { store, desk } = this.context;
    const selected = desk.selected.peek();
    const asked = store.schema.questions.filter(
      (one) => one.kind === "spans" && one.field === this.field.name,
    );
    const sources = [view, selected, ...asked.map((question) => store.regions(question.key).peek())];
    if (sources.every((source, index) => source === this.#painted[index])) return;
    this.#painted = sources;
    const spans = desk.spansOn(this.field.name);
    view.paint(
      spans.map((span) => painted(store.question(span.question), span, { selected: span.id === selected })),
    );
  }

  get #focused(): boolean {
    return this.contains(document.activeElement);
  }

  #showModel(): void {
    const selection = this.context.desk.selection.peek();
    const here = selection?.field === this.field.name ? selection : null;
    if (this.#view && here && this.#focused && !this.#dragging)
      showSelection(this.#view, here.anchor, here.focus);
    this.#placeCaret();
    const span = this.context.desk.selected.peek();
    if (here && (this.#follow || (span !== null && span !== this.#revealed))) this.#reveal(here.focus);
    this.#revealed = span;
    this.#follow = false;
  }

  #placeCaret(): void {
    const caret = this.querySelector<HTMLElement>(".caret");
    const selection = this.context.desk.selection.peek();
    if (!caret || !this.#view) return;
    caret.hidden = !this.#focused || selection?.field !== this.field.name;
    if (caret.hidden || !selection) return;
    const box = caretBox(this.#view, selection.focus);
    const frame = this.getBoundingClientRect();
    caret.style.setProperty("left", `${box.left - frame.left}px`);
    caret.style.setProperty("top", `${box.top - frame.top}px`);
    caret.style.setProperty("height", `${box.height}px`);
  }

  #reveal(offset: number): void {
    if (!this.#view) return;
    const box = caretBox(this.#view, offset);
    const margin = 120;
    if (box.top >= margin && box.bottom <= window.innerHeight - margin) return;
    window.scrollBy({ top: box.top - window.innerHeight / 3, behavior: "instant" });
  }

  #onKey = (event: KeyboardEvent): void => {
    if (!this.#view || event.isComposing || event.keyCode === 229) return;
    if (event.key === "Tab" && this.#leaving) return;
    const { desk, language, readOnly } = this.context;
    const place = { view: this.#view, desk, field: this.field.name, language, readOnly };
    const done = textKey(place, event);
    this.#leaving = done === "left";
    if (done === "no") return;
    event.preventDefault();
    event.stopPropagation();
    this.#follow = done === "moved" || done === "nudged" || done === "stepped";
    this.#tell(done);
    this.requestUpdate();
  };

  #tell(done: TextKey): void {
    const { announce } = this.context;
    if (done === "left") announce(t("spans.event.leave"));
    if (done === "needsLabel") announce(t("spans.event.chooseLabel"));
    if (done === "moved") announce(this.#underCaret());
  }

  /** What a screen reader would read at the caret of an editable text. */
  #underCaret(): string {
    const selection = this.context.desk.selection.peek();
    const text = this.#view?.text ?? "";
    if (!selection) return "";
    const { anchor, focus } = selection;
    if (anchor !== focus) {
      return t("spans.caret.selected", {
        text: excerpt(text, Math.min(anchor, focus), Math.max(anchor, focus)),
      });
    }
    const letter = text.slice(focus, nextCharacter(text, focus));
    if (letter === "") return t("spans.caret.end");
    if (/^[\r\n]+$/.test(letter)) return t("spans.caret.line");
    return letter.trim() === "" ? t("spans.caret.space") : letter;
  }

  #onFocus = (): void => {
    const { desk } = this.context;
    this.#leaving = false;
    desk.focused.value = this.field.name;
    if (desk.selection.peek()?.field !== this.field.name && !this.#dragging)
      desk.select(this.field.name, 0, 0);
    this.requestUpdate();
  };

  #onBlur = (): void => {
    const { desk } = this.context;
    if (desk.focused.peek() === this.field.name) desk.focused.value = null;
    this.requestUpdate();
  };

  #onPointerDown = (event: PointerEvent): void => {
    this.#dragging = event.isPrimary && event.button === 0;
  };

  #onPointerCancel = (): void => {
    this.#dragging = false;
  };

  #onPointerUp = (event: PointerEvent): void => {
    if (!this.#dragging) return;
    this.#dragging = false;
    // The browser settles the selection of a click after this event.
    setTimeout(() => this.#takePointer(event.target));
  };

  #takePointer(clicked: EventTarget | null): void {
    const found = this.#view ? readSelection(this.#view) : null;
    const { desk, readOnly } = this.context;
    if (!found) return;
    desk.select(this.field.name, found.anchor, found.focus);
    if (found.anchor !== found.focus) {
      if (!readOnly) desk.apply();
      return;
    }
    const mark = clicked instanceof Element ? clicked.closest<HTMLElement>("mark.span") : null;
    const span = desk.spansOn(this.field.name).find((one) => one.id === mark?.dataset.span);
    if (span) desk.selectSpan(span);
  }

  /** Touch handles and the browser's own commands change the selection without a pointer's end. */
  #onSelectionChange = (): void => {
    if (this.#dragging || !this.#view) return;
    const found = readSelection(this.#view);
    if (!found || found.anchor === found.focus) return;
    const now = this.context.desk.selection.peek();
    if (now?.field === this.field.name && now.anchor === found.anchor && now.focus === found.focus) return;
    this.context.desk.select(this.field.name, found.anchor, found.focus);
  };
}
