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

describe("keyCaps", () => {
  it("are as printed on the keyboard", () => {
    expect(keyCaps("ctrl+enter")).toEqual(["Ctrl", "Enter"]);
    expect(keyCaps("ctrl+shift+z", true)).toEqual(["⌘", "⇧", "Z"]);
  });
});
