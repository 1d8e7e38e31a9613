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

describe("keyCaps", () => {
  it("are as printed on the keyboard", () => {
    expect(keyCaps("ctrl+enter")).toEqual(["Ctrl", "Enter"]);
    expect(keyCaps("ctrl+shift+z", true)).toEqual(["⌘", "⇧", "Z"]);
  });
});
