import { describe, expect, it } from "vitest";
import type { Question, Schema } from "../src/core/contracts";
import {
  board,
  isPartial,
  lanesOf,
  place,
  placeRest,
  REST,
  shifted,
  spotOf,
  stepped,
} from "../src/core/ranking";
import { AnswerStore } from "../src/core/store";

const PLAIN: Question = { key: "order", kind: "ranking", tag: "ranker", field: "list" };
const BUCKETS: Question = {
  ...PLAIN,
  buckets: [
    { key: "good", text: "Good" },
    { key: "bad", text: "Bad" },
  ],
};
const DATA = { list: ["a", "b", "c"].map((id) => ({ id, title: id.toUpperCase(), body: "" })) };

function storeOf(question: Question): AnswerStore {
  const fields = [{ name: "list", key: "list", kind: "list" } as const];
  const schema: Schema = { version: 1, fields, questions: [question], layout: [] };
  return new AnswerStore(schema, DATA);
}

function shown(store: AnswerStore, question: Question): Record<string, string> {
  return Object.fromEntries(
    lanesOf(board(store, question)).map((lane) => [lane.key, lane.entries.map((one) => one.id).join("")]),
  );
}

describe("ranking", () => {
  it("begins with everything unranked, and loses nothing on the way", () => {
    const store = storeOf(PLAIN);
    expect(shown(store, PLAIN)).toEqual({ "": "", [REST]: "abc" });
    place(store, PLAIN, "b", { lane: "", index: 0 });
    place(store, PLAIN, "c", { lane: "", index: 0 });
    expect(shown(store, PLAIN)).toEqual({ "": "cb", [REST]: "a" });
    expect(isPartial(board(store, PLAIN), PLAIN)).toBe(true);
    placeRest(store, PLAIN);
    expect(shown(store, PLAIN)).toEqual({ "": "cba", [REST]: "" });
    expect(store.result()[0]?.value).toEqual({ ranker: { order: ["c", "b", "a"] } });
  });

  it("is no answer when all are put back", () => {
    const store = storeOf(PLAIN);
    place(store, PLAIN, "b", { lane: "", index: 0 });
    place(store, PLAIN, "b", { lane: REST, index: 0 });
    expect(store.result()).toEqual([]);
  });

  it("steps through a lane and over into the next one", () => {
    const store = storeOf(BUCKETS);
    place(store, BUCKETS, "a", { lane: "good", index: 0 });
    place(store, BUCKETS, "b", { lane: "good", index: 1 });
    const now = board(store, BUCKETS);
    expect(stepped(now, "a", 1)).toEqual({ lane: "good", index: 1 });
    expect(stepped(now, "b", 1)).toEqual({ lane: "bad", index: 0 });
    expect(stepped(now, "a", -1)).toBeNull();
    expect(stepped(now, "c", -1)).toEqual({ lane: "bad", index: 0 });
    expect(shifted(now, "a", 1)).toEqual({ lane: "bad", index: 0 });
    expect(spotOf(now, "c")).toEqual({ lane: REST, index: 0 });
  });

  it("keeps what has no place in the bucket that is the standard one", () => {
    const question = {
      ...BUCKETS,
      buckets: [{ key: "new", text: "New", selected: true }, ...(BUCKETS.buckets ?? [])],
    };
    const store = storeOf(question);
    expect(shown(store, question)).toEqual({ new: "abc", good: "", bad: "" });
    place(store, question, "b", { lane: "good", index: 0 });
    expect(store.result()[0]?.value).toEqual({ ranker: { new: ["a", "c"], good: ["b"], bad: [] } });
  });

  it("passes over ids that the item does not have, and what Label Studio put into no bucket", () => {
    const wire = {
      id: "r",
      from_name: "order",
      to_name: "list",
      type: "ranker",
      value: { ranker: { good: ["x", "a"], _: ["b"] } },
    };
    const store = new AnswerStore(storeOf(BUCKETS).schema, DATA, [wire]);
    expect(shown(store, BUCKETS)).toEqual({ good: "a", bad: "", [REST]: "bc" });
  });
});
