import { moveCaret } from "../../core/caret";
import type { Range } from "../../core/segments";
import { showSelection } from "../../dom/selection";
import type { SpanView } from "../../dom/span-view";

interface Dragged {
  readonly anchor: number;
  readonly focus: number;
}

/** So near to the window's edge, in pixels, a drag scrolls by so many. */
const EDGE = 70;
const STEP = 24;

/** Selecting with the mouse where the browser's own selection does not follow the text: over the picture of a page. */
export class PointDrag<R extends Range> {
  #from: Dragged | null = null;

  /** @returns true when the browser should leave the selection alone. */
  start(view: SpanView<R> | null, event: MouseEvent, language: string): boolean {
    this.#from = null;
    const at = event.button === 0 ? view?.offsetAt?.(event.clientX, event.clientY) : null;
    if (!view || at === null || at === undefined) return false;
    this.#from = { anchor: at, focus: at };
    if (event.detail > 1) {
      const anchor = moveCaret(view.text, at + 1, "word", -1, language);
      this.#from = { anchor, focus: moveCaret(view.text, anchor, "word", 1, language) };
    }
    return true;
  }

  /** Shows what would be selected. */
  move(view: SpanView<R> | null, event: PointerEvent): void {
    const found = this.#to(view, event);
    if (!view || !found) return;
    showSelection(view, found.anchor, found.focus);
    // At the window's edge the page goes on, as it does under the browser's own selection.
    const { clientY } = event;
    if (clientY < EDGE) window.scrollBy({ top: -STEP, behavior: "instant" });
    else if (clientY > window.innerHeight - EDGE) window.scrollBy({ top: STEP, behavior: "instant" });
  }

  /** What was selected, or null when the browser has done it. */
  end(view: SpanView<R> | null, event: PointerEvent): Dragged | null {
    const found = this.#to(view, event);
    this.#from = null;
    return found;
  }

  #to(view: SpanView<R> | null, event: PointerEvent): Dragged | null {
    const from = this.#from;
    const at = from ? view?.offsetAt?.(event.clientX, event.clientY) : null;
    if (!from) return null;
    if (at === null || at === undefined || from.anchor !== from.focus) return from;
    return { anchor: from.anchor, focus: at };
  }
}
