import { describe, expect, it } from "vitest";
import { setNumber, setText, texts, toggleChoice } from "../src/core/answers";
import type { Condition, Question, Result, Schema, Work } from "../src/core/contracts";
import { open } from "../src/core/open-regions";
import { AnswerStore } from "../src/core/store";
import { Task } from "../src/core/task";
import { Server } from "./server";
import { QUESTIONS, SCHEMA, wire, work } from "./support";

/** The note and the figure are asked for where it is a breach, the spans where it is none. */
const on = (value: string): readonly Condition[] => [{ on: "choice", tag: "verdict", values: [value] }];
const SURE: Question = {
  key: "sure",
  kind: "spans",
  tag: "choices",
  field: "text",
  per_region: true,
  required: true,
  labels: [{ key: "yes", text: "Yes" }],
};
const LINK: Question = { key: "link", kind: "relations", tag: "relations", field: "text" };
const HIDING: Schema = {
  ...SCHEMA,
  questions: [
    ...QUESTIONS.map((one): Question => {
      if (one.key === "note" || one.key === "amount") return { ...one, required: true, when: on("breach") };
      return one.key === "span" ? { ...one, when: on("none") } : one;
    }),
    SURE,
    LINK,
  ],
};
const MARKED: Result = [
  wire("verdict", "choices", { choices: ["breach"] }),
  wire("span", "labels", { start: 0, end: 4, text: "Acme", labels: ["party"] }, "s1"),
  wire("span", "labels", { start: 5, end: 8, text: "Ltd", labels: ["party"] }, "s2"),
  wire("sure", "choices", { start: 0, end: 4, text: "Acme", choices: ["yes"] }, "s1"),
  wire("link", "relation", { from_id: "s1", to_id: "s2", direction: "right", labels: [] }, "r1"),
];

function task(result: Result | null = null): Task {
  const given: Work = { ...work("Acme Ltd", result), schema: HIDING };
  return new Task(given, new Server());
}

const keys = (result: Result): string[] => result.map((one) => one.from_name);

describe("what is not shown now", () => {
  it("is kept, not handed in, and there again when it is shown", () => {
    const { store } = task();
    toggleChoice(store, "verdict", "breach");
    setText(store, "note", 0, "An hour's work.");
    toggleChoice(store, "verdict", "none");
    expect([keys(store.result()), keys(store.written())]).toEqual([["verdict"], ["verdict", "note"]]);
    const again = new AnswerStore(HIDING, { body: "Acme Ltd" }, store.written());
    toggleChoice(again, "verdict", "breach");
    expect([texts(again, "note"), keys(again.result())]).toEqual([["An hour's work."], ["verdict", "note"]]);
  });

  it("is in the draft and in the letter, and not in what the letter hands in", async () => {
    const server = new Server();
    const one = new Task({ ...work("Acme Ltd"), schema: HIDING }, server);
    toggleChoice(one.store, "verdict", "breach");
    setText(one.store, "note", 0, "An hour's work.");
    toggleChoice(one.store, "verdict", "none");
    await one.autosave.flush();
    expect(keys(server.drafts.get("a1")?.result ?? [])).toEqual(["verdict", "note"]);
    const { body, written } = one.letter();
    expect([keys(body.result), keys(written ?? [])]).toEqual([["verdict"], ["verdict", "note"]]);
    expect(task([wire("verdict", "choices", { choices: ["none"] })]).letter().written).toBeUndefined();
  });

  it("stands in nobody's way, also where it cannot be read", () => {
    const one = task();
    toggleChoice(one.store, "verdict", "breach");
    setNumber(one.store, "amount", null);
    one.store.setUnreadable("amount", true);
    expect(one.blocking().map(({ key }) => key)).toEqual(["amount", "note"]);
    toggleChoice(one.store, "verdict", "none");
    expect(one.blocking()).toEqual([]);
  });

  it("takes with it what is about it: the server knows no such region", () => {
    const { store } = task(MARKED);
    expect(keys(store.result())).toEqual(["verdict"]);
    expect(keys(store.written())).toEqual(["verdict", "span", "span", "sure", "link"]);
    toggleChoice(store, "verdict", "none");
    expect(keys(store.result())).toEqual(["verdict", "span", "span", "sure", "link"]);
  });

  it("wants no answer to what is asked of its regions", () => {
    const one = task(MARKED.filter(({ from_name }) => from_name !== "sure"));
    setText(one.store, "note", 0, "Said.");
    setNumber(one.store, "amount", 1);
    expect(one.blocking()).toEqual([]);
    expect(open(one.store).size).toBe(0);
    toggleChoice(one.store, "verdict", "none");
    expect(one.blocking().map(({ key }) => key)).toEqual(["sure"]);
    expect([...open(one.store).keys()]).toEqual(["s1", "s2"]);
    toggleChoice(one.store, "verdict", "breach");
    expect(open(one.store).size).toBe(0);
  });

  it("wants no relation at its regions either", () => {
    const questions = HIDING.questions.map((one) =>
      one.key === "link" ? { ...one, required_for: ["party"] } : { ...one, required: false },
    );
    const store = new AnswerStore({ ...HIDING, questions }, { body: "Acme Ltd" }, MARKED.slice(0, 3));
    expect(store.missing()).toEqual([]);
    toggleChoice(store, "verdict", "none");
    expect(store.missing().map(({ key }) => key)).toEqual(["link"]);
  });
});
