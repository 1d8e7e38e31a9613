import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Autosave } from "../src/core/autosave";
import type { Draft, Problem, Result } from "../src/core/contracts";
import type { Outcome, SavedDraft } from "../src/core/transport";
import { wire } from "./support";

const PROBLEM: Problem = {
  status: 403,
  code: "lease_expired",
  title: "",
  detail: "",
  action: "",
  where: null,
};
const MINE: Result = [wire("stars", "rating", { rating: 1 })];
const OTHER: Result = [wire("stars", "rating", { rating: 5 })];

/** A server that answers as it is told, in turn, and keeps what it was sent. */
class Server {
  readonly sent: { readonly revision: number; readonly result: Result }[] = [];
  answers: Outcome<SavedDraft>[] = [];
  taken: Result | null = null;
  result: Result = MINE;
  hold: Promise<void> = Promise.resolve();

  open(draft: Draft | null = null): Autosave {
    return new Autosave(
      {
        read: () => this.result,
        save: async (revision, result) => {
          this.sent.push({ revision, result });
          await this.hold;
          return this.answers.shift() ?? ok(revision + 1);
        },
        contentOf: (draft) => draft.result,
        take: (draft) => {
          this.taken = draft.result;
        },
      },
      draft,
    );
  }
}

function ok(revision: number): Outcome<SavedDraft> {
  return { kind: "ok", value: { revision, saved_at: "2026-11-20T10:00:00Z", lease_until: null } };
}

function stale(theirs: Draft): Outcome<SavedDraft> {
  return { kind: "refused", problem: { ...PROBLEM, status: 409, code: "stale_draft" }, theirs };
}

let server: Server;
beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
});
afterEach(() => vi.useRealTimers());

describe("Autosave", () => {
  it("says nothing of saving before anything changed, and saved for a draft that is there", () => {
    expect(server.open().state.value.kind).toBe("untouched");
    expect(server.open({ revision: 2, result: [] }).state.value.kind).toBe("saved");
  });

  it("saves 600 ms after the last change, once", async () => {
    const autosave = server.open();
    autosave.changed();
    await vi.advanceTimersByTimeAsync(500);
    autosave.changed();
    await vi.advanceTimersByTimeAsync(599);
    expect([server.sent.length, autosave.state.value.kind]).toEqual([0, "waiting"]);
    await vi.advanceTimersByTimeAsync(1);
    expect([server.sent.length, autosave.state.value.kind]).toEqual([1, "saved"]);
  });

  it("tells once that a change waits, however many there are", () => {
    const autosave = server.open();
    const told: string[] = [];
    const stop = autosave.state.subscribe((state) => told.push(state.kind));
    for (let at = 0; at < 5; at += 1) autosave.changed();
    stop();
    expect(told).toEqual(["untouched", "waiting"]);
  });

  it("says saved only after the server answered", async () => {
    let answer = (): void => {};
    server.hold = new Promise((resolve) => {
      answer = resolve;
    });
    const autosave = server.open();
    autosave.changed();
    await vi.advanceTimersByTimeAsync(5000);
    expect([autosave.state.value.kind, autosave.unsaved]).toEqual(["saving", true]);
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect([autosave.state.value.kind, autosave.unsaved]).toEqual(["saved", false]);
  });

  it("carries the revision it was given last", async () => {
    const autosave = server.open({ revision: 3, result: [] });
    autosave.changed();
    await autosave.flush();
    autosave.changed();
    await autosave.flush();
    expect(server.sent.map((one) => one.revision)).toEqual([3, 4]);
  });

  it("sends a change made during a save afterwards, never at the same time", async () => {
    let answer = (): void => {};
    server.hold = new Promise((resolve) => {
      answer = resolve;
    });
    const autosave = server.open();
    autosave.changed();
    await vi.advanceTimersByTimeAsync(600);
    autosave.changed();
    await vi.advanceTimersByTimeAsync(5000);
    expect(server.sent).toHaveLength(1);
    answer();
    await vi.advanceTimersByTimeAsync(700);
    expect(server.sent.map((one) => one.revision)).toEqual([0, 1]);
    expect(autosave.state.value.kind).toBe("saved");
  });

  it("tries again with growing waits when nobody answers, and keeps saying so", async () => {
    server.answers = [{ kind: "unreachable" }, { kind: "unreachable" }, { kind: "unreachable" }];
    const autosave = server.open();
    autosave.changed();
    await vi.advanceTimersByTimeAsync(600);
    expect(autosave.state.value.kind).toBe("retrying");
    autosave.changed();
    expect(autosave.state.value.kind).toBe("retrying");
    await vi.advanceTimersByTimeAsync(1000);
    expect(server.sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1999);
    expect(server.sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1 + 4000);
    expect([server.sent.length, autosave.state.value.kind]).toEqual([4, "saved"]);
  });

  it("tries at once when asked to", async () => {
    server.answers = [{ kind: "unreachable" }];
    const autosave = server.open();
    autosave.changed();
    await autosave.flush();
    await autosave.flush();
    expect([server.sent.length, autosave.state.value.kind]).toEqual([2, "saved"]);
  });

  it("keeps this answer when another was saved, and asks", async () => {
    server.answers = [stale({ revision: 9, result: OTHER })];
    const autosave = server.open();
    autosave.changed();
    await autosave.flush();
    autosave.changed();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([server.sent.length, autosave.state.value.kind, server.taken]).toEqual([1, "stale", null]);
  });

  it("writes over the other version with its revision when told to keep this one", async () => {
    server.answers = [stale({ revision: 9, result: OTHER })];
    const autosave = server.open();
    autosave.changed();
    await autosave.flush();
    await autosave.resolve("mine");
    expect(server.sent[1]).toEqual({ revision: 9, result: MINE });
    expect(autosave.state.value.kind).toBe("saved");
  });

  it("shows the other version when told to take it, and sends nothing", async () => {
    server.answers = [stale({ revision: 9, result: OTHER })];
    const autosave = server.open();
    autosave.changed();
    await autosave.flush();
    await autosave.resolve("theirs");
    expect([server.taken, server.sent.length, autosave.state.value.kind]).toEqual([OTHER, 1, "saved"]);
    autosave.changed();
    await autosave.flush();
    expect(server.sent[1]?.revision).toBe(9);
  });

  it("sees that a lost answer was a saved draft, whatever the order of keys", async () => {
    server.answers = [
      stale({ revision: 4, result: [{ ...wire("stars", "rating", { rating: 1 }) }].map(reversed) }),
    ];
    const autosave = server.open({ revision: 3, result: [] });
    autosave.changed();
    await autosave.flush();
    expect(autosave.state.value.kind).toBe("saved");
    autosave.changed();
    await autosave.flush();
    expect(server.sent[1]?.revision).toBe(4);
  });

  it("takes its own earlier version, whose answer was lost, for no conflict, and sends what came after", async () => {
    server.answers = [{ kind: "unreachable" }, stale({ revision: 4, result: MINE })];
    const autosave = server.open({ revision: 3, result: [] });
    autosave.changed();
    await autosave.flush();
    server.result = OTHER;
    autosave.changed();
    await vi.advanceTimersByTimeAsync(5000);
    expect(server.sent.map((one) => one.revision)).toEqual([3, 3, 4]);
    expect([server.sent[2]?.result, autosave.state.value.kind]).toEqual([OTHER, "saved"]);
  });

  it("shows a refusal, and tries again at the next change", async () => {
    server.answers = [{ kind: "refused", problem: PROBLEM }];
    const autosave = server.open();
    autosave.changed();
    await autosave.flush();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([autosave.state.value.kind, server.sent.length, autosave.unsaved]).toEqual(["refused", 1, true]);
    autosave.changed();
    await vi.advanceTimersByTimeAsync(600);
    expect(autosave.state.value.kind).toBe("saved");
  });

  it("sends nothing after it is closed, and goes on when it is reopened", async () => {
    const autosave = server.open();
    autosave.changed();
    await autosave.close();
    await vi.advanceTimersByTimeAsync(5000);
    expect(server.sent).toHaveLength(0);
    autosave.reopen();
    await vi.advanceTimersByTimeAsync(600);
    expect(server.sent).toHaveLength(1);
  });

  it("waits for the save under way before it closes", async () => {
    let answer = (): void => {};
    server.hold = new Promise((resolve) => {
      answer = resolve;
    });
    const autosave = server.open();
    autosave.changed();
    void autosave.flush();
    let closed = false;
    const closing = autosave.close().then(() => {
      closed = true;
    });
    await vi.advanceTimersByTimeAsync(10);
    expect(closed).toBe(false);
    answer();
    await closing;
    expect(closed).toBe(true);
  });
});

function reversed<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).reverse()) as T;
}
