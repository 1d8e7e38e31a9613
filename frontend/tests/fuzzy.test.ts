import { describe, expect, it } from "vitest";
import { fuzzy } from "../src/core/fuzzy";

function best(query: string, names: readonly string[]): string | undefined {
  return names
    .map((name) => [name, fuzzy(query, name)?.score ?? Number.NEGATIVE_INFINITY] as const)
    .filter(([, score]) => score > Number.NEGATIVE_INFINITY)
    .sort((a, b) => b[1] - a[1])[0]?.[0];
}

describe("fuzzy", () => {
  const names = [
    "Submit",
    "Skip the item",
    "Show or hide the guideline",
    "Search the guideline",
    "Next span",
  ];

  it("finds words anywhere, best at the beginning", () => {
    expect(best("guid", names)).toBe("Search the guideline");
    expect(best("s", ["Next span", "Submit"])).toBe("Submit");
    expect(best("hide guide", names)).toBe("Show or hide the guideline");
  });

  it("finds the first letters of words", () => {
    expect(best("sti", names)).toBe("Skip the item");
    expect(fuzzy("xq", "Skip the item")).toBeNull();
  });

  it("finds a piece of Chinese, and no scattered characters", () => {
    expect(best("规范", ["提交", "显示或隐藏标注规范"])).toBe("显示或隐藏标注规范");
    expect(fuzzy("显规", "显示或隐藏标注规范")).toBeNull();
  });

  it("takes full width and either case alike", () => {
    expect(fuzzy("ＳＫＩＰ", "Skip the item")?.pieces).toEqual([[0, 4]]);
  });

  it("says where, for what is to be marked", () => {
    expect(fuzzy("the sk", "Skip the item")?.pieces).toEqual([
      [0, 2],
      [5, 8],
    ]);
  });

  it("finds everything when nothing is asked", () => {
    expect(fuzzy("  ", "Skip")?.pieces).toEqual([]);
  });
});
