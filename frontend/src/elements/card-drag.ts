import type { Spot } from "../core/ranking";

/** So far a pointer moves before it drags, in pixels. */
const THRESHOLD = 5;
/** So near to the window's edge it scrolls. */
const EDGE = 48;

/** Dragging a card by mouse, pen or finger: where it would fall is told, and it falls when it is let go. */
export class CardDrag {
  /** The card that is dragged, and where it would fall; the place counts without it. */
  id: string | null = null;
  over: Spot | null = null;
  #from: { readonly id: string; readonly x: number; readonly y: number } | null = null;
  #events: AbortController | null = null;

  constructor(
    private readonly host: HTMLElement,
    private readonly changed: () => void,
    private readonly drop: (id: string, spot: Spot) => void,
  ) {}

  start(event: PointerEvent, id: string): void {
    if (!event.isPrimary || event.button !== 0) return;
    this.stop();
    this.#from = { id, x: event.clientX, y: event.clientY };
    this.#events = new AbortController();
    const { signal } = this.#events;
    // On the document: the card itself moves in the page, which would end its capture of the pointer.
    document.addEventListener("pointermove", this.#onMove, { signal });
    document.addEventListener("pointerup", this.#onUp, { signal });
    document.addEventListener("pointercancel", () => this.stop(), { signal });
    document.addEventListener("keydown", this.#onKey, { signal, capture: true });
  }

  stop(): void {
    const was = this.id;
    this.#events?.abort();
    this.#events = null;
    this.#from = null;
    this.id = null;
    this.over = null;
    if (was !== null) this.changed();
  }

  #onMove = (event: PointerEvent): void => {
    const from = this.#from;
    if (!from) return;
    if (this.id === null) {
      if (Math.hypot(event.clientX - from.x, event.clientY - from.y) < THRESHOLD) return;
      this.id = from.id;
    }
    this.over = this.#spot(event.clientX, event.clientY) ?? this.over;
    if (event.clientY < EDGE) window.scrollBy(0, -EDGE / 4);
    else if (event.clientY > window.innerHeight - EDGE) window.scrollBy(0, EDGE / 4);
    this.changed();
  };

  #onUp = (): void => {
    const { id, over } = this;
    this.stop();
    if (id !== null && over) this.drop(id, over);
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || this.id === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.stop();
  };

  #spot(x: number, y: number): Spot | null {
    const lanes = [...this.host.querySelectorAll<HTMLElement>("[data-lane]")];
    const lane = lanes.find((one) => inside(one.getBoundingClientRect(), x, y));
    if (!lane) return null;
    const cards = [...lane.querySelectorAll<HTMLElement>("[data-card]")].filter(
      (one) => one.dataset.card !== this.id,
    );
    const index = cards.findIndex((one) => {
      const { top, height } = one.getBoundingClientRect();
      return y < top + height / 2;
    });
    return { lane: lane.dataset.lane ?? "", index: index < 0 ? cards.length : index };
  }
}

function inside(box: DOMRect, x: number, y: number): boolean {
  return x >= box.left && x <= box.right && y >= box.top - 12 && y <= box.bottom + 12;
}
