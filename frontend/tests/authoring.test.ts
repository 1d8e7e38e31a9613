import { describe, expect, it } from "vitest";
import { COMMAND_IDS, command } from "../src/core/command-list";
import type { Question, Schema, WireRegion } from "../src/core/contracts";
import {
  addMessage,
  changeMessage,
  messages,
  moveMessage,
  nextRole,
  removeMessage,
} from "../src/core/dialogue-writing";
import { grade, graded, lines, score, shares, writeLines } from "../src/core/rubric";
import { AnswerStore } from "../src/core/store";
import { compareTexts, differing, isWritten, storeOf, takeBack, writtenText } from "../src/core/versions";
import { WRITING_KEYS } from "../src/core/writing-keys";

const CHAT: Question = { key: "talk", kind: "text", tag: "chat", field: "text", max_messages: 3 };
const RUBRIC: Question = { key: "rubric", kind: "text", tag: "rubric", field: "text" };
const GRADES: Question = {
  key: "grades",
  kind: "number",
  tag: "grades",
  field: "text",
  criteria: [{ text: "Right", weight: 2, most: 4 }, { text: "Clear" }],
};
const NOTE: Question = { key: "note", kind: "text", tag: "textarea", field: "text", markdown: true };
const SCHEMA: Schema = {
  version: 1,
  fields: [{ name: "text", key: "text" }],
  questions: [CHAT, RUBRIC, GRADES, NOTE],
  layout: [],
};

function open(result: readonly WireRegion[] = [], data = {}): AnswerStore {
  return new AnswerStore(SCHEMA, { text: "Q", ...data }, result, () => 0);
}

const said = (store: AnswerStore): readonly string[] =>
  messages(store, "talk").map((one) => `${one.role}: ${one.content}`);

describe("messages", () => {
  it("are added, put between, moved, changed and removed, each step undoable", () => {
    const store = open();
    addMessage(store, "talk", "user", "one");
    addMessage(store, "talk", "assistant", "three");
    addMessage(store, "talk", "user", "two", 1);
    expect(said(store)).toEqual(["user: one", "user: two", "assistant: three"]);
    expect(addMessage(store, "talk", "user", "no room")).toBeNull();
    const [first, second] = messages(store, "talk");
    expect(moveMessage(store, "talk", first?.id ?? "", 1)).toBe(1);
    expect(moveMessage(store, "talk", second?.id ?? "", -1)).toBeNull();
    expect(changeMessage(store, "talk", second?.id ?? "", { content: "2", role: "assistant" })).toBe(true);
    expect(changeMessage(store, "talk", second?.id ?? "", { content: "  " })).toBe(false);
    expect(said(store)).toEqual(["assistant: 2", "user: one", "assistant: three"]);
    expect(removeMessage(store, "talk", first?.id ?? "")).toBe(true);
    for (let step = 0; step < 3; step += 1) store.undo();
    expect(said(store)).toEqual(["user: one", "user: two", "assistant: three"]);
  });

  it("are one step back while one is written", () => {
    const store = open();
    const id = addMessage(store, "talk", "user", "one")?.id ?? "";
    for (const content of ["one m", "one mo", "one more"])
      changeMessage(store, "talk", id, { content }, `message:${id}`);
    expect(said(store)).toEqual(["user: one more"]);
    store.undo();
    expect(said(store)).toEqual(["user: one"]);
  });

  it("are written in their order and read back", () => {
    const store = open();
    addMessage(store, "talk", "user", "你好");
    addMessage(store, "talk", "assistant", "Hello");
    const wire = store.result();
    expect(wire.map((one) => [one.type, one.value])).toEqual([
      ["chatmessage", { chatmessage: { role: "user", content: "你好" } }],
      ["chatmessage", { chatmessage: { role: "assistant", content: "Hello" } }],
    ]);
    expect(said(open(wire))).toEqual(said(store));
  });

  it("go by turns; a system speaks once", () => {
    expect(nextRole(CHAT, undefined)).toBe("user");
    expect(nextRole(CHAT, "user")).toBe("assistant");
    const three = { ...CHAT, roles: ["system", "client", "lawyer"] };
    expect(nextRole(three, "system")).toBe("client");
    expect(nextRole(three, "lawyer")).toBe("client");
  });
});

describe("a rubric", () => {
  it("keeps criteria with words only", () => {
    const store = open();
    writeLines(store, "rubric", [
      { text: "Cites the clause", weight: 3 },
      { text: " ", weight: 1 },
    ]);
    expect(lines(store, "rubric")).toEqual([{ text: "Cites the clause", weight: 3 }]);
    writeLines(store, "rubric", []);
    expect(store.result()).toEqual([]);
    store.undo();
    expect(store.result()[0]?.value).toEqual({ rubric: [{ text: "Cites the clause", weight: 3 }] });
  });

  it("shares out the whole", () => {
    expect(shares([1, 1, 1])).toEqual([334, 333, 333]);
    expect(shares([3, 1])).toEqual([750, 250]);
    expect(shares([0, 0])).toEqual([0, 0]);
  });
});

describe("grades", () => {
  it("are null until given, and the score weighs what is graded", () => {
    const store = open();
    expect(score(graded(store, GRADES))).toBeNull();
    grade(store, "grades", 0, 3);
    expect(store.result()[0]?.value).toEqual({
      grades: [{ text: "Right", points: 3 }],
    });
    expect(score(graded(store, GRADES))).toBe(0.75);
    grade(store, "grades", 1, 1);
    expect(score(graded(store, GRADES))).toBeCloseTo((2 * 3 + 1) / (2 * 4 + 1));
    expect(grade(store, "grades", 1, 2)).toBe(false);
    grade(store, "grades", 0, null);
    grade(store, "grades", 1, 1);
    expect(store.result()).toEqual([]);
  });

  it("come from the item too where the question says so", () => {
    const question = { ...GRADES, criteria: [], key_of_data: "rubric" };
    const store = open([], { rubric: [{ text: "Own", weight: 1, most: 2 }] });
    expect(graded(store, question)).toEqual([{ text: "Own", weight: 1, most: 2, points: null }]);
  });
});

describe("what is begun", () => {
  it("is open until it can be handed in", () => {
    const questions = [{ ...CHAT, min_messages: 2 }, GRADES];
    const store = new AnswerStore({ ...SCHEMA, questions }, { text: "Q" }, [], () => 0);
    const open = (): readonly string[] => store.missing().map((one) => one.key);
    expect(open()).toEqual(["talk"]);
    addMessage(store, "talk", "user", "one");
    addMessage(store, "talk", "assistant", "two");
    expect(open()).toEqual([]);
    grade(store, "grades", 0, 3);
    expect(open()).toEqual(["grades"]);
    grade(store, "grades", 1, 0);
    expect(open()).toEqual([]);
  });
});

describe("versions", () => {
  it("are kept of a text of several rows too, and of no short one", () => {
    const plain = { ...NOTE, markdown: false };
    const kept = (question: Question): boolean =>
      isWritten({ version: 1, fields: [], questions: [question], layout: [] });
    expect([kept(NOTE), kept(plain), kept({ ...plain, rows: 8 })]).toEqual([true, true, true]);
    expect([kept({ ...plain, rows: 1 }), kept({ ...plain, per_region: true })]).toEqual([false, false]);
  });

  const note = (text: string): WireRegion => ({
    id: "n",
    from_name: "note",
    to_name: "text",
    type: "textarea",
    value: { text: [text] },
  });

  it("are taken back as one step", () => {
    const store = open([note("new")]);
    addMessage(store, "talk", "user", "one");
    const older = storeOf(store, [note("old")]);
    expect(differing(store, older).map((one) => one.key)).toEqual(["talk", "note"]);
    expect(writtenText(older, NOTE)).toBe("old");
    expect(takeBack(store, [note("old")])).toBe(true);
    expect(store.result()).toEqual([note("old")]);
    expect(takeBack(store, [note("old")])).toBe(false);
    store.undo();
    expect(said(store)).toEqual(["user: one"]);
  });

  it("are compared word by word", () => {
    expect(compareTexts("The party may end it.", "Either party may end this.")).toEqual([
      { kind: "gone", text: "The" },
      { kind: "new", text: "Either" },
      { kind: "same", text: " party may end " },
      { kind: "gone", text: "it" },
      { kind: "new", text: "this" },
      { kind: "same", text: "." },
    ]);
    expect(compareTexts("可以解除合同", "不得解除合同")).toEqual([
      { kind: "gone", text: "可以" },
      { kind: "new", text: "不得" },
      { kind: "same", text: "解除合同" },
    ]);
    const [a, b] = ["word other ".repeat(3000), "else thing ".repeat(3000)];
    const whole = compareTexts(a, b);
    expect(
      whole
        .filter((one) => one.kind !== "new")
        .map((one) => one.text)
        .join(""),
    ).toBe(a);
    expect(
      whole
        .filter((one) => one.kind !== "gone")
        .map((one) => one.text)
        .join(""),
    ).toBe(b);
  });
});

describe("the keys of the toolbar", () => {
  it("are no command's that may be in the page too", () => {
    const taken = new Map(COMMAND_IDS.flatMap((id) => command(id, () => {}).keys.map((key) => [key, id])));
    for (const [id, key] of Object.entries(WRITING_KEYS)) expect.soft(taken.get(key), id).toBeUndefined();
  });
});
