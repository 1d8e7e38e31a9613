import type { Question, Result, Schema, WireRegion, Work } from "../src/core/contracts";

/** One question of each kind on one text. */
export const QUESTIONS: readonly Question[] = [
  {
    key: "verdict",
    kind: "choice",
    field: "text",
    title: "Breach?",
    required: true,
    labels: [
      { key: "breach", text: "Breach", hotkey: "b" },
      { key: "none", text: "None" },
    ],
  },
  {
    key: "topics",
    kind: "choices",
    field: "text",
    labels: [
      { key: "pay", text: "Payment" },
      { key: "term", text: "Term" },
      { key: "law", text: "Law" },
    ],
  },
  {
    key: "span",
    kind: "spans",
    field: "text",
    labels: [
      { key: "party", text: "Party" },
      { key: "amount", text: "Amount" },
    ],
  },
  { key: "stars", kind: "rating", field: "text", max_rating: 5 },
  { key: "amount", kind: "number", field: "text", minimum: 0 },
  { key: "note", kind: "text", field: "text", max_texts: 2 },
];

export const SCHEMA: Schema = {
  version: 1,
  fields: [{ name: "text", key: "body" }],
  questions: QUESTIONS,
  layout: [],
};

export function wire(question: string, type: string, value: WireRegion["value"], id = question): WireRegion {
  return { id, from_name: question, to_name: "text", type, value };
}

export function work(text: string, result: Result | null = null): Work {
  return {
    assignment: "a1",
    submitted: false,
    project: { id: "p1", name: "Project" },
    item: { id: "i1", data: { body: text }, hashes: { text: "hash" }, language: "en" },
    schema: SCHEMA,
    guideline: null,
    draft: result ? { revision: 3, result } : null,
    lease_until: null,
    reasons: [],
    left: 2,
  };
}
