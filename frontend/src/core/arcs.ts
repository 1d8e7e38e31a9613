/** The lines of relations: a curve between two boxes, and the place of its label. */

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Arc {
  readonly path: string;
  /** Where its label stands: at the middle, or from there on beside a line that goes straight. */
  readonly middle: { readonly x: number; readonly y: number };
  readonly beside?: true;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Lines leave and arrive at different places of a box, so that they can be told apart. */
const LEAVES = 0.4;
const ARRIVES = 0.6;
/** How far before a box a line turns towards it: in the gap between lines of text. */
const GAP = 6;
const CORNER = 5;
/** Between a straight line, with its head, and the label beside it. */
const BESIDE = 7;
/** Room for a label beside a line that goes straight. */
const MARGIN = 10;

/** From one box to another: over the line where both stand on one, else through the gaps between lines. */
export function arc(from: Box, to: Box): Arc {
  const sameLine = Math.abs(from.top - to.top) < (from.bottom - from.top) / 2;
  return sameLine ? over(from, to) : through(from, to);
}

function over(from: Box, to: Box): Arc {
  const x1 = round(from.left + (from.right - from.left) * LEAVES);
  const x2 = round(to.left + (to.right - to.left) * ARRIVES);
  const rise = Math.min(28, 10 + Math.abs(x2 - x1) / 20);
  const y = Math.min(from.top, to.top);
  return {
    path: `M${x1} ${round(y)}C${x1} ${round(y - rise)} ${x2} ${round(y - rise)} ${x2} ${round(y)}`,
    middle: { x: round((x1 + x2) / 2), y: round(y - rise * 0.75) },
  };
}

/** Straight where one stands under the other; else along the gap beside the box it comes to, never along words. */
function through(from: Box, to: Box): Arc {
  const down = to.top > from.top;
  const [y1, y2] = down ? [from.bottom, to.top] : [from.top, to.bottom];
  const x1 = round(within(from, from.left + (from.right - from.left) * LEAVES, to));
  const under = from.left + MARGIN <= x1 && to.left + MARGIN <= x1 && x1 <= to.right - MARGIN;
  const x2 = under ? x1 : round(within(to, to.left + (to.right - to.left) * ARRIVES, from));
  const way = down ? 1 : -1;
  const turn = round(y2 - way * Math.min(GAP, Math.abs(y2 - y1) / 2));
  const side = Math.sign(x2 - x1);
  const corner = Math.min(CORNER, Math.abs(x2 - x1) / 2, Math.abs(turn - y1), Math.abs(y2 - turn));
  if (side === 0 || corner < 1)
    return {
      path: `M${x1} ${round(y1)}L${x2} ${round(y2)}`,
      middle: { x: x1 + BESIDE, y: turn },
      beside: true,
    };
  const bend = (x: number, y: number): string => `Q${x} ${turn} ${round(x)} ${round(y)}`;
  return {
    path: [
      `M${x1} ${round(y1)}V${round(turn - way * corner)}`,
      `Q${x1} ${turn} ${round(x1 + side * corner)} ${turn}`,
      `H${round(x2 - side * corner)}`,
      `${bend(x2, turn + way * corner)}V${round(y2)}`,
    ].join(""),
    middle: { x: round((x1 + x2) / 2), y: turn },
  };
}

/** A place on a box, moved towards another box so far as that leaves less of the way to go sideways. */
function within(box: Box, wanted: number, other: Box): number {
  const [low, high] = [Math.max(box.left, other.left) + MARGIN, Math.min(box.right, other.right) - MARGIN];
  if (low <= high) return Math.min(high, Math.max(low, wanted));
  return other.left > box.right ? box.right - MARGIN : other.right < box.left ? box.left + MARGIN : wanted;
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
