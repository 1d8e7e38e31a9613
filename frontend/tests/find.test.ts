import { describe, expect, it } from "vitest";
import { findAll, fold, type Hit, nextHit } from "../src/core/find";
import { growth, SQUARE } from "./pace";

function hits(text: string, words: string): readonly number[] {
  return found(text, words).map((hit) => hit.start);
}

function found(text: string, words: string): readonly Hit[] {
  return findAll(fold(text), words);
}

/** What was found, as it stands in the text. */
function stands(text: string, words: string): readonly string[] {
  return found(text, words).map(({ start, end }) => text.slice(start, end));
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

  it("finds a letter however it is composed, and leaves no half of one", () => {
    const text = "Café, cafe\u0301 and CAFE\u0301.";
    expect(stands(text, "café")).toEqual(["Café", "cafe\u0301", "CAFE\u0301"]);
    expect(stands(text, "cafe\u0301")).toEqual(["Café", "cafe\u0301", "CAFE\u0301"]);
    expect(hits(text, "and")).toEqual([text.indexOf("and")]);
    expect(hits(text, "cafe")).toEqual([]);
    expect(stands("nguye\u0302\u0303n tiê\u0301n", "nguyễn")).toEqual(["nguye\u0302\u0303n"]);
    expect(stands("한\u1112\u1161\u11ab국", "한")).toEqual(["한", "\u1112\u1161\u11ab"]);
    expect(stands("ﾊﾞス、バス、ハ\u3099ス", "バス")).toEqual(["ﾊﾞス", "バス", "ハ\u3099ス"]);
    expect(stands("K\u212b 10 \u2126", "å 10 ω")).toEqual(["\u212b 10 \u2126"]);
    expect(stands("I\u0307zmir İzmir", "izmir")).toEqual(["I\u0307zmir", "İzmir"]);
    expect(stands("\u0958\u0916 क\u093c", "क\u093c")).toEqual(["\u0958", "क\u093c"]);
  });

  it("finds every character by each of its forms, and what stands after it", () => {
    const lost: string[] = [];
    const codes = [...Array(0xfffd).keys(), ...Array.from({ length: 0x220 }, (_, at) => 0x2f800 + at)];
    for (const one of codes.map((code) => String.fromCodePoint(code))) {
      if (/[\p{M}\p{Cs}\s☞]/u.test(one)) continue;
      for (const form of [one, one.normalize("NFC"), one.normalize("NFD")]) {
        const text = `e\u0301 ${form} ☞☞`;
        if (stands(text, one).at(-1) !== form || hits(text, "☞☞")[0] !== text.length - 2) lost.push(one);
      }
    }
    expect(lost).toEqual([]);
  });

  it("takes as much longer as the text is, up to a million characters", () => {
    const plain = "The lessee pays 12 % in May, says the café. 承租人应按月付租。 ";
    for (const line of [plain, plain.normalize("NFD")]) {
      const search = (lines: number): void => expect(found(line.repeat(lines), "CAFÉ")).toHaveLength(lines);
      expect(growth(search, 2_000)).toBeLessThan(SQUARE);
    }
  });

  it("keeps every offset, whatever letters there are", () => {
    const all = Array.from({ length: 0x3000 }, (_, at) => String.fromCharCode(at)).join("");
    const plain = all.replace(/[\p{M}\u0958-\u0fff\u2adc]/gu, "");
    expect(fold(plain).text).toHaveLength(plain.length);
    expect(fold(plain).shifts).toHaveLength(0);
    expect(fold("İΣς").text).toBe("iσσ");
  });

  it("goes round at both ends", () => {
    const all = found("a-a-a", "a");
    expect([nextHit(all, 0, 1), nextHit(all, 1, 1), nextHit(all, 5, 1)]).toEqual([0, 1, 0]);
    expect([nextHit(all, 4, -1), nextHit(all, 0, -1)]).toEqual([1, 2]);
    expect([nextHit([], 0, 1), found("abc", "")]).toEqual([-1, []]);
  });
});
