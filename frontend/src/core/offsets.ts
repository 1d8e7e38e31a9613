/**
 * Offsets. Inside the editor an offset counts UTF-16 units of the stored text, as JavaScript strings do; on the
 * wire it counts Unicode code points. A lone surrogate counts as one code point, as it does in Python.
 */

const BLOCK = 1024;

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** True when `offset` falls between the two halves of one code point. */
export function splitsCodePoint(text: string, offset: number): boolean {
  return (
    offset > 0 &&
    offset < text.length &&
    isHigh(text.charCodeAt(offset - 1)) &&
    isLow(text.charCodeAt(offset))
  );
}

/** Translates between both units for one text; a lookup reads at most one block of the text. */
export class OffsetMap {
  /** Code points that begin before unit `i * BLOCK`. */
  readonly #points: Uint32Array;

  constructor(readonly text: string) {
    this.#points = new Uint32Array(Math.floor(text.length / BLOCK) + 1);
    let points = 0;
    for (let unit = 0; unit < text.length; unit++) {
      if (unit % BLOCK === 0) this.#points[unit / BLOCK] = points;
      if (!splitsCodePoint(text, unit)) points++;
    }
    if (text.length % BLOCK === 0) this.#points[text.length / BLOCK] = points;
  }

  /** UTF-16 units to code points. An offset inside a code point counts as its end. */
  toPoints(unit: number): number {
    this.#check(unit);
    const block = Math.floor(unit / BLOCK);
    let points = this.#points[block] ?? 0;
    for (let at = block * BLOCK; at < unit; at++) {
      if (!splitsCodePoint(this.text, at)) points++;
    }
    return points;
  }

  /** Code points to UTF-16 units. @throws RangeError when the text has fewer code points. */
  toUnits(point: number): number {
    if (!Number.isInteger(point) || point < 0) throw new RangeError(`no code point ${point}`);
    const block = this.#blockOf(point);
    let points = this.#points[block] ?? 0;
    for (let at = block * BLOCK; at <= this.text.length; at++) {
      if (splitsCodePoint(this.text, at)) continue;
      if (points === point) return at;
      points++;
    }
    throw new RangeError(`no code point ${point} in a text of ${this.text.length} units`);
  }

  #blockOf(point: number): number {
    let low = 0;
    let high = this.#points.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#points[middle] ?? 0) <= point) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #check(unit: number): void {
    if (!Number.isInteger(unit) || unit < 0 || unit > this.text.length) {
      throw new RangeError(`no unit ${unit} in a text of ${this.text.length} units`);
    }
  }
}
