import { describe, expect, it } from "vitest";
import type { Page } from "../src/core/field-text";
import { boxesOf, caretAt, lineFrom, offsetAt, readLayer, wordsOf } from "../src/core/page-layer";

const page: Page = { width: 100, height: 200, text: "ab 𠮷c\nde", start: 10, end: 19 };
const given = {
  width: 100,
  height: 200,
  text: page.text,
  runs: [
    [0, 20, 30, [10, 20, 30, 40, 60, 70]],
    [6, 40, 50, [10, 20, 30]],
  ],
};
const runs = readLayer(given, page) ?? [];

describe("the places of a page's characters", () => {
  it("are read as offsets of the field's text, in shares of the page", () => {
    expect(runs.map(({ start, end }) => [start, end])).toEqual([
      [10, 16],
      [17, 19],
    ]);
    expect(runs[0]?.edges).toEqual([0.1, 0.2, 0.3, 0.4, 0.4, 0.6, 0.7]);
    expect([runs[1]?.top, runs[1]?.bottom]).toEqual([0.2, 0.25]);
  });

  it("are refused when the text is another one, and left out where they fit no text", () => {
    expect(readLayer({ ...given, text: "other" }, page)).toBeNull();
    expect(readLayer(null, page)).toBeNull();
    expect(readLayer({ ...given, runs: [[99, 0, 1, [1, 2]], "x", [0, 1, 2, ["a"]]] }, page)).toEqual([]);
  });

  it("give a box a line to a range", () => {
    expect(boxesOf(runs, 11, 18)).toEqual([
      { left: 0.2, right: 0.7, top: 0.1, bottom: 0.15 },
      { left: 0.1, right: 0.2, top: 0.2, bottom: 0.25 },
    ]);
    expect(boxesOf(runs, 16, 17)).toEqual([]);
  });

  it("put the caret before a character, and at a line's end behind the last", () => {
    expect(caretAt(runs, 11)).toMatchObject({ left: 0.2, top: 0.1 });
    expect(caretAt(runs, 16)).toMatchObject({ left: 0.7, top: 0.1 });
    expect(caretAt(runs, 19)).toMatchObject({ left: 0.3, top: 0.2 });
    expect(caretAt([], 3)).toBeNull();
  });

  it("find the offset nearest to a point", () => {
    expect(offsetAt(runs, 0.21, 0.12)).toBe(11);
    expect(offsetAt(runs, 0.9, 0.12)).toBe(16);
    expect(offsetAt(runs, 0.12, 0.9)).toBe(17);
    expect(offsetAt([], 0, 0)).toBeNull();
  });

  it("lead a line up and down, as near as may be", () => {
    expect(lineFrom(runs, 11, 1)).toBe(18);
    expect(lineFrom(runs, 18, -1)).toBe(11);
    expect(lineFrom(runs, 11, -1)).toBeNull();
  });

  it("are cut into words with the space after them", () => {
    const text = "0123456789".concat(page.text);
    expect(wordsOf(runs, text).map((word) => text.slice(word.start, word.end))).toEqual(["ab ", "𠮷c", "de"]);
  });
});
