/** The least of some runs, in milliseconds: what the machine does besides only adds. */
function least(run: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const begun = performance.now();
    run();
    return performance.now() - begun;
  });
  return Math.max(0.02, Math.min(...times));
}

/**
 * How much longer it takes on ten times as much, both in one run: 10 where time grows as the size does, 100 where it
 * grows as its square.
 */
export function growth(run: (size: number) => void, size: number): number {
  run(size);
  return least(() => run(size * 10)) / least(() => run(size));
}

/** Between the two, far from both: a busy machine is no failure. */
export const SQUARE = 45;
