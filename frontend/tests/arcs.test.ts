import { expect, it } from "vitest";
import { arc, nearest } from "../src/core/arcs";

const box = (left: number, top: number) => ({ left, right: left + 100, top, bottom: top + 20 });

it("draws a line over words on one line, and through the gap between two", () => {
  expect(arc(box(0, 50), box(300, 50)).middle.y).toBeLessThan(50);
  const beside = arc(box(0, 0), box(300, 100));
  expect(beside.path).toBe("M90 20V89Q90 94 95 94H305Q310 94 310 99V100");
  expect(beside.middle).toEqual({ x: 200, y: 94 });
});

it("goes up as it goes down, and straight where a box stands under the other", () => {
  expect(arc(box(300, 100), box(0, 0)).path.startsWith("M310 100V")).toBe(true);
  const below = arc(box(0, 0), box(-80, 100));
  expect(below.path).toBe("M10 20L10 100");
});

it("joins the nearest pieces of what stands on several lines", () => {
  expect(nearest([box(0, 0), box(0, 40)], [box(0, 80), box(0, 200)])).toEqual([box(0, 40), box(0, 80)]);
  expect(nearest([], [box(0, 0)])).toBeNull();
});
