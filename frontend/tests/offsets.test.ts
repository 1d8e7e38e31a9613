import { describe, expect, it } from "vitest";
import { OffsetMap, splitsCodePoint } from "../src/core/offsets";

const TEXTS = {
  empty: "",
  chinese: "第十二条　合同解除",
  "emoji with joiners": "a👨‍👩‍👧‍👦b👩🏽‍⚕️c",
  "combining marks": "cafe\u0301 na\u0308ive क्षि",
  CRLF: "one\r\ntwo\r\n\r\nthree",
  "lone surrogates": "a\ud83db\ude00c\ud83d",
  "beyond the BMP": "𠮷野家𪚥",
  "longer than a block": `${"x".repeat(1023)}😀${"y".repeat(2000)}😀z`,
};

/** Code points before a unit, counted the slow way. */
function pointsBefore(text: string, unit: number): number {
  return Array.from(text.slice(0, unit)).length;
}

describe("OffsetMap", () => {
  for (const [name, text] of Object.entries(TEXTS)) {
    it(`agrees with counting, both ways: ${name}`, () => {
      const map = new OffsetMap(text);
      for (let unit = 0; unit <= text.length; unit++) {
        if (splitsCodePoint(text, unit)) continue;
        const points = pointsBefore(text, unit);
        expect(map.toPoints(unit)).toBe(points);
        expect(map.toUnits(points)).toBe(unit);
      }
    });
  }

  it("refuses places that are not in the text", () => {
    const map = new OffsetMap("a😀");
    expect(() => map.toUnits(3)).toThrow(RangeError);
    expect(() => map.toUnits(-1)).toThrow(RangeError);
    expect(() => map.toUnits(0.5)).toThrow(RangeError);
    expect(() => map.toPoints(4)).toThrow(RangeError);
  });

  it("counts a lone surrogate as one code point, as the server does", () => {
    expect(new OffsetMap("\ud83dx").toPoints(1)).toBe(1);
    expect(new OffsetMap("\ude00\ud83d").toPoints(2)).toBe(2);
  });
});
