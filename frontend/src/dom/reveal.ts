import type { Range } from "../core/segments";
import { caretBox } from "./selection";
import type { SpanView } from "./span-view";

/** So far from the window's edges a place is taken to be in view. */
const MARGIN = 120;

/** Brings places of a text into view. */
export class Reveal<R extends Range> {
  /** Brought into view before its place was known. */
  #unseen: number | null = null;

  constructor(private readonly view: () => SpanView<R> | null) {}

  /** Whether the view has laid out by now what was brought into view before. */
  get arrived(): boolean {
    return this.#unseen !== null && this.view()?.isLaidOut?.(this.#unseen) === true;
  }

  /** What is far away gets its height when it comes near: so it is looked at again, a few times. */
  to(offset: number, tries = 4): void {
    const view = this.view();
    if (!view || tries === 0) return;
    this.#unseen = view.isLaidOut?.(offset) === false ? offset : null;
    const box = caretBox(view, offset);
    if (box.top >= MARGIN && box.bottom <= window.innerHeight - MARGIN) return;
    window.scrollBy({ top: box.top - window.innerHeight / 3, behavior: "instant" });
    requestAnimationFrame(() => this.to(offset, tries - 1));
  }

  /** Goes there again, now that it is laid out. */
  again(): void {
    if (this.arrived && this.#unseen !== null) this.to(this.#unseen);
  }
}
