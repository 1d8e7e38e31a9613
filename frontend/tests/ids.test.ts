import { describe, expect, it } from "vitest";
import { removeRegion } from "../src/core/about";
import { toggleChoice } from "../src/core/answers";
import type { Result, WireRegion } from "../src/core/contracts";
import { AnswerStore } from "../src/core/store";
import { SCHEMA, wire } from "./support";

const DATA = { body: "Acme Ltd pays Beta" };
const span = (start: number, end: number, id?: string): WireRegion => {
  const { id: _id, ...bare } = wire("span", "labels", { start, end, labels: ["party"] });
  return (id === undefined ? bare : { ...bare, id }) as WireRegion;
};

function open(result: Result): AnswerStore {
  return new AnswerStore(SCHEMA, DATA, result);
}

describe("regions that a script wrote", () => {
  it("without ids have some here, so that one of them is one", () => {
    const store = open([span(0, 4), span(5, 8), span(9, 13, "")]);
    const [first, ...others] = store.spans("span");
    expect(new Set(store.spans("span").map((one) => one.id)).size).toBe(3);
    if (first) removeRegion(store, first);
    expect(store.spans("span")).toEqual(others);
    expect(others.map((one) => store.region(one.id))).toEqual(others);
  });

  it("under one id become two, and what others name keeps its own", () => {
    const verdict = wire("verdict", "choices", { choices: ["breach"] }, "x");
    const store = open([verdict, span(0, 4, "x"), span(5, 8, "x")]);
    const [first, second] = store.spans("span");
    expect([first?.id, second?.id === "x"]).toEqual(["x", false]);
    expect(store.region("x")).toBe(first ?? null);
    toggleChoice(store, "verdict", "none");
    expect(store.result().map((one) => one.from_name)).toEqual(["verdict", "span", "span"]);
    expect(new Set(store.result().map((one) => one.id)).size).toBe(3);
  });
});

describe("following another version", () => {
  const before = [span(0, 4, "a"), span(5, 8, "b"), wire("stars", "rating", { rating: 2 })];

  it("touches only what differs, in one step", () => {
    const store = open(before);
    const kept = store.spans("span")[0];
    const origins: string[] = [];
    store.onChange((change, origin) =>
      origins.push(`${origin} ${change.before.length} ${change.after.length}`),
    );
    store.follow([span(0, 4, "a"), span(9, 13, "c"), wire("stars", "rating", { rating: 2 })]);
    expect(origins).toEqual(["replace 1 1"]);
    expect(store.spans("span").map((one) => one.id)).toEqual(["a", "c"]);
    expect(store.spans("span")[0]).toBe(kept);
    store.undo();
    expect(store.result()).toEqual(open(before).result());
    expect(store.canUndo.value).toBe(false);
  });

  it("is no step where nothing differs", () => {
    const store = open(before);
    store.follow(store.written());
    expect(store.canUndo.value).toBe(false);
  });
});
