import { effect } from "@preact/signals-core";
import { describe, expect, it, vi } from "vitest";
import { removeRegion, wanting } from "../src/core/about";
import { addSpan, relabelSpan, setRating } from "../src/core/answers";
import type { Condition, Question } from "../src/core/contracts";
import { open } from "../src/core/open-regions";
import type { SpanRegion } from "../src/core/regions";
import { AnswerStore } from "../src/core/store";

const MARK: Question = {
  key: "mark",
  kind: "spans",
  tag: "labels",
  field: "text",
  labels: [
    { key: "a", text: "A" },
    { key: "b", text: "B" },
  ],
};

function asked(key: string, ...when: readonly Condition[]): Question {
  return { key, kind: "spans", tag: "rating", field: "text", per_region: true, required: true, when };
}

const OF_A = asked("of-a", { on: "region", tag: "mark", values: ["a"] });
const AFTER = asked("after", { on: "region", tag: "of-a", values: ["1"] });
const ELSEWHERE = asked("elsewhere", { on: "choice", tag: "of-a", values: ["2"] });

function storeOf(questions: readonly Question[], spans = 0, room = 1): AnswerStore {
  const text = "word ".repeat(Math.max(10, spans + room));
  const result = Array.from({ length: spans }, (_, at) => ({
    id: `s${at}`,
    from_name: "mark",
    to_name: "text",
    type: "labels",
    value: { start: at * 5, end: at * 5 + 4, labels: ["a"] },
  }));
  const schema = { version: 1, fields: [{ name: "text", key: "text" }], questions, layout: [] };
  return new AnswerStore(schema, { text }, result);
}

/** As it is counted from the start. */
function counted(store: AnswerStore): Readonly<Record<string, readonly string[]>> {
  const all = new Map<string, string[]>();
  for (const question of store.schema.questions)
    for (const { id } of wanting(store, question)) all.set(id, [...(all.get(id) ?? []), question.key]);
  return Object.fromEntries(all);
}

function told(store: AnswerStore): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries([...open(store)].map(([id, all]) => [id, all.map((one) => one.key)]));
}

describe("regions that want answers", () => {
  it.each([
    ["of the region alone", [MARK, OF_A, AFTER]],
    ["of answers elsewhere", [MARK, OF_A, ELSEWHERE]],
  ])("are the same after each change as counted anew, where conditions are %s", (_, questions) => {
    const store = storeOf(questions, 3);
    const check = (): void => expect(told(store)).toEqual(counted(store));
    check();
    const steps: readonly (() => unknown)[] = [
      () => addSpan(store, "mark", 20, 24, "a"),
      () => setRating(store, "of-a", 1, "s0"),
      () => setRating(store, "of-a", 2, "s1"),
      () => relabelSpan(store, store.region("s2") as SpanRegion, "b"),
      () => removeRegion(store, store.region("s0") as SpanRegion),
      () => store.undo(),
      () => store.undo(),
      () => setRating(store, "of-a", null, "s1"),
      () => store.redo(),
      () => store.replace([]),
    ];
    for (const step of steps) {
      step();
      check();
    }
  });

  it("are told to who listens, once a change", () => {
    const store = storeOf([MARK, OF_A], 1);
    const seen: number[] = [];
    const stop = effect(() => {
      seen.push(open(store).size);
    });
    setRating(store, "of-a", 1, "s0");
    addSpan(store, "mark", 10, 14, "a");
    stop();
    expect(seen).toEqual([1, 0, 1]);
  });

  it("cost one region's work a change, however many there are", () => {
    const store = storeOf([MARK, OF_A, AFTER], 20_000, 200);
    expect(open(store).size).toBe(20_000);
    const first = open(store);
    const looked = vi.spyOn(store, "region");
    for (let at = 0; at < 100; at++) {
      addSpan(store, "mark", (20_000 + at) * 5, (20_000 + at) * 5 + 4, "a");
      expect(open(store).size).toBe(20_001 + at);
    }
    // The same map goes on, and only what was touched was looked at: nothing was counted anew.
    expect(open(store)).toBe(first);
    expect(looked.mock.calls.length).toBeLessThanOrEqual(100 * 4);
  });
});
