/** Spans kept in the order in which they stand in the text: a change costs a search and a copy, never a sort of all. */

import { bySpan, type SpanRegion } from "./regions";

/** The first place at which a test holds, of sorted values for which it holds from some place on. */
export function firstWhere<T>(all: readonly T[], holds: (one: T) => boolean): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const one = all[middle];
    if (one !== undefined && holds(one)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The place of the first span that starts at or after an offset. */
export function firstFrom(all: readonly SpanRegion[], offset: number): number {
  return firstWhere(all, (span) => span.start >= offset);
}

/** The place of a span with this start and id, or -1. */
export function placeOf(all: readonly SpanRegion[], start: number, id: string): number {
  for (let at = firstFrom(all, start); all[at]?.start === start; at++) if (all[at]?.id === id) return at;
  return -1;
}

/** The span with these edges and this label, if there is one. */
export function sameSpan(
  all: readonly SpanRegion[],
  start: number,
  end: number,
  label: string,
): SpanRegion | undefined {
  for (let at = firstFrom(all, start); all[at]?.start === start; at++) {
    const span = all[at];
    if (span?.end === end && span.label === label) return span;
  }
  return undefined;
}

/** Above this many changed spans one pass over all is quicker than a search for each. */
const FEW = 8;

/** The sorted spans without some and with others, as a new array. */
export function exchange(
  all: readonly SpanRegion[],
  gone: readonly SpanRegion[],
  added: readonly SpanRegion[],
): readonly SpanRegion[] {
  if (gone.length + added.length > FEW) return merged(without(all, gone), [...added].sort(bySpan));
  const kept = all.slice();
  for (const span of gone) {
    const at = placeOf(kept, span.start, span.id);
    if (at >= 0) kept.splice(at, 1);
  }
  for (const span of added)
    kept.splice(
      firstWhere(kept, (one) => bySpan(span, one) < 0),
      0,
      span,
    );
  return kept;
}

function without(all: readonly SpanRegion[], gone: readonly SpanRegion[]): readonly SpanRegion[] {
  if (gone.length === 0) return all;
  const ids = new Set(gone.map((span) => span.id));
  return all.filter((span) => !ids.has(span.id));
}

/** Two sorted lists as one. */
export function merged(a: readonly SpanRegion[], b: readonly SpanRegion[]): readonly SpanRegion[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const all: SpanRegion[] = [];
  let i = 0;
  let j = 0;
  for (let left = a[0], right = b[0]; left || right; ) {
    if (left && (!right || bySpan(left, right) <= 0)) {
      all.push(left);
      left = a[++i];
    } else if (right) {
      all.push(right);
      right = b[++j];
    }
  }
  return all;
}

/** What one list of things has and the other has not, by identity: equal beginnings and ends are passed over. */
export function delta<T>(
  before: readonly T[],
  after: readonly T[],
): { readonly gone: readonly T[]; readonly added: readonly T[] } {
  let from = 0;
  while (from < before.length && from < after.length && before[from] === after[from]) from++;
  let old = before.length;
  let now = after.length;
  while (old > from && now > from && before[old - 1] === after[now - 1]) {
    old--;
    now--;
  }
  const held = new Set(before.slice(from, old));
  const holds = new Set(after.slice(from, now));
  return {
    gone: [...held].filter((one) => !holds.has(one)),
    added: [...holds].filter((one) => !held.has(one)),
  };
}
