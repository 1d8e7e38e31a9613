import { drawsPolygons, type Point, type Shape } from "../../core/areas";
import type { LabelKey } from "../../core/keymap";
import type { BoxRegion } from "../../core/regions";
import type { AnswerContext } from "../context";
import { type Drag, dragged, finish } from "./area-drag";
import type { AreaHand } from "./area-hand";

/** What the pointer finds of a picture in the page. */
export interface PictureParts {
  /** What it draws on. */
  stage(): HTMLElement | null;
  /** What scrolls. */
  frame(): HTMLElement | null;
  /** Something else is to be shown. */
  changed(): void;
}

/** So near to a polygon's first corner, in pixels, a click means it. */
const NEAR = 12;

/** What a mouse, a pen or one finger does on a picture. */
export class AreaPointer {
  #drag: Drag | null = null;
  /** What it would make if it were lifted now. */
  #preview: Shape | null = null;
  /** The finger that is down has put a corner of a polygon there. */
  #cornered = false;

  constructor(
    private readonly context: AnswerContext,
    private readonly hand: AreaHand,
    private readonly parts: PictureParts,
  ) {}

  /** What is being drawn by a drag, with its label. */
  get drawing(): { readonly label: LabelKey; readonly shape: Shape | null } | null {
    return this.#drag?.kind === "draw" ? { label: this.#drag.label, shape: this.#preview } : null;
  }

  /** Whether it moves or draws something. */
  get holds(): boolean {
    return this.#drag !== null && this.#drag.kind !== "tap";
  }

  /** An area as it is, or as the drag would leave it. */
  shapeOf(area: BoxRegion): Shape {
    const drag = this.#drag;
    const held = drag?.kind === "move" || drag?.kind === "corner" ? drag.area.id : null;
    return held === area.id ? (this.#preview ?? area) : area;
  }

  readonly down = (event: PointerEvent): void => {
    if (!event.isPrimary || event.button !== 0) return;
    const { desk, readOnly, store } = this.context;
    const active = readOnly ? null : this.hand.inHand();
    const corner = within(event, ".area-handle")?.dataset.corner;
    const selected = desk.selected.peek();
    const region = selected ? store.region(selected) : null;
    const stage = this.parts.stage();
    stage?.focus({ preventScroll: true });
    if (corner !== undefined && region?.kind === "boxes")
      this.#drag = { kind: "corner", area: region, corner: Number(corner) };
    else if (active && drawsPolygons(store.question(active.question))) this.#corner(event, active);
    else if (active) this.#drag = { kind: "draw", from: this.#pointOf(event), label: active };
    else this.#grab(event);
    if (!this.holds) return;
    event.preventDefault();
    stage?.setPointerCapture(event.pointerId);
  };

  readonly move = (event: PointerEvent): void => {
    if (!this.#drag) return;
    if (this.#drag.kind === "pan") {
      this.parts.frame()?.scrollBy(this.#drag.x - event.clientX, this.#drag.y - event.clientY);
      this.#drag = { kind: "pan", x: event.clientX, y: event.clientY };
      return;
    }
    this.#preview = dragged(this.#drag, this.#pointOf(event));
    this.parts.changed();
  };

  readonly up = (event: PointerEvent): void => {
    const drag = this.#drag;
    const to = this.#pointOf(event);
    this.#end();
    if (drag?.kind === "draw") this.hand.keep(dragged(drag, to), drag.label);
    else if (drag?.kind === "tap") this.#select(drag.area);
    else if (drag) finish(this.context.store, drag, to);
  };

  /** The browser scrolls, or a second finger is down: what this one drew was no drawing. */
  readonly cancel = (): void => {
    if (this.#cornered) this.hand.dropCorner();
    this.#end();
  };

  #end(): void {
    this.#cornered = false;
    this.#drag = null;
    this.#preview = null;
    this.parts.changed();
  }

  #corner(event: PointerEvent, label: LabelKey): void {
    const at = this.#pointOf(event);
    this.hand.addCorner(at, label, (first) => this.#touches(at, first));
    this.#cornered = event.pointerType === "touch";
    this.parts.changed();
  }

  /** A mouse takes what is under it. A finger takes what is selected already; on all else it scrolls, or taps. */
  #grab(event: PointerEvent): void {
    const { desk, readOnly } = this.context;
    const area = this.#areaAt(event);
    if (event.pointerType === "touch" && (area === null || area.id !== desk.selected.peek())) {
      this.#drag = { kind: "tap", area };
      return;
    }
    this.#select(area);
    const offered = area !== null && desk.suggestions.open(area.id) !== null;
    if (area && !readOnly && !area.rotation && !offered)
      this.#drag = { kind: "move", from: this.#pointOf(event), area };
    else if (event.pointerType === "mouse") this.#drag = { kind: "pan", x: event.clientX, y: event.clientY };
  }

  #select(area: BoxRegion | null): void {
    this.context.desk.selected.value = area?.id ?? null;
    if (area) this.hand.tell(area);
  }

  #areaAt(event: PointerEvent): BoxRegion | null {
    const id = within(event, "[data-area]")?.dataset.area;
    const { store, desk } = this.context;
    const region = id ? (store.region(id) ?? desk.suggestions.open(id)?.region) : null;
    return region?.kind === "boxes" ? region : null;
  }

  /** In percent of the picture. */
  #pointOf(event: PointerEvent): Point {
    const box = this.parts.stage()?.getBoundingClientRect();
    if (!box || box.width === 0 || box.height === 0) return [0, 0];
    return [((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100];
  }

  #touches(at: Point, corner: Point): boolean {
    const box = this.parts.stage()?.getBoundingClientRect();
    if (!box) return false;
    const [dx, dy] = [((corner[0] - at[0]) * box.width) / 100, ((corner[1] - at[1]) * box.height) / 100];
    return Math.hypot(dx, dy) < NEAR;
  }
}

function within(event: PointerEvent, selector: string): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;
}
