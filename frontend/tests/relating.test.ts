import { beforeEach, describe, expect, it } from "vitest";
import { apart, attached, firstWanting, wanting } from "../src/core/about";
import { addSpan, removeSpan, setNumber, setText, toggleChoice } from "../src/core/answers";
import type { Question, Schema } from "../src/core/contracts";
import { open } from "../src/core/open-regions";
import type { SpanRegion } from "../src/core/regions";
import { relate, relatingOf, relations, toggleLabel, turn } from "../src/core/relating";
import { AnswerStore } from "../src/core/store";
import { holdsSubmit, typedIn } from "../src/core/unreadable";

const LINK: Question = {
  key: "link",
  kind: "relations",
  tag: "relations",
  field: "text",
  labels: [
    { key: "supports", text: "Supports" },
    { key: "contradicts", text: "Contradicts" },
  ],
};
const SCHEMA: Schema = {
  version: 1,
  fields: [{ name: "text", key: "text" }],
  questions: [
    { key: "mark", kind: "spans", tag: "labels", field: "text", labels: [{ key: "claim", text: "Claim" }] },
    {
      key: "sure",
      kind: "spans",
      tag: "choices",
      field: "text",
      per_region: true,
      required: true,
      labels: [
        { key: "yes", text: "Yes" },
        { key: "no", text: "No" },
      ],
    },
    { key: "why", kind: "text", tag: "textarea", field: "text", per_region: true },
    LINK,
  ],
  layout: [],
};
const TEXT = "The roof leaks. The tenant says so.";

let store: AnswerStore;
let roof: SpanRegion;
let tenant: SpanRegion;

function span(start: number, end: number): SpanRegion {
  const made = addSpan(store, "mark", start, end, "claim");
  if (!made) throw new Error("no span");
  return made.span;
}

beforeEach(() => {
  store = new AnswerStore(SCHEMA, { text: TEXT });
  roof = span(0, 8);
  tenant = span(16, 26);
});

describe("relations", () => {
  it("are made once, whatever the direction they are read in", () => {
    expect(relate(store, LINK, roof.id, tenant.id)?.added).toBe(true);
    expect(relate(store, LINK, roof.id, tenant.id)?.added).toBe(false);
    expect(relate(store, LINK, roof.id, roof.id)).toBeNull();
    expect(relate(store, LINK, tenant.id, roof.id)?.added).toBe(true);
    const [first] = relations(store, "link");
    expect(first && turn(store, first, "left")).toBe(false);
    expect(first && turn(store, first, "bi")).toBe(false);
  });

  it("take one label, and another in its place", () => {
    const made = relate(store, LINK, roof.id, tenant.id);
    if (made) toggleLabel(store, made.relation, "supports");
    const [labelled] = relations(store, "link");
    if (labelled) toggleLabel(store, labelled, "contradicts");
    expect(store.result().at(-1)?.value).toEqual({
      from_id: roof.id,
      to_id: tenant.id,
      direction: "right",
      labels: ["contradicts"],
    });
  });

  it("begin at one region and end at another", () => {
    const relating = relatingOf(store);
    expect(relating.start(LINK, roof.id)).toBe(true);
    expect(relating.finish(roof.id)).toBeNull();
    expect(relating.finish(tenant.id, ["supports"])?.added).toBe(true);
    expect(relating.source.value).toBeNull();
    expect(relating.selected.value?.labels).toEqual(["supports"]);
    store.undo();
    expect(relating.selected.value).toBeNull();
  });

  it("go with a span that is removed, as do the answers about it, and come back with one undo", () => {
    relate(store, LINK, roof.id, tenant.id);
    toggleChoice(store, "sure", "yes", roof.id);
    setText(store, "why", 0, "It was seen", roof.id);
    const before = store.result();
    expect(attached(store, roof.id)).toHaveLength(3);
    removeSpan(store, roof);
    expect(store.result().map((one) => one.id)).toEqual([tenant.id]);
    store.undo();
    expect(store.result()).toHaveLength(before.length);
    expect(new Set(store.result().map((one) => one.type))).toEqual(
      new Set(["labels", "choices", "textarea", "relation"]),
    );
  });
});

describe("answers about regions", () => {
  it("are kept apart, carry the region's place and its id", () => {
    toggleChoice(store, "sure", "yes", roof.id);
    toggleChoice(store, "sure", "no", tenant.id);
    setNumber(store, "sure", null, roof.id);
    const about = store.result().filter((one) => one.from_name === "sure");
    expect(about.map((one) => [one.id, one.value])).toEqual([
      [roof.id, { start: 0, end: 8, text: "The roof", choices: ["yes"] }],
      [tenant.id, { start: 16, end: 26, text: "The tenant", choices: ["no"] }],
    ]);
  });

  it("are wanted of each region that has none", () => {
    const sure = store.question("sure");
    expect(wanting(store, sure).map((one) => one.id)).toEqual([roof.id, tenant.id]);
    toggleChoice(store, "sure", "yes", roof.id);
    expect([...open(store).keys()]).toEqual([tenant.id]);
    expect(store.missing().map((one) => one.key)).toEqual(["sure"]);
    toggleChoice(store, "sure", "no", tenant.id);
    expect(store.missing()).toEqual([]);
  });

  it("hold a submit while one cannot be read, also when another region is looked at", () => {
    const sure = store.question("sure");
    for (const { id } of [roof, tenant]) toggleChoice(store, "sure", "yes", id);
    store.setUnreadable("sure", true, roof.id, "1o");
    expect([holdsSubmit(store, sure), firstWanting(store, sure)?.id]).toEqual([true, roof.id]);
    expect([typedIn(store, "sure", roof.id), typedIn(store, "sure", tenant.id)]).toEqual(["1o", null]);
    store.setUnreadable("sure", false, tenant.id);
    expect(holdsSubmit(store, sure)).toBe(true);
    removeSpan(store, roof);
    expect(holdsSubmit(store, sure)).toBe(false);
    store.undo();
    store.setUnreadable("sure", true, roof.id, "1o");
    toggleChoice(store, "sure", "no", roof.id);
    expect([holdsSubmit(store, sure), typedIn(store, "sure", roof.id)]).toEqual([false, null]);
  });

  it("stand in a part of the layout of their own, with their headers", () => {
    const parts = apart(
      [
        { node: "header", text: "Of the whole" },
        { node: "question", key: "whole" },
        {
          node: "view",
          children: [
            { node: "header", text: "Of a span" },
            { node: "question", key: "sure" },
          ],
        },
      ],
      (key) => key === "sure",
    );
    expect(parts.whole).toHaveLength(2);
    expect(parts.regions).toEqual([
      {
        node: "view",
        children: [
          { node: "header", text: "Of a span" },
          { node: "question", key: "sure" },
        ],
      },
    ]);
  });
});
