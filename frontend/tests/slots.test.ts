import { describe, expect, it } from "vitest";
import { setText, texts } from "../src/core/answers";
import { boxesFor, Slots, takesAnother } from "../src/core/slots";
import { AnswerStore } from "../src/core/store";
import { SCHEMA } from "./support";

const storeOf = (): AnswerStore => new AnswerStore(SCHEMA, { body: "Acme" });

describe("several texts in their boxes", () => {
  it("keeps the place of a text that is emptied to be written anew", () => {
    const store = storeOf();
    const slots = new Slots();
    const write = (index: number, text: string): void => {
      const boxes = slots.put(texts(store, "note"), index, text);
      setText(store, "note", index, text, null, boxes);
    };
    write(0, "alpha");
    write(1, "beta");
    write(0, "");
    expect(slots.shown(texts(store, "note"))).toEqual(["", "beta"]);
    expect(texts(store, "note")).toEqual(["beta"]);
    write(0, "a");
    expect(texts(store, "note")).toEqual(["a", "beta"]);
    write(0, " ");
    slots.close();
    expect(slots.shown(texts(store, "note"))).toEqual(["beta"]);
  });

  it("shows what came from elsewhere instead", () => {
    let now = 0;
    const store = new AnswerStore(SCHEMA, { body: "Acme" }, [], () => now);
    const slots = new Slots();
    setText(store, "note", 0, "alpha");
    now += 60_000;
    setText(store, "note", 0, "", null, slots.put(texts(store, "note"), 0, ""));
    store.undo();
    expect(slots.shown(texts(store, "note"))).toEqual(["alpha"]);
  });

  it("has a box for every text that is given, and one more as long as the question takes one", () => {
    expect([0, 1, 2, 3].map((n) => boxesFor(Array<string>(n).fill("x"), 3))).toEqual([1, 2, 3, 3]);
    expect(boxesFor(["a", ""], 3)).toBe(2);
    expect(boxesFor(["a", "b"], 1)).toBe(2);
    expect(boxesFor([], null)).toBe(1);
    expect(boxesFor(["a", "b"], null)).toBe(2);
    expect([takesAnother(["a"], null), takesAnother([], null), takesAnother(["a"], 3)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
