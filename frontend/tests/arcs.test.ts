import { describe, expect, it } from "vitest";
import { type Arc, type Box, nearest, routes } from "../src/core/arcs";

const LINE = 48;
const COLUMN = { left: 20, right: 620, gap: 22 };

/** A mark on a line of text: each is 26 high, with 22 to the next. */
function box(left: number, line: number, width = 100): Box {
  return { left, right: left + width, top: line * LINE, bottom: line * LINE + 26 };
}

function arc(from: Box, to: Box, label = 60): Arc {
  return routes([{ from, to, label }], COLUMN)[0] as Arc;
}

/** The corners and ends of a path. */
function points(path: string): readonly (readonly [number, number])[] {
  const numbers = (path.match(/-?[\d.]+/g) ?? []).map(Number);
  return numbers.flatMap((x, at) => (at % 2 === 0 ? [[x, numbers[at + 1] ?? 0] as const] : []));
}

/** Whether a path crosses the words of a line. */
function crosses(path: string, line: number): boolean {
  const all = points(path);
  const inside = ([x, y]: readonly [number, number]): boolean =>
    x > COLUMN.left && x < COLUMN.right && y > line * LINE && y < line * LINE + 26;
  return all.some((point, at) => {
    const [nx, ny] = all[at + 1] ?? point;
    return [0, 0.25, 0.5, 0.75, 1].some((share) =>
      inside([point[0] + (nx - point[0]) * share, point[1] + (ny - point[1]) * share]),
    );
  });
}

describe("the lines of relations", () => {
  it("go over words that stand on one line", () => {
    const { path, label } = arc(box(40, 1), box(340, 1));
    expect(points(path).every(([, y]) => y <= LINE && y > 26)).toBe(true);
    expect(label?.y).toBe(37);
  });

  it("go through the gap between two lines, with their label in it", () => {
    const { path, label } = arc(box(40, 1), box(340, 2));
    expect([1, 2].some((line) => crosses(path, line))).toBe(false);
    expect(label).toEqual({ x: 240, y: 85 });
  });

  it("go beside the text past the lines between, up as well as down", () => {
    for (const [from, to] of [
      [0, 4],
      [4, 0],
    ] as const) {
      const { path } = arc(box(40, from), box(240, to));
      expect([0, 1, 2, 3, 4].some((line) => crosses(path, line))).toBe(false);
      expect(Math.min(...points(path).map(([x]) => x))).toBeLessThan(COLUMN.left);
    }
    expect(Math.max(...points(arc(box(500, 0), box(520, 4)).path).map(([x]) => x))).toBeGreaterThan(620);
  });

  it("lie beside one another, and no label hides another", () => {
    const wanted = [340, 350, 360, 370, 380].map((left) => ({
      from: box(40, 1),
      to: box(left, 2),
      label: 100,
      selected: left === 380,
    }));
    const all = routes(wanted, COLUMN);
    expect(new Set(all.map((one) => points(one.path)[2]?.[1])).size).toBe(5);
    const places = all.flatMap(({ label }) => (label ? [label] : []));
    expect(all[4]?.label).not.toBeNull();
    for (const [at, a] of places.entries())
      for (const b of places.slice(at + 1))
        expect(Math.abs(a.x - b.x) >= 100 || Math.abs(a.y - b.y) >= 12).toBe(true);
  });

  it("leave room for their label where two boxes stand above one another", () => {
    const { path } = arc(box(40, 1, 300), box(40, 2, 300), 60);
    const xs = points(path).map(([x]) => x);
    expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(84);
  });

  it("have no label where there is none", () => {
    expect(arc(box(40, 1), box(340, 1), 0).label).toBeNull();
  });
});

it("joins the nearest pieces of what stands on several lines", () => {
  expect(nearest([box(0, 0), box(0, 1)], [box(0, 2), box(0, 5)])).toEqual([box(0, 1), box(0, 2)]);
  expect(nearest([], [box(0, 0)])).toBeNull();
});
