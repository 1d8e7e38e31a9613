/**
 * Offsets. Inside the editor an offset counts UTF-16 units of the stored text, as JavaScript strings do; on the
 * wire it counts Unicode code points. A lone surrogate counts as one code point, as it does in Python.
 */

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

/** Units at which the second half of a code point stands, in order. */
function secondHalves(text: string): Uint32Array {
  const found: number[] = [];
  const pair = /[\ud800-\udbff][\udc00-\udfff]/g;
  while (pair.test(text)) found.push(pair.lastIndex - 1);
  return Uint32Array.from(found);
}

/** Translates between both units for one text. A lookup is a search among the characters outside of the BMP. */
export class OffsetMap {
  readonly #halves: Uint32Array;

  constructor(readonly text: string) {
    this.#halves = secondHalves(text);
  }

  /** UTF-16 units to code points. An offset inside a code point counts as its end. */
  toPoints(unit: number): number {
    if (!Number.isInteger(unit) || unit < 0 || unit > this.text.length) {
      throw new RangeError(`no unit ${unit} in a text of ${this.text.length} units`);
    }
    const halves = this.#halves;
    let low = 0;
    let high = halves.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((halves[middle] ?? 0) < unit) low = middle + 1;
      else high = middle;
    }
    return unit - low;
  }

  /** Code points to UTF-16 units. @throws RangeError when the text has fewer code points. */
  toUnits(point: number): number {
    if (!Number.isInteger(point) || point < 0) throw new RangeError(`no code point ${point}`);
    const halves = this.#halves;
    let low = 0;
    let high = halves.length;
    // The half at `i` is the second of the code point `halves[i] - 1 - i`, which begins before `point` or not.
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((halves[middle] ?? 0) - 1 - middle < point) low = middle + 1;
      else high = middle;
    }
    const unit = point + low;
    if (unit > this.text.length) {
      throw new RangeError(`no code point ${point} in a text of ${this.text.length} units`);
    }
    return unit;
  }
}
