import { beforeEach, describe, expect, it } from "vitest";
import { labelled, labelsOf, pressAreaLabel, putAreaLabelDown } from "../src/core/area-labels";
import { addArea } from "../src/core/areas";
import type { Question, Schema } from "../src/core/contracts";
import { DisputeDesk } from "../src/core/decision";
import { withHues } from "../src/core/hues";
import { LabelKeys } from "../src/core/keymap";
import type { BoxRegion } from "../src/core/regions";
import { SpanDesk } from "../src/core/span-desk";
import { AnswerStore } from "../src/core/store";
import { Suggestions } from "../src/core/suggestions";
import { marks } from "../src/core/tags/tag";
import { work } from "./support";

const LABELS: Question = {
  key: "label",
  kind: "boxes",
  tag: "labels",
  field: "scan",
  per_region: true,
  labels: [
    { key: "Text", text: "Text" },
    { key: "Hand", text: "Handwriting", max_usage: 1 },
  ],
};
const SCHEMA: Schema = {
  version: 1,
  fields: [{ name: "scan", key: "scan", kind: "image" }],
  questions: [
    LABELS,
    { key: "bbox", kind: "boxes", tag: "rectangle", field: "scan" },
    { key: "poly", kind: "boxes", tag: "polygon", field: "scan" },
  ],
  layout: [],
};
const DATA = { scan: { asset: "a", width: 100, height: 50 } };
const SHAPE = { x: 1, y: 2, width: 30, height: 40, rotation: 0 };
const PLACE = { to_name: "scan", value: SHAPE };
const BOX = { ...PLACE, id: "b1", from_name: "bbox", type: "rectangle" };
const LABEL = {
  ...PLACE,
  id: "b1",
  from_name: "label",
  type: "labels",
  value: { ...SHAPE, labels: ["Text"] },
};

let store: AnswerStore;
let desk: SpanDesk;

function draw(): BoxRegion {
  return addArea(store, "bbox", "", SHAPE, null, undefined, (area) => labelled(desk, area));
}

function names(area: BoxRegion): readonly string[] {
  return labelsOf(store, area, desk.suggestions).map((one) => one.label);
}

beforeEach(() => {
  store = new AnswerStore(SCHEMA, DATA);
  desk = new SpanDesk(store);
});

describe("labels of areas that others draw", () => {
  it("are a choice about each area, and come back from what was stored", () => {
    expect(marks(LABELS)).toBe(false);
    store = new AnswerStore(SCHEMA, DATA, [BOX, LABEL]);
    expect(store.result()).toEqual([LABEL, BOX]);
    expect(names(store.region("b1") as BoxRegion)).toEqual(["Text"]);
  });

  it("are put on the selected area, changed, and taken away again", () => {
    const area = draw();
    desk.selected.value = area.id;
    expect(pressAreaLabel(desk, LABELS, "Text")).toBe("chosen");
    expect(pressAreaLabel(desk, LABELS, "Hand")).toBe("chosen");
    expect(names(area)).toEqual(["Hand"]);
    expect(pressAreaLabel(desk, LABELS, "Hand")).toBe("cleared");
    expect(names(area)).toEqual([]);
  });

  it("are in hand for the areas that come next, with what draws, in one step each", () => {
    expect(pressAreaLabel(desk, LABELS, "Text")).toBe("held");
    expect(desk.active.value).toEqual({ question: "bbox", label: "" });
    const first = draw();
    desk.selected.value = first.id;
    expect(pressAreaLabel(desk, LABELS, "Hand")).toBe("held");
    const second = draw();
    expect([names(first), names(second)]).toEqual([["Text"], ["Hand"]]);
    store.undo();
    expect(store.result().map((one) => one.type)).toEqual(["labels", "rectangle"]);
  });

  it("keep what draws in hand when it was chosen before, and are put down again", () => {
    desk.press("poly", "");
    pressAreaLabel(desk, LABELS, "Text");
    expect(desk.active.value?.question).toBe("poly");
    expect(putAreaLabelDown(desk)).toBe(true);
    expect(putAreaLabelDown(desk)).toBe(false);
    expect(desk.areaLabel.value).toBeNull();
  });

  it("are used no more often than they may be", () => {
    const [first, second] = [draw(), draw()];
    desk.selected.value = first.id;
    pressAreaLabel(desk, LABELS, "Hand");
    desk.selected.value = second.id;
    expect(pressAreaLabel(desk, LABELS, "Hand")).toBe("full");
    expect(desk.event.value?.kind).toBe("full");
    expect(names(second)).toEqual([]);
  });

  it("are taken over with an area that is suggested, and seen on it before", () => {
    const suggestions = new Suggestions(store, [
      { id: "p1", model: "ocr", score: null, result: [BOX, LABEL] },
    ]);
    desk = new SpanDesk(store, { suggestions });
    const [area] = suggestions.areas("scan");
    expect(area && names(area)).toEqual(["Text"]);
    suggestions.accept(["b1"]);
    expect(store.result()).toEqual([LABEL, BOX]);
    expect(suggestions.seen().map((one) => one.outcome)).toEqual(["accepted"]);
  });
});

it("are decided with the areas that they are about", () => {
  const { project, item } = work("");
  const answer = (label: string) => [BOX, { ...LABEL, value: { ...LABEL.value, labels: [label] } }];
  const answers = ["Text", "Hand"].map((label) => ({ name: label, result: answer(label) }));
  const asked = { dispute: "d1", question: "label", project, schema: SCHEMA, guideline: null, answers };
  const decided = new DisputeDesk({ ...asked, item: { ...item, data: DATA }, draft: null, decided: null });
  expect([decided.merges, decided.differing.size]).toEqual([false, 2]);
  decided.take(decided.sides[1] as (typeof decided.sides)[number]);
  expect(decided.store.result().map((one) => [one.type, one.value.labels])).toEqual(
    [
      ["labels", ["Hand"]],
      ["rectangle", undefined],
    ].toReversed(),
  );
  expect(decided.sides.map((side) => decided.equals(side))).toEqual([false, true]);
});

it("takes what draws areas without a label in hand while one of them is selected", () => {
  desk.selected.value = draw().id;
  desk.press("bbox", "");
  expect(desk.active.value).toEqual({ question: "bbox", label: "" });
});

it("gives keys to what draws without a label, after those of the labels", () => {
  const keys = new LabelKeys(SCHEMA.questions);
  expect(keys.keyOf("label", "Text")).toBe("1");
  expect([keys.keyOf("bbox", ""), keys.keyOf("poly", "")]).toEqual(["3", "4"]);
});

it("gives labels of areas colours apart from those that mark", () => {
  const spans: Question = { ...LABELS, key: "parts", tag: "rectanglelabels", per_region: false };
  const { questions } = withHues({ ...SCHEMA, questions: [spans, LABELS] });
  expect(questions[1]?.labels?.map((one) => one.place)).toEqual([2, 3]);
});
