import { type Paragraph, paragraphAt } from "../core/document";
import { byParagraph, type Range } from "../core/segments";

const NONE: readonly never[] = [];

/** Which ranges touch which blocks of a text: a change paints only the blocks that it touches. */
export class BlockRanges<R extends Range> {
  #here = new Map<number, readonly R[]>();

  /** @param paint shows a block with the ranges that touch it. */
  constructor(
    readonly blocks: readonly Paragraph[],
    private readonly paint: (at: number, ranges: readonly R[]) => void,
  ) {}

  /** The ranges that touch a block. */
  at(block: number): readonly R[] {
    return this.#here.get(block) ?? NONE;
  }

  /** Holds these and no others. @param same tells whether two of one place look the same. */
  replace(ranges: readonly R[], same: (a: R, b: R) => boolean): void {
    const before = this.#here;
    this.#here = new Map(byParagraph(this.blocks, ranges));
    for (const at of new Set([...before.keys(), ...this.#here.keys()])) {
      const was = before.get(at) ?? NONE;
      const now = this.at(at);
      const equal = was.length === now.length && was.every((one, index) => same(one, now[index] as R));
      if (!equal) this.paint(at, now);
    }
  }

  /** Takes some ranges away and holds others. */
  change(gone: readonly R[], added: readonly R[]): void {
    const touched = new Set<number>();
    const put = (range: R, held: (all: readonly R[]) => readonly R[]): void => {
      for (const at of this.touchedBy(range)) {
        this.#here.set(at, held(this.at(at)));
        touched.add(at);
      }
    };
    for (const range of gone) put(range, (all) => all.filter((one) => one !== range));
    for (const range of added) put(range, (all) => [...all, range]);
    for (const at of touched) this.paint(at, this.at(at));
  }

  /** The blocks that a range touches. */
  *touchedBy(range: R): Iterable<number> {
    const last = paragraphAt(this.blocks, range.end - 1);
    for (let at = paragraphAt(this.blocks, range.start); at <= last; at++) yield at;
  }
}
