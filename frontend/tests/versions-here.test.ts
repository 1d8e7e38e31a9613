import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setText, toggleChoice } from "../src/core/answers";
import { Autosave } from "../src/core/autosave";
import type { Draft, Result, Work } from "../src/core/contracts";
import { Device, type KeptDraft, PAGE_ONLY } from "../src/core/device";
import { fingerprint } from "../src/core/fingerprint";
import { LabelSession } from "../src/core/session";
import type { Word } from "../src/core/tabs";
import { Server } from "./server";
import { wire, work } from "./support";

const choice = (key: string): Result => [wire("verdict", "choices", { choices: [key] })];
const BREACH = choice("breach");
const NONE = choice("none");
const STARS: Result = [wire("stars", "rating", { rating: 3 })];
const EXAM = { attempt: "e", title: "", until: "", seconds_left: 60, at: 1, of: 2 };

let server: Server;
let device: Device;
let speak: (word: Word) => void = () => {};

beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
});
afterEach(() => vi.useRealTimers());

function kept(result: Result, more: Partial<KeptDraft> = {}): KeptDraft {
  return {
    assignment: "a1",
    tab: "t",
    revision: 3,
    result,
    unconfirmed: [],
    seconds: 0,
    at: Date.now(),
    ...more,
  };
}

function open(given: Partial<Work> = {}, drafts: readonly KeptDraft[] = []): LabelSession {
  device = new Device(PAGE_ONLY, "t", { drafts, letters: [] });
  const tabs = {
    tell: () => {},
    listen: (listener: (word: Word) => void) => {
      speak = listener;
      return () => {};
    },
  };
  return new LabelSession({ ...work("Some text"), ...given }, server, {}, { device, tabs });
}

function desk(session: LabelSession) {
  const task = session.task.peek();
  if (!task) throw new Error("nothing on the desk");
  return { task, store: task.store, state: task.autosave.state };
}

const values = (session: LabelSession): unknown[] =>
  desk(session)
    .store.result()
    .map((one) => one.value);

describe("a submit where the server has a newer draft from elsewhere", () => {
  it.each([
    ["one", {}],
    ["a question of an exam", { exam: EXAM }],
  ])("asks which of the two it is, and then goes through: %s", async (_name, given) => {
    const session = open(given);
    toggleChoice(desk(session).store, "verdict", "breach");
    server.drafts.set("a1", { revision: 5, result: NONE });
    await session.submit();
    expect(desk(session).state.value).toMatchObject({ kind: "stale", theirs: { revision: 5, result: NONE } });
    expect([session.trouble.value, session.activity.value]).toEqual([null, "idle"]);
    await desk(session).task.autosave.resolve("mine");
    await session.submit();
    const { revision, result } = server.bodies.at(-1) ?? {};
    expect([revision, result?.map((one) => one.value), session.task.value]).toEqual([
      6,
      [{ choices: ["breach"] }],
      null,
    ]);
  });

  it("of a question of an exam goes on top of it when it was sent from here", async () => {
    const session = open({ exam: EXAM });
    const { task, store } = desk(session);
    toggleChoice(store, "verdict", "breach");
    // The draft arrives, its answer does not.
    const save = server.saveDraft.bind(server);
    server.saveDraft = async (id, body) => {
      await save(id, body);
      return { kind: "unreachable" };
    };
    await task.autosave.flush();
    server.saveDraft = save;
    toggleChoice(store, "topics", "pay");
    await session.submit();
    expect([server.bodies.map((body) => body.revision), session.task.value]).toEqual([[0, 1], null]);
  });
});

describe("versions that this device kept", () => {
  it("are asked about one after another, and forgotten only then", async () => {
    const stored: Draft = { revision: 5, result: NONE };
    server.drafts.set("a1", stored);
    const session = open({ draft: stored }, [
      kept(BREACH),
      kept(STARS, { tab: "x", at: Date.now() - 1 }),
      kept([...BREACH, ...STARS], { tab: "y", at: Date.now() - 2 }),
    ]);
    const { autosave } = desk(session).task;
    const asked = (): unknown =>
      autosave.state.value.kind === "stale" ? autosave.state.value.theirs.result : null;
    expect(asked()).toEqual(NONE);
    await autosave.resolve("theirs");
    expect([asked(), values(session)]).toEqual([STARS, [{ choices: ["none"] }]]);
    expect(device.drafts("a1").map((one) => one.tab)).toEqual(["t", "x", "y"]);
    await autosave.resolve("mine");
    expect(asked()).toEqual([...BREACH, ...STARS]);
    expect(server.calls).not.toContain("draft");
    await autosave.resolve("theirs");
    expect([server.drafts.get("a1")?.result.length, device.drafts("a1")]).toEqual([2, []]);
    expect(server.drafts.get("a1")?.revision).toBe(6);
  });

  it("are not asked about again once they were put aside", async () => {
    const stored: Draft = { revision: 5, result: NONE };
    server.drafts.set("a1", stored);
    const session = open({ draft: stored }, [kept(BREACH)]);
    await desk(session).task.autosave.resolve("theirs");
    expect(device.drafts("a1").map((one) => one.result)).toEqual([null]);
  });

  it("are no others when the server has what was sent before they were kept", async () => {
    const session = open({ draft: { revision: 3, result: [] } }, [
      kept(BREACH, { unconfirmed: [fingerprint(NONE)] }),
    ]);
    // It was on its way, and arrives only now.
    server.drafts.set("a1", { revision: 4, result: NONE });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(desk(session).state.value.kind).toBe("saved");
    expect(server.drafts.get("a1")).toMatchObject({ revision: 5, result: desk(session).store.result() });
  });
});

describe("what was sent without an answer", () => {
  it("does not grow with the tries, and is short", async () => {
    let result: Result = BREACH;
    const autosave = new Autosave<Draft, Result>(
      {
        read: () => result,
        save: async () => ({ kind: "unreachable" }),
        contentOf: (draft) => draft.result,
        take: () => {},
      },
      null,
    );
    autosave.changed();
    for (let turn = 0; turn < 50; turn += 1) await autosave.flush();
    result = NONE;
    autosave.changed();
    await autosave.flush();
    expect(autosave.unconfirmed).toEqual([fingerprint(BREACH), fingerprint(NONE)]);
    expect(JSON.stringify(autosave.unconfirmed).length).toBeLessThan(40);
  });

  it("is known again whatever the order of the keys, and not where a value differs", () => {
    const [one] = BREACH;
    const reversed = [Object.fromEntries(Object.entries(one ?? {}).reverse())];
    expect(fingerprint(reversed)).toBe(fingerprint(BREACH));
    expect(fingerprint(NONE)).not.toBe(fingerprint(BREACH));
    expect(fingerprint([{ a: [1, 2] }])).not.toBe(fingerprint([{ a: [2, 1] }]));
  });
});

describe("a change while an answer is being handed in", () => {
  it("is saved when the server refuses the answer", async () => {
    const session = open();
    const { store, task } = desk(session);
    toggleChoice(store, "verdict", "breach");
    await task.autosave.flush();
    const refusal = { status: 422, code: "invalid_label", title: "", detail: "", action: "", where: null };
    server.submitAnswers = [{ kind: "refused", problem: refusal }];
    const done = session.submit();
    await Promise.resolve();
    expect(session.activity.value).toBe("submitting");
    setText(store, "note", 0, "One more word.");
    await done;
    await vi.advanceTimersByTimeAsync(250);
    expect(device.drafts("a1")[0]?.result?.map((one) => one.from_name)).toEqual(["verdict", "note"]);
    await vi.advanceTimersByTimeAsync(600);
    expect(server.drafts.get("a1")?.result.map((one) => one.from_name)).toEqual(["verdict", "note"]);
  });
});

describe("the time of an answer", () => {
  it("ends when it is handed in, however often it is tried", async () => {
    const session = open();
    await vi.advanceTimersByTimeAsync(10_000);
    toggleChoice(desk(session).store, "verdict", "breach");
    server.submitAnswers = [{ kind: "unreachable" }, { kind: "unreachable" }];
    await session.submit();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.bodies.map((body) => body.seconds)).toEqual([10, 10, 10]);
  });

  it("goes on where the answer came back, without the time in between", async () => {
    const session = open();
    const { store, task } = desk(session);
    await vi.advanceTimersByTimeAsync(10_000);
    toggleChoice(store, "verdict", "breach");
    const refusal = { status: 422, code: "invalid_label", title: "", detail: "", action: "", where: null };
    server.submit = async () => {
      await vi.advanceTimersByTimeAsync(20_000);
      return { kind: "refused", problem: refusal };
    };
    await session.submit();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(task.clock.seconds).toBe(15);
  });

  it("does not count on a page that was out of sight when it came", () => {
    const place = {
      device: new Device(),
      tabs: { tell: () => {}, listen: () => () => {} },
      hidden: () => true,
    };
    const session = new LabelSession(work("Some text"), server, {}, place);
    vi.advanceTimersByTime(30_000);
    expect(desk(session).task.clock.seconds).toBe(0);
  });
});

describe("another tab's draft", () => {
  it("is one step that undo takes back, with the steps before it", async () => {
    const session = open();
    const { store, task } = desk(session);
    toggleChoice(store, "verdict", "breach");
    // What was written here is with the server before the other tab goes on.
    await task.autosave.flush();
    speak({ kind: "saved", assignment: "a1", draft: { revision: 9, result: [...NONE, ...STARS] } });
    expect(values(session)).toEqual([{ choices: ["none"] }, { rating: 3 }]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.calls.filter((call) => call === "draft")).toHaveLength(1);
    store.undo();
    expect(values(session)).toEqual([{ choices: ["breach"] }]);
    store.undo();
    expect(values(session)).toEqual([]);
  });
});
