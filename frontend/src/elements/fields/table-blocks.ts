/** So many rows stand in one block, which is drawn or is not. */
const SIZE = 100;
/** A table of so many rows is drawn whole. */
const WHOLE = 500;
/** Of a row that was never drawn, in pixels. */
const GUESS = 40;

/** Rows that are drawn together, or the room for them. */
export interface Block {
  readonly block: number;
  readonly from: number;
  readonly to: number;
  readonly drawn: boolean;
  readonly height: number;
}

/** Which rows of a long table are drawn: those within a screen of what is seen. What was drawn keeps its height. */
export class Blocks {
  #near: ReadonlySet<number> = new Set([0]);
  readonly #heights = new Map<number, number>();
  #watch: IntersectionObserver | null = null;
  #watched: Element | null = null;

  /** Whether a table of so many rows is drawn in blocks. */
  static areFor(rows: number): boolean {
    return rows > WHOLE;
  }

  /** @param changed called when other rows are to be drawn. */
  constructor(private readonly changed: () => void) {}

  /** All blocks. @param kept rows that are drawn wherever they stand: what has the focus is never taken away. */
  of(rows: number, kept: readonly number[]): readonly Block[] {
    const drawn = new Set([...this.#near, ...kept.map((row) => Math.floor(row / SIZE))]);
    return Array.from({ length: Math.ceil(rows / SIZE) }, (_, block) => {
      const [from, to] = [block * SIZE, Math.min(rows, (block + 1) * SIZE)];
      const height = this.#heights.get(block) ?? Math.round((to - from) * this.#usual());
      return { block, from, to, drawn: drawn.has(block), height };
    });
  }

  /** Watches the blocks of a table. */
  watch(host: HTMLElement): void {
    const scroller = host.querySelector(".table-scroll:has([data-block])");
    if (scroller === this.#watched) return;
    this.stop();
    if (!scroller) return;
    this.#watched = scroller;
    this.#watch = new IntersectionObserver(this.#onSeen, { root: scroller, rootMargin: "100% 0px" });
    for (const body of scroller.querySelectorAll("[data-block]")) this.#watch.observe(body);
  }

  stop(): void {
    this.#watch?.disconnect();
    this.#watched = null;
    this.#near = new Set([0]);
    this.#heights.clear();
  }

  /** The height of a row, as those are that were drawn. */
  #usual(): number {
    if (this.#heights.size === 0) return GUESS;
    const all = [...this.#heights.values()];
    return all.reduce((sum, one) => sum + one, 0) / all.length / SIZE;
  }

  #onSeen = (entries: readonly IntersectionObserverEntry[]): void => {
    const near = new Set(this.#near);
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const block = Number((target as HTMLElement).dataset.block);
      if (near.has(block)) this.#heights.set(block, Math.round(boundingClientRect.height));
      if (isIntersecting) near.add(block);
      else near.delete(block);
    }
    this.#near = near;
    if (this.#watched) hold(this.#watched);
    this.changed();
  };
}

/** Gives each column at least the width that it has: it does not jump while the table scrolls. */
function hold(scroller: Element): void {
  const heads = [...scroller.querySelectorAll<HTMLElement>("thead th")];
  const widths = heads.map((head) => head.getBoundingClientRect().width);
  for (const [at, head] of heads.entries()) head.style.setProperty("min-width", `${widths[at] ?? 0}px`);
}
