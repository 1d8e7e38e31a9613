import { describe, expect, it } from "vitest";
import { occurrences } from "../src/core/occurrences";
import { type Granularity, lineAt, widen } from "../src/core/snap";

function widened(text: string, part: string, to: Granularity, language = ""): string {
  const start = text.indexOf(part);
  const range = widen(text, start, start + part.length, to, language);
  return text.slice(range.start, range.end);
}

describe("widen", () => {
  it("takes whole words, without the signs beside them", () => {
    expect(widened("The lessee, Acme Ltd, pays.", "cme Lt", "word")).toBe("Acme Ltd");
    expect(widened("The lessee, Acme", "essee, ", "word")).toBe("lessee, ");
  });

  it("takes Chinese words as the language's dictionary has them", () => {
    expect(widened("患者出现急性肾损伤，需要复查。", "性肾损", "word", "zh-hans")).toBe("急性肾损伤");
    expect(widened("承租人应当妥善保管租赁物。", "善", "word", "zh")).toBe("妥善");
  });

  it("keeps emoji and combining marks whole", () => {
    expect(widened("a cafe\u0301s 👩🏽‍⚕️ b", "afe", "word")).toBe("cafe\u0301s");
  });

  it("takes right-to-left words", () => {
    expect(widened("שלום עולם", "ול", "word", "he")).toBe("עולם");
  });

  it("takes sentences and paragraphs", () => {
    const text = "One is here. Two is there.\r\nThree.";
    expect(widened(text, "is there", "sentence")).toBe("Two is there.");
    expect(widened(text, "here. Two", "sentence")).toBe("One is here. Two is there.");
    expect(widened(text, "Two", "paragraph")).toBe("One is here. Two is there.");
    expect(widened("第一条。第二条有效。", "二", "sentence", "zh")).toBe("第二条有效。");
  });

  it("leaves characters, and languages that nobody knows, alone", () => {
    expect(widened("plain words", "ain wo", "symbol")).toBe("ain wo");
    expect(widened("plain words", "ain wo", "word", "no such tag!")).toBe("plain words");
  });

  it("reads only what is around, however long the line", () => {
    const text = `${"word ".repeat(20_000)}needle in hay ${"word ".repeat(20_000)}`;
    expect(widened(text, "eedl", "word")).toBe("needle");
    expect(lineAt("a\r\nbc\rd", 4)).toEqual({ start: 3, end: 5 });
  });
});

describe("occurrences", () => {
  const found = (text: string, part: string, from = 0): readonly number[] => {
    const start = text.indexOf(part, from);
    return occurrences(text, start, start + part.length);
  };

  it("are all other places with the same words", () => {
    expect(found("Acme pays Acme. Acme!", "Acme")).toEqual([10, 16]);
    expect(found("甲方应付款，甲方认可。", "甲方")).toEqual([6]);
  });

  it("are whole words where the span is, and parts of words where it is one", () => {
    expect(found("art, party, artful, art", "art")).toEqual([20]);
    expect(found("party smarty", "art")).toEqual([8]);
  });

  it("are whole characters", () => {
    expect(found("e e\u0301 e", "e")).toEqual([5]);
    expect(found("👩 👩‍⚕️ 👩", "👩")).toEqual(["👩 👩‍⚕️ ".length]);
  });

  it("do not overlap", () => {
    expect(found("哈哈哈哈哈", "哈哈")).toEqual([2]);
  });
});
