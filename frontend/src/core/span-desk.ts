import { signal } from "@preact/signals-core";
import { addSpan, moveSpan, relabelSpan, removeSpan } from "./answers";
import { type Direction, type Motion, moveCaret } from "./caret";
import type { LabelKey } from "./keymap";
import type { SpanRegion } from "./regions";
import type { AnswerStore } from "./store";

/** What is selected in a text; anchor and focus are equal when it is only a caret. */
export interface TextSelection {
  readonly field: string;
  readonly anchor: number;
  readonly focus: number;
}

/** What just happened to a span, to be told to those who do not see it. */
export type SpanEvent =
  | { readonly kind: "added" | "removed" | "relabelled" | "moved" | "exists"; readonly span: SpanRegion }
  | { readonly kind: "selected"; readonly span: SpanRegion; readonly place: number; readonly count: number }
  | { readonly kind: "active"; readonly active: LabelKey | null };

/** Working on spans: what is selected, which label is at hand, and what a label key does. */
export class SpanDesk {
  readonly selection = signal<TextSelection | null>(null);
  /** Id of the span that keys act on. */
  readonly selected = signal<string | null>(null);
  /** The label that is put on whatever is selected by mouse. */
  /** The field whose text has the focus. */
  readonly focused = signal<string | null>(null);
  readonly active = signal<LabelKey | null>(null);
  readonly event = signal<SpanEvent | null>(null);

  constructor(readonly store: AnswerStore) {}

  /** Spans on one field, of all its span questions, as they stand in the text. */
  spansOn(field: string): readonly SpanRegion[] {
    return this.store.schema.questions
      .filter((question) => question.kind === "spans" && question.field === field)
      .flatMap((question) => this.store.spans(question.key))
      .sort((a, b) => a.start - b.start || b.end - a.end);
  }

  /** The selected span, or null. */
  span(): SpanRegion | null {
    const id = this.selected.value;
    if (id === null) return null;
    for (const question of this.store.schema.questions) {
      if (question.kind !== "spans") continue;
      const found = this.store.spans(question.key).find((span) => span.id === id);
      if (found) return found;
    }
    return null;
  }

  select(field: string, anchor: number, focus: number): void {
    this.selected.value = null;
    this.selection.value = { field, anchor, focus };
  }

  /** A label's key or button: relabels the selected span, labels the selection, or takes the label in hand. */
  press(question: string, label: string): void {
    const span = this.span();
    if (span?.question === question) {
      const changed = relabelSpan(this.store, span, label);
      this.event.value = { kind: changed ? "relabelled" : "exists", span: changed ?? span };
      return;
    }
    const selection = this.#rangeFor(question);
    if (selection) {
      this.selected.value = this.#label(selection, { question, label });
      return;
    }
    const same = this.active.peek()?.question === question && this.active.peek()?.label === label;
    this.active.value = same ? null : { question, label };
    this.event.value = { kind: "active", active: this.active.peek() };
  }

  /** Puts the label in hand on the selection. @returns false when there is no label or nothing to label. */
  apply(): boolean {
    const active = this.active.peek();
    const selection = active ? this.#rangeFor(active.question) : null;
    if (!active || !selection) return false;
    this.#label(selection, active);
    return true;
  }

  /** Selects the shortest span that covers an offset, or none. */
  selectAt(field: string, offset: number): SpanRegion | null {
    const covering = this.spansOn(field).filter((span) => span.start <= offset && offset < span.end);
    const span = covering.sort((a, b) => a.end - a.start - (b.end - b.start))[0] ?? null;
    if (span) this.selectSpan(span);
    else this.selected.value = null;
    return span;
  }

  selectSpan(span: SpanRegion): void {
    const { field } = this.store.question(span.question);
    const all = this.spansOn(field);
    this.selection.value = { field, anchor: span.start, focus: span.start };
    this.selected.value = span.id;
    this.event.value = {
      kind: "selected",
      span,
      place: all.findIndex((one) => one.id === span.id) + 1,
      count: all.length,
    };
  }

  /** Goes to the next or previous span. @returns false at the end, so that focus may move on. */
  step(field: string, direction: Direction): boolean {
    const all = this.spansOn(field);
    const at = all.findIndex((span) => span.id === this.selected.peek());
    const caret = this.selection.peek()?.focus ?? 0;
    const ahead =
      direction > 0 ? all.find((one) => one.start >= caret) : all.findLast((one) => one.start < caret);
    const next = at >= 0 ? all[at + direction] : ahead;
    if (!next) return false;
    this.selectSpan(next);
    return true;
  }

  /** Removes the selected span. */
  remove(span = this.span()): boolean {
    if (!span) return false;
    removeSpan(this.store, span);
    if (this.selected.peek() === span.id) this.selected.value = null;
    this.event.value = { kind: "removed", span };
    return true;
  }

  /** Moves one edge of the selected span by a character or a word. */
  nudge(edge: "start" | "end", direction: Direction, motion: Motion = "character", language = ""): boolean {
    const span = this.span();
    if (!span) return false;
    const { text } = this.store.texts.of(this.store.question(span.question).field);
    const changed = moveSpan(this.store, span, {
      [edge]: moveCaret(text, span[edge], motion, direction, language),
    });
    if (changed) this.event.value = { kind: "moved", span: changed };
    return changed !== null;
  }

  /** Esc: first leaves the selection or the span, then puts the label down. @returns true when there was any. */
  escape(): boolean {
    const selection = this.selection.peek();
    if (this.selected.peek() !== null) this.selected.value = null;
    else if (selection && selection.anchor !== selection.focus) {
      this.selection.value = { ...selection, anchor: selection.focus };
    } else if (this.active.peek()) {
      this.active.value = null;
      this.event.value = { kind: "active", active: null };
    } else return false;
    return true;
  }

  #rangeFor(question: string): TextSelection | null {
    const selection = this.selection.peek();
    const field = this.store.question(question).field;
    return selection && selection.field === field && selection.anchor !== selection.focus ? selection : null;
  }

  #label(selection: TextSelection, { question, label }: LabelKey): string | null {
    const made = addSpan(this.store, question, selection.anchor, selection.focus, label);
    if (!made) return null;
    this.selection.value = { field: selection.field, anchor: made.span.end, focus: made.span.end };
    this.event.value = { kind: made.added ? "added" : "exists", span: made.span };
    return made.span.id;
  }
}
