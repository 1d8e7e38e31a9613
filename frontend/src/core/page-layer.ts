/** Where the characters of a page stand on its picture. Offsets are UTF-16 units of the field's text. */

import type { Page } from "./field-text";
import { OffsetMap } from "./offsets";

/** In shares of the page's width and height. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Characters that follow one another on a line: the one at `start + i` stands between `edges[i]` and `edges[i + 1]`. */
export interface Run {
  readonly start: number;
  readonly end: number;
  readonly top: number;
  readonly bottom: number;
  readonly edges: readonly number[];
}

function numbers(value: unknown): readonly number[] | null {
  return Array.isArray(value) && value.every((one) => typeof one === "number") ? value : null;
}

/** The edges of code points as edges of units: the second half of a pair stands where the pair begins. */
function unitEdges(text: string, edges: readonly number[], width: number): readonly number[] {
  const found: number[] = [];
  let point = 0;
  for (const letter of text) {
    for (let half = 0; half < letter.length; half++) found.push((edges[point] ?? 0) / width);
    point++;
  }
  found.push((edges[point] ?? edges.at(-1) ?? 0) / width);
  return found;
}

function readRun(value: unknown, map: OffsetMap, page: Page, size: Size): Run | null {
  if (!Array.isArray(value)) return null;
  const [start, top, bottom] = value as readonly unknown[];
  const edges = numbers(value[3]);
  if (typeof start !== "number" || typeof top !== "number" || typeof bottom !== "number" || !edges)
    return null;
  try {
    const from = map.toUnits(start);
    const to = map.toUnits(start + edges.length - 1);
    return {
      start: page.start + from,
      end: page.start + to,
      top: top / size.height,
      bottom: bottom / size.height,
      edges: unitEdges(map.text.slice(from, to), edges, size.width),
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What the server says of a page's text as runs, or null when that is not the text of the item. */
export function readLayer(given: unknown, page: Page): readonly Run[] | null {
  if (typeof given !== "object" || given === null) return null;
  const { text, width, height, runs } = given as Readonly<Record<string, unknown>>;
  if (text !== page.text || typeof width !== "number" || typeof height !== "number" || !Array.isArray(runs))
    return null;
  const map = new OffsetMap(page.text);
  return runs.flatMap((one) => readRun(one, map, page, { width, height }) ?? []);
}

/** The boxes that a range covers, a line each. */
export function boxesOf(runs: readonly Run[], start: number, end: number): readonly Box[] {
  const found: Box[] = [];
  for (const run of runs) {
    const from = Math.max(start, run.start);
    const to = Math.min(end, run.end);
    if (from >= to) continue;
    const left = run.edges[from - run.start] ?? 0;
    const right = run.edges[to - run.start] ?? left;
    if (right > left) join(found, { left, right, top: run.top, bottom: run.bottom });
  }
  return found;
}

/** Pieces of one line that nearly touch become one box. */
function join(found: Box[], box: Box): void {
  const last = found.at(-1);
  const height = box.bottom - box.top;
  const onLine = last && Math.min(last.bottom, box.bottom) - Math.max(last.top, box.top) > height / 2;
  if (!last || !onLine || box.left < last.left || box.left - last.right > 2 * height) {
    found.push(box);
    return;
  }
  found[found.length - 1] = {
    left: last.left,
    right: Math.max(last.right, box.right),
    top: Math.min(last.top, box.top),
    bottom: Math.max(last.bottom, box.bottom),
  };
}

/** The run that holds an offset, else the first that begins after it, else the last. */
export function runAt(runs: readonly Run[], offset: number): Run | undefined {
  return (
    runs.find((run) => run.start <= offset && offset < run.end) ??
    runs.find((run) => run.start >= offset) ??
    runs.at(-1)
  );
}

/** Where the caret before an offset stands. */
export function caretAt(runs: readonly Run[], offset: number): Box | null {
  // At a line's end the caret stays behind its last character.
  const run =
    runs.find((one) => one.start <= offset && offset < one.end) ??
    runs.find((one) => one.end === offset) ??
    runAt(runs, offset);
  if (!run) return null;
  const left = run.edges[Math.max(0, Math.min(offset - run.start, run.edges.length - 1))] ?? 0;
  return { left, right: left, top: run.top, bottom: run.bottom };
}

function distance(at: number, from: number, to: number): number {
  return at < from ? from - at : at > to ? at - to : 0;
}

/** The place in a run that is nearest to `x`. */
function nearest(run: Run, x: number): number {
  let best = 0;
  for (const [at, edge] of run.edges.entries())
    if (Math.abs(edge - x) < Math.abs((run.edges[best] ?? 0) - x)) best = at;
  return run.start + best;
}

/** The offset nearest to a point; a line counts for more than a place on it. */
export function offsetAt(runs: readonly Run[], x: number, y: number): number | null {
  let best: { readonly run: Run; readonly far: number } | null = null;
  for (const run of runs) {
    const far = 4 * distance(y, run.top, run.bottom) + distance(x, run.edges[0] ?? 0, run.edges.at(-1) ?? 0);
    if (!best || far < best.far) best = { run, far };
  }
  return best ? nearest(best.run, x) : null;
}

/** Where one line up or down leads on the same page, or null when there is none. */
export function lineFrom(runs: readonly Run[], offset: number, direction: -1 | 1): number | null {
  const caret = caretAt(runs, offset);
  if (!caret) return null;
  const middle = (caret.top + caret.bottom) / 2;
  const beyond = runs.filter((run) => {
    const at = (run.top + run.bottom) / 2;
    return direction > 0 ? at > caret.bottom : at < caret.top;
  });
  let best: { readonly run: Run; readonly far: number } | null = null;
  for (const run of beyond) {
    const down = Math.abs((run.top + run.bottom) / 2 - middle);
    const far = down + distance(caret.left, run.edges[0] ?? 0, run.edges.at(-1) ?? 0);
    if (!best || far < best.far) best = { run, far };
  }
  return best ? nearest(best.run, caret.left) : null;
}

/** A piece of a run that is shown as one: a word with the white space after it. */
export interface Word extends Box {
  readonly start: number;
  readonly end: number;
}

export function wordsOf(runs: readonly Run[], text: string): readonly Word[] {
  return runs.flatMap((run) =>
    [...text.slice(run.start, run.end).matchAll(/\S+\s*|\s+/g)].map((found) => {
      const start = run.start + found.index;
      const end = start + found[0].length;
      const left = run.edges[found.index] ?? 0;
      const right = run.edges[found.index + found[0].length] ?? left;
      return { start, end, left, right, top: run.top, bottom: run.bottom };
    }),
  );
}
