import { describe, expect, it } from "vitest";
import { relabelSpan } from "../src/core/answers";
import type { Dispute, Question, Result, Schema, WireRegion } from "../src/core/contracts";
import { DisputeDesk } from "../src/core/decision";
import { wire, work } from "./support";

const RATING: Question = {
  key: "stars",
  kind: "spans",
  tag: "rating",
  field: "chat",
  per_region: true,
  max_rating: 5,
};
const WRITES: Question = {
  key: "chat",
  kind: "text",
  tag: "chat",
  field: "chat",
  roles: ["user", "assistant"],
};
const DATA = {
  messages: [
    { role: "user", content: "Is it?" },
    { role: "assistant", content: "Yes." },
  ],
};

function schema(questions: readonly Question[]): Schema {
  return { version: 1, fields: [{ name: "chat", key: "messages", kind: "chat" }], questions, layout: [] };
}

function deskOf(asked: Schema, question: string, answers: readonly Result[]): DisputeDesk {
  const { project, item } = work("");
  const dispute: Dispute = {
    dispute: "d1",
    question,
    project,
    item: { ...item, data: DATA },
    schema: asked,
    guideline: null,
    answers: answers.map((result, at) => ({ name: "AB"[at] ?? "?", result })),
    draft: null,
    decided: null,
  };
  const desk = new DisputeDesk(dispute);
  desk.rationale.value = "Because.";
  return desk;
}

function takeFirst(desk: DisputeDesk): void {
  const [side] = desk.sides;
  if (side) desk.take(side);
}

const about = (id: string, rating: number, place = { start: 7, end: 11 }): WireRegion => ({
  ...wire("stars", "rating", { ...place, text: "Yes.", rating }, id),
  to_name: "chat",
});
const message = (id: string, content: string): WireRegion => ({
  ...wire("chat", "chatmessage", { chatmessage: { role: "user", content } }, id),
  to_name: "chat",
});

describe("an answer about a turn", () => {
  it("is taken whatever a script called the turn", () => {
    const desk = deskOf(schema([RATING]), "stars", [[about("LsRandom1", 4)], [about("x", 2)]]);
    takeFirst(desk);
    const [given, ...more] = desk.store.result();
    expect([given?.value, more, desk.ready.value]).toEqual([
      { start: 7, end: 11, text: "Yes.", rating: 4 },
      [],
      true,
    ]);
    expect(desk.sides.map((side) => desk.equals(side))).toEqual([true, false]);
  });
});

describe("an answer about a message that was written", () => {
  it("brings the message with it", () => {
    const said = (id: string, rating: number): Result => [
      message(id, "Who?"),
      { ...wire("stars", "rating", { rating }, id), to_name: "chat" },
    ];
    const desk = deskOf(schema([WRITES, RATING]), "stars", [said("m1", 4), said("m9", 1)]);
    takeFirst(desk);
    const result = desk.store.result();
    expect(result.map((one) => [one.from_name, one.value.rating])).toEqual([
      ["chat", undefined],
      ["stars", 4],
    ]);
    expect([result[0]?.id === result[1]?.id, desk.ready.value]).toEqual([true, true]);
  });
});

it("a decision is ready only with what will be handed in", () => {
  const desk = deskOf(schema([RATING]), "stars", [[], []]);
  expect(desk.ready.value).toBe(true);
  desk.store.commit({
    before: [],
    after: [{ id: "gone/stars", of: "gone", question: "stars", kind: "rating", rating: 3 }],
  });
  expect([desk.store.result(), desk.ready.value]).toEqual([[], false]);
});

it("what is written changes with the marks that a relation joins", () => {
  const mark: Question = {
    key: "mark",
    kind: "spans",
    tag: "labels",
    field: "chat",
    labels: [
      { key: "a", text: "A" },
      { key: "b", text: "B" },
    ],
  };
  const link: Question = { key: "link", kind: "relations", tag: "relations", field: "chat" };
  const marks = [0, 3].map(
    (start): WireRegion => ({
      ...wire("mark", "labels", { start, end: start + 2, labels: ["a"] }, `m${start}`),
      to_name: "chat",
    }),
  );
  const relation = {
    ...wire("link", "relation", { from_id: "m0", to_id: "m3", direction: "right", labels: [] }, "r"),
    to_name: "chat",
  };
  const desk = deskOf(schema([mark, link]), "link", [[...marks, relation], []]);
  takeFirst(desk);
  const before = desk.written.value;
  const [first] = desk.store.spans("mark");
  if (first) relabelSpan(desk.store, first, "b");
  expect(desk.written.value).not.toBe(before);
  expect(desk.written.value.result[0]?.value.labels).toEqual(["b"]);
});
