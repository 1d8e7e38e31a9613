/**
 * Which stored offset a place in the DOM stands for. Every text node shows a known slice of the stored text; the DOM's
 * own text is never measured, because line breaks are not in it.
 */

interface Slice {
  readonly start: number;
  readonly end: number;
}

/** A text in the page, and where its offsets are. */
export interface ShownText {
  readonly root: HTMLElement;
  readonly text: string;
  elementAt(offset: number): HTMLElement;
  placeOf(offset: number): { readonly node: Node; readonly offset: number };
  offsetOf(node: Node, offset: number): number | null;
  /** Where the caret goes instead of a place that is not shown; every place is shown when absent. */
  visible?(offset: number, direction: -1 | 1): number;
  /** Where a line motion lands, where the browser's own does not know the lines. */
  moveByLine?(offset: number, granularity: "line" | "lineboundary", direction: -1 | 1): number;
  /** The caret's box in the window, where the DOM does not know it. */
  caretBox?(offset: number): DOMRect | null;
}

export class PositionMap {
  readonly #slices = new WeakMap<Node, Slice>();

  /** Notes the slice of the stored text that a node shows. */
  set(node: Node, start: number, end: number): void {
    this.#slices.set(node, { start, end });
  }

  /** The stored offset of a DOM position, or null outside of the text. */
  offsetOf(node: Node, offset: number): number | null {
    const slice = this.#slices.get(node);
    if (node.nodeType === Node.TEXT_NODE) return slice ? slice.start + offset : this.#around(node);
    const child = node.childNodes[offset];
    const before = child ? this.#firstSlice(child) : null;
    if (before) return before.start;
    const last = node.childNodes[offset - 1];
    const after = last ? this.#lastSlice(last) : null;
    return after?.end ?? slice?.end ?? this.#around(node);
  }

  /** The DOM position of a stored offset inside an element that shows it. */
  placeOf(root: Element, offset: number): { readonly node: Node; readonly offset: number } {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let last: Node | null = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const slice = this.#slices.get(node);
      if (!slice) continue;
      if (offset < slice.end) return { node, offset: Math.max(0, offset - slice.start) };
      last = node;
    }
    return last ? { node: last, offset: last.textContent?.length ?? 0 } : { node: root, offset: 0 };
  }

  #around(node: Node): number | null {
    const parent = node.parentNode;
    return parent ? (this.#slices.get(parent)?.start ?? null) : null;
  }

  #firstSlice(node: Node): Slice | null {
    return this.#slices.get(node) ?? (node.firstChild ? this.#firstSlice(node.firstChild) : null);
  }

  #lastSlice(node: Node): Slice | null {
    return this.#slices.get(node) ?? (node.lastChild ? this.#lastSlice(node.lastChild) : null);
  }
}
