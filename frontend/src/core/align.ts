/** Marked spans of several answers, row by row: what means the same mention stands in one row. */

import { meaning } from "./compare";
import { bySpan, type SpanRegion } from "./regions";

/** How the answers of a row differ. */
export type Difference = "missing" | "boundary" | "label";

/** One mention: what each answer marked there (null: nothing), in the order of the answers. */
export interface SpanRow {
  readonly cells: readonly (SpanRegion | null)[];
  readonly differences: readonly Difference[];
  /** The part that every answer which marked something here has in common. */
  readonly common: { readonly start: number; readonly end: number };
}

/** Below this overlap spans with different labels are no version of each other. */
const OTHER_LABEL = 0.5;

interface Placed {
  /** Its place among all spans of all answers. */
  readonly at: number;
  readonly side: number;
  readonly span: SpanRegion;
}

interface Pair {
  readonly one: Placed;
  readonly other: Placed;
  readonly score: number;
}

/** Shared length over joint length: 1 for the same boundaries, 0 for spans that do not touch. */
export function overlap(a: SpanRegion, b: SpanRegion): number {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return shared > 0 ? shared / (Math.max(a.end, b.end) - Math.min(a.start, b.start)) : 0;
}

/** How well two spans go into one row; 0 for not at all. The same span is best, then the same boundaries. */
function likeness(a: SpanRegion, b: SpanRegion): number {
  const same = a.label === b.label;
  const share = overlap(a, b);
  return same ? (share > 0 ? 1 + share : 0) : share >= OTHER_LABEL ? share : 0;
}

/**
 * Rows over the answers' spans: pairs of different answers are joined from the best likeness down, and a row holds at most
 * one span of each answer. So nested spans stand in rows of their own.
 */
export function align(sides: readonly (readonly SpanRegion[])[]): readonly SpanRow[] {
  const placed = sides
    .flatMap((spans, side) => spans.map((span) => ({ side, span })))
    .map((one, at): Placed => ({ at, ...one }));
  const pairs = alike(placed);
  pairs.sort((a, b) => b.score - a.score || a.one.at - b.one.at || a.other.at - b.other.at);
  const group = placed.map((one): readonly Placed[] => [one]);
  for (const { one, other } of pairs) join(group, one, other);
  const rows = [...new Set(group)].map((members) => row(members, sides.length));
  return rows.sort((a, b) => bySpan(first(a), first(b)));
}

/** The pairs that go into one row: found along the text, since only spans that touch are alike. */
function alike(placed: readonly Placed[]): Pair[] {
  const pairs: Pair[] = [];
  let open: Placed[] = [];
  for (const one of [...placed].sort((a, b) => a.span.start - b.span.start)) {
    open = open.filter((before) => before.span.end > one.span.start);
    for (const before of open) {
      const score = one.side === before.side ? 0 : likeness(one.span, before.span);
      const [left, right] = one.at < before.at ? [one, before] : [before, one];
      if (score > 0) pairs.push({ one: left, other: right, score });
    }
    open.push(one);
  }
  return pairs;
}

function join(group: (readonly Placed[])[], { at: i }: Placed, { at: j }: Placed): void {
  const [one, other] = [group[i] ?? [], group[j] ?? []];
  if (one === other || one.some(({ side }) => other.some((theirs) => theirs.side === side))) return;
  const joined = [...one, ...other];
  for (const { at } of joined) group[at] = joined;
}

function row(members: readonly Placed[], sides: number): SpanRow {
  const cells = Array.from(
    { length: sides },
    (_, at) => members.find(({ side }) => side === at)?.span ?? null,
  );
  const spans = members.map(({ span }) => span);
  const differences: Difference[] = [];
  if (members.length < sides) differences.push("missing");
  if (new Set(spans.map(({ start, end }) => `${start} ${end}`)).size > 1) differences.push("boundary");
  if (new Set(spans.map(({ label }) => label)).size > 1) differences.push("label");
  const start = Math.max(...spans.map((span) => span.start));
  return { cells, differences, common: { start, end: Math.min(...spans.map((span) => span.end)) } };
}

function first({ cells }: SpanRow): SpanRegion {
  const spans = cells.filter((cell) => cell !== null).sort(bySpan);
  return spans[0] as SpanRegion;
}

/** What more than half of the answers marked, each as they did. */
export function mostHold(rows: readonly SpanRow[], sides: number): readonly SpanRegion[] {
  return rows.flatMap(({ cells }) => {
    const counts = new Map<string, number>();
    for (const cell of cells) if (cell) counts.set(meaning(cell), (counts.get(meaning(cell)) ?? 0) + 1);
    return cells.filter(
      (cell, at): cell is SpanRegion =>
        cell !== null &&
        (counts.get(meaning(cell)) ?? 0) * 2 > sides &&
        cells.findIndex((one) => one && meaning(one) === meaning(cell)) === at,
    );
  });
}
