import { labelled, putAreaLabelDown } from "../../core/area-labels";
import {
  addArea,
  areasOn,
  beginSketch,
  drawsPolygons,
  moveArea,
  type Point,
  polygonOf,
  putCorner,
  removeArea,
  type Shape,
  type Sketch,
  shapeOf,
  sizeArea,
  steerSketch,
} from "../../core/areas";
import type { Field, Question } from "../../core/contracts";
import type { LabelKey } from "../../core/keymap";
import type { BoxRegion, ChoiceRegion } from "../../core/regions";
import { marksArea } from "../../core/tags/tag";
import { usesLeft } from "../../core/uses";
import { t } from "../../i18n";
import { fullLine } from "../announcer";
import type { AnswerContext } from "../context";
import { AreaCorner } from "./area-corner";
import { areaLine, sketchLine } from "./area-words";

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** What the hand does on a picture: the area that is being drawn, and what keys do with it and with those that are there. */
export class AreaHand {
  #sketch: { readonly sketch: Sketch; readonly label: LabelKey } | null = null;
  readonly #corner: AreaCorner;
  /** Esc had nothing to leave: the next Tab goes on. */
  leaving = false;

  constructor(
    private readonly context: AnswerContext,
    private readonly field: Field,
    /** The picture's own size in pixels. */
    private readonly original: () => { readonly width: number; readonly height: number },
    /** The middle of what is seen of it, and how much larger it is shown. */
    private readonly seen: () => { readonly middle: Point; readonly zoom: number },
    /** Of a document: the page that is drawn on. */
    private readonly page?: number,
  ) {
    this.#corner = new AreaCorner(context);
  }

  get sketch(): { readonly sketch: Sketch; readonly label: LabelKey } | null {
    return this.#sketch;
  }

  key(event: KeyboardEvent): boolean {
    return this.#sketch ? this.#sketchKey(event) : this.#areaKey(event);
  }

  /** The selected area, where its corners can be moved one by one. */
  get cornered(): BoxRegion | null {
    const { desk, store, readOnly } = this.context;
    if (readOnly || this.#sketch) return null;
    const area = areasOn(store, this.field.name, this.page).find((one) => one.id === desk.selected.value);
    return area && !area.rotation ? area : null;
  }

  /** Which corner of it the keys have gone to; null when they are at the whole area. */
  get corner(): number | null {
    return this.#corner.of(this.cornered);
  }

  /** Goes to the next or previous corner of the selected area. */
  stepCorner(by: 1 | -1): void {
    const area = this.cornered;
    if (area) this.#corner.step(area, by);
  }

  get #questions(): readonly Question[] {
    return this.context.store.schema.questions.filter(
      (one) => marksArea(one) && one.field === this.field.name,
    );
  }

  /** The label that is drawn with; of a single one there is no choice to make. */
  inHand(): LabelKey | null {
    const active = this.context.desk.active.value;
    if (active && this.#questions.some((one) => one.key === active.question)) return active;
    return null;
  }

  #only(): LabelKey | null {
    const [question, ...others] = this.#questions;
    const labels = question?.labels ?? [];
    if (!question || others.length > 0 || labels.length > 1) return null;
    return { question: question.key, label: labels[0]?.key ?? "" };
  }

  /** Puts a corner down; on the first one it closes the polygon. */
  addCorner(at: Point, label: LabelKey, close: (first: Point) => boolean): void {
    const now = this.#sketch?.sketch.kind === "polygon" ? this.#sketch.sketch : null;
    const [first] = now?.points ?? [];
    const near = first !== undefined && close(first);
    if (near && (now?.points.length ?? 0) > 2) this.closePolygon();
    else this.#sketch = { label, sketch: { kind: "polygon", at, points: [...(now?.points ?? []), at] } };
  }

  closePolygon(): void {
    const sketch = this.#sketch;
    if (sketch?.sketch.kind !== "polygon") return;
    const { points } = sketch.sketch;
    // The second click of a double click has put a corner where one is.
    const corners = points.filter(
      ([x, y], at) =>
        at === 0 || Math.hypot(x - (points[at - 1]?.[0] ?? 0), y - (points[at - 1]?.[1] ?? 0)) > 0.3,
    );
    const shape = polygonOf(corners);
    if (!shape) {
      this.context.announce(t("area.tooFew"));
      return;
    }
    this.#sketch = null;
    this.keep(shape, sketch.label);
  }

  /** Takes the last corner up again. */
  dropCorner(): void {
    const held = this.#sketch;
    if (held?.sketch.kind !== "polygon") return;
    const points = held.sketch.points.slice(0, -1);
    this.#sketch = points.length > 0 ? { ...held, sketch: { ...held.sketch, points } } : null;
  }

  /** Says which area is selected now. */
  tell(area: BoxRegion): void {
    this.#corner.forget();
    const { desk, store, announce } = this.context;
    const line = areaLine(store, area, desk.suggestions);
    announce(desk.suggestions.open(area.id) ? t("area.suggested", { area: line }) : line);
  }

  /** Keeps what was drawn. */
  keep(shape: Shape | null, { question, label }: LabelKey): void {
    const { store, desk, announce } = this.context;
    if (!shape) return;
    if (usesLeft(store, question, label) === 0) {
      announce(fullLine(store, { question, label }));
      return;
    }
    const held = desk.areaLabel.peek();
    const isOurs = held !== null && store.question(held.question).field === this.field.name;
    if (isOurs && usesLeft(store, held.question, held.label) === 0) {
      announce(fullLine(store, held));
      return;
    }
    const own = (area: BoxRegion): ChoiceRegion | null => labelled(desk, area);
    const area = addArea(store, question, label, shape, this.original(), this.page, own);
    desk.selected.value = area.id;
    announce(t("area.added", { area: areaLine(store, area) }));
  }

  #sketchKey(event: KeyboardEvent): boolean {
    const { announce } = this.context;
    const held = this.#sketch;
    if (!held) return false;
    const step = ARROWS[event.key];
    if (step) {
      const far = event.ctrlKey || event.metaKey ? 5 : 1;
      const sketch = steerSketch(held.sketch, step[0] * far, step[1] * far, event.shiftKey);
      this.#sketch = { ...held, sketch };
      announce(sketchLine(sketch));
      return true;
    }
    if (event.ctrlKey || event.metaKey) return false;
    switch (event.key) {
      case " ":
        this.#sketch = { ...held, sketch: putCorner(held.sketch) };
        announce(sketchLine(this.#sketch.sketch));
        return true;
      case "Enter":
        if (held.sketch.kind === "polygon") this.closePolygon();
        else {
          this.#sketch = null;
          this.keep(shapeOf(held.sketch), held.label);
        }
        return true;
      case "Backspace":
      case "Delete":
        if (held.sketch.kind === "polygon")
          this.#sketch = { ...held, sketch: { ...held.sketch, points: held.sketch.points.slice(0, -1) } };
        return true;
      case "Escape":
        this.#sketch = null;
        announce(t("area.dropped"));
        return true;
      default:
        return false;
    }
  }

  #areaKey(event: KeyboardEvent): boolean {
    const { desk, store, readOnly, announce } = this.context;
    const suggested = readOnly ? [] : desk.suggestions.areas(this.field.name, this.page);
    const areas = [...areasOn(store, this.field.name, this.page), ...suggested];
    const at = areas.findIndex((one) => one.id === desk.selected.peek());
    const area = areas[at];
    if (area && desk.suggestions.open(area.id) && this.#settle(event, area)) return true;
    const step = ARROWS[event.key];
    const far = event.ctrlKey || event.metaKey ? 5 : 1;
    if (step && area && !readOnly && this.#corner.move(area, step[0] * far, step[1] * far)) return true;
    if (step && area && !readOnly && !desk.suggestions.open(area.id)) {
      const changed = (event.shiftKey ? sizeArea : moveArea)(store, area, step[0] * far, step[1] * far);
      announce(areaLine(store, changed));
      return true;
    }
    if (event.ctrlKey || event.metaKey) return false;
    switch (event.key) {
      case "Tab": {
        const next = areas[at >= 0 ? at + (event.shiftKey ? -1 : 1) : event.shiftKey ? areas.length - 1 : 0];
        if (!next) return false;
        desk.selected.value = next.id;
        this.tell(next);
        return true;
      }
      case "Enter":
      case " ":
        return !readOnly && this.#begin();
      case "Delete":
      case "Backspace":
        if (!area || readOnly) return false;
        announce(t("area.removed", { area: areaLine(store, area) }));
        removeArea(store, area);
        desk.selected.value = null;
        return true;
      case "Escape":
        if (this.#corner.leave(area)) return true;
        this.leaving = !desk.escape() && !putAreaLabelDown(desk);
        if (this.leaving) announce(t("spans.event.leave"));
        return true;
      default:
        return false;
    }
  }

  /** What Enter and Backspace do with a suggested area. */
  #settle(event: KeyboardEvent, area: BoxRegion): boolean {
    const { desk, store, announce } = this.context;
    const accepts = event.key === "Enter";
    if (event.ctrlKey || event.metaKey || !(accepts || ["Backspace", "Delete"].includes(event.key)))
      return false;
    if (accepts) desk.suggestions.accept([area.id]);
    else {
      desk.suggestions.dismiss([area.id]);
      desk.selected.value = null;
    }
    const n = desk.suggestions.areas(this.field.name, this.page).length;
    const words = t(accepts ? "suggestions.accepted" : "suggestions.dismissed", { n });
    announce(`${areaLine(store, area)}. ${words}`);
    return true;
  }

  /** Begins to draw in the middle of what is seen of the picture. */
  #begin(): boolean {
    const { announce, store } = this.context;
    const label = this.inHand() ?? this.#only();
    if (!label) {
      announce(t("spans.event.chooseLabel"));
      return true;
    }
    const { middle, zoom } = this.seen();
    const polygon = drawsPolygons(store.question(label.question));
    this.#sketch = { label, sketch: beginSketch(polygon, middle, 25 / zoom) };
    announce(t(polygon ? "area.begun.polygon" : "area.begun.box"));
    return true;
  }
}
