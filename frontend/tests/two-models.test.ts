import { describe, expect, it } from "vitest";
import type { Question, Result, Schema } from "../src/core/contracts";
import { AnswerStore } from "../src/core/store";
import { Suggestions } from "../src/core/suggestions";
import { QUESTIONS, SCHEMA, wire } from "./support";

const SURE: Question = {
  key: "sure",
  kind: "spans",
  tag: "choices",
  field: "text",
  per_region: true,
  labels: [
    { key: "yes", text: "Yes" },
    { key: "no", text: "No" },
  ],
};
const LINK: Question = { key: "link", kind: "relations", tag: "relations", field: "text" };
const CHAT: Question = { key: "chat", kind: "text", tag: "chat", field: "talk" };
const ASKING: Schema = {
  ...SCHEMA,
  fields: [...SCHEMA.fields, { name: "talk", key: "talk", kind: "chat" }],
  questions: [...QUESTIONS, SURE, LINK, CHAT],
};
const DATA = { body: "Acme Ltd pays 100 EUR to Beta Ltd.", talk: [] };

/** What a model says of two names, with its own ids. */
function says(own: string, sure = "yes", verdict = "breach"): Result {
  const [a, b] = [`${own}1`, `${own}2`];
  const acme = { start: 0, end: 8, text: "Acme Ltd" };
  return [
    wire("span", "labels", { ...acme, labels: ["party"] }, a),
    wire("span", "labels", { start: 25, end: 33, text: "Beta Ltd", labels: ["party"] }, b),
    wire("sure", "choices", { ...acme, choices: [sure] }, a),
    wire("link", "relation", { from_id: a, to_id: b, direction: "right", labels: [] }, `${own}r`),
    wire("verdict", "choices", { choices: [verdict] }, `${own}v`),
  ];
}

function open(results: readonly Result[], given: Result = []) {
  const store = new AnswerStore(ASKING, DATA, given);
  const predictions = results.map((result, at) => ({
    id: `p${at}`,
    model: `m${at}`,
    score: 1 - at / 10,
    result,
  }));
  const suggestions = new Suggestions(store, predictions);
  return { store, suggestions, all: suggestions.all.map((one) => one.region.id) };
}

const outcomes = (suggestions: Suggestions): string =>
  suggestions
    .seen()
    .map((one) => `${one.prediction} ${one.region} ${one.outcome}`)
    .filter((one) => !one.endsWith("accepted"))
    .join(", ");

describe("two models that say the same", () => {
  it("make one answer, as one of them would", () => {
    const { store, suggestions, all } = open([says("a"), says("b")]);
    expect(suggestions.accept(all)).toBe(10);
    expect(store.result()).toEqual(new AnswerStore(ASKING, DATA, says("a")).result());
    expect(outcomes(suggestions)).toBe("");
    store.undo();
    expect([store.result(), suggestions.openOf("span").length]).toEqual([[], 4]);
  });

  it("and differ in an answer: the one of the higher standing is it, about each region and about the whole", () => {
    const { store, suggestions, all } = open([says("a"), says("b", "no", "none")]);
    suggestions.accept(all);
    const said = store.result().filter((one) => "choices" in one.value);
    expect(said.map((one) => [one.from_name, one.value.choices])).toEqual([
      ["verdict", ["breach"]],
      ["sure", ["yes"]],
    ]);
    expect(outcomes(suggestions)).toBe("p1 b1 changed, p1 bv dismissed");
    expect(suggestions.dismissed()).toEqual(["p1 b1/sure", "p1 bv"]);
  });

  it("and what hangs on a mark that is in the answer already comes to that one", () => {
    const { store, suggestions, all } = open(
      [says("a")],
      [wire("span", "labels", { start: 0, end: 8, labels: ["party"] }, "mine")],
    );
    suggestions.accept(all);
    expect(store.result().map((one) => [one.from_name, one.id])).toContainEqual(["sure", "mine"]);
    expect(store.result().find((one) => one.from_name === "link")?.value).toMatchObject({ from_id: "mine" });
    expect(store.spans("span")).toHaveLength(2);
    expect(outcomes(suggestions)).toBe("");
  });
});

it("a suggested message comes after those that are written", () => {
  const message = (id: string, content: string) => ({
    ...wire("chat", "chatmessage", { chatmessage: { role: "user", content } }, id),
    to_name: "talk",
  });
  const { store, suggestions, all } = open([[message("m2", "Who?")]], [message("m1", "Hello")]);
  suggestions.accept(all);
  expect(store.result().map((one) => one.id)).toEqual(["m1", "m2"]);
});
