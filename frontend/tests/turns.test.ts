import { describe, expect, it } from "vitest";
import { marked } from "../src/core/about";
import { setRating } from "../src/core/answers";
import { toggleChoice } from "../src/core/choosing";
import { isShown } from "../src/core/conditions";
import type { Condition, Question, Result, Schema } from "../src/core/contracts";
import { addMessage } from "../src/core/dialogue-writing";
import { open } from "../src/core/open-regions";
import { SpanDesk } from "../src/core/span-desk";
import { AnswerStore } from "../src/core/store";

const ASSISTANT: readonly Condition[] = [{ on: "region", roles: ["assistant"] }];
const RATING: Question = {
  key: "stars",
  kind: "spans",
  tag: "rating",
  field: "chat",
  per_region: true,
  required: true,
  when: ASSISTANT,
};
const TONE: Question = {
  key: "tone",
  kind: "spans",
  tag: "choices",
  field: "chat",
  per_region: true,
  multiple: true,
  labels: [
    { key: "warm", text: "Warm" },
    { key: "terse", text: "Terse" },
  ],
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
    { role: "user", content: "Is it 👩‍⚕️?" },
    { role: "assistant", content: "Yes." },
    { role: "assistant", content: "" },
    { role: "assistant", content: "It is." },
  ],
};

function schema(questions: readonly Question[]): Schema {
  return { version: 1, fields: [{ name: "chat", key: "messages", kind: "chat" }], questions, layout: [] };
}

function storeOf(questions: readonly Question[] = [RATING, TONE], result: Result = []): AnswerStore {
  return new AnswerStore(schema(questions), DATA, result);
}

describe("turns that nobody marked", () => {
  it("are regions that can be selected and asked about; one without words is none", () => {
    const store = storeOf();
    const desk = new SpanDesk(store);
    expect(marked(store).map((one) => one.id)).toEqual(["chat:1", "chat:2", "chat:4"]);
    desk.select("chat", 13, 13);
    expect(desk.selected.value).toBe("chat:2");
    expect(desk.span()).toBeNull();
    const turn = store.region("chat:2");
    expect(isShown(RATING, store, turn)).toBe(true);
    expect(isShown(RATING, store, store.region("chat:1"))).toBe(false);
    expect(isShown(TONE, store, store.region("chat:1"))).toBe(true);
  });

  it("are written with the place of the turn in code points, and read again", () => {
    const store = storeOf();
    toggleChoice(store, "tone", "warm", "chat:2");
    const result = store.result();
    expect(result).toEqual([
      {
        id: "chat:2",
        from_name: "tone",
        to_name: "chat",
        type: "choices",
        value: { start: 12, end: 16, text: "Yes.", choices: ["warm"] },
      },
    ]);
    expect(storeOf([RATING, TONE], result).result()).toEqual(result);
    store.replace(result);
    expect(store.regions("tone").value[0]?.of).toBe("chat:2");
  });

  it("keep the id that a stored answer gives them; two ids for one turn are one", () => {
    const value = { start: 12, end: 16, text: "Yes." };
    const store = storeOf(
      [RATING, TONE],
      [
        {
          id: "abc",
          from_name: "tone",
          to_name: "chat",
          type: "choices",
          value: { ...value, choices: ["warm"] },
        },
        { id: "def", from_name: "stars", to_name: "chat", type: "rating", value: { ...value, rating: 4 } },
      ],
    );
    expect(store.result().map((one) => one.id)).toEqual(["abc", "abc"]);
    expect(marked(store).map((one) => one.id)).toEqual(["chat:1", "abc", "chat:4"]);
  });

  it("of the roles that are asked about, each wants the required answer", () => {
    const store = storeOf();
    expect([...open(store).keys()]).toEqual(["chat:2", "chat:4"]);
    setRating(store, "stars", 4, "chat:2");
    expect(store.missing().map((one) => one.key)).toEqual(["stars"]);
    setRating(store, "stars", 5, "chat:4");
    expect(store.missing()).toEqual([]);
  });

  it("are none where something marks the dialogue", () => {
    const label: Question = {
      key: "mark",
      kind: "spans",
      tag: "paragraphlabels",
      field: "chat",
      labels: [{ key: "a", text: "A" }],
    };
    const store = storeOf([label, RATING]);
    expect(store.turnQuestions).toEqual([]);
    expect(store.missing()).toEqual([]);
  });

  it("stand beside the messages that are written, which are asked about by their own ids", () => {
    const store = storeOf([WRITES, RATING]);
    const said = addMessage(store, "chat", "assistant", "Indeed.");
    if (!said) throw new Error("no message");
    expect([...open(store).keys()]).toEqual(["chat:2", "chat:4", said.id]);
    setRating(store, "stars", 3, said.id);
    const [, rated] = store.result();
    expect(rated).toEqual({
      id: said.id,
      from_name: "stars",
      to_name: "chat",
      type: "rating",
      value: { chatmessage: { role: "assistant", content: "Indeed." }, rating: 3 },
    });
    expect(storeOf([WRITES, RATING], store.result()).result()).toEqual(store.result());
  });
});

describe("what is asked of the whole when a region is selected", () => {
  const why: Question = { key: "why", kind: "text", tag: "textarea", field: "chat", required: true };

  it("is wanted only where some region fits", () => {
    const of = (when: readonly Condition[]): readonly string[] =>
      storeOf([TONE, { ...why, when }])
        .missing()
        .map((one) => one.key);
    expect(of([{ on: "region" }])).toEqual(["why"]);
    expect(of([{ on: "region", roles: ["system"] }])).toEqual([]);
    expect(of([{ on: "region", tag: "tone", values: ["warm"] }])).toEqual([]);
    expect(storeOf([{ ...why, when: [{ on: "region" }] }]).missing()).toEqual([]);
  });

  it("is wanted once a turn has the answer that is named", () => {
    const store = storeOf([TONE, { ...why, when: [{ on: "region", tag: "tone", values: ["warm"] }] }]);
    toggleChoice(store, "tone", "warm", "chat:1");
    expect(store.missing().map((one) => one.key)).toEqual(["why"]);
  });
});

describe("conditions on conditions", () => {
  const choice = (key: string, when: readonly Condition[] = []): Question => ({
    key,
    kind: "choice",
    tag: "choices",
    field: "chat",
    labels: [
      { key: "yes", text: "Yes" },
      { key: "no", text: "No" },
    ],
    when,
  });

  it("an answer to a question that is hidden shows nothing", () => {
    const on = (tag: string): Condition => ({ on: "choice", tag, values: ["yes"] });
    const store = storeOf([choice("a"), choice("b", [on("a")]), choice("c", [on("b")])]);
    for (const key of ["a", "b", "c"]) toggleChoice(store, key, "yes");
    expect(store.result()).toHaveLength(3);
    toggleChoice(store, "a", "no");
    expect(store.result().map((one) => one.from_name)).toEqual(["a"]);
  });

  it("two questions that each wait for the other to be open end nowhere", () => {
    const none = (tag: string): Condition => ({ on: "no_choice", tag });
    const store = storeOf([choice("a", [none("b")]), choice("b", [none("a")])]);
    toggleChoice(store, "a", "yes");
    expect(store.result().map((one) => one.from_name)).toEqual(["a"]);
  });
});
