import { signal } from "@preact/signals-core";
import { describe, expect, it } from "vitest";
import { chord, type KeyPress, keyCaps, LabelKeys, normaliseHotkey } from "../src/core/keymap";
import { QUESTIONS } from "./support";

function press(key: string, code: string, modifiers = ""): string {
  const has = (name: string): boolean => modifiers.includes(name);
  const event: KeyPress = {
    key,
    code,
    ctrlKey: has("ctrl"),
    metaKey: has("meta"),
    altKey: has("alt"),
    shiftKey: has("shift"),
    altGraph: has("graph"),
  };
  return chord(event);
}

describe("chord", () => {
  it("has one spelling for each key press", () => {
    expect(press("b", "KeyB")).toBe("b");
    expect(press("Enter", "Enter", "ctrl")).toBe("ctrl+enter");
    expect(press("Enter", "Enter", "meta")).toBe("ctrl+enter");
    expect(press("Z", "KeyZ", "ctrl shift")).toBe("ctrl+shift+z");
    expect(press("A", "KeyA", "shift")).toBe("shift+a");
    expect(press("?", "Slash", "shift")).toBe("?");
    expect(press(" ", "Space")).toBe("space");
  });

  it("reads the printed key on layouts that type another script", () => {
    expect(press("и", "KeyB")).toBe("b");
    expect(press("å", "KeyA", "alt")).toBe("alt+a");
    expect(press("。", "Period")).toBe(".");
    expect(press("ж", "Semicolon")).toBe("ж");
  });

  it("takes what AltGr types as the sign it is, and Option as Alt", () => {
    expect(press("@", "KeyQ", "graph ctrl alt")).toBe("@");
    expect(press("€", "KeyE", "graph")).toBe("€");
    expect(press("é", "KeyE", "graph alt")).toBe("alt+e");
    expect(press("k", "KeyK", "ctrl alt")).toBe("ctrl+alt+k");
  });

  it("is nothing for keys that say nothing alone, or that an input method has taken", () => {
    expect([press("Shift", "ShiftLeft", "shift"), press("Dead", "KeyN"), press("Process", "KeyB")]).toEqual([
      "",
      "",
      "",
    ]);
  });
});

describe("normaliseHotkey", () => {
  it("puts a schema's hotkey into the same spelling", () => {
    expect(["B", "shift+ctrl+X", "command+1", "", null, "a, b", "hyper+x"].map(normaliseHotkey)).toEqual([
      "b",
      "ctrl+shift+x",
      "ctrl+1",
      null,
      null,
      null,
      null,
    ]);
  });
});

describe("LabelKeys", () => {
  it("gives the schema's keys first, then digits, then letters", () => {
    const keys = new LabelKeys(QUESTIONS);
    expect(keys.keyOf("verdict", "breach")).toBe("b");
    expect(keys.keyOf("verdict", "none")).toBe("1");
    expect(keys.keyOf("span", "amount")).toBe("6");
    expect(keys.labelOf("6")).toEqual({ question: "span", label: "amount" });
  });

  it("leaves a key free that a schema asks for to search labels, unless a label asks for it too", () => {
    const labels = ["a", "b"].map((key) => ({ key, text: key }));
    const asked = { key: "q", kind: "choices", field: "text", filter: true, filter_hotkey: "1" } as const;
    expect(new LabelKeys([{ ...asked, labels }]).keyOf("q", "a")).toBe("2");
    const own = labels.map((label) => ({ ...label, hotkey: "1" }));
    expect(new LabelKeys([{ ...asked, labels: own }]).keyOf("q", "a")).toBe("1");
  });

  it("gives no key twice, none of the workspace's own, and none when they run out", () => {
    const labels = Array.from({ length: 50 }, (_, index) => ({
      key: `l${index}`,
      text: `L${index}`,
      hotkey: "x",
    }));
    const keys = new LabelKeys([{ key: "q", kind: "choices", field: "text", labels }]);
    const given = labels.map((label) => keys.keyOf("q", label.key));
    const real = given.filter((key) => key !== undefined);
    expect(new Set(real).size).toBe(real.length);
    expect([given[0], real.includes("g"), given.at(-1)]).toEqual(["x", false, undefined]);
  });
});

describe("the keys of ratings", () => {
  const stars = { key: "stars", kind: "rating", field: "text", max_rating: 5 } as const;
  const risk = { key: "risk", kind: "rating", field: "text", max_rating: 3 } as const;
  const steps = (keys: LabelKeys, question: string, most: number) =>
    Array.from({ length: most }, (_, index) => keys.keyOf(question, String(index + 1)));

  it("are its digits when no label has one", () => {
    const keys = new LabelKeys([stars, risk]);
    expect(steps(keys, "stars", 5)).toEqual(["1", "2", "3", "4", "5"]);
    expect(steps(keys, "risk", 3)).toEqual(["q", "w", "e"]);
    expect(keys.labelOf("4")).toEqual({ question: "stars", label: "4" });
  });

  it("are letters side by side when labels have the digits", () => {
    const keys = new LabelKeys(QUESTIONS);
    expect(steps(keys, "stars", 5)).toEqual(["q", "w", "e", "r", "t"]);
    expect(keys.keyOf("verdict", "none")).toBe("1");
  });

  it("are none when the scale is longer than a row of keys", () => {
    expect(new LabelKeys([{ ...stars, max_rating: 20 }]).keyOf("stars", "1")).toBeUndefined();
  });
});

describe("a person's own keys for labels", () => {
  const choices = signal({ keys: {} as Record<string, string>, single: true });
  const keys = new LabelKeys(QUESTIONS, "p1", choices);

  it("go before all others, are read again when they change, and count in their project only", () => {
    expect(keys.keyOf("verdict", "breach")).toBe("b");
    choices.value = { keys: { "label/p1/verdict/breach": "k", "label/p2/verdict/none": "z" }, single: true };
    expect([keys.keyOf("verdict", "breach"), keys.keyOf("verdict", "none")]).toEqual(["k", "1"]);
    expect(keys.labelOf("b")).toBeUndefined();
  });

  it("may be none, and leave alone what the workspace was given", () => {
    choices.value = { keys: { "label/p1/verdict/breach": "", "work.skip": "1" }, single: true };
    expect(keys.keyOf("verdict", "breach")).toBeUndefined();
    expect(keys.keyOf("verdict", "none")).toBe("2");
  });

  it("do not work, and are not shown, where keys of one sign are turned off", () => {
    choices.value = { keys: { "label/p1/verdict/breach": "ctrl+b" }, single: false };
    expect([keys.keyOf("verdict", "breach"), keys.keyOf("verdict", "none"), keys.labelOf("1")]).toEqual([
      "ctrl+b",
      undefined,
      undefined,
    ]);
  });

  it("are given to a rating that is asked of regions too", () => {
    const stars = { key: "s", kind: "spans", tag: "rating", field: "text", per_region: true } as const;
    expect(new LabelKeys([stars]).keyOf("s", "4")).toBe("4");
  });

  it("are none for a tree, which is searched", () => {
    const tree = {
      key: "t",
      kind: "choices",
      tag: "taxonomy",
      field: "text",
      labels: [{ key: "a", text: "A" }],
    };
    expect(new LabelKeys([tree as (typeof QUESTIONS)[number]]).keyOf("t", "a")).toBeUndefined();
  });
});

describe("keyCaps", () => {
  it("are as printed on the keyboard", () => {
    expect(keyCaps("ctrl+enter")).toEqual(["Ctrl", "Enter"]);
    expect(keyCaps("ctrl++")).toEqual(["Ctrl", "+"]);
    expect(keyCaps("ctrl+shift+z", true)).toEqual(["⌘", "⇧", "Z"]);
  });
});
