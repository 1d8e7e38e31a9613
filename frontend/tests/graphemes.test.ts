import { describe, expect, it } from "vitest";
import { moveCaret } from "../src/core/caret";
import {
  nextCharacter,
  nextWord,
  previousCharacter,
  previousWord,
  snapDown,
  snapUp,
  tidyRange,
} from "../src/core/graphemes";

function walk(text: string): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    const next = nextCharacter(text, at);
    found.push(text.slice(at, next));
    at = next;
  }
  return found;
}

describe("characters", () => {
  it("keep families, flags, combining marks and CRLF whole", () => {
    expect(walk("a👨‍👩‍👧‍👦🇪🇺e\u0301\r\n中")).toEqual(["a", "👨‍👩‍👧‍👦", "🇪🇺", "e\u0301", "\r\n", "中"]);
  });

  it("are the same walked backwards", () => {
    const text = "x👩🏽‍⚕️क्षि\r\n\r\n𠮷🇨🇳🇪🇺";
    const back: string[] = [];
    for (let at = text.length; at > 0; ) {
      const before = previousCharacter(text, at);
      back.unshift(text.slice(before, at));
      at = before;
    }
    expect(back).toEqual(walk(text));
  });

  it("pair flags rightly far into a row of them", () => {
    const text = `ab${"🇪🇺".repeat(300)}`;
    expect(
      walk(text)
        .slice(2)
        .every((flag) => flag === "🇪🇺"),
    ).toBe(true);
  });

  it("survive lone surrogates", () => {
    expect(walk("a\ud83db")).toEqual(["a", "\ud83d", "b"]);
  });

  it("snap to the boundary on either side", () => {
    const text = "a👨‍👩‍👧b";
    expect([snapDown(text, 4), snapUp(text, 4)]).toEqual([1, 9]);
    expect([snapDown(text, 1), snapUp(text, 1)]).toEqual([1, 1]);
    expect([snapDown("\r\n", 1), snapUp("\r\n", 1)]).toEqual([0, 2]);
  });
});

describe("words", () => {
  it("are those between spaces and signs", () => {
    const text = "The Carrier, Ltd.";
    expect([nextWord(text, 0), nextWord(text, 3), nextWord(text, 11)]).toEqual([3, 11, 16]);
    expect([previousWord(text, 17), previousWord(text, 13), previousWord(text, 0)]).toEqual([13, 4, 0]);
  });

  it("are the dictionary's in Chinese", () => {
    const text = "合同解除条款";
    const end = nextWord(text, 0, "zh-hans");
    expect(end).toBeGreaterThan(1);
    expect(end).toBeLessThan(text.length);
    expect(previousWord(text, end, "zh-hans")).toBe(0);
  });

  it("are found beyond long runs of signs", () => {
    const text = `${"-".repeat(1500)}word`;
    expect(nextWord(text, 0)).toBe(text.length);
    expect(previousWord(`word${"-".repeat(1500)}`, 1504)).toBe(0);
  });

  it("end at the document's edges", () => {
    expect(moveCaret("abc", 1, "document", 1)).toBe(3);
    expect(moveCaret("abc", 1, "document", -1)).toBe(0);
    expect(moveCaret("abc", 3, "word", 1)).toBe(3);
  });
});

describe("tidyRange", () => {
  it("takes white space off both edges and turns a backward range round", () => {
    expect(tidyRange("a  word \r\nb", 10, 1)).toEqual({ start: 3, end: 7 });
  });

  it("widens to whole characters", () => {
    expect(tidyRange("x👨‍👩‍👧y", 2, 3)).toEqual({ start: 1, end: 9 });
  });

  it("is nothing when only white space is left", () => {
    expect(tidyRange("a \u3000\r\n b", 1, 6)).toBeNull();
    expect(tidyRange("abc", 1, 1)).toBeNull();
  });
});
