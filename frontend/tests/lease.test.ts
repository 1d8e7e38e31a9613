import { describe, expect, it } from "vitest";
import type { Problem, Work } from "../src/core/contracts";
import { Lease } from "../src/core/lease";
import type { Extended, Held, Outcome, Transport } from "../src/core/transport";
import { work } from "./support";

const MINUTE = 60_000;
const OVER: Problem = {
  status: 409,
  code: "lease_expired",
  title: "",
  detail: "Over.",
  action: "Next.",
  where: null,
};

function setting(limits: Work["lease"], answers: Outcome<Held>[] = []) {
  const clock = { now: 0 };
  const calls: string[] = [];
  const held = { lease_until: "2030-01-01T01:00:00Z", now: "2030-01-01T00:00:00Z" };
  const transport = {
    async heartbeat(): Promise<Outcome<Held>> {
      calls.push("heartbeat");
      return answers.shift() ?? { kind: "ok", value: held };
    },
    async extend(_id: string, minutes: number): Promise<Outcome<Extended>> {
      calls.push(`extend ${minutes}`);
      return { kind: "ok", value: { ...held, extended: minutes } };
    },
  } as unknown as Transport;
  const given: Work = { ...work("text"), ...(limits ? { lease: limits } : {}) };
  return { clock, calls, lease: new Lease(given, transport, () => clock.now) };
}

describe("a lease", () => {
  it("beats every few minutes, and oftener where an item is held for less", async () => {
    for (const [minutes, wait] of [
      [60, 3 * MINUTE],
      [3, MINUTE],
    ] as const) {
      const { clock, calls, lease } = setting({ minutes, extended: 0, most_extra: 0 });
      clock.now = wait - 1;
      await lease.beat();
      expect(calls).toEqual([]);
      clock.now = wait;
      await lease.beat();
      await lease.beat();
      expect(calls).toEqual(["heartbeat"]);
      expect(lease.until.value).toBe(wait + 60 * MINUTE);
    }
  });

  it("is reckoned by the server's clock from the start", () => {
    const limits = { minutes: 60, extended: 0, most_extra: 0 };
    const [now, lease_until] = ["2030-01-01T00:00:00Z", "2030-01-01T00:20:00Z"];
    // This device's clock is a year ahead.
    const here = Date.parse("2031-01-01T00:00:00Z");
    const given: Work = { ...work("text"), lease: limits, lease_until, now };
    const lease = new Lease(given, {} as Transport, () => here);
    expect([lease.until.value, lease.holds]).toEqual([here + 20 * MINUTE, true]);
  });

  it("is over when the server says so", async () => {
    const { clock, lease } = setting({ minutes: 60, extended: 0, most_extra: 0 }, [
      { kind: "refused", problem: OVER },
    ]);
    clock.now = 5 * MINUTE;
    await lease.beat();
    expect(lease.until.value).toBe(clock.now);
  });

  it("asks for the sum of what it wants, and for no more than there is", async () => {
    const { calls, lease } = setting({ minutes: 60, extended: 30, most_extra: 100 });
    await lease.extend();
    expect(lease.more).toBe(10);
    await lease.extend();
    expect(lease.more).toBe(0);
    expect(calls).toEqual(["extend 90", "extend 100"]);
  });

  it("says nothing where the server told no limits", async () => {
    const { clock, calls, lease } = setting(undefined);
    clock.now = 60 * MINUTE;
    await lease.beat();
    expect(calls).toEqual([]);
    expect(lease.more).toBe(0);
  });
});
