import { clampedZoom } from "../../core/zoom";

/** What two fingers move. */
export interface Pinched {
  /** The element that is made larger, under a place of the window; null when there is none. */
  target(x: number, y: number): Element | null;
  zoom(): number;
  /** Shows it so large, at once. */
  show(zoom: number): void;
  /** Moves what is seen. */
  scroll(dx: number, dy: number): void;
  /** The fingers are lifted. */
  ended(): void;
  /** Whether one finger holds something: it moves that, and does not scroll. */
  holds?(): boolean;
}

interface Grip {
  readonly target: Element;
  readonly distance: number;
  readonly zoom: number;
  /** What lay between the fingers, as a share of the target's size. */
  readonly share: readonly [number, number];
}

type Place = readonly [number, number];

/** Two fingers on an element make it larger and move it; what lies between them stays there. */
export class Pinch {
  readonly #fingers = new Map<number, Place>();
  #grip: Grip | null = null;
  #events: AbortController | null = null;

  constructor(private readonly pinched: Pinched) {}

  /** Listens to fingers on an element, instead of to those on the one before. */
  listen(element: HTMLElement): void {
    this.stop();
    this.#events = new AbortController();
    const { signal } = this.#events;
    // Before whoever draws with one finger.
    const options = { signal, capture: true };
    element.addEventListener("pointerdown", this.#onDown, options);
    element.addEventListener("pointermove", this.#onMove, options);
    element.addEventListener("pointerup", this.#onUp, options);
    element.addEventListener("pointercancel", this.#onUp, options);
    // The browser would scroll, and take the pointers away; it does not ask the shapes of an SVG for their touch-action.
    for (const name of ["touchstart", "touchmove"] as const)
      element.addEventListener(name, this.#holdBack, { signal, passive: false });
  }

  stop(): void {
    this.#events?.abort();
    this.#events = null;
    this.#fingers.clear();
    this.#grip = null;
  }

  #holdBack = (event: TouchEvent): void => {
    if ((event.touches.length > 1 || this.pinched.holds?.()) && event.cancelable) event.preventDefault();
  };

  #onDown = (event: PointerEvent): void => {
    if (event.pointerType !== "touch") return;
    if (event.isPrimary) this.#fingers.clear();
    this.#fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (this.#fingers.size !== 2) return;
    this.#take();
    event.stopPropagation();
  };

  #onMove = (event: PointerEvent): void => {
    if (!this.#fingers.has(event.pointerId)) return;
    this.#fingers.set(event.pointerId, [event.clientX, event.clientY]);
    if (!this.#grip) return;
    this.#pull(this.#grip);
    event.stopPropagation();
  };

  #onUp = (event: PointerEvent): void => {
    if (!this.#fingers.delete(event.pointerId) || !this.#grip) return;
    event.stopPropagation();
    this.#grip = null;
    this.pinched.ended();
  };

  /** Both are down. */
  #take(): void {
    const { middle, distance } = this.#between();
    const target = this.pinched.target(...middle);
    if (!target) return;
    const box = target.getBoundingClientRect();
    const share = [(middle[0] - box.left) / box.width, (middle[1] - box.top) / box.height] as const;
    this.#grip = { target, distance, zoom: this.pinched.zoom(), share };
    // What the first finger began is given up.
    target.dispatchEvent(new PointerEvent("pointercancel", { bubbles: true }));
  }

  #pull({ target, distance: before, zoom, share }: Grip): void {
    const { middle, distance } = this.#between();
    this.pinched.show(clampedZoom((zoom * distance) / Math.max(1, before)));
    const box = target.getBoundingClientRect();
    this.pinched.scroll(
      box.left + share[0] * box.width - middle[0],
      box.top + share[1] * box.height - middle[1],
    );
  }

  #between(): { readonly middle: Place; readonly distance: number } {
    const [[ax, ay] = [0, 0], [bx, by] = [0, 0]] = [...this.#fingers.values()];
    return { middle: [(ax + bx) / 2, (ay + by) / 2], distance: Math.hypot(ax - bx, ay - by) };
  }
}
