import { expect, it } from "vitest";
import { addSpan, chosen, texts } from "../src/core/answers";
import type { Question, Schema } from "../src/core/contracts";
import { begin, labelInHand } from "../src/core/offered";
import { AnswerStore } from "../src/core/store";

function storeOf(questions: readonly Question[], data: Record<string, unknown>): AnswerStore {
  const schema: Schema = { version: 1, fields: [{ name: "text", key: "text" }], questions, layout: [] };
  return new AnswerStore(schema, { text: "Words", ...data });
}

it("offers the labels that come with the item after those of the config, also in a tree", () => {
  const question: Question = {
    key: "q",
    kind: "choices",
    tag: "taxonomy",
    field: "text",
    key_of_data: "options",
    labels: [{ key: "none", text: "None" }],
  };
  const options = ["a", { value: "B", alias: "b", text: "Big &amp; B", children: [{ value: "c" }] }, "none"];
  const store = storeOf([question], { options });
  expect(store.question("q").labels?.map((one) => [one.key, one.text, one.parent ?? null])).toEqual([
    ["none", "None", null],
    ["a", "a", null],
    ["b", "Big &amp; B", null],
    ["b / c", "c", "b"],
  ]);
});

it("begins with what the config chose and wrote, and no step to take back", () => {
  const store = storeOf(
    [
      {
        key: "choice",
        kind: "choice",
        tag: "choices",
        field: "text",
        labels: [
          { key: "a", text: "A" },
          { key: "b", text: "B", selected: true },
        ],
      },
      { key: "note", kind: "text", tag: "textarea", field: "text", key_of_data: "draft" },
    ],
    { draft: "To be mended." },
  );
  begin(store);
  expect(chosen(store, "choice")).toEqual(["b"]);
  expect(texts(store, "note")).toEqual(["To be mended."]);
  expect(store.canUndo.value).toBe(false);
});

it("begins a taxonomy with what the config chose, as far as it may be chosen", () => {
  const labels = [
    { key: "a", text: "A", selected: true },
    { key: "a / b", text: "B", parent: "a", part: "b", selected: true },
    { key: "c", text: "C", selected: true },
    { key: "d", text: "D", selected: true },
  ];
  const tree: Question = { key: "q", kind: "choices", tag: "taxonomy", field: "text", labels };
  const store = storeOf([{ ...tree, leaves_only: true, most: 2 }], {});
  begin(store);
  expect(chosen(store, "q")).toEqual(["a / b", "c"]);
});

it("begins the answers about a new region with what the config says, in the step that makes the region", () => {
  const marks: Question = {
    key: "span",
    kind: "spans",
    tag: "labels",
    field: "text",
    labels: [
      { key: "x", text: "X" },
      { key: "y", text: "Y", selected: true },
    ],
  };
  const mood: Question = {
    key: "mood",
    kind: "spans",
    tag: "choices",
    field: "text",
    per_region: true,
    labels: [
      { key: "good", text: "Good", selected: true },
      { key: "bad", text: "Bad" },
    ],
  };
  const why: Question = {
    key: "why",
    kind: "text",
    tag: "textarea",
    field: "text",
    per_region: true,
    prefilled: "Since",
  };
  const store = storeOf([marks, mood, why], {});
  begin(store);
  expect(store.result()).toEqual([]);
  const made = addSpan(store, "span", 0, 5, "x");
  expect(chosen(store, "mood", made?.span.id)).toEqual(["good"]);
  expect(texts(store, "why", made?.span.id)).toEqual(["Since"]);
  expect(store.result().map((one) => one.from_name)).toEqual(["span", "mood", "why"]);
  store.undo();
  expect(store.result()).toEqual([]);
  expect(store.canUndo.value).toBe(false);
  expect(labelInHand(store)).toEqual({ question: "span", label: "y" });
});
