import { signal } from "@preact/signals-core";
import { beforeEach, describe, expect, it } from "vitest";
import { SpanDesk } from "../src/core/span-desk";
import { AnswerStore } from "../src/core/store";
import { QUESTIONS, SCHEMA } from "./support";

const TEXT = "Acme Ltd pays 100 EUR to Beta Ltd.";

let store: AnswerStore;
let desk: SpanDesk;
beforeEach(() => {
  store = new AnswerStore(SCHEMA, { body: TEXT });
  desk = new SpanDesk(store);
});

function spans(): readonly string[] {
  return store.spans("span").map((span) => `${span.label}:${TEXT.slice(span.start, span.end)}`);
}

describe("SpanDesk", () => {
  it("labels the selection at a label's key, and selects what it made", () => {
    desk.select("text", 0, 8);
    desk.press("span", "party");
    expect(spans()).toEqual(["party:Acme Ltd"]);
    expect(desk.span()?.label).toBe("party");
    expect(desk.event.value?.kind).toBe("added");
  });

  it("takes a label in hand when nothing is selected, and puts it on later selections", () => {
    desk.press("span", "amount");
    expect(desk.active.value).toEqual({ question: "span", label: "amount" });
    desk.select("text", 14, 21);
    expect(desk.apply()).toBe(true);
    desk.select("text", 0, 4);
    expect(desk.apply()).toBe(true);
    expect(spans()).toEqual(["amount:Acme", "amount:100 EUR"]);
    expect(desk.selected.value).toBeNull();
  });

  it("puts the label down at a second press", () => {
    desk.press("span", "amount");
    desk.press("span", "amount");
    expect(desk.active.value).toBeNull();
    desk.select("text", 0, 4);
    expect(desk.apply()).toBe(false);
  });

  it("relabels the selected span", () => {
    desk.select("text", 0, 8);
    desk.press("span", "party");
    desk.press("span", "amount");
    expect(spans()).toEqual(["amount:Acme Ltd"]);
  });

  it("labels a new selection although a span was selected before", () => {
    desk.select("text", 0, 8);
    desk.press("span", "party");
    desk.select("text", 0, 4);
    desk.press("span", "amount");
    expect(spans()).toEqual(["party:Acme Ltd", "amount:Acme"]);
  });

  it("goes through the spans both ways and lets go at the ends", () => {
    for (const [start, end] of [
      [0, 8],
      [14, 21],
      [25, 33],
    ] as const) {
      desk.select("text", start, end);
      desk.press("span", "party");
    }
    desk.select("text", 10, 10);
    expect(desk.step("text", 1)).toBe(true);
    expect(desk.span()?.start).toBe(14);
    expect(desk.event.value).toMatchObject({ kind: "selected", place: 2, count: 3 });
    expect([desk.step("text", 1), desk.step("text", 1)]).toEqual([true, false]);
    expect([desk.step("text", -1), desk.step("text", -1), desk.step("text", -1)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("selects the shortest span under the caret", () => {
    desk.select("text", 0, 21);
    desk.press("span", "party");
    desk.select("text", 14, 17);
    desk.press("span", "amount");
    expect(desk.selectAt("text", 15)?.label).toBe("amount");
    expect(desk.selectAt("text", 2)?.label).toBe("party");
    expect(desk.selectAt("text", 30)).toBeNull();
  });

  it("nudges either edge, by characters and by words", () => {
    desk.select("text", 14, 17);
    desk.press("span", "amount");
    desk.nudge("end", 1, "word");
    expect(spans()).toEqual(["amount:100 EUR"]);
    desk.nudge("start", 1);
    expect(spans()).toEqual(["amount:00 EUR"]);
    store.undo();
    expect(spans()).toEqual(["amount:100"]);
  });

  it("never leaves an edge in white space, which HTML may not show", () => {
    const own = new AnswerStore(SCHEMA, { body: "one two\n\n    three " });
    const here = new SpanDesk(own);
    const marked = (): string =>
      own
        .spans("span")
        .map(({ start, end }) => `${start}-${end}`)
        .join();
    here.select("text", 4, 7);
    here.press("span", "party");
    here.nudge("end", 1);
    expect(marked()).toBe("4-14");
    here.nudge("end", -1);
    expect(marked()).toBe("4-7");
    here.nudge("start", -1);
    expect(marked()).toBe("2-7");
    for (let n = 0; n < 9; n++) here.nudge("end", 1);
    expect(marked()).toBe("2-18");
  });

  it("removes the selected span, which undo brings back", () => {
    desk.select("text", 0, 8);
    desk.press("span", "party");
    expect(desk.remove()).toBe(true);
    expect([spans(), desk.remove()]).toEqual([[], false]);
    store.undo();
    expect(spans()).toEqual(["party:Acme Ltd"]);
  });

  it("leaves the span, then the selection, then the label in hand", () => {
    desk.press("span", "party");
    desk.select("text", 0, 8);
    desk.press("span", "amount");
    expect([desk.escape(), desk.selected.value]).toEqual([true, null]);
    desk.select("text", 0, 8);
    expect([desk.escape(), desk.selection.value?.anchor]).toEqual([true, 8]);
    expect([desk.escape(), desk.active.value, desk.escape()]).toEqual([true, null, false]);
  });
});

describe("SpanDesk, further", () => {
  it("labels all the same in one step, and tells how many", () => {
    desk.select("text", 5, 8);
    desk.press("span", "party");
    expect(desk.labelSame()).toBe(1);
    expect(spans()).toEqual(["party:Ltd", "party:Ltd"]);
    expect(desk.event.value).toMatchObject({ kind: "same", n: 1 });
    expect(desk.labelSame()).toBe(0);
    store.undo();
    expect(spans()).toEqual(["party:Ltd"]);
  });

  it("snaps to words when asked to, and shows what it will label", () => {
    const wordSnap = signal(false);
    desk = new SpanDesk(store, { wordSnap, language: "en" });
    desk.select("text", 16, 2);
    desk.snap();
    expect(desk.selection.value).toMatchObject({ anchor: 16, focus: 2 });
    wordSnap.value = true;
    desk.snap();
    expect(desk.selection.value).toMatchObject({ anchor: 17, focus: 0 });
    desk.select("text", 26, 27);
    desk.press("span", "party");
    expect(spans()).toEqual(["party:Beta"]);
    desk.nudge("end", 1);
    expect(spans()).toEqual(["party:Beta Ltd"]);
  });

  it("snaps to what the project says, whatever the person prefers", () => {
    const fields = [{ name: "text", key: "body", granularity: "sentence" as const }];
    store = new AnswerStore({ ...SCHEMA, fields }, { body: "One is. Two is." });
    desk = new SpanDesk(store, { wordSnap: signal(true) });
    expect(desk.snapsTo("text")).toBe("sentence");
    desk.select("text", 8, 9);
    desk.press("span", "party");
    expect(store.spans("span").map(({ start, end }) => [start, end])).toEqual([[8, 15]]);
  });

  it("undoes and redoes every step of a long way back", () => {
    const before = store.result();
    desk.select("text", 0, 4);
    desk.press("span", "party");
    desk.press("span", "amount");
    desk.nudge("end", 1, "word");
    desk.select("text", 5, 8);
    desk.press("span", "party");
    desk.labelSame();
    desk.remove();
    const after = store.result();
    while (store.canUndo.value) store.undo();
    expect(store.result()).toEqual(before);
    while (store.canRedo.value) store.redo();
    expect(store.result()).toEqual(after);
  });
});

describe("a label that may be used once", () => {
  const questions = QUESTIONS.map((one) =>
    one.key === "span" ? { ...one, labels: [{ key: "party", text: "Party", max_usage: 1 }] } : one,
  );

  it("is put on no second place, and that is told", () => {
    const store = new AnswerStore({ ...SCHEMA, questions }, { body: "Acme pays. Acme owes." });
    const desk = new SpanDesk(store);
    desk.select("text", 0, 4);
    desk.press("span", "party");
    expect(desk.labelSame()).toBe(0);
    expect(desk.event.value).toEqual({ kind: "full", label: { question: "span", label: "party" } });
    desk.select("text", 5, 9);
    desk.press("span", "party");
    expect(desk.event.value?.kind).toBe("full");
    expect(store.spans("span")).toHaveLength(1);
  });
});
