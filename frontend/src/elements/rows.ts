/** A list of thousands of rows of one height, of which only those in sight are in the page. */
export class RowWindow {
  #from = 0;
  #to = 0;

  /** @param rem a row's height in units of the page's font size. @param margin rows kept beyond each edge. */
  constructor(
    public rem: number,
    private readonly margin = 8,
  ) {}

  get height(): number {
    return this.rem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  /** The rows to draw, half-open, as the box is scrolled now. */
  range(box: HTMLElement | null, count: number): { readonly from: number; readonly to: number } {
    const height = this.height;
    const top = box?.scrollTop ?? 0;
    const seen = (box?.clientHeight || 20 * height) / height;
    this.#from = Math.max(0, Math.min(count, Math.floor(top / height) - this.margin));
    this.#to = Math.min(count, Math.ceil(top / height + seen) + this.margin);
    return { from: this.#from, to: this.#to };
  }

  /** Gives the box its whole height, and the drawn rows their place in it. */
  settle(space: HTMLElement, count: number): void {
    const height = this.height;
    space.style.setProperty("height", `${count * height}px`);
    space.style.setProperty("--above", `${this.#from * height}px`);
  }

  /** Scrolls a row into the box. @returns true when that moved it. */
  reveal(box: HTMLElement, index: number): boolean {
    const height = this.height;
    const top = index * height;
    const before = box.scrollTop;
    if (top < before) box.scrollTop = top;
    else if (top + height > before + box.clientHeight) box.scrollTop = top + height - box.clientHeight;
    return box.scrollTop !== before;
  }
}
