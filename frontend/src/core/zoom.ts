/** Sizes of a page or a picture; 1 fits the width. */
const STEPS: readonly number[] = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];

/** The next larger or smaller size. */
export function zoomed(now: number, direction: -1 | 1): number {
  if (direction > 0) return STEPS.find((step) => step > now + 0.001) ?? now;
  return STEPS.findLast((step) => step < now - 0.001) ?? now;
}

/** A size between the smallest and the largest. */
export function clampedZoom(zoom: number): number {
  return Math.min(Math.max(zoom, STEPS[0] ?? 1), STEPS.at(-1) ?? 1);
}

/** The page that was typed, from 0, or null when it is no number; beyond the ends it is the first or the last. */
export function typedPage(typed: string, count: number): number | null {
  const plain = typed.normalize("NFKC").trim();
  if (!/^\d{1,6}$/.test(plain) || count === 0) return null;
  return Math.max(1, Math.min(count, Number(plain))) - 1;
}
