import { describe, expect, it } from "vitest";
import {
  addArea,
  areasOn,
  beginSketch,
  boxBetween,
  moveArea,
  polygonOf,
  putCorner,
  relabelArea,
  removeArea,
  reshapeArea,
  shapeOf,
  sizeArea,
  steerSketch,
} from "../src/core/areas";
import type { Schema } from "../src/core/contracts";
import { SpanDesk } from "../src/core/span-desk";
import { AnswerStore } from "../src/core/store";

const labels = [
  { key: "a", text: "A" },
  { key: "b", text: "B" },
];
const schema: Schema = {
  version: 1,
  fields: [{ name: "scan", key: "image", kind: "image" }],
  questions: [
    { key: "box", kind: "boxes", tag: "rectanglelabels", field: "scan", labels },
    { key: "shape", kind: "boxes", tag: "polygonlabels", field: "scan", labels },
    { key: "note", kind: "text", tag: "textarea", field: "scan", per_region: true },
  ],
  layout: [],
};
const made = (): AnswerStore => new AnswerStore(schema, { image: { asset: "x", width: 40, height: 30 } });
const original = { width: 40, height: 30 };

describe("areas", () => {
  it("are drawn from corner to corner, on the picture only", () => {
    expect(boxBetween([60, 70], [10.12345, 20])).toEqual({
      x: 10.123,
      y: 20,
      width: 49.877,
      height: 50,
      rotation: 0,
    });
    expect(boxBetween([-5, 90], [10, 130])).toMatchObject({ x: 0, y: 90, width: 10, height: 10 });
    expect(boxBetween([1, 1], [1.1, 5])).toBeNull();
    expect(
      polygonOf([
        [0, 0],
        [10, 0],
      ]),
    ).toBeNull();
    expect(
      polygonOf([
        [0, 0],
        [10, 0],
        [10, 20],
      ]),
    ).toMatchObject({ x: 0, y: 0, width: 10, height: 20 });
  });

  it("are written as Label Studio writes them", () => {
    const store = made();
    addArea(store, "box", "a", { x: 1, y: 2, width: 3, height: 4, rotation: 0 }, original);
    const shape = polygonOf([
      [0, 0],
      [10, 0],
      [10, 20],
    ]);
    if (shape) addArea(store, "shape", "b", shape, original);
    expect(store.result().map(({ id: _, ...rest }) => rest)).toEqual([
      {
        from_name: "box",
        to_name: "scan",
        type: "rectanglelabels",
        original_width: 40,
        original_height: 30,
        image_rotation: 0,
        value: { x: 1, y: 2, width: 3, height: 4, rotation: 0, rectanglelabels: ["a"] },
      },
      {
        from_name: "shape",
        to_name: "scan",
        type: "polygonlabels",
        original_width: 40,
        original_height: 30,
        image_rotation: 0,
        value: {
          points: [
            [0, 0],
            [10, 0],
            [10, 20],
          ],
          closed: true,
          polygonlabels: ["b"],
        },
      },
    ]);
    expect(new AnswerStore(schema, store.texts.data, store.result()).ignored).toBe(0);
  });

  it("move and grow within the picture, each key's run one step", () => {
    const store = made();
    let area = addArea(store, "box", "a", { x: 90, y: 0, width: 8, height: 8, rotation: 0 }, original);
    area = moveArea(store, area, 5, -5);
    expect([area.x, area.y]).toEqual([92, 0]);
    area = sizeArea(store, area, 5, -20);
    expect([area.width, area.height]).toEqual([8, 0.4]);
    store.undo();
    store.undo();
    expect(areasOn(store, "scan")[0]).toMatchObject({ x: 90, width: 8 });
  });

  it("move and grow with their corners", () => {
    const store = made();
    const shape = polygonOf([
      [0, 0],
      [10, 0],
      [10, 20],
    ]);
    if (!shape) throw new Error("no polygon");
    let area = addArea(store, "shape", "a", shape, null);
    area = moveArea(store, area, 1, 2);
    expect(area.points).toEqual([
      [1, 2],
      [11, 2],
      [11, 22],
    ]);
    area = sizeArea(store, area, 10, 0);
    expect(area.points).toEqual([
      [1, 2],
      [21, 2],
      [21, 22],
    ]);
    const other = polygonOf([
      [0, 0],
      [5, 0],
      [5, 5],
    ]);
    if (other)
      expect(reshapeArea(store, area, other).points).toEqual([
        [0, 0],
        [5, 0],
        [5, 5],
      ]);
  });

  it("take another label, and go with the answers about them", () => {
    const store = made();
    const area = addArea(store, "box", "a", { x: 1, y: 2, width: 3, height: 4, rotation: 0 }, null);
    expect(relabelArea(store, area, "a")).toBe(false);
    const desk = new SpanDesk(store);
    desk.selected.value = area.id;
    desk.press("box", "b");
    const changed = areasOn(store, "scan")[0];
    expect(changed?.label).toBe("b");
    store.commit({
      before: [],
      after: [{ id: "n", of: area.id, question: "note", kind: "text", texts: ["x"] }],
    });
    if (changed) removeArea(store, changed);
    expect(store.result()).toEqual([]);
    desk.selected.value = null;
    desk.press("box", "b");
    expect(desk.active.value).toEqual({ question: "box", label: "b" });
  });

  it("are drawn by keys: a box is moved and sized, a polygon's corners are put down", () => {
    let sketch = beginSketch(false, [50, 50], 20);
    expect(shapeOf(sketch)).toMatchObject({ x: 40, y: 40, width: 20, height: 20 });
    sketch = steerSketch(steerSketch(sketch, -50, 1, false), 5, -100, true);
    expect(shapeOf(sketch)).toMatchObject({ x: 0, y: 41, width: 25, height: 0.4 });
    let corners = beginSketch(true, [50, 50], 20);
    for (const [dx, dy] of [
      [0, 0],
      [10, 0],
      [0, 10],
    ] as const)
      corners = putCorner(steerSketch(corners, dx, dy, false));
    expect(shapeOf(corners)?.points).toEqual([
      [50, 50],
      [60, 50],
      [60, 60],
    ]);
    expect(shapeOf(beginSketch(true, [1, 1], 1))).toBeNull();
  });
});

describe("areas of pages", () => {
  const pages: Schema = {
    ...schema,
    fields: [{ name: "scan", key: "file", kind: "pages" }],
  };
  const page = { width: 600, height: 800, text: "" };
  const data = { file: { asset: "x", pages: [page, page, page] } };
  const shape = { x: 1, y: 2, width: 3, height: 4, rotation: 0 };

  it("say which page they are on, and so do the answers about them", () => {
    const store = new AnswerStore(pages, data);
    const area = addArea(store, "box", "a", shape, original, 2);
    store.commit({
      before: [],
      after: [{ id: `${area.id}/note`, of: area.id, question: "note", kind: "text", texts: ["Blurred"] }],
    });
    const result = store.result();
    expect(result).toMatchObject([
      { id: area.id, item_index: 2, original_width: 40, value: { x: 1, rectanglelabels: ["a"] } },
      { id: area.id, item_index: 2, original_width: 40, value: { x: 1, text: ["Blurred"] } },
    ]);
    expect(new AnswerStore(pages, data, result).result()).toEqual(result);
  });

  it("are found by page, in the pages' order", () => {
    const store = new AnswerStore(pages, data);
    for (const at of [1, 0, 2]) addArea(store, "box", "a", { ...shape, y: 10 - at }, null, at);
    expect(areasOn(store, "scan").map((one) => one.page)).toEqual([0, 1, 2]);
    expect(areasOn(store, "scan", 1)).toHaveLength(1);
    expect(made().result()).toEqual([]);
  });

  it("are on the first page where nothing is said", () => {
    const store = new AnswerStore(pages, data, [
      {
        id: "r",
        from_name: "box",
        to_name: "scan",
        type: "rectanglelabels",
        value: { ...shape, rectanglelabels: ["a"] },
      },
    ]);
    expect(areasOn(store, "scan", 0)).toHaveLength(1);
  });
});
