import { describe, expect, it } from "vitest";
import { align, mostHold } from "../src/core/align";
import { meaning } from "../src/core/compare";
import type { SpanRegion } from "../src/core/regions";

function span(start: number, end: number, label = "a"): SpanRegion {
  return { id: `${start}-${end}-${label}`, question: "q", kind: "spans", start, end, label };
}

function told(sides: readonly (readonly SpanRegion[])[]): unknown[] {
  return align(sides).map(({ cells, differences }) => [
    cells.map((cell) => (cell ? `${cell.start}-${cell.end} ${cell.label}` : null)),
    differences,
  ]);
}

describe("align", () => {
  it("puts equal spans into one row without a difference", () => {
    expect(told([[span(0, 4)], [span(0, 4)]])).toEqual([[["0-4 a", "0-4 a"], []]]);
  });

  it("names boundaries, labels and what is missing", () => {
    expect(told([[span(0, 4)], [span(2, 6)]])).toEqual([[["0-4 a", "2-6 a"], ["boundary"]]]);
    expect(told([[span(0, 4)], [span(0, 4, "b")]])).toEqual([[["0-4 a", "0-4 b"], ["label"]]]);
    expect(told([[span(0, 4)], []])).toEqual([[["0-4 a", null], ["missing"]]]);
    expect(told([[span(0, 4)], [span(0, 5, "b")], []])[0]).toEqual([
      ["0-4 a", "0-5 b", null],
      ["missing", "boundary", "label"],
    ]);
  });

  it("keeps nested spans in rows of their own, the inner with the inner", () => {
    expect(told([[span(0, 30), span(5, 9)], [span(5, 9)]])).toEqual([
      [["0-30 a", null], ["missing"]],
      [["5-9 a", "5-9 a"], []],
    ]);
  });

  it("never puts two spans of one answer into one row", () => {
    for (const row of align([[span(0, 4), span(3, 8)], [span(0, 8)], [span(2, 5, "b"), span(0, 8)]]))
      expect(row.cells.length).toBe(3);
    expect(
      align([[span(0, 4), span(3, 8)], [span(0, 8)]])
        .flatMap((row) => row.cells)
        .filter(Boolean).length,
    ).toBe(3);
  });

  it("keeps spans that overlap little under different labels apart", () => {
    expect(align([[span(0, 10)], [span(8, 20, "b")]]).length).toBe(2);
  });

  it("does not depend on the order of an answer's spans", () => {
    const one = [span(0, 4), span(6, 9), span(6, 9, "b")];
    const other = [span(1, 4), span(6, 9, "b")];
    expect(told([[...one].reverse(), [...other].reverse()])).toEqual(told([one, other]));
  });

  it("looks only at what touches: three answers of 10,000 spans", () => {
    const side = (shift: number) =>
      Array.from({ length: 10_000 }, (_, at) => span(at * 20 + shift, at * 20 + 9));
    const rows = align([side(0), side(1), side(2)]);
    expect(rows.length).toBe(10_000);
    expect(rows.every(({ differences }) => differences.join() === "boundary")).toBe(true);
  });

  it("knows the part in common, and what most hold", () => {
    const sides = [[span(0, 6)], [span(2, 8)], [span(2, 8)]];
    const [row] = align(sides);
    expect(row?.common).toEqual({ start: 2, end: 6 });
    expect(mostHold(align(sides), 3).map((one) => meaning(one))).toEqual([meaning(span(2, 8))]);
    expect(mostHold(align(sides.slice(0, 2)), 2)).toEqual([]);
  });
});
