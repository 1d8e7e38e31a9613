import { beforeEach, describe, expect, it } from "vitest";
import { SpanDesk } from "../src/core/span-desk";
import { AnswerStore } from "../src/core/store";
import { Suggestions } from "../src/core/suggestions";
import { SCHEMA, wire } from "./support";

const TEXT = "Acme Ltd pays 100 EUR to Beta Ltd.";

const PREDICTION = {
  id: "p1",
  model: "small-1",
  score: 0.8,
  result: [
    wire("span", "labels", { start: 0, end: 8, text: "Acme Ltd", labels: ["party"] }, "s1"),
    wire("span", "labels", { start: 14, end: 21, text: "100 EUR", labels: ["amount"] }, "s2"),
    wire("span", "labels", { start: 25, end: 33, text: "Beta Ltd", labels: ["amount"] }, "s3"),
    wire("verdict", "choices", { choices: ["breach"] }, "c1"),
    wire("nothing", "choices", { choices: ["x"] }, "c2"),
  ],
};

let store: AnswerStore;
let suggestions: Suggestions;
let desk: SpanDesk;

function open(result: readonly ReturnType<typeof wire>[] = []): void {
  store = new AnswerStore(SCHEMA, { body: TEXT }, result);
  suggestions = new Suggestions(store, [PREDICTION]);
  desk = new SpanDesk(store, { suggestions });
}

beforeEach(() => open());

function outcomes(): string {
  return suggestions
    .seen()
    .map((one) => `${one.region}:${one.outcome}`)
    .join(" ");
}

describe("suggestions", () => {
  it("are no answer until they are accepted", () => {
    expect(store.result()).toEqual([]);
    expect(suggestions.spans("span").map((span) => span.id)).toEqual(["s1", "s2", "s3"]);
    expect(outcomes()).toBe("s1:ignored s2:ignored s3:ignored c1:ignored");
    expect(suggestions.seen()[0]).toEqual({ prediction: "p1", region: "s1", outcome: "ignored" });
  });

  it("are accepted, dismissed and changed, and it is known which", () => {
    expect(suggestions.accept(["s1"])).toBe(1);
    expect(suggestions.dismiss(["s2"])).toBe(1);
    desk.select("text", 0, 0);
    expect(desk.stepSuggested("text", 1)).toBe(true);
    desk.press("span", "party");
    expect(outcomes()).toBe("s1:accepted s2:dismissed s3:changed c1:ignored");
    expect(store.spans("span").map((span) => `${span.id}:${span.label}`)).toEqual(["s1:party", "s3:party"]);
    expect(suggestions.spans("span")).toEqual([]);
  });

  it("count as changed when the accepted span is changed later, as dismissed when it is removed", () => {
    suggestions.accept(["s1", "s2"]);
    desk.selectAt("text", 15);
    desk.nudge("end", -1);
    desk.selectAt("text", 2);
    desk.remove();
    expect(outcomes()).toBe("s1:dismissed s2:changed s3:ignored c1:ignored");
  });

  it("are opened again by undo, step by step, and settled again by redo", () => {
    suggestions.accept(["s1"]);
    suggestions.dismiss(["s2"]);
    store.undo();
    expect(outcomes()).toBe("s1:accepted s2:ignored s3:ignored c1:ignored");
    store.undo();
    expect([outcomes(), store.result()]).toEqual(["s1:ignored s2:ignored s3:ignored c1:ignored", []]);
    store.redo();
    store.redo();
    expect(outcomes()).toBe("s1:accepted s2:dismissed s3:ignored c1:ignored");
  });

  it("are settled all at once, in one step", () => {
    expect(desk.settleAll([{ key: "span" }], "accept")).toBe(3);
    expect(desk.event.value).toEqual({ kind: "acceptedAll", n: 3 });
    expect(store.spans("span")).toHaveLength(3);
    store.undo();
    expect(store.spans("span")).toHaveLength(0);
    expect(desk.settleAll([{ key: "span" }], "dismiss")).toBe(3);
    expect(desk.settleAll([{ key: "span" }], "dismiss")).toBe(0);
  });

  it("take the place of a value that was chosen", () => {
    open([wire("verdict", "choices", { choices: ["none"] }, "mine")]);
    suggestions.accept(["c1"]);
    expect(store.result().map((one) => "id" in one && one.id)).toEqual(["c1"]);
    store.undo();
    expect(store.result().map((one) => "id" in one && one.id)).toEqual(["mine"]);
  });

  it("that say what is marked already are accepted without a second span", () => {
    open([wire("span", "labels", { start: 0, end: 8, text: "Acme Ltd", labels: ["party"] }, "own")]);
    suggestions.accept(["s1"]);
    expect([store.spans("span").length, outcomes().split(" ")[0]]).toEqual([1, "s1:accepted"]);
  });

  it("that an earlier draft holds were accepted", () => {
    open([wire("span", "labels", { start: 14, end: 20, text: "100 EU", labels: ["amount"] }, "s2")]);
    expect(outcomes()).toBe("s1:ignored s2:changed s3:ignored c1:ignored");
    expect(suggestions.spans("span").map((span) => span.id)).toEqual(["s1", "s3"]);
  });

  it("of two predictions with the same ids are kept apart", () => {
    suggestions = new Suggestions(store, [PREDICTION, { ...PREDICTION, id: "p2" }]);
    suggestions.dismiss(["p2/s1"]);
    expect(suggestions.seen().filter((one) => one.region === "s1")).toEqual([
      { prediction: "p1", region: "s1", outcome: "ignored" },
      { prediction: "p2", region: "s1", outcome: "dismissed" },
    ]);
  });

  it("that were put aside stay so when the draft is opened again", () => {
    suggestions.dismiss(["s1", "c1"]);
    const names = suggestions.dismissed();
    const again = new Suggestions(store, [PREDICTION], names);
    expect(again.spans("span").map((span) => span.id)).toEqual(["s2", "s3"]);
    expect(again.openOf("verdict")).toEqual([]);
    again.putAside([]);
    expect(again.openOf("verdict")).toHaveLength(1);
  });

  it("are gone through with the spans, and told apart from them", () => {
    suggestions.accept(["s1"]);
    desk.select("text", 0, 0);
    desk.step("text", 1);
    expect(desk.event.value).toMatchObject({ kind: "selected", place: 1, count: 3 });
    desk.step("text", 1);
    expect(desk.event.value).toMatchObject({ kind: "suggested", place: 2, count: 3 });
    expect([desk.remove(), desk.dismiss()]).toEqual([false, true]);
    expect(desk.event.value).toMatchObject({ kind: "dismissed", left: 1 });
  });
});

describe("suggestions that hang on one another", () => {
  const schema = {
    ...SCHEMA,
    questions: [
      ...SCHEMA.questions,
      {
        key: "sure",
        kind: "spans",
        tag: "choices",
        field: "text",
        per_region: true,
        labels: [{ key: "yes", text: "Yes" }],
      },
      { key: "link", kind: "relations", tag: "relations", field: "text" },
    ] as typeof SCHEMA.questions,
  };
  const [first, second] = PREDICTION.result;
  const result = [
    ...[first, second].filter((one) => one !== undefined),
    wire("sure", "choices", { start: 0, end: 8, text: "Acme Ltd", choices: ["yes"] }, "s1"),
    wire("link", "relation", { from_id: "s1", to_id: "s2", direction: "right", labels: [] }, "r1"),
  ];
  const open = (...predictions: (typeof PREDICTION)[]): void => {
    store = new AnswerStore(schema, { body: TEXT }, []);
    suggestions = new Suggestions(store, predictions);
  };
  beforeEach(() => open({ ...PREDICTION, result }));

  it("are accepted with what they hang on, in one step", () => {
    expect(suggestions.accept(["r1"])).toBe(3);
    expect(store.result().map((one) => one.from_name)).toEqual(["span", "span", "link"]);
    expect(outcomes()).toBe("s1:changed s2:accepted r1:accepted");
    expect(suggestions.accept(suggestions.openAbout("sure", "s1").map((one) => one.region.id))).toBe(1);
    expect(outcomes()).toBe("s1:accepted s2:accepted r1:accepted");
    store.undo();
    store.undo();
    expect(store.result()).toEqual([]);
  });

  it("go with what they hang on", () => {
    expect(suggestions.dismiss(["s1"])).toBe(3);
    expect(outcomes()).toBe("s1:dismissed s2:ignored r1:dismissed");
  });

  it("keep to the regions of their own prediction", () => {
    open({ ...PREDICTION, result }, { ...PREDICTION, id: "p2", result });
    expect(suggestions.accept(["p2/r1"])).toBe(3);
    expect(store.spans("span").map((one) => one.id)).toEqual(["p2/s1", "p2/s2"]);
    expect(suggestions.openAbout("sure", "p2/s1")).toHaveLength(1);
  });
});
