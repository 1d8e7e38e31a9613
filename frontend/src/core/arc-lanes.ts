type Span = readonly [number, number];

/** Places beside one another in the gaps between lines: what would lie over another line takes the next place. */
export class GapLanes {
  /** By gap and place, what is taken of its length. */
  readonly #taken = new Map<number, Span[][]>();

  /** @param size of a gap: what is nearer is the same one. @param shift how far a place is from the gap's middle */
  constructor(
    private readonly size: number,
    private readonly shift: (lane: number) => number,
  ) {}

  /** Takes a piece of a gap, at least so long. @returns where the line goes across it */
  take(middle: number, from: number, to: number, least: number): number {
    const key = this.#key(middle);
    const lanes = this.#taken.get(key) ?? [];
    this.#taken.set(key, lanes);
    const wide = Math.max(0, least - Math.abs(from - to)) / 2;
    const [start, end] = [Math.min(from, to) - wide - 2, Math.max(from, to) + wide + 2];
    const free = lanes.findIndex((all) => all.every(([a, b]) => end < a || b < start));
    if (free >= 0) lanes[free]?.push([start, end]);
    else lanes.push([[start, end]]);
    return middle + this.shift(free >= 0 ? free : lanes.length - 1);
  }

  /** The gap that is known at this place, or a new one. */
  #key(middle: number): number {
    for (const known of this.#taken.keys()) if (Math.abs(known - middle) < this.size / 2) return known;
    return middle;
  }
}
