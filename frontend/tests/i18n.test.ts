import { expect, it } from "vitest";
import { KNOWN_ROLES } from "../src/core/roles";
import { message } from "../src/i18n";
import { en, type Forms } from "../src/i18n/en";
import { zhHans } from "../src/i18n/zh-hans";

function holes(entry: string | Forms): readonly string[] {
  const all = typeof entry === "string" ? entry : entry.one + entry.other;
  return [...new Set([...all.matchAll(/\{\w+\}/g)].map((found) => found[0]))].sort();
}

it("has the same places to fill in both languages", () => {
  for (const [key, entry] of Object.entries(en)) {
    const other = zhHans[key as keyof typeof en];
    expect.soft(holes(other), key).toEqual(holes(entry));
  }
});

it("leaves nothing in English in Chinese", () => {
  for (const [key, entry] of Object.entries(zhHans)) {
    const words = (typeof entry === "string" ? entry : entry.other).replace(/\{\w+\}/g, "");
    if (/\p{L}/u.test(words)) expect.soft(words, key).toMatch(/[\u4e00-\u9fff]/);
  }
});

it("fills in, and chooses the form by the number", () => {
  expect(message("en", "work.left", { n: 1 })).toBe("1 left");
  expect(message("en", "trouble.incomplete", { n: 2 })).toBe("2 questions still need an answer.");
  expect(message("zh-hans", "save.saved")).toBe("已保存");
  expect(message("zh-CN", "decide.answer", { name: "A" })).toBe("答案 A");
  expect(message("en", "work.left", { n: 12345 })).toBe("12,345 left");
  expect(message("zh-hans", "work.left", { n: 12345 })).toBe("剩余 12,345 条");
  expect(message("en", "number.atLeast", { minimum: 0.25 })).toBe("A number, 0.25 or more.");
  expect(message("de", "save.saved")).toBe("Saved");
});

it("has words for the roles that a chat has whose config names none", () => {
  expect([...KNOWN_ROLES]).toEqual(["user", "assistant", "system", "tool", "developer"]);
  for (const role of KNOWN_ROLES)
    for (const key of [`chat.role.${role}`, `turn.role.${role}`]) {
      expect.soft(Object.keys(en), key).toContain(key);
      expect.soft(Object.keys(zhHans), key).toContain(key);
    }
});
