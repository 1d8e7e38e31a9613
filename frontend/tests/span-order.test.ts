import { describe, expect, it } from "vitest";
import { bySpan, type SpanRegion } from "../src/core/regions";
import { delta, exchange, merged, placeOf, sameSpan } from "../src/core/span-order";

function span(id: string, start: number, end = start + 3, label = "a"): SpanRegion {
  return { id, question: "q", kind: "spans", start, end, label };
}

/** Spans at places that repeat, in the order of the text. */
const MANY = Array.from({ length: 200 }, (_, at) =>
  span(`s${at}`, (at * 37) % 90, ((at * 37) % 90) + 1 + (at % 7)),
).sort(bySpan);

describe("sorted spans", () => {
  it("stay sorted whatever is put in and taken out, few or many", () => {
    for (const count of [1, 3, 40]) {
      const gone = MANY.filter((_, at) => at % Math.ceil(200 / count) === 0);
      const added = Array.from({ length: count }, (_, at) => span(`n${at}`, (at * 13) % 95));
      const now = exchange(MANY, gone, added);
      const slow = [...MANY.filter((one) => !gone.includes(one)), ...added].sort(bySpan);
      expect(now.map((one) => [one.start, one.end])).toEqual(slow.map((one) => [one.start, one.end]));
      expect(new Set(now.map((one) => one.id))).toEqual(new Set(slow.map((one) => one.id)));
    }
  });

  it("leave what they were made from as it was", () => {
    const before = [...MANY];
    exchange(MANY, MANY.slice(0, 2), [span("n", 5)]);
    expect(MANY).toEqual(before);
  });

  it("are found by place and id, and by edges and label", () => {
    for (const [at, one] of MANY.entries()) expect(placeOf(MANY, one.start, one.id)).toBe(at);
    expect(placeOf(MANY, 3, "nobody")).toBe(-1);
    const one = MANY[17];
    expect(one && sameSpan(MANY, one.start, one.end, "a")?.start).toBe(one?.start);
    expect(one && sameSpan(MANY, one.start, one.end, "b")).toBeUndefined();
  });

  it("of two lists make one", () => {
    const odd = MANY.filter((_, at) => at % 2 === 1);
    const even = MANY.filter((_, at) => at % 2 === 0);
    expect(merged(odd, even).map((one) => one.start)).toEqual(MANY.map((one) => one.start));
    expect([merged([], odd), merged(odd, [])]).toEqual([odd, odd]);
  });

  it("differ by what went and what came", () => {
    const gone = MANY[100];
    const added = span("n", 44);
    expect(delta(MANY, exchange(MANY, gone ? [gone] : [], [added]))).toEqual({
      gone: [gone],
      added: [added],
    });
    expect(delta(MANY, [...MANY])).toEqual({ gone: [], added: [] });
    expect(delta(MANY, [...MANY].reverse())).toEqual({ gone: [], added: [] });
    expect(delta([], [added])).toEqual({ gone: [], added: [added] });
  });
});
