import { expect, it } from "vitest";
import { marksByPage } from "../src/core/page-marks";
import type { SpanRegion } from "../src/core/regions";

function mark(start: number): SpanRegion {
  return { id: `m${start}`, question: "q", kind: "spans", start, end: start + 1, label: "a" };
}

it("counts the marks that begin on each page", () => {
  const pages = [0, 10, 20, 30].map((start) => ({ width: 1, height: 1, text: "", start, end: start + 9 }));
  expect([...marksByPage([0, 9, 20, 25, 29, 31].map(mark), pages)]).toEqual([
    [0, 2],
    [2, 3],
    [3, 1],
  ]);
  expect(marksByPage([], pages).size).toBe(0);
  expect(marksByPage([mark(1)], []).size).toBe(0);
});
