import { type Paragraph, paragraphAt } from "./document";

/** Something that covers a part of the text. */
export interface Range {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

export interface TextLeaf {
  readonly start: number;
  readonly end: number;
}

/** A marked piece: a whole span, or a part of one that another span or a line break cuts. */
export interface MarkNode<R extends Range> {
  readonly range: R;
  readonly start: number;
  readonly end: number;
  /** The span's own start, or end, is in this piece. */
  readonly opens: boolean;
  readonly closes: boolean;
  /** Height of the span's underline: 0 is nearest to the text; spans that meet never share one. */
  readonly lane: number;
  readonly children: readonly Piece<R>[];
}

export type Piece<R extends Range> = TextLeaf | MarkNode<R>;

/** The height of each range's underline, so that those that meet never share one. */
export function lanes<R extends Range>(ranges: readonly R[]): ReadonlyMap<R, number> {
  const placed = new Map<R, number>();
  const shortFirst = [...ranges].sort((a, b) => a.end - a.start - (b.end - b.start) || b.start - a.start);
  for (const range of shortFirst) {
    const taken = new Set<number>();
    for (const [other, lane] of placed) {
      if (other.start < range.end && range.start < other.end) taken.add(lane);
    }
    let lane = 0;
    while (taken.has(lane)) lane++;
    placed.set(range, lane);
  }
  return placed;
}

interface Open<R extends Range> {
  readonly range: R;
  readonly from: number;
  readonly children: Piece<R>[];
}

/**
 * The pieces of one paragraph, nested as its spans are; a span that crosses another's edge is cut there.
 * @param ranges those that touch the paragraph
 * @param given the heights of underlines, where several paragraphs stand on one line
 */
export function pieces<R extends Range>(
  paragraph: Paragraph,
  ranges: readonly R[],
  given?: ReadonlyMap<R, number>,
): readonly Piece<R>[] {
  const clip = (offset: number): number => Math.min(Math.max(offset, paragraph.start), paragraph.end);
  const inside = ranges.filter((range) => clip(range.start) < clip(range.end));
  const lane = given ?? lanes(inside);
  const edges = new Set([paragraph.start, paragraph.end]);
  for (const range of inside) edges.add(clip(range.start)).add(clip(range.end));
  const outerFirst = [...inside].sort((a, b) => a.start - b.start || b.end - a.end);

  const root: Piece<R>[] = [];
  const stack: Open<R>[] = [];
  const target = (): Piece<R>[] => stack.at(-1)?.children ?? root;
  const close = (at: number): Open<R> | undefined => {
    const open = stack.pop();
    if (!open || open.from === at) return open;
    target().push({
      range: open.range,
      start: open.from,
      end: at,
      opens: open.range.start === open.from,
      closes: open.range.end === at || (at === paragraph.end && open.range.end <= paragraph.next),
      lane: lane.get(open.range) ?? 0,
      children: open.children,
    });
    return open;
  };

  let next = 0;
  let before = paragraph.start;
  for (const at of [...edges].sort((a, b) => a - b)) {
    if (at > before) target().push({ start: before, end: at });
    const firstEnding = stack.findIndex((open) => clip(open.range.end) <= at);
    const reopened: R[] = [];
    while (firstEnding >= 0 && stack.length > firstEnding) {
      const open = close(at);
      if (open && clip(open.range.end) > at) reopened.unshift(open.range);
    }
    for (const range of reopened) stack.push({ range, from: at, children: [] });
    for (let range = outerFirst[next]; range && clip(range.start) <= at; range = outerFirst[++next]) {
      stack.push({ range, from: at, children: [] });
    }
    before = at;
  }
  return root;
}

/** True for a marked piece. */
export function isMark<R extends Range>(piece: Piece<R>): piece is MarkNode<R> {
  return "range" in piece;
}

/** The ranges that touch each paragraph, by the paragraph's index; paragraphs without any are left out. */
export function byParagraph<R extends Range>(
  all: readonly Paragraph[],
  ranges: readonly R[],
): ReadonlyMap<number, readonly R[]> {
  const found = new Map<number, R[]>();
  let first = 0;
  for (const range of ranges) {
    // Sorted ranges only ever go on to the next paragraph; others are looked for.
    if (range.start < (all[first]?.start ?? 0)) first = paragraphAt(all, range.start);
    while (first + 1 < all.length && (all[first + 1]?.start ?? 0) <= range.start) first++;
    for (let index = first; index === first || (all[index]?.start ?? range.end) < range.end; index++) {
      const here = found.get(index);
      if (here) here.push(range);
      else found.set(index, [range]);
    }
  }
  return found;
}
