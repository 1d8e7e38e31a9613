/** The lines of relations: between two boxes by the free room between lines of text and beside it, never over words. */

import { GapLanes } from "./arc-lanes";

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A line that is wanted, with the width of its label; 0 for none. */
export interface Wanted {
  readonly from: Box;
  readonly to: Box;
  readonly label: number;
  /** Its label is placed before those of others. */
  readonly selected?: boolean;
}

/** Where the text stands, and how much room there is between two of its lines. */
export interface Column {
  readonly left: number;
  readonly right: number;
  readonly gap: number;
}

export interface Arc {
  readonly path: string;
  /** The middle of its label; null where another line's label stands. */
  readonly label: { readonly x: number; readonly y: number } | null;
}

type Point = readonly [number, number];

/** Lines leave and arrive at different places of a box, so that they can be told apart. */
const LEAVES = 0.3;
const ARRIVES = 0.7;
const APART = 14;
const CORNER = 6;
/** Room for the head of an arrow. */
const HEAD = 12;
/** From the text to the first line beside it. */
const MARGIN = 9;

/** The ways of all lines, in their order; shorter ones keep nearer to the words. */
export function routes(wanted: readonly Wanted[], column: Column): readonly Arc[] {
  const ways = new Ways(column);
  const points = new Map<Wanted, readonly Point[]>();
  for (const one of [...wanted].sort((a, b) => reach(a) - reach(b))) points.set(one, ways.way(one));
  const labels = new Map<Wanted, Arc["label"]>();
  for (const one of [...wanted].sort((a, b) => Number(b.selected ?? false) - Number(a.selected ?? false)))
    if (one.label > 0) labels.set(one, ways.place(points.get(one) ?? [], one.label));
  return wanted.map((one) => ({ path: rounded(points.get(one) ?? []), label: labels.get(one) ?? null }));
}

function reach({ from, to }: Wanted): number {
  return Math.abs(from.top - to.top) * 4 + Math.abs(from.left - to.left);
}

class Ways {
  readonly #gaps: GapLanes;
  readonly #sides: GapLanes;
  readonly #labels: Box[] = [];
  /** How many lines touch a box already. */
  readonly #touched = new Map<string, number>();

  constructor(private readonly column: Column) {
    const half = Math.max(0, column.gap / 2 - 3);
    this.#gaps = new GapLanes(
      column.gap,
      (lane) => Math.ceil(lane / 2) * Math.min(5, half / 2) * (lane % 2 ? 1 : -1),
    );
    this.#sides = new GapLanes(4 * MARGIN, (lane) => lane * 6);
  }

  /** The corners of a line's way. */
  way({ from, to, label }: Wanted): readonly Point[] {
    const x1 = this.#port(from, LEAVES);
    const x2 = far(x1, this.#port(to, ARRIVES), to, label + 2 * HEAD);
    return this.#points(from, to, x1, x2, label);
  }

  #port(box: Box, share: number): number {
    const name = `${box.left},${box.top},${share}`;
    const before = this.#touched.get(name) ?? 0;
    this.#touched.set(name, before + 1);
    const width = box.right - box.left;
    return box.left + ((width * share + before * APART) % Math.max(1, width));
  }

  #points(from: Box, to: Box, x1: number, x2: number, label: number): readonly Point[] {
    const { gap } = this.column;
    const half = gap / 2;
    if (Math.abs(from.top - to.top) < (from.bottom - from.top) / 2) {
      const y = this.#gaps.take(Math.min(from.top, to.top) - half, x1, x2, label);
      return [
        [x1, from.top],
        [x1, y],
        [x2, y],
        [x2, to.top],
      ];
    }
    const down = to.top > from.top;
    const [y1, y2] = down ? [from.bottom, to.top] : [from.top, to.bottom];
    const way = down ? 1 : -1;
    if (Math.abs(y2 - y1) < gap * 1.6) {
      const y = this.#gaps.take((y1 + y2) / 2, x1, x2, label);
      return [
        [x1, y1],
        [x1, y],
        [x2, y],
        [x2, y2],
      ];
    }
    const side = this.#side(x1, x2, y1, y2);
    const leaves = this.#gaps.take(y1 + way * half, x1, side, 0);
    const arrives = this.#gaps.take(y2 - way * half, x2, side, label);
    return [
      [x1, y1],
      [x1, leaves],
      [side, leaves],
      [side, arrives],
      [x2, arrives],
      [x2, y2],
    ];
  }

  /** Where a line goes up or down beside the text: on the side that is nearer. */
  #side(x1: number, x2: number, y1: number, y2: number): number {
    const { left, right } = this.column;
    const onTheLeft = x1 + x2 - 2 * left <= 2 * right - x1 - x2;
    const out = this.#sides.take(onTheLeft ? -1000 : 1000, y1, y2, 0) - (onTheLeft ? -1000 : 1000) + MARGIN;
    return onTheLeft ? Math.max(2, left - out) : right + out;
  }

  /** Where a label is on a way: on the longest piece across, where no other label is. */
  place(points: readonly Point[], width: number): Arc["label"] {
    const across = points.slice(1).map((point, at) => [points[at] ?? point, point] as const);
    const long = across
      .filter(([[, ay], [, by]]) => ay === by)
      .sort(([[a], [b]], [[c], [d]]) => Math.abs(c - d) - Math.abs(a - b));
    for (const [[ax, y], [bx]] of long) {
      for (const share of [0.5, 0.75, 0.25]) {
        const x = Math.max(ax + (bx - ax) * share, this.column.left + width / 2);
        const box = { left: x - width / 2, right: x + width / 2, top: y - 6, bottom: y + 6 };
        if (this.#labels.some((one) => overlaps(one, box))) continue;
        this.#labels.push(box);
        return { x: round(x), y: round(y) };
      }
    }
    return null;
  }
}

/** A place on a box that leaves room for a label on the way to it: the wanted one, else the end that is further away. */
function far(from: number, wanted: number, { left, right }: Box, room: number): number {
  if (Math.abs(wanted - from) >= room || right - left < 2 * HEAD) return wanted;
  const [first, last] = [left + HEAD, right - HEAD];
  const end = Math.abs(first - from) > Math.abs(last - from) ? first : last;
  return Math.abs(end - from) > Math.abs(wanted - from) ? end : wanted;
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A way along points, with round corners. */
function rounded(points: readonly Point[]): string {
  const parts = points.map(([x, y], at) => {
    const before = points[at - 1];
    const after = points[at + 1];
    if (!before) return `M${round(x)} ${round(y)}`;
    if (!after) return `L${round(x)} ${round(y)}`;
    const [ax, ay] = towards([x, y], before);
    const [bx, by] = towards([x, y], after);
    return `L${ax} ${ay}Q${round(x)} ${round(y)} ${bx} ${by}`;
  });
  return parts.join("");
}

/** A little way from a corner to the next point: half of a short way at most. */
function towards([x, y]: Point, [tx, ty]: Point): Point {
  const length = Math.hypot(tx - x, ty - y);
  const share = length === 0 ? 0 : Math.min(CORNER, length / 2) / length;
  return [round(x + (tx - x) * share), round(y + (ty - y) * share)];
}

function distance(a: Box, b: Box): number {
  const x = Math.max(0, a.left - b.right, b.left - a.right);
  const y = Math.max(0, a.top - b.bottom, b.top - a.bottom);
  return Math.hypot(x, 2 * y);
}

/** Of what stands on several lines: the two boxes that are nearest to one another. */
export function nearest(from: readonly Box[], to: readonly Box[]): readonly [Box, Box] | null {
  let best: readonly [Box, Box] | null = null;
  for (const a of from) for (const b of to) if (!best || distance(a, b) < distance(...best)) best = [a, b];
  return best;
}
