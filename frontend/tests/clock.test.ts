import { expect, it } from "vitest";
import { ActiveClock } from "../src/core/clock";

function clock(seconds = 0): { readonly clock: ActiveClock; readonly pass: (ms: number) => void } {
  let now = 0;
  const made = new ActiveClock(() => now, seconds);
  return {
    clock: made,
    pass: (ms) => {
      now += ms;
    },
  };
}

it("counts the time between signs of life", () => {
  const { clock: one, pass } = clock(10);
  pass(20_000);
  one.input();
  pass(5_250);
  expect(one.seconds).toBe(35.3);
});

it("leaves out what is beyond a minute without input", () => {
  const { clock: one, pass } = clock();
  pass(10 * 60_000);
  expect([one.seconds, one.active]).toEqual([60, false]);
  one.input();
  pass(1_000);
  expect([one.seconds, one.active]).toEqual([61, true]);
});

it("leaves out the time while the page is hidden", () => {
  const { clock: one, pass } = clock();
  pass(4_000);
  one.setHidden(true);
  pass(30_000);
  one.setHidden(false);
  pass(1_000);
  expect(one.seconds).toBe(5);
});

it("stands still here while somebody goes on in another tab, and knows what is counted there", () => {
  const { clock: one, pass } = clock();
  pass(5_000);
  one.elsewhere(7);
  pass(30_000);
  expect([one.seconds, one.active]).toEqual([7, false]);
  one.elsewhere(37);
  one.input();
  pass(2_000);
  expect([one.seconds, one.active]).toEqual([39, true]);
});

it("counts nothing once the item is left, until it begins again", () => {
  const { clock: one, pass } = clock();
  pass(1_000);
  one.stop();
  pass(20_000);
  one.input();
  expect([one.seconds, one.active]).toEqual([1, false]);
  one.begin(true);
  pass(20_000);
  expect(one.seconds).toBe(1);
  one.setHidden(false);
  pass(2_000);
  expect(one.seconds).toBe(3);
});

it("counts nothing of the time before an item is shown", () => {
  const { clock: one, pass } = clock();
  pass(50_000);
  one.begin();
  pass(1_000);
  expect(one.seconds).toBe(1);
});
