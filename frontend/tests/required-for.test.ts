import { describe, expect, it } from "vitest";
import type { Question, Result, Schema, WireRegion } from "../src/core/contracts";
import { unmarkedTurns, unrelated } from "../src/core/required-for";
import { AnswerStore } from "../src/core/store";

const STEPS: Schema = {
  version: 1,
  fields: [{ name: "steps", key: "steps", kind: "dialogue", granularity: "paragraph" }],
  questions: [
    {
      key: "verdict",
      kind: "spans",
      tag: "paragraphlabels",
      field: "steps",
      required: true,
      required_for: ["turns"],
      labels: [{ key: "right", text: "Right" }],
    },
  ],
  layout: [],
};
const TURNS = { steps: [{ text: "One 👩‍⚕️" }, { text: "" }, { text: "Two" }, { text: "Three" }] };

function mark(id: string, start: number, end: number): WireRegion {
  const value = { start, end, paragraphlabels: ["right"] };
  return { id, from_name: "verdict", to_name: "steps", type: "paragraphlabels", value };
}

function ofSteps(...result: WireRegion[]): AnswerStore {
  return new AnswerStore(STEPS, TURNS, result);
}

describe("a mark on every turn", () => {
  const verdict = STEPS.questions[0] as Question;
  const words = (store: AnswerStore) => unmarkedTurns(verdict, store).map((one) => one.text);

  it("is wanted of those with words, whatever order the marks came in", () => {
    expect(words(ofSteps())).toEqual(["One 👩‍⚕️", "Two", "Three"]);
    const store = ofSteps(mark("c", 14, 19), mark("a", 0, 8));
    expect(words(store)).toEqual(["Two"]);
    expect(store.missing()).toEqual([verdict]);
  });

  it("is there with one mark over several turns", () => {
    const store = ofSteps(mark("a", 0, 19));
    expect(words(store)).toEqual([]);
    expect(store.missing()).toEqual([]);
  });
});

const LABELS = (key: string, field: string, labels: readonly string[]): Question => ({
  key,
  kind: "spans",
  tag: "labels",
  field,
  labels: labels.map((one) => ({ key: one, text: one })),
});
const BEARS: Question = {
  key: "bears",
  kind: "relations",
  tag: "relations",
  field: "answer",
  also: ["source"],
  required_for: ["claim"],
};
const CITED: Schema = {
  version: 1,
  fields: [
    { name: "answer", key: "answer" },
    { name: "source", key: "source" },
  ],
  questions: [LABELS("claim", "answer", ["claim", "unfounded"]), LABELS("proof", "source", ["proof"]), BEARS],
  layout: [],
};

function span(id: string, question: string, label: string, start: number): WireRegion {
  const value = { start, end: start + 1, labels: [label] };
  return {
    id,
    from_name: question,
    to_name: question === "claim" ? "answer" : "source",
    type: "labels",
    value,
  };
}

function relation(from: string, to: string): WireRegion {
  const value = { from_id: from, to_id: to, direction: "right", labels: [] };
  return { id: from + to, from_name: "bears", to_name: "answer,source", type: "relation", value };
}

describe("a relation at every claim", () => {
  const claims = [
    span("a", "claim", "claim", 0),
    span("b", "claim", "claim", 2),
    span("c", "claim", "unfounded", 4),
  ];
  const store = (...more: Result) =>
    new AnswerStore(CITED, { answer: "abcdef", source: "xyz" }, [
      ...claims,
      span("p", "proof", "proof", 0),
      ...more,
    ]);
  const open = (from: AnswerStore) => unrelated(BEARS, from).map((one) => one.id);

  it("is wanted, in either direction, and of none that says that there is nothing", () => {
    expect(open(store())).toEqual(["a", "b"]);
    expect(open(store(relation("p", "a")))).toEqual(["b"]);
    const all = store(relation("p", "a"), relation("b", "p"));
    expect(open(all)).toEqual([]);
    expect(all.missing()).toEqual([]);
  });

  it("is none between two claims", () => {
    const among = store(relation("a", "b"));
    expect(open(among)).toEqual(["a", "b"]);
    expect(among.missing()).toEqual([BEARS]);
  });
});
