import { html, type PropertyValues, type TemplateResult } from "lit";
import type { Field } from "../core/contracts";
import { nextCharacter } from "../core/graphemes";
import type { SpanRegion } from "../core/regions";
import { delta } from "../core/span-order";
import { marksTurns } from "../core/units";
import type { Look } from "../dom/marks";
import type { PageSource } from "../dom/page-view";
import { onPick, type Picked } from "../dom/pick";
import { Reveal } from "../dom/reveal";
import { caretBox, readSelection, showSelection } from "../dom/selection";
import type { SpanView } from "../dom/span-view";
import { t } from "../i18n";
import { AssayElement, uniqueId } from "./base";
import { type AnswerContext, excerpt, lookOf } from "./context";
import { PointDrag } from "./fields/point-drag";
import { tellTurns } from "./fields/speakers";
import { viewOf } from "./fields/views";
import { Finding, type Searched } from "./finding";
import { type TextKey, textKey } from "./text-keys";

/** A text on which spans are put, by mouse, by touch and by a caret that keys move. */
export class TextEditorElement extends AssayElement implements Searched {
  static override properties = {
    context: { attribute: false },
    field: { attribute: false },
    source: { attribute: false },
  };

  declare context: AnswerContext;
  declare field: Field;
  /** Where the pictures of pages come from; without them pages are shown as text. */
  declare source: PageSource | null | undefined;
  readonly #id = uniqueId();
  #view: SpanView<SpanRegion> | null = null;
  #dragging = false;
  /** A click or drag that has ended and is not read yet. */
  #pending: { readonly take: () => void; readonly timer: ReturnType<typeof setTimeout> } | null = null;
  readonly #drag = new PointDrag<SpanRegion>();
  readonly #reveal = new Reveal<SpanRegion>(() => this.#view);
  readonly finding: Finding = new Finding(this);
  /** Esc was pressed: the next Tab goes on to the questions. */
  #leaving = false;
  /** A key moved the caret: bring it into view. */
  #follow = false;
  /** What the last painting showed. */
  #painted: { readonly spans: readonly SpanRegion[]; readonly selected: SpanRegion | null } | null = null;
  /** What was shown last as the page's selection. */
  #shown: ReturnType<typeof readSelection> = null;
  /** The span that was brought into view last. */
  #revealed: string | null = null;
  #resize: ResizeObserver | null = null;
  #frame = 0;
  #stopPicking: () => void = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("selectionchange", this.#onSelectionChange);
    document.addEventListener("pointerup", this.#onPointerUp);
    document.addEventListener("pointercancel", this.#onPointerCancel);
    this.#stopPicking = onPick(this, this.#onPick);
    this.#resize = new ResizeObserver(() => this.#placeCaret());
    this.#resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("selectionchange", this.#onSelectionChange);
    document.removeEventListener("pointerup", this.#onPointerUp);
    document.removeEventListener("pointercancel", this.#onPointerCancel);
    this.#stopPicking();
    this.#resize?.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#view?.dispose();
    this.#view = null;
  }

  /** What shows the text, once it has been drawn. */
  get view(): SpanView<SpanRegion> | null {
    return this.#view;
  }

  /** Brings the selection into view. */
  reveal(): void {
    this.#follow = true;
    this.requestUpdate();
  }

  focusText(): void {
    this.querySelector<HTMLElement>(".doc")?.focus({ preventScroll: true });
  }

  /** Of several texts, each is told by its title or by what its item calls it. */
  get #name(): string {
    const { title, key } = this.field;
    const more = title || (this.context.store.schema.fields.length > 1 ? key : "");
    return more ? t("words.named", { name: t("work.text"), text: more }) : t("work.text");
  }

  protected override render(): TemplateResult {
    // Read here, so that a change of any of them draws again.
    const { desk } = this.context;
    desk.selection.value;
    desk.selected.value;
    desk.marksOn(this.field.name);
    return html`
      <div
        class="doc is-editable"
        role="textbox"
        aria-readonly="true"
        aria-multiline="true"
        aria-label=${this.#name}
        aria-describedby=${this.#id}
        tabindex="0"
        lang=${this.context.language}
        @keydown=${this.#onKey}
        @pointerdown=${this.#onPointerDown}
        @pointermove=${this.#onPointerMove}
        @mousedown=${this.#onMouseDown}
        @focus=${this.#onFocus}
        @blur=${this.#onBlur}
      ></div>
      <div class="caret" hidden></div>
      <p class="visually-hidden" id=${this.#id}>${t(desk.turnsOn(this.field.name).length > 0 ? "turn.keyboard" : "spans.keyboard")}</p>
      ${this.finding.draw(this.context)}
    `;
  }

  protected override updated(changed: PropertyValues): void {
    const root = this.querySelector<HTMLElement>(".doc");
    if (!root) return;
    const { texts } = this.context.store;
    if (!this.#view || this.#view.text !== texts.of(this.field.name).text || changed.has("source")) {
      this.#view?.dispose();
      const moved = (): void => {
        this.#follow ||= this.#reveal.arrived;
        this.#showModel();
        this.finding.refresh();
      };
      this.#view = viewOf<SpanRegion>(this.field, texts, {
        root,
        look: this.#look,
        asked: !this.context.readOnly,
        moved,
        source: this.source ?? null,
      });
      this.#painted = null;
    }
    if (this.#paint(this.#view)) this.finding.refresh();
    this.#frame ||= requestAnimationFrame(this.#showModel);
  }

  /** A step repaints the blocks it touches; a caret that moves repaints nothing. @returns whether spans changed. */
  #paint(view: SpanView<SpanRegion>): boolean {
    const { desk } = this.context;
    const spans = desk.marksOn(this.field.name);
    const selected = desk.span() ?? desk.suggested();
    const before = this.#painted;
    this.#painted = { spans, selected };
    if (!before) view.paint(spans);
    else if (before.spans !== spans) {
      const { gone, added } = delta(before.spans, spans);
      view.change(gone, added);
    }
    for (const one of [before?.selected, selected])
      if (one && before?.selected !== selected) view.refresh(one);
    return before?.spans !== spans;
  }

  #look = (span: SpanRegion): Look =>
    lookOf(this.context.store.question(span.question), span, {
      selected: span.id === this.context.desk.selected.peek(),
      suggested: this.context.desk.suggestions.open(span.id)?.region === span,
    });

  get #focused(): boolean {
    return this.querySelector(".doc")?.contains(document.activeElement) ?? false;
  }

  /** Selection and caret want a layout: once a frame, when all that changed is there. */
  #showModel = (): void => {
    this.#frame = 0;
    const selection = this.context.desk.selection.peek();
    const here = selection?.field === this.field.name ? selection : null;
    // What a click has selected is read before the older selection could be shown over it.
    if (this.#view && here && this.#focused && !this.#dragging && !this.#pending)
      this.#show(this.#view, here.anchor, here.focus);
    this.#placeCaret();
    const span = this.context.desk.selected.peek();
    if (here && (this.#follow || (span !== null && span !== this.#revealed))) this.#reveal.to(here.focus);
    this.#revealed = span;
    this.#follow = false;
  };

  #show(view: SpanView<SpanRegion>, anchor: number, focus: number): void {
    showSelection(view, anchor, focus);
    this.#shown = readSelection(view);
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

  #onKey = (event: KeyboardEvent): void => {
    if (!this.#view || event.isComposing || event.keyCode === 229) return;
    this.#takePending();
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
    if (marksTurns(this.field)) return tellTurns(this.context, this.field, anchor, focus);
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
    if (event.target instanceof Element && event.target.closest("button")) {
      // A control inside of the text: the text keeps the focus and the selection.
      event.preventDefault();
      return;
    }
    this.#dragging = event.isPrimary && event.button === 0;
  };

  #onMouseDown = (event: MouseEvent): void => {
    if (!this.#dragging || !this.#drag.start(this.#view, event, this.context.language)) return;
    event.preventDefault();
    this.focusText();
  };

  #onPointerMove = (event: PointerEvent): void => {
    if (this.#dragging) this.#drag.move(this.#view, event);
  };

  #onPointerCancel = (): void => {
    this.#dragging = false;
  };

  #onPointerUp = (event: PointerEvent): void => {
    if (!this.#dragging) return;
    this.#dragging = false;
    // The browser settles the selection of a click after this event.
    const dragged = this.#drag.end(this.#view, event);
    clearTimeout(this.#pending?.timer);
    const take = (): void => this.#takePointer(event, dragged);
    this.#pending = { take, timer: setTimeout(this.#takePending) };
  };

  /** A key that is pressed at once means what was just selected. */
  #takePending = (): void => {
    const pending = this.#pending;
    this.#pending = null;
    clearTimeout(pending?.timer);
    pending?.take();
  };

  #takePointer(
    event: PointerEvent,
    dragged: { readonly anchor: number; readonly focus: number } | null,
  ): void {
    const found = dragged ?? (this.#view ? readSelection(this.#view) : null);
    const { desk, readOnly } = this.context;
    if (!found) return;
    desk.select(this.field.name, found.anchor, found.focus);
    if (!readOnly) desk.snap();
    if (found.anchor !== found.focus || marksTurns(this.field)) {
      if (!readOnly) desk.apply();
      return;
    }
    const mark = event.target instanceof Element ? event.target.closest<HTMLElement>("mark.span") : null;
    const id = mark?.dataset.span ?? this.#view?.spanAt?.(event.clientX, event.clientY);
    const span = desk.mark(id ?? "");
    if (span) desk.selectSpan(span);
  }

  /** A control inside of the text was used: of a turn, of a chip. */
  #onPick = (picked: Picked): void => {
    const { desk, readOnly } = this.context;
    this.focusText();
    if ("span" in picked) {
      const span = desk.mark(picked.span);
      if (span) desk.selectSpan(span);
      return;
    }
    desk.select(this.field.name, picked.start, picked.end);
    if (!readOnly) desk.apply();
  };

  /** Touch handles and the browser's own commands change the selection without a pointer's end. */
  #onSelectionChange = (): void => {
    if (this.#dragging || !this.#view) return;
    const found = readSelection(this.#view);
    if (!found || found.anchor === found.focus) return;
    // The browser tells late of what was shown here: a key may have moved on since.
    if (this.#shown?.anchor === found.anchor && this.#shown.focus === found.focus) return;
    const now = this.context.desk.selection.peek();
    if (now?.field === this.field.name && now.anchor === found.anchor && now.focus === found.focus) return;
    this.context.desk.select(this.field.name, found.anchor, found.focus);
  };
}
