import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { toggleChoice } from "../src/core/answers";
import { LabelSession } from "../src/core/session";
import { PROBLEM, Server } from "./server";
import { wire, work } from "./support";

let server: Server;
let session: LabelSession;
const moved: (string | null)[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
  moved.length = 0;
  session = new LabelSession(work("Some text"), server, {
    moved: (next) => moved.push(next?.assignment ?? null),
  });
});
afterEach(() => vi.useRealTimers());

function answer(): void {
  const task = session.task.value;
  if (task) toggleChoice(task.store, "verdict", "breach");
}

describe("LabelSession", () => {
  it("names the first open question instead of submitting, and stops saying so once it is answered", async () => {
    const open = await session.submit();
    expect([open?.key, session.trouble.value?.kind, server.calls]).toEqual(["verdict", "incomplete", []]);
    answer();
    expect(session.trouble.value).toBeNull();
  });

  it("does not submit over an input that cannot be read", async () => {
    answer();
    session.task.value?.store.setUnreadable("amount", true);
    expect((await session.submit())?.key).toBe("amount");
  });

  it("submits answer, hashes and time, and puts the next item on the desk at once", async () => {
    server.nextWork = { ...work("Next"), assignment: "a2" };
    answer();
    await session.submit();
    expect(server.bodies[0]).toMatchObject({ hashes: { text: "hash" }, schema_version: 1 });
    expect(server.bodies[0]?.result[0]?.value).toEqual({ choices: ["breach"] });
    expect([session.task.value?.work.assignment, moved]).toEqual(["a2", ["a2"]]);
  });

  it("tells of an item before it is shown, so that what shows it can be fetched", async () => {
    const told: string[] = [];
    const its = new Server();
    const other = new LabelSession(work("Some text"), its, {
      made: (next) => told.push(`made ${next.assignment}`),
      moved: (next) => told.push(`moved ${next?.assignment}`),
    });
    its.aheadAnswers = [{ kind: "ok", value: { ...work("Next"), assignment: "a2" } }];
    await vi.advanceTimersByTimeAsync(1000);
    const task = other.task.value;
    if (task) toggleChoice(task.store, "verdict", "breach");
    await other.submit();
    expect(told).toEqual(["made a1", "made a2", "moved a2"]);
    other.stop();
  });

  it("does not submit an item that nobody has seen: a key that bounces, or is held down", async () => {
    const filled = [wire("verdict", "choices", { choices: ["none"] })];
    server.aheadAnswers = [{ kind: "ok", value: { ...work("Next", filled), assignment: "a2" } }];
    await vi.advanceTimersByTimeAsync(1_000);
    answer();
    void session.submit();
    await vi.advanceTimersByTimeAsync(299);
    await session.submit();
    expect([session.task.value?.work.assignment, server.sentTo]).toEqual(["a2", ["a1"]]);
    await vi.advanceTimersByTimeAsync(1);
    await session.submit();
    expect(server.sentTo).toEqual(["a1", "a2"]);
  });

  it("submits at once what was answered within that time", async () => {
    server.aheadAnswers = [{ kind: "ok", value: { ...work("Next"), assignment: "a2" } }];
    await vi.advanceTimersByTimeAsync(1_000);
    answer();
    void session.submit();
    answer();
    await session.submit();
    expect(server.sentTo).toEqual(["a1", "a2"]);
  });

  it("sends one submit at a double click", async () => {
    answer();
    await Promise.all([session.submit(), session.submit(), session.submit()]);
    expect(server.calls.filter((call) => call === "submit")).toHaveLength(1);
  });

  it("sends no draft after a submit", async () => {
    answer();
    await session.submit();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.calls.filter((call) => call === "draft")).toEqual([]);
    expect([session.task.value, moved]).toEqual([null, [null]]);
  });

  it("keeps the answer when the submit is refused, and goes on saving", async () => {
    server.submitAnswers = [{ kind: "refused", problem: PROBLEM }];
    answer();
    await session.submit();
    expect(session.trouble.value).toEqual({ kind: "problem", problem: PROBLEM });
    expect([session.outbox.waiting.value, session.outbox.returned.value]).toEqual([[], []]);
    await vi.advanceTimersByTimeAsync(600);
    expect(server.calls).toEqual(["submit", "ahead a1", "draft"]);
    await session.submit();
    expect([server.sentTo, session.task.value]).toEqual([["a1", "a1"], null]);
  });

  it("takes the new lease from a saved draft, by the server's own clock", async () => {
    answer();
    await vi.advanceTimersByTimeAsync(600);
    expect(session.task.value?.lease.until.value).toBe(Date.now() + 30 * 60_000);
  });

  it("shows a draft that the server refuses, until one is saved", async () => {
    server.draftAnswers = [{ kind: "refused", problem: PROBLEM }];
    answer();
    await vi.advanceTimersByTimeAsync(600);
    expect(session.trouble.value).toEqual({ kind: "problem", problem: PROBLEM });
    answer();
    await vi.advanceTimersByTimeAsync(600);
    expect(session.trouble.value).toBeNull();
  });

  it("leads to the question that a refusal names", async () => {
    server.submitAnswers = [{ kind: "refused", problem: { ...PROBLEM, where: "questions.span[2]" } }];
    answer();
    expect((await session.submit())?.key).toBe("span");
  });

  it("skips with a reason", async () => {
    await session.skip("not_my_field", "");
    expect([server.calls, session.task.value]).toEqual([["skip not_my_field"], null]);
  });

  it("looks again when nothing was left", async () => {
    await session.skip("other", "");
    server.nextWork = { ...work("New"), assignment: "a3" };
    await session.lookForNext();
    expect(session.task.value?.work.assignment).toBe("a3");
  });

  it("changes nothing of a submitted answer", async () => {
    const shown = new LabelSession({ ...work("Some text"), submitted: true }, server);
    await shown.submit();
    await shown.skip("other", "");
    expect(server.calls).toEqual([]);
  });
});
