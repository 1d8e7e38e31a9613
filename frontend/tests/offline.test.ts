import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { toggleChoice } from "../src/core/answers";
import type { Work } from "../src/core/contracts";
import { Device, type Found, type Letter, PAGE_ONLY } from "../src/core/device";
import { fingerprint } from "../src/core/fingerprint";
import { LabelSession } from "../src/core/session";
import type { Tabs, Word } from "../src/core/tabs";
import { BREACH, draft, item, NONE } from "./kept";
import { PROBLEM, Server } from "./server";
import { wire } from "./support";

const DOWN = { kind: "unreachable" } as const;

let server: Server;
const moved: (string | null)[] = [];
const told: Word[] = [];
let speak: (word: Word) => void = () => {};
const tabs: Tabs = {
  tell: (word) => told.push(word),
  listen: (listener) => {
    speak = listener;
    return () => {};
  },
};

beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
  moved.length = 0;
  told.length = 0;
});
afterEach(() => vi.useRealTimers());

function open(first: Work, found: Partial<Found> = {}, alive: readonly string[] = []): LabelSession {
  const device = new Device(PAGE_ONLY, "t", { drafts: [], letters: [], ...found }, new Set(alive));
  const events = { moved: (next: Work | null) => moved.push(next?.assignment ?? null) };
  return new LabelSession(first, server, events, { device, tabs });
}

function choose(session: LabelSession, label: string): void {
  const task = session.task.peek();
  if (task) toggleChoice(task.store, "verdict", label);
}

const shown = (session: LabelSession): string | undefined => session.task.peek()?.work.assignment;
const values = (session: LabelSession): unknown[] =>
  session.task
    .peek()
    ?.store.result()
    .map((one) => one.value) ?? [];

describe("the next item", () => {
  it("is asked for while this one is on the desk, and shown in the same turn as the submit", async () => {
    server.aheadAnswers = [{ kind: "ok", value: item("a2") }];
    const session = open(item("a1"));
    await vi.advanceTimersByTimeAsync(200);
    choose(session, "breach");
    void session.submit();
    expect([shown(session), moved, session.activity.value]).toEqual(["a2", ["a2"], "idle"]);
    await vi.advanceTimersByTimeAsync(300);
    expect(server.calls).toEqual(["ahead a1", "submit", "ahead a2"]);
  });

  it("is not asked for while an answer is on its way: the server would name that one's item", async () => {
    server.aheadAnswers = [{ kind: "ok", value: item("a2") }];
    server.submitAnswers = [DOWN];
    const session = open(item("a1"));
    await vi.advanceTimersByTimeAsync(200);
    choose(session, "breach");
    await session.submit();
    await vi.advanceTimersByTimeAsync(500);
    expect(server.calls).toEqual(["ahead a1", "submit"]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(server.calls).toEqual(["ahead a1", "submit", "submit", "ahead a2"]);
  });

  it("is not shown when its time has run out", async () => {
    server.aheadAnswers = [
      { kind: "ok", value: item("a2", { lease_until: new Date(Date.now() + 1_000).toISOString() }) },
    ];
    server.nextWork = item("a3");
    const session = open(item("a1"));
    await vi.advanceTimersByTimeAsync(5_000);
    choose(session, "breach");
    await session.submit();
    expect(shown(session)).toBe("a3");
  });

  it("comes with the answer in an exam, where nothing is put off", async () => {
    const exam = { attempt: "e", title: "", until: "", seconds_left: 60, at: 1, of: 2 };
    const session = open(item("a1", { exam }));
    await vi.advanceTimersByTimeAsync(500);
    choose(session, "breach");
    server.submitAnswers = [DOWN];
    await session.submit();
    expect([server.calls, shown(session), session.trouble.value?.kind]).toEqual([
      ["submit"],
      "a1",
      "unreachable",
    ]);
  });

  it("does not count time before it is shown", async () => {
    server.aheadAnswers = [{ kind: "ok", value: item("a2") }];
    const session = open(item("a1"));
    await vi.advanceTimersByTimeAsync(30_000);
    choose(session, "breach");
    await session.submit();
    expect([server.bodies[0]?.seconds, session.task.peek()?.clock.seconds]).toEqual([30, 0]);
  });
});

describe("without a network", () => {
  it("work goes on with the next item, then waits, and everything arrives once", async () => {
    server.aheadAnswers = [{ kind: "ok", value: item("a2") }];
    const session = open(item("a1"));
    await vi.advanceTimersByTimeAsync(200);
    server.submitAnswers = [DOWN, DOWN];
    server.draftAnswers = [DOWN];
    choose(session, "breach");
    await session.submit();
    choose(session, "none");
    await session.submit();
    expect([shown(session), session.activity.value, session.outbox.waiting.value.length]).toEqual([
      undefined,
      "waiting",
      2,
    ]);
    server.nextWork = item("a3");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.sentTo.slice(-2)).toEqual(["a1", "a2"]);
    expect([shown(session), session.activity.value, session.outbox.waiting.value]).toEqual([
      "a3",
      "idle",
      [],
    ]);
  });

  it("an item whose answer is on its way is not asked for again after a reload", async () => {
    const session0 = open(item("a0"));
    choose(session0, "breach");
    const letter = { ...(session0.task.peek()?.letter() as Letter), assignment: "a1" };
    server.submitAnswers = [DOWN];
    server.nextWork = item("a2");
    const session = open(item("a1"), { letters: [letter] });
    expect([shown(session), session.activity.value]).toEqual([undefined, "waiting"]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect([server.sentTo, shown(session)]).toEqual([["a1", "a1"], "a2"]);
  });

  it("an answer that is refused later can be opened with what was written", async () => {
    server.aheadAnswers = [{ kind: "ok", value: item("a2") }];
    const session = open(item("a1"));
    await vi.advanceTimersByTimeAsync(200);
    choose(session, "breach");
    server.submitAnswers = [DOWN, { kind: "refused", problem: PROBLEM }];
    await session.submit();
    await vi.advanceTimersByTimeAsync(1_000);
    const [letter] = session.outbox.returned.value;
    expect([letter?.title, letter?.refusal, shown(session)]).toEqual(["Text of a1", PROBLEM, "a2"]);
    server.works.set("a1", item("a1"));
    if (letter) await session.reopen(letter);
    expect([shown(session), values(session)]).toEqual(["a1", [{ choices: ["breach"] }]]);
    expect([session.trouble.value, session.outbox.returned.value]).toEqual([
      { kind: "problem", problem: PROBLEM },
      [],
    ]);
  });
});

describe("an answer that came back", () => {
  it("is on the desk again when its item is the next one, with what was written and the reason", async () => {
    server.aheadAnswers = [
      { kind: "ok", value: item("a2") },
      { kind: "ok", value: item("a1", { draft: { revision: 7, result: NONE } }) },
    ];
    server.submitAnswers = [{ kind: "refused", problem: PROBLEM }];
    const session = open(item("a1"));
    await vi.advanceTimersByTimeAsync(200);
    choose(session, "breach");
    await session.submit();
    await vi.advanceTimersByTimeAsync(500);
    choose(session, "breach");
    await session.submit();
    expect([shown(session), values(session)]).toEqual(["a1", [{ choices: ["breach"] }]]);
    expect([session.trouble.value, session.outbox.returned.value]).toEqual([
      { kind: "problem", problem: PROBLEM },
      [],
    ]);
    expect(session.task.peek()?.autosave.state.value).toMatchObject({
      kind: "stale",
      theirs: { revision: 7 },
    });
  });
});

describe("another answer that was submitted first", () => {
  const ANSWER = { result: BREACH, hashes: {}, seconds: 1, schema_version: 1 };

  it("is shown, and what was written here is kept beside it until it is thrown away", async () => {
    const session = open(item("a1"));
    await vi.advanceTimersByTimeAsync(200);
    await server.submit("a1", ANSWER, false);
    server.works.set("a1", item("a1", { submitted: true, draft: { revision: 0, result: BREACH } }));
    choose(session, "none");
    await session.submit();
    const task = session.task.peek();
    expect([task?.readOnly, values(session)]).toEqual([true, [{ choices: ["breach"] }]]);
    const letter = task && session.notSubmitted(task);
    expect(letter?.body.result.map((one) => one.value)).toEqual([{ choices: ["none"] }]);
    if (letter) session.discard(letter);
    expect(task && session.notSubmitted(task)).toBeNull();
  });

  it("comes back while the next item is on the desk", async () => {
    server.aheadAnswers = [{ kind: "ok", value: item("a2") }];
    const session = open(item("a1"));
    await vi.advanceTimersByTimeAsync(200);
    await server.submit("a1", ANSWER, false);
    choose(session, "none");
    await session.submit();
    await vi.advanceTimersByTimeAsync(100);
    const [letter] = session.outbox.returned.value;
    expect([shown(session), letter?.refusal?.code]).toEqual(["a2", "other_answer"]);
    server.works.set("a1", item("a1", { submitted: true, draft: { revision: 0, result: BREACH } }));
    if (letter) await session.reopen(letter);
    const task = session.task.peek();
    expect(task && session.notSubmitted(task)).toBe(letter);
  });

  it("is told of in an exam, and nothing written here goes", async () => {
    const exam = { attempt: "e", title: "", until: "", seconds_left: 60, at: 1, of: 2 };
    const session = open(item("a1", { exam }));
    await server.submit("a1", ANSWER, false);
    choose(session, "none");
    await session.submit();
    expect(session.trouble.value).toMatchObject({ kind: "problem", problem: { code: "other_answer" } });
    expect(values(session)).toEqual([{ choices: ["none"] }]);
    await session.submit();
    expect([session.task.value, session.trouble.value]).toEqual([null, null]);
  });
});

describe("an answer on which the server fails", () => {
  it("does not keep anybody from the next item, although the server counts its item as held", async () => {
    const failed = { kind: "unreachable", failed: true } as const;
    server.submitAnswers = [failed, failed, failed, failed];
    server.nextWork = item("a1");
    const session = open(item("a1"));
    choose(session, "breach");
    await session.submit();
    expect([session.activity.value, session.outbox.link.value]).toEqual(["waiting", "failing"]);
    server.aheadAnswers = [{ kind: "ok", value: item("a2") }];
    await vi.advanceTimersByTimeAsync(3_100);
    expect([shown(session), session.activity.value, server.calls.slice(-2)]).toEqual([
      "a2",
      "idle",
      ["next", "ahead a1"],
    ]);
    choose(session, "none");
    await session.submit();
    expect(server.sentTo).toContain("a2");
  });
});

describe("what was put aside", () => {
  const MARK = wire("span", "labels", { start: 0, end: 4, text: "Text", labels: ["party"] }, "s1");
  const suggestions = [{ id: "p1", model: "m", score: null, result: [MARK] }];

  it("is not forgotten for a kept version that does not say", () => {
    const plain = open(item("a1", { suggestions }));
    plain.task
      .peek()
      ?.suggestions.dismiss(plain.task.peek()?.suggestions.all.map((one) => one.region.id) ?? []);
    const dismissed = plain.task.peek()?.suggestions.dismissed() ?? [];
    expect([dismissed.length, plain.task.peek()?.letter().dismissed]).toEqual([1, dismissed]);
    const stored = { revision: 3, result: NONE, dismissed };
    const session = open(item("a1", { suggestions, draft: stored }), {
      drafts: [draft(BREACH, { revision: 3 })],
    });
    expect(session.task.peek()?.suggestions.dismissed()).toEqual(dismissed);
  });
});

describe("what the device kept", () => {
  it("is used and saved when the server has not moved on", async () => {
    const stored = { revision: 3, result: NONE, seconds: 10 };
    const session = open(item("a1", { draft: stored }), {
      drafts: [draft(BREACH, { revision: 3, seconds: 25 })],
    });
    expect([values(session), session.task.peek()?.clock.seconds]).toEqual([[{ choices: ["breach"] }], 25]);
    await vi.advanceTimersByTimeAsync(10);
    expect(server.calls).toContain("draft");
    expect(session.task.peek()?.autosave.state.value.kind).toBe("saved");
  });

  it("is shown beside the server's version when that has moved on", () => {
    const stored = { revision: 4, result: NONE };
    const session = open(item("a1", { draft: stored }), { drafts: [draft(BREACH, { revision: 3 })] });
    expect(session.task.peek()?.autosave.state.value).toMatchObject({ kind: "stale", theirs: stored });
    expect(values(session)).toEqual([{ choices: ["breach"] }]);
  });

  it("is no other version when what the server has was sent from here", () => {
    const stored = { revision: 4, result: NONE };
    const session = open(item("a1", { draft: stored }), {
      drafts: [draft(BREACH, { revision: 3, unconfirmed: [fingerprint(NONE)] })],
    });
    expect(session.task.peek()?.autosave.state.value.kind).toBe("waiting");
  });

  it("of two closed tabs is shown as two versions; what another open tab keeps is that tab's", async () => {
    const drafts = [draft(BREACH, { tab: "x", at: 2 + Date.now() }), draft(NONE, { tab: "y" })];
    const session = open(item("a1"), { drafts });
    const state = session.task.peek()?.autosave.state;
    expect(state?.value).toMatchObject({ kind: "stale", theirs: { result: NONE } });
    await session.task.peek()?.autosave.resolve("theirs");
    expect([values(session), server.calls]).toEqual([[{ choices: ["none"] }], ["draft"]]);
    expect(values(open(item("a1"), { drafts }, ["x", "y"]))).toEqual([]);
  });

  it("follows a change within a quarter of a second, and goes when the server has it", async () => {
    const device = new Device(PAGE_ONLY, "t");
    const session = new LabelSession(item("a1"), server, {}, { device, tabs });
    choose(session, "breach");
    await vi.advanceTimersByTimeAsync(250);
    expect(device.drafts("a1").map((one) => one.result?.length)).toEqual([1]);
    await vi.advanceTimersByTimeAsync(600);
    expect([server.calls.includes("draft"), device.drafts("a1")]).toEqual([true, []]);
  });
});

describe("two tabs", () => {
  it("what one saves the other shows, and both versions when both changed", async () => {
    const session = open(item("a1"));
    speak({ kind: "saved", assignment: "a1", draft: { revision: 1, result: BREACH } });
    expect([values(session), session.task.peek()?.autosave.revision]).toEqual([[{ choices: ["breach"] }], 1]);
    choose(session, "none");
    speak({ kind: "saved", assignment: "a1", draft: { revision: 2, result: [] } });
    expect(session.task.peek()?.autosave.state.value).toMatchObject({
      kind: "stale",
      theirs: { revision: 2 },
    });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.calls).not.toContain("draft");
  });

  it("an item that was submitted there is done with here", async () => {
    const session = open(item("a1"));
    speak({ kind: "submitted", assignment: "a1" });
    expect(session.trouble.value?.kind).toBe("elsewhere");
    choose(session, "breach");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.calls).toEqual([]);
    server.nextWork = item("a2");
    await session.submit();
    expect([shown(session), server.calls.slice(0, 1)]).toEqual(["a2", ["next"]]);
  });

  it("the next item is not shown when it was submitted there", async () => {
    server.aheadAnswers = [{ kind: "ok", value: item("a2") }];
    server.nextWork = item("a3");
    const session = open(item("a1"));
    await vi.advanceTimersByTimeAsync(200);
    speak({ kind: "submitted", assignment: "a2" });
    choose(session, "breach");
    await session.submit();
    expect(shown(session)).toBe("a3");
  });

  it("time counts in the one where somebody is", () => {
    const session = open(item("a1"));
    session.task.peek()?.input();
    vi.advanceTimersByTime(10_000);
    speak({ kind: "active", assignment: "a1", seconds: 12 });
    vi.advanceTimersByTime(30_000);
    expect(session.task.peek()?.clock.seconds).toBe(12);
    expect(told).toContainEqual({ kind: "active", assignment: "a1", seconds: 0 });
  });
});
