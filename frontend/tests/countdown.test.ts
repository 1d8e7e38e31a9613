import { describe, expect, it } from "vitest";
import { Countdown } from "../src/core/countdown";

function counting(seconds: number) {
  let now = 5000;
  const countdown = new Countdown(() => now, seconds);
  return { countdown, pass: (more: number) => (now += more * 1000) };
}

describe("Countdown", () => {
  it("shows what is left as a clock does, and never less than nothing", () => {
    const { countdown, pass } = counting(3729);
    expect(countdown.shown).toBe("1:02:09");
    pass(3600);
    expect(countdown.shown).toBe("2:09");
    pass(600);
    expect(countdown.shown).toBe("0:00");
    expect(countdown.over).toBe(true);
  });

  it("says the minutes a few times, each once", () => {
    const { countdown, pass } = counting(12 * 60);
    expect(countdown.due()).toBeNull();
    pass(120);
    expect(countdown.due()).toBe(10);
    expect(countdown.due()).toBeNull();
    pass(300);
    expect(countdown.due()).toBe(5);
    pass(241);
    expect(countdown.due()).toBe(1);
    expect(countdown.due()).toBeNull();
  });

  it("says nothing of marks that lie behind when it begins", () => {
    const { countdown, pass } = counting(4 * 60);
    expect(countdown.due()).toBeNull();
    pass(180);
    expect(countdown.due()).toBe(1);
  });
});
