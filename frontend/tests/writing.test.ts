import { describe, expect, it } from "vitest";
import {
  changed,
  codeBlock,
  counts,
  link,
  nextItem,
  signLines,
  table,
  type Written,
  wrap,
} from "../src/core/writing";

/** "a [b] c" selects b; "a [] c" is a caret. */
function at(marked: string): Written {
  const start = marked.indexOf("[");
  const end = marked.indexOf("]") - 1;
  return { text: marked.replace("[", "").replace("]", ""), start, end };
}

function show({ text, start, end }: Written): string {
  return `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;
}

describe("wrap", () => {
  it("puts marks around the words that are selected, and takes them away again", () => {
    expect(show(wrap(at("a [b] c"), "**"))).toBe("a **[b]** c");
    expect(show(wrap(at("a **[b]** c"), "**"))).toBe("a [b] c");
    expect(show(wrap(at("a [**b**] c"), "**"))).toBe("a [b] c");
    expect(show(wrap(at("a [b ]c"), "*"))).toBe("a *[b]* c");
    expect(show(wrap(at("a []c"), "`"))).toBe("a `[]`c");
  });

  it("does not take one star of two for its own", () => {
    expect(show(wrap(at("**[b]**"), "*"))).toBe("***[b]***");
    expect(show(wrap(at("***[b]***"), "*"))).toBe("**[b]**");
  });
});

describe("signLines", () => {
  it("makes items of the lines that are selected, and lines of the items", () => {
    expect(show(signLines(at("[one\ntwo]\nthree"), "bullets"))).toBe("[- one\n- two]\nthree");
    expect(show(signLines(at("[- one\n- two]"), "numbers"))).toBe("[1. one\n2. two]");
    expect(show(signLines(at("[1. one\n2. two]"), "numbers"))).toBe("[one\ntwo]");
    expect(show(signLines(at("a []b"), "heading"))).toBe("## a []b");
    expect(show(signLines(at("[]"), "bullets"))).toBe("- []");
    expect(show(signLines(at("x\n[]"), "quote"))).toBe("x\n> []");
  });
});

describe("blocks", () => {
  it("stand on lines of their own", () => {
    expect(show(codeBlock(at("a [b]")))).toBe("a \n\n```\n[b]\n```\n");
    expect(show(table(at("a\n[]"), ["Name", "Value"]))).toBe(
      "a\n\n| [Name] | Value |\n| --- | --- |\n|  |  |\n",
    );
    expect(show(link(at("see [the act]"), "text"))).toBe(
      "see [[the act](https://]".replace("[[", "[").replace("https://]", "https://[])"),
    );
  });
});

describe("nextItem", () => {
  it("goes on with a list, and ends it at an empty item", () => {
    expect(show(nextItem(at("- one[]")) as Written)).toBe("- one\n- []");
    expect(show(nextItem(at("9. nine[] more")) as Written)).toBe("9. nine\n10. [] more");
    expect(show(nextItem(at("- one\n- []")) as Written)).toBe("- one\n[]");
    expect(nextItem(at("plain[]"))).toBeNull();
    expect(nextItem(at("- [one]"))).toBeNull();
  });
});

describe("changed", () => {
  it("names the smallest part that differs", () => {
    expect(changed("abc", "abXc")).toEqual({ from: 2, to: 2, put: "X" });
    expect(changed("aa", "aaa")).toEqual({ from: 2, to: 2, put: "a" });
    expect(changed("same", "same")).toEqual({ from: 4, to: 4, put: "" });
  });
});

describe("counts", () => {
  it("counts words as word processors do in both languages, and characters as people see them", () => {
    expect(counts("It's two lines.\nYes, 3.")).toEqual({ words: 5, characters: 22 });
    expect(counts("依据第94条，解除合同。")).toEqual({ words: 9, characters: 12 });
    expect(counts("")).toEqual({ words: 0, characters: 0 });
  });
});
