import { describe, expect, it } from "vitest";
import { blocks, directionAt, paragraphAt, paragraphs, parts } from "../src/core/document";
import { byParagraph, isMark, type Piece, pieces, type Range } from "../src/core/segments";

function range(id: string, start: number, end: number): Range {
  return { id, start, end };
}

/** "[a:ab[b:cd]]" with "!" where a span ends in the piece. */
function draw(text: string, all: readonly Piece<Range>[]): string {
  return all
    .map((piece) =>
      isMark(piece)
        ? `[${piece.range.id}${piece.lane}:${draw(text, piece.children)}${piece.closes ? "!" : ""}]`
        : text.slice(piece.start, piece.end),
    )
    .join("");
}

function drawn(text: string, ...ranges: Range[]): string {
  const [first] = paragraphs(text);
  return first ? draw(text, pieces(first, ranges)) : "";
}

describe("paragraphs", () => {
  it("end at LF, CRLF and CR, and keep their stored offsets", () => {
    expect(paragraphs("a\r\nbc\n\rd")).toEqual([
      { start: 0, end: 1, next: 3 },
      { start: 3, end: 5, next: 6 },
      { start: 6, end: 6, next: 7 },
      { start: 7, end: 8, next: 8 },
    ]);
  });

  it("are found by offset; a line break belongs to the one before", () => {
    const all = paragraphs("a\r\nb");
    expect([0, 1, 2, 3, 4].map((offset) => paragraphAt(all, offset))).toEqual([0, 0, 0, 1, 1]);
  });

  it("cover an empty text with one empty paragraph", () => {
    expect(paragraphs("")).toEqual([{ start: 0, end: 0, next: 0 }]);
  });
});

describe("pieces", () => {
  it("nest a span within a span, the outer underline below the inner", () => {
    expect(drawn("abcdef", range("o", 0, 5), range("i", 1, 3))).toBe("[o1:a[i0:bc!]de!]f");
  });

  it("cut a span that crosses another's edge", () => {
    expect(drawn("abcdef", range("a", 0, 4), range("b", 2, 6))).toBe("[a1:ab[b0:cd]!][b0:ef!]");
  });

  it("show two labels on the same words", () => {
    expect(drawn("abc", range("a", 0, 2), range("b", 0, 2))).toBe("[a0:[b1:ab!]!]c".replace("a0", "a0"));
  });

  it("keep spans side by side apart", () => {
    expect(drawn("abcd", range("a", 0, 2), range("b", 2, 4))).toBe("[a0:ab!][b0:cd!]");
  });

  it("clip a span that goes on in the next paragraph, and close it where it ends", () => {
    const text = "ab\r\ncd";
    const [one, two] = paragraphs(text);
    const span = range("a", 1, 5);
    expect(one && draw(text, pieces(one, [span]))).toBe("a[a0:b]");
    expect(two && draw(text, pieces(two, [span]))).toBe("[a0:c!]d");
  });

  it("close a span that ends in the line break", () => {
    const text = "ab\r\ncd";
    const [one] = paragraphs(text);
    expect(one && draw(text, pieces(one, [range("a", 0, 4)]))).toBe("[a0:ab!]");
  });

  it("hold the whole text whatever the spans are", () => {
    const text = "The quick brown fox jumps";
    const [only] = paragraphs(text);
    const ranges = Array.from({ length: 12 }, (_, n) =>
      range(`r${n}`, (n * 5) % 17, ((n * 5) % 17) + 1 + ((n * 3) % 8)),
    );
    const leaves = (all: readonly Piece<Range>[]): string =>
      all.map((one) => (isMark(one) ? leaves(one.children) : text.slice(one.start, one.end))).join("");
    expect(only && leaves(pieces(only, ranges))).toBe(text);
  });

  it("are asked only of the paragraphs that a span touches", () => {
    const here = byParagraph(paragraphs("a\nb\nc\nd"), [range("x", 2, 5)]);
    expect([...here.keys()]).toEqual([1, 2]);
  });
});

describe("byParagraph", () => {
  it("finds the same paragraphs for sorted and for unsorted ranges", () => {
    const all = paragraphs("ab\r\ncd\n\nef");
    const sorted = [range("a", 0, 2), range("b", 1, 5), range("c", 4, 6), range("d", 8, 10)];
    const told = (ranges: readonly Range[]): readonly (readonly [number, string])[] =>
      [...byParagraph(all, ranges)]
        .map(
          ([at, here]) =>
            [
              at,
              here
                .map((one) => one.id)
                .sort()
                .join(""),
            ] as const,
        )
        .sort(([a], [b]) => a - b);
    expect(told(sorted)).toEqual([
      [0, "ab"],
      [1, "bc"],
      [3, "d"],
    ]);
    expect(told([...sorted].reverse())).toEqual(told(sorted));
  });
});

describe("blocks", () => {
  const sentence = "The lessee pays the rent on the first day of the month. ";

  it("leave lines alone that are not long", () => {
    expect(blocks(`${sentence}\r\nx`).map((one) => one.continues)).toEqual([false, false]);
  });

  it("cut a long line after sentences, and lose nothing", () => {
    const text = sentence.repeat(300);
    const all = blocks(text);
    expect(all.length).toBeGreaterThan(5);
    expect(all.map((one) => text.slice(one.start, one.end)).join("")).toBe(text);
    expect(all.slice(0, -1).every((one) => text.slice(0, one.end).endsWith("month. "))).toBe(true);
    expect(all.map((one) => one.continues)).toEqual([false, ...all.slice(1).map(() => true)]);
  });

  it("cut Chinese after a full stop, and what has no stop between characters", () => {
    const chinese = "承租人应当妥善保管租赁物。".repeat(400);
    expect(blocks(chinese).every((one) => chinese.slice(0, one.end).endsWith("。"))).toBe(true);
    const family = "👨‍👩‍👧‍👦".repeat(900);
    expect(blocks(family).every((one) => (one.end - one.start) % 11 === 0)).toBe(true);
  });

  it("end where one character is longer than a block", () => {
    const text = `a${"\u0301".repeat(9000)}`;
    expect(
      blocks(text)
        .map((one) => one.end - one.start)
        .reduce((a, b) => a + b),
    ).toBe(text.length);
  });

  it("have the direction of the paragraph that they go on with", () => {
    const text = `${"שלום עולם. ".repeat(400)}\nplain`;
    const all = blocks(text);
    expect(all.map((_, at) => directionAt(text, all, at))).toEqual([
      "auto",
      ...all.slice(1, -1).map(() => "rtl"),
      "auto",
    ]);
  });

  it("are grouped to about a screen each, all of them once", () => {
    const all = blocks(Array.from({ length: 500 }, (_, at) => `line ${at}`).join("\n"));
    const groups = parts(all);
    expect(groups[0]).toEqual({ from: 0, to: 60 });
    expect(groups.map(({ from, to }) => to - from).reduce((a, b) => a + b)).toBe(500);
  });
});
