import { describe, expect, it } from "vitest";
import {
  addSpan,
  moveSpan,
  parseNumber,
  relabelSpan,
  removeSpan,
  setNumber,
  setRating,
  setText,
  takesNumber,
  texts,
  toggleChoice,
} from "../src/core/answers";
import { AnswerStore } from "../src/core/store";
import { SCHEMA, wire } from "./support";

const TEXT = "甲方👩🏽‍⚕️ pays\r\n𠮷 100 元";

function open(result = [] as ReturnType<typeof wire>[], now = (): number => 0): AnswerStore {
  return new AnswerStore(SCHEMA, { body: TEXT }, result, now);
}

describe("AnswerStore", () => {
  it("reads code points and writes them back, with the text that stands there", () => {
    const given = [
      wire("verdict", "choices", { choices: ["breach"] }),
      wire("topics", "choices", { choices: ["pay", "law"] }),
      wire("span", "labels", { start: 0, end: 7, text: "甲方👩🏽‍⚕️", labels: ["party"] }, "s1"),
      wire("span", "labels", { start: 14, end: 19, text: "𠮷 100", labels: ["amount"] }, "s2"),
      wire("stars", "rating", { rating: 4 }),
      wire("amount", "number", { number: 12.5 }),
      wire("note", "textarea", { text: ["one", "two"] }),
    ];
    const store = open(given);
    expect(store.ignored).toBe(0);
    expect(store.spans("span").map((span) => TEXT.slice(span.start, span.end))).toEqual([
      "甲方👩🏽‍⚕️",
      "𠮷 100",
    ]);
    expect(store.result()).toEqual(given);
  });

  it("counts what does not fit instead of guessing", () => {
    const store = open([
      wire("gone", "choices", { choices: ["x"] }),
      wire("verdict", "choices", { choices: ["unknown"] }),
      wire("span", "labels", { start: 5, end: 500, labels: ["party"] }),
      wire("span", "labels", { start: 3, end: 3, labels: ["party"] }),
      wire("stars", "number", { number: 1 }),
    ]);
    expect(store.ignored).toBe(5);
    expect(store.result()).toEqual([]);
  });

  it("undoes and redoes every step in turn", () => {
    const store = open();
    toggleChoice(store, "verdict", "breach");
    const made = addSpan(store, "span", 0, 2, "party");
    setRating(store, "stars", 3);
    const full = store.result();
    expect(full).toHaveLength(3);
    store.undo();
    store.undo();
    expect(store.result().map((region) => region.from_name)).toEqual(["verdict"]);
    store.undo();
    expect([store.result(), store.canUndo.value]).toEqual([[], false]);
    while (store.canRedo.value) store.redo();
    expect(store.result()).toEqual(full);
    expect(made?.span.label).toBe("party");
  });

  it("forgets what was undone when something new is done", () => {
    const store = open();
    toggleChoice(store, "verdict", "breach");
    store.undo();
    setRating(store, "stars", 2);
    expect(store.canRedo.value).toBe(false);
  });

  it("undoes quick typing as one step, and typing after a pause as another", () => {
    let now = 0;
    const store = open([], () => now);
    for (const typed of ["a", "ab", "abc"]) {
      setText(store, "note", 0, typed);
      now += 200;
    }
    now += 5000;
    setText(store, "note", 0, "abcd");
    store.undo();
    expect(texts(store, "note")).toEqual(["abc"]);
    store.undo();
    expect(texts(store, "note")).toEqual([]);
  });

  it("tells each change once, with its origin", () => {
    const store = open();
    const heard: string[] = [];
    const stop = store.onChange((change, origin) =>
      heard.push(`${origin} ${change.before.length}>${change.after.length}`),
    );
    toggleChoice(store, "verdict", "none");
    toggleChoice(store, "verdict", "breach");
    store.undo();
    store.replace([]);
    stop();
    store.redo();
    toggleChoice(store, "verdict", "none");
    expect(heard).toEqual(["edit 0>1", "edit 1>1", "undo 1>1", "replace 0>0"]);
  });

  it("knows which required questions are open", () => {
    const store = open();
    expect(store.missing().map((question) => question.key)).toEqual(["verdict"]);
    toggleChoice(store, "verdict", "none");
    expect(store.missing()).toEqual([]);
  });
});

describe("commands", () => {
  it("give a single choice up for another, and take it back", () => {
    const store = open();
    toggleChoice(store, "verdict", "breach");
    toggleChoice(store, "verdict", "none");
    expect(store.result()[0]?.value).toEqual({ choices: ["none"] });
    toggleChoice(store, "verdict", "none");
    expect(store.result()).toEqual([]);
  });

  it("keep a set in the schema's order", () => {
    const store = open();
    for (const key of ["law", "pay"]) toggleChoice(store, "topics", key);
    expect(store.result()[0]?.value).toEqual({ choices: ["pay", "law"] });
  });

  it("widen a span to whole characters and without white space", () => {
    const store = open();
    const made = addSpan(store, "span", 3, 11, "party");
    expect(made && TEXT.slice(made.span.start, made.span.end)).toBe("👩🏽‍⚕️ p");
  });

  it("never make the same span twice, but allow another label on the same words", () => {
    const store = open();
    addSpan(store, "span", 0, 2, "party");
    expect(addSpan(store, "span", 0, 2, "party")?.added).toBe(false);
    expect(addSpan(store, "span", 0, 2, "amount")?.added).toBe(true);
    const [first] = store.spans("span");
    expect(first && relabelSpan(store, first, first.label === "party" ? "amount" : "party")).toBeNull();
  });

  it("nest and overlap spans freely", () => {
    const store = open();
    addSpan(store, "span", 0, 2, "party");
    addSpan(store, "span", 0, 1, "amount");
    addSpan(store, "span", 1, 14, "amount");
    expect(store.spans("span")).toHaveLength(3);
  });

  it("move an edge, but never past the other or out of the text", () => {
    const store = open();
    const span = addSpan(store, "span", 0, 2, "party")?.span;
    if (!span) throw new Error("no span");
    expect(moveSpan(store, span, { end: 1 })?.end).toBe(1);
    const [now] = store.spans("span");
    if (!now) throw new Error("no span");
    expect(moveSpan(store, now, { start: 1 })).toBeNull();
    expect(moveSpan(store, now, { end: TEXT.length + 1 })).toBeNull();
    removeSpan(store, now);
    expect(store.spans("span")).toEqual([]);
  });

  it("read numbers as they are typed, full-width too, and nothing else", () => {
    expect(["12", "１２．５", "-3", "−3", "1 000", ".5", "1e3"].map(parseNumber)).toEqual([
      12, 12.5, -3, -3, 1000, 0.5, 1000,
    ]);
    expect(["", "12a", "1,5", "--1", "NaN", "Infinity", "0x10"].map(parseNumber)).toEqual(
      Array(7).fill(null),
    );
  });

  it("take numbers on the steps of their question, counted from the lowest, as the server does", () => {
    const rent = { key: "r", kind: "number", field: "text", minimum: 0.1, maximum: 2, step: 0.1 } as const;
    expect([0.3, 0.7, 2].map((one) => takesNumber(rent, one))).toEqual([true, true, true]);
    expect([0.25, 0, 2.1].map((one) => takesNumber(rent, one))).toEqual([false, false, false]);
    expect(takesNumber({ ...rent, step: null }, 0.25)).toBe(true);
  });

  it("take white space for no answer", () => {
    const store = open();
    setText(store, "note", 0, "  ");
    expect(store.result()).toEqual([]);
    setNumber(store, "amount", 0);
    expect(store.result()[0]?.value).toEqual({ number: 0 });
  });
});
