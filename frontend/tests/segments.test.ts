import { describe, expect, it } from "vitest";
import { paragraphAt, paragraphs } from "../src/core/document";
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
