import type { Page } from "./field-text";
import type { SpanRegion } from "./regions";
import { firstFrom } from "./span-order";

/** How many marks begin on each page that has any: a search a page, however many marks there are. */
export function marksByPage(
  spans: readonly SpanRegion[],
  pages: readonly Page[],
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  let from = 0;
  for (const at of pages.keys()) {
    const next = pages[at + 1];
    const to = next ? firstFrom(spans, next.start) : spans.length;
    if (to > from) counts.set(at, to - from);
    from = to;
  }
  return counts;
}
