import { type ReadonlySignal, signal } from "@preact/signals-core";
import { addSame, addSpan, moveSpan, relabelSpan, removeSpan } from "./answers";
import { relabelArea } from "./areas";
import { type Direction, type Motion, moveEdge } from "./caret";
import type { Question } from "./contracts";
import type { LabelKey } from "./keymap";
import { occurrences } from "./occurrences";
import type { SpanRegion } from "./regions";
import type { Granularity, Slice } from "./snap";
import type { SpanEvent, TextSelection } from "./span-events";
import { firstFrom, merged, placeOf, sameSpan } from "./span-order";
import type { AnswerStore } from "./store";
import { Suggestions } from "./suggestions";
import { marksArea, marksText } from "./tags/tag";
import { isTurns } from "./turn-regions";
import { isTable, isUnit, markable, marksCharacters, marksTurns } from "./units";
import { usesLeft } from "./uses";
import { wide } from "./wide";

export type { SpanEvent, TextSelection } from "./span-events";

/** So many places are labelled at once at most: more would be too many for one answer. */
const MOST_SAME = 10_000;

export interface DeskOptions {
  readonly suggestions?: Suggestions;
  /** Whether selections snap to words, where the project does not say what they snap to. */
  readonly wordSnap?: ReadonlySignal<boolean>;
  /** Of the texts, as a BCP 47 tag. */
  readonly language?: string;
}

interface Merged {
  readonly lists: readonly (readonly SpanRegion[])[];
  readonly all: readonly SpanRegion[];
}

/** Working on spans: what is selected, which label is at hand, and what a label key does. */
export class SpanDesk {
  readonly selection = signal<TextSelection | null>(null);
  /** Id of the span, or of the suggested span, that keys act on. */
  readonly selected = signal<string | null>(null);
  /** The field whose text has the focus. */
  readonly focused = signal<string | null>(null);
  /** The label that is put on whatever is selected by mouse. */
  readonly active = signal<LabelKey | null>(null);
  /** The label that the next area gets whose own question has none. */
  readonly areaLabel = signal<LabelKey | null>(null);
  readonly event = signal<SpanEvent | null>(null);
  readonly suggestions: Suggestions;
  readonly #wordSnap: ReadonlySignal<boolean>;
  readonly #language: string;
  readonly #merged = new Map<string, Merged>();

  constructor(
    readonly store: AnswerStore,
    options: DeskOptions = {},
  ) {
    this.suggestions = options.suggestions ?? new Suggestions(store);
    this.#wordSnap = options.wordSnap ?? signal(false);
    this.#language = options.language ?? "";
  }

  /** Spans on one field, of all its span questions, as they stand in the text; the same array until one changes. */
  spansOn(field: string): readonly SpanRegion[] {
    return this.#merge(
      `spans ${field}`,
      this.#asked(field).map((key) => this.store.spans(key)),
    );
  }

  /** The spans and the open suggestions on one field, as they stand in the text. */
  marksOn(field: string): readonly SpanRegion[] {
    const lists = this.#asked(field).flatMap((key) => [this.store.spans(key), this.suggestions.spans(key)]);
    return this.#merge(`marks ${field}`, lists);
  }

  /** The turns that are asked about though nobody marked them. */
  turnsOn(field: string): readonly SpanRegion[] {
    return this.store.turnQuestions
      .filter((one) => one.field === field)
      .flatMap((one) => this.store.spans(one.key));
  }

  /** The selected span, or null. A turn that nobody marked is none: it can be asked about, not changed. */
  span(): SpanRegion | null {
    const id = this.selected.value;
    const found = id === null ? null : this.store.region(id);
    if (found?.kind !== "spans" || isTurns(found.question)) return null;
    // Read, so that whoever draws the span draws again when it changes.
    this.store.regions(found.question).value;
    return found;
  }

  /** The selected span while it is only suggested, or null. */
  suggested(): SpanRegion | null {
    const region = this.suggestions.open(this.selected.value)?.region;
    return region?.kind === "spans" ? region : null;
  }

  /** The span, or the open suggestion, with an id. */
  mark(id: string): SpanRegion | null {
    const region = this.store.region(id) ?? this.suggestions.open(id)?.region;
    return region?.kind === "spans" ? region : null;
  }

  /** Selects a range; where only whole turns are selected, its turns, with the span that is there. */
  select(field: string, anchor: number, focus: number): void {
    const { texts } = this.store;
    const whole = marksTurns(texts.field(field)) ? markable(texts, field, anchor, focus) : null;
    const all = whole ? [...this.marksOn(field), ...this.turnsOn(field)] : [];
    this.selected.value = all.find((one) => one.start === whole?.start && one.end === whole.end)?.id ?? null;
    this.selection.value = whole
      ? { field, anchor: whole.end, focus: whole.start }
      : { field, anchor, focus };
  }

  /** What selections in a field snap to: what the project says, else words when the person wants them. */
  snapsTo(field: string): Granularity {
    const asked = this.store.schema.fields.find((one) => one.name === field)?.granularity;
    return asked ?? (this.#wordSnap.value ? "word" : "symbol");
  }

  /** Widens the selection to what it snaps to, so that what is seen is what will be labelled. */
  snap(): void {
    const selection = this.selection.peek();
    if (!selection || selection.anchor === selection.focus) return;
    const { start, end } = this.#wide(selection);
    const forwards = selection.anchor < selection.focus;
    this.selection.value = {
      field: selection.field,
      anchor: forwards ? start : end,
      focus: forwards ? end : start,
    };
  }

  /** A label's key or button: relabels the selected span, labels the selection, or takes the label in hand. */
  press(question: string, label: string): void {
    const { field } = this.store.question(question);
    if (this.#relabelsSuggested(question, label)) return;
    if (isTable(this.store.texts.field(field))) {
      this.#pressCell(field, { question, label });
      return;
    }
    if (marksArea(this.store.question(question))) {
      const area = this.store.region(this.selected.peek() ?? "");
      // With a label in hand one goes on drawing: what was drawn last is selected, and keeps its label.
      const other = label && !this.active.peek() && area?.kind === "boxes" && area.question === question;
      if (!other) this.#take({ question, label });
      else if (area.label !== label && this.#fits({ question, label })) relabelArea(this.store, area, label);
      return;
    }
    const span = this.span();
    if (span?.question === question) {
      if (span.label !== label && !this.#fits({ question, label })) return;
      const changed = relabelSpan(this.store, span, label);
      this.event.value = { kind: changed ? "relabelled" : "exists", span: changed ?? span };
      return;
    }
    const selection = this.#rangeFor(question);
    if (selection) {
      this.selected.value = this.#label(selection, { question, label });
      return;
    }
    this.#take({ question, label });
  }

  /** Puts the label in hand on the selection. @returns false when there is no label or nothing to label. */
  apply(): boolean {
    const active = this.active.peek();
    const selection = active ? this.#rangeFor(active.question) : null;
    if (!active || !selection) return false;
    this.#label(selection, active);
    return true;
  }

  /** Puts the selected span's label on every other place with the same words. @returns how many got it. */
  labelSame(): number {
    const span = this.span();
    const field = span ? this.store.question(span.question).field : "";
    if (!span || !marksCharacters(this.store.texts, field)) return 0;
    const { text } = this.store.texts.of(field);
    const length = span.end - span.start;
    if (!this.#fits(span)) return 0;
    const most = Math.min(usesLeft(this.store, span.question, span.label), MOST_SAME);
    const starts = occurrences(text, span.start, span.end, most);
    const ranges = starts.map((start) => ({ start, end: start + length }));
    const added = addSame(this.store, span, ranges);
    this.event.value = { kind: "same", span, n: added.length };
    return added.length;
  }

  /** Accepts the selected suggestion. */
  accept(): boolean {
    const span = this.suggested();
    if (!span) return false;
    this.#acceptAs(span);
    return true;
  }

  /** Puts a suggestion aside; the selected one when none is named. */
  dismiss(span = this.suggested()): boolean {
    if (!span || this.suggestions.dismiss([span.id]) === 0) return false;
    if (this.selected.peek() === span.id) this.selected.value = null;
    this.#settled("dismissed", span);
    return true;
  }

  /** Settles all open suggestions of these questions, in one step. @returns how many there were. */
  settleAll(questions: readonly Pick<Question, "key">[], how: "accept" | "dismiss"): number {
    const ids = questions.flatMap(({ key }) => this.suggestions.openOf(key)).map((one) => one.region.id);
    const n = how === "accept" ? this.suggestions.accept(ids) : this.suggestions.dismiss(ids);
    if (n > 0) this.event.value = { kind: how === "accept" ? "acceptedAll" : "dismissedAll", n };
    return n;
  }

  /** Selects the shortest span or suggestion that covers an offset, or none. */
  selectAt(field: string, offset: number): SpanRegion | null {
    const covering = this.marksOn(field).filter((span) => span.start <= offset && offset < span.end);
    const span = covering.sort((a, b) => a.end - a.start - (b.end - b.start))[0] ?? null;
    if (span) this.selectSpan(span);
    else this.selected.value = null;
    return span;
  }

  selectSpan(span: SpanRegion): void {
    const { field } = this.store.question(span.question);
    const all = this.marksOn(field);
    const anchor = this.#isUnit(field, span) ? span.end : span.start;
    this.selection.value = { field, anchor, focus: span.start };
    this.selected.value = span.id;
    this.event.value = {
      kind: this.suggested() ? "suggested" : "selected",
      span,
      place: placeOf(all, span.start, span.id) + 1,
      count: all.length,
    };
  }

  /** Goes to the next or previous span or suggestion. @returns false at the end, so that focus may move on. */
  step(field: string, direction: Direction): boolean {
    return this.#stepAmong(field, this.marksOn(field), direction);
  }

  /** Goes to the next or previous open suggestion. */
  stepSuggested(field: string, direction: Direction): boolean {
    const lists = this.#asked(field).map((key) => this.suggestions.spans(key));
    return this.#stepAmong(field, this.#merge(`open ${field}`, lists), direction);
  }

  /** Goes to the first open suggestion of a field. */
  firstSuggested(field: string): boolean {
    this.selected.value = null;
    this.selection.value = null;
    return this.stepSuggested(field, 1);
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
    const { field } = this.store.question(span.question);
    const { text } = this.store.texts.of(field);
    const by = this.snapsTo(field) === "word" ? "word" : motion;
    const changed = moveSpan(this.store, span, {
      [edge]: moveEdge(text, span[edge], edge, by, direction, language || this.#language),
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

  #asked(field: string): readonly string[] {
    return this.store.schema.questions
      .filter((question) => marksText(question) && question.field === field)
      .map((question) => question.key);
  }

  #merge(name: string, lists: readonly (readonly SpanRegion[])[]): readonly SpanRegion[] {
    const known = this.#merged.get(name);
    if (known?.lists.length === lists.length && lists.every((list, at) => list === known.lists[at]))
      return known.all;
    const all = lists.reduce(merged, []);
    this.#merged.set(name, { lists, all });
    return all;
  }

  #stepAmong(field: string, all: readonly SpanRegion[], direction: Direction): boolean {
    const selected = this.span() ?? this.suggested();
    const at = selected ? placeOf(all, selected.start, selected.id) : -1;
    const selection = this.selection.peek();
    const ahead = firstFrom(all, selection?.field === field ? selection.focus : 0);
    const next = all[at >= 0 ? at + direction : direction > 0 ? ahead : ahead - 1];
    if (!next) return false;
    this.selectSpan(next);
    return true;
  }

  /** The selected suggestion is accepted under this label. With a label in hand one goes on drawing areas. */
  #relabelsSuggested(question: string, label: string): boolean {
    const region = this.suggestions.open(this.selected.peek())?.region;
    if (region?.question !== question) return false;
    if (region.kind === "spans") this.#acceptAs({ ...region, label });
    else if (region.kind !== "boxes" || this.active.peek()) return false;
    else this.suggestions.acceptAs({ ...region, label });
    return true;
  }

  #acceptAs(span: SpanRegion): void {
    if (this.suggestions.acceptAs(span)) this.#settled("accepted", span);
  }

  /** Goes on to the next suggestion in the text, so that one key after the other settles them. */
  #settled(kind: "accepted" | "dismissed", span: SpanRegion): void {
    const open = this.suggestions.spans(span.question);
    const next = open[firstFrom(open, span.start)] ?? null;
    if (next) {
      const { field } = this.store.question(next.question);
      this.selection.value = { field, anchor: next.start, focus: next.start };
      this.selected.value = next.id;
    }
    this.event.value = { kind, span, left: open.length, next };
  }

  #rangeFor(question: string): TextSelection | null {
    const selection = this.selection.peek();
    const field = this.store.question(question).field;
    return selection && selection.field === field && selection.anchor !== selection.focus ? selection : null;
  }

  #wide(selection: TextSelection): Slice {
    return wide(this.store.texts, selection, this.snapsTo(selection.field), this.#language);
  }

  #isUnit(field: string, span: SpanRegion): boolean {
    return isUnit(this.store.texts, field, span);
  }

  /** A cell may have several labels: a label's key puts it there, and takes it away again. */
  #pressCell(field: string, { question, label }: LabelKey): void {
    const selection = this.#rangeFor(question);
    if (!selection) {
      this.#take({ question, label });
      return;
    }
    const start = Math.min(selection.anchor, selection.focus);
    const there = sameSpan(this.store.spans(question), start, start + 1, label);
    if (there) this.remove(there);
    else if (this.#fits({ question, label }))
      this.selected.value = this.#label({ ...selection, field }, { question, label });
  }

  /** Takes a label in hand, or puts it down. */
  #take({ question, label }: LabelKey): void {
    const same = this.active.peek()?.question === question && this.active.peek()?.label === label;
    this.active.value = same ? null : { question, label };
    this.event.value = { kind: "active", active: this.active.peek() };
  }

  /** Whether the label may be used once more; tells where it may not. */
  #fits({ question, label }: LabelKey): boolean {
    const left = usesLeft(this.store, question, label);
    if (left === 0) this.event.value = { kind: "full", label: { question, label } };
    return left > 0;
  }

  #label(selection: TextSelection, { question, label }: LabelKey): string | null {
    if (!this.#fits({ question, label })) return this.selected.peek();
    const range = this.#wide(selection);
    const made = addSpan(this.store, question, range.start, range.end, label);
    if (!made) return null;
    const { field } = selection;
    const { start, end } = made.span;
    this.selection.value = { field, anchor: end, focus: this.#isUnit(field, made.span) ? start : end };
    this.event.value = { kind: made.added ? "added" : "exists", span: made.span };
    return made.span.id;
  }
}
