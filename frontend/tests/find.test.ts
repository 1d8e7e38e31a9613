import { describe, expect, it } from "vitest";
import { findAll, fold, nextHit } from "../src/core/find";

function hits(text: string, words: string): readonly number[] {
  return findAll(fold(text), words);
}

describe("searching a text", () => {
  it("takes no notice of case and width", () => {
    expect(hits("Party, PARTY and Ｐａｒｔｙ", "party")).toEqual([0, 7, 17]);
    expect(hits("ABC", "ａｂｃ")).toEqual([0]);
    expect(hits("価格はｶﾅです", "カナ")).toEqual([3]);
    expect(hits("甲方　乙方", "甲方 乙方")).toEqual([0]);
  });

  it("finds Chinese, emoji and right-to-left words", () => {
    expect(hits("承租人与出租人", "租人")).toEqual([1, 5]);
    expect(hits("a 👩🏽‍⚕️ b 👩🏽‍⚕️", "👩🏽‍⚕️")).toEqual([2, 12]);
    expect(hits("שלום עולם", "עולם")).toEqual([5]);
  });

  it("keeps every offset, whatever letters there are", () => {
    const all = Array.from({ length: 0x3000 }, (_, at) => String.fromCharCode(at)).join("");
    expect(fold(all)).toHaveLength(all.length);
    expect(fold("İΣς")).toBe("iσσ");
  });

  it("goes round at both ends", () => {
    const all = hits("a-a-a", "a");
    expect([nextHit(all, 0, 1), nextHit(all, 1, 1), nextHit(all, 5, 1)]).toEqual([0, 1, 0]);
    expect([nextHit(all, 4, -1), nextHit(all, 0, -1)]).toEqual([1, 2]);
    expect([nextHit([], 0, 1), findAll("abc", "")]).toEqual([-1, []]);
  });
});
