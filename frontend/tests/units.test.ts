import { describe, expect, it } from "vitest";
import { addSpan, moveSpan } from "../src/core/answers";
import { moveCell } from "../src/core/cells";
import type { Field, Question, Schema } from "../src/core/contracts";
import { SpanDesk } from "../src/core/span-desk";
import { AnswerStore } from "../src/core/store";
import { cellAt, markable, tableIn, turnsIn, wholeTurns } from "../src/core/units";
import { typedPage, zoomed } from "../src/core/zoom";

function desk(field: Field, data: unknown, tag: Question["tag"] = "labels"): SpanDesk {
  const labels = [
    { key: "a", text: "A" },
    { key: "b", text: "B" },
  ];
  const questions: readonly Question[] = [
    { key: "mark", kind: "spans", tag: tag ?? "labels", field: field.name, labels },
  ];
  const schema: Schema = { version: 1, fields: [field], questions, layout: [] };
  return new SpanDesk(new AnswerStore(schema, { [field.key]: data }));
}

const TURNS = [
  { author: "x", text: "one two " },
  { author: "y", text: "" },
  { author: "x", text: " three" },
];
const talk = (granularity: Field["granularity"] = "symbol"): SpanDesk =>
  desk(
    { name: "talk", key: "lines", kind: "dialogue", ...(granularity ? { granularity } : {}) },
    TURNS,
    "paragraphlabels",
  );

describe("turns", () => {
  it("are marked whole, white space at their edges too, when they are selected whole", () => {
    const { store } = talk();
    expect(turnsIn(store.texts, "talk").map(({ start, end }) => [start, end])).toEqual([
      [0, 8],
      [9, 9],
      [10, 16],
    ]);
    expect(addSpan(store, "mark", 0, 8, "a")?.span).toMatchObject({ start: 0, end: 8 });
    expect(addSpan(store, "mark", 0, 4, "a")?.span).toMatchObject({ start: 0, end: 3 });
  });

  it("are the only unit where the project says so", () => {
    const one = talk("paragraph");
    expect(markable(one.store.texts, "talk", 3, 3)).toEqual({ start: 0, end: 8 });
    expect(wholeTurns(turnsIn(one.store.texts, "talk"), 3, 12)).toEqual({ start: 0, end: 16 });
    one.select("talk", 12, 12);
    expect(one.selection.value).toEqual({ field: "talk", anchor: 16, focus: 10 });
    one.press("mark", "a");
    const [span] = one.spansOn("talk");
    expect(span).toMatchObject({ start: 10, end: 16, label: "a" });
    expect(one.selected.value).toBe(span?.id);
    one.press("mark", "b");
    expect(one.spansOn("talk").map((each) => each.label)).toEqual(["b"]);
    if (span) expect(moveSpan(one.store, span, { start: 11 })).toBeNull();
  });

  it("select the mark that is on them", () => {
    const one = talk("paragraph");
    one.select("talk", 1, 1);
    one.press("mark", "a");
    one.select("talk", 12, 12);
    expect(one.selected.value).toBeNull();
    one.select("talk", 2, 2);
    expect(one.selected.value).toBe(one.spansOn("talk")[0]?.id);
  });

  it("cannot be marked when they are empty", () => {
    const one = talk("paragraph");
    one.select("talk", 9, 9);
    one.press("mark", "a");
    expect(one.spansOn("talk")).toEqual([]);
  });
});

describe("cells", () => {
  const rows = [
    { name: "rent", sum: 12 },
    { name: "fuel", note: "late" },
  ];
  const table = (): SpanDesk => desk({ name: "t", key: "rows", kind: "table" }, rows);

  it("may have several labels, and a label's key takes its own away again", () => {
    const one = table();
    one.select("t", 5, 4);
    one.press("mark", "a");
    one.press("mark", "b");
    expect(one.spansOn("t").map(({ start, end, label }) => [start, end, label])).toEqual([
      [4, 5, "a"],
      [4, 5, "b"],
    ]);
    expect(one.selection.value).toEqual({ field: "t", anchor: 5, focus: 4 });
    one.press("mark", "a");
    expect(one.spansOn("t").map((span) => span.label)).toEqual(["b"]);
    one.store.undo();
    expect(one.spansOn("t").length).toBe(2);
  });

  it("are written by row and column", () => {
    const one = table();
    one.select("t", 2, 1);
    one.press("mark", "a");
    expect(one.store.result()[0]?.value).toEqual({ row: 0, column: "sum", text: "12", labels: ["a"] });
    expect(cellAt(tableIn(one.store.texts, "t"), 1)).toEqual({ row: 1, name: "sum", text: "12" });
  });

  it("are moved over by arrows, by the edges of rows and of the table", () => {
    const grid = { rows: 3, columns: 4 };
    const go = (cell: number, key: string, far = false): number | null => moveCell(grid, cell, key, far);
    expect([go(5, "ArrowLeft"), go(4, "ArrowLeft"), go(5, "ArrowUp"), go(1, "ArrowUp")]).toEqual([
      4, 4, 1, 1,
    ]);
    expect([go(5, "Home"), go(5, "End"), go(5, "Home", true), go(5, "End", true)]).toEqual([4, 7, 0, 11]);
    expect([go(5, "PageDown"), go(5, "x")]).toEqual([9, null]);
  });
});

describe("pages", () => {
  it("are larger and smaller by steps", () => {
    expect([zoomed(1, 1), zoomed(1, -1), zoomed(4, 1), zoomed(0.5, -1)]).toEqual([1.25, 0.75, 4, 0.5]);
  });

  it("are found by the number that was typed", () => {
    expect([
      typedPage("3", 5),
      typedPage(" ３ ", 5),
      typedPage("99", 5),
      typedPage("0", 5),
      typedPage("x", 5),
    ]).toEqual([2, 2, 4, 0, null]);
  });
});

describe("a table whose columns look like numbers", () => {
  it("stands as the server orders it", () => {
    const fields = [{ name: "t", key: "rows", kind: "table" }] as const;
    const schema: Schema = { version: 1, fields, questions: [], layout: [] };
    const rows = [{ Item: "票", 2023: 5, 2022: 4 }];
    const columns = { t: ["Item", "2023", "2022"] };
    const store = new AnswerStore(schema, { rows }, [], undefined, { columns });
    expect(tableIn(store.texts, "t").columns).toEqual(["Item", "2023", "2022"]);
    const pairs = new AnswerStore(schema, { rows: { Revenue: 10, 2023: 5 } }, [], undefined, {
      columns: { t: ["Revenue", "2023"] },
    });
    expect(tableIn(pairs.texts, "t").rows).toEqual([
      ["Revenue", "10"],
      ["2023", "5"],
    ]);
  });
});
