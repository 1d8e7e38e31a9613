import { expect, it } from "vitest";
import { chosen, texts } from "../src/core/answers";
import type { Question, Schema } from "../src/core/contracts";
import { begin } from "../src/core/offered";
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
