import { describe, expect, it } from "vitest";
import { chosen, pathText, rowsOf, search, toggleChoice } from "../src/core/choosing";
import type { Question, Schema } from "../src/core/contracts";
import { AnswerStore } from "../src/core/store";
import { growth, SQUARE } from "./pace";

const TREE: Question = {
  key: "area",
  kind: "choices",
  tag: "taxonomy",
  field: "text",
  labels: [
    { key: "law", text: "Law" },
    { key: "law / tax", text: "Tax", parent: "law", part: "tax" },
    { key: "law / tax / vat", text: "VAT", parent: "law / tax", part: "vat" },
    { key: "health", text: "Health", hint: "clinic" },
    { key: "health / tax", text: "Tax", parent: "health", part: "tax" },
  ],
};

function store(question: Question): AnswerStore {
  const schema: Schema = {
    version: 1,
    fields: [{ name: "text", key: "text" }],
    questions: [question],
    layout: [],
  };
  return new AnswerStore(schema, { text: "Some text" });
}

describe("choosing in a tree", () => {
  it("shows the open branches, each row with its place among its siblings", () => {
    const rows = rowsOf(TREE, new Set(["law"]));
    expect(rows.map((row) => [row.label.key, row.depth, row.place, row.count, row.isOpen])).toEqual([
      ["law", 0, 1, 2, true],
      ["law / tax", 1, 1, 1, false],
      ["health", 0, 2, 2, false],
    ]);
  });

  it("finds labels by all words of their paths and hints, whatever their case and width", () => {
    expect(search(TREE, "ＴＡＸ law").map((one) => one.key)).toEqual(["law / tax", "law / tax / vat"]);
    expect(search(TREE, "clinic").map((one) => one.key)).toEqual(["health"]);
    expect(pathText(TREE, "law / tax / vat")).toBe("Law › Tax › VAT");
  });

  it("writes paths in the schema's order and reads them back", () => {
    const answer = store(TREE);
    toggleChoice(answer, "area", "health / tax");
    toggleChoice(answer, "area", "law / tax");
    expect(answer.result()[0]?.value).toEqual({
      taxonomy: [
        ["law", "tax"],
        ["health", "tax"],
      ],
    });
    const again = new AnswerStore(answer.schema, { text: "Some text" }, answer.result());
    expect(chosen(again, "area")).toEqual(["law / tax", "health / tax"]);
  });

  it("chooses no more than the most, and only leaves where only leaves count", () => {
    const answer = store({ ...TREE, most: 1, leaves_only: true });
    expect(toggleChoice(answer, "area", "law")).toBe(false);
    expect(toggleChoice(answer, "area", "law / tax / vat")).toBe(true);
    expect(toggleChoice(answer, "area", "health / tax")).toBe(false);
    expect(chosen(answer, "area")).toEqual(["law / tax / vat"]);
  });

  it("lets a single choice give way", () => {
    const answer = store({ ...TREE, kind: "choice" });
    toggleChoice(answer, "area", "law");
    toggleChoice(answer, "area", "health");
    expect(chosen(answer, "area")).toEqual(["health"]);
  });

  it("takes as much longer as there are labels, up to ten thousand", () => {
    const trees = new Map(
      [1_000, 10_000].map((many) => {
        const labels = Array.from({ length: many }, (_, at) => ({ key: `k${at}`, text: `Label ${at}` }));
        return [many, { ...TREE, labels }];
      }),
    );
    const find = (many: number): void =>
      expect(search(trees.get(many) ?? TREE, `label ${many - 1}`)).toHaveLength(1);
    find(10_000);
    expect(growth(find, 1_000)).toBeLessThan(SQUARE);
  });
});
