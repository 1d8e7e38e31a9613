import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { toggleChoice } from "../src/core/answers";
import type { Problem, Work } from "../src/core/contracts";
import { LabelSession } from "../src/core/session";
import type { Outcome, SavedDraft, SubmitBody, Submitted, Transport } from "../src/core/transport";
import { work } from "./support";

const PROBLEM: Problem = {
  status: 422,
  code: "invalid_label",
  title: "",
  detail: "No.",
  action: "Change it.",
  where: null,
};

/** Says yes to everything, in the order asked, and keeps the order. */
class Server implements Transport {
  readonly calls: string[] = [];
  bodies: SubmitBody[] = [];
  submitAnswers: Outcome<Submitted>[] = [];
  draftAnswers: Outcome<SavedDraft>[] = [];
  nextWork: Work | null = null;

  async next(): Promise<Outcome<Work | null>> {
    this.calls.push("next");
    return { kind: "ok", value: this.nextWork };
  }
  async saveDraft(_id: string, body: { revision: number }): ReturnType<Transport["saveDraft"]> {
    this.calls.push("draft");
    const told = this.draftAnswers.shift();
    if (told) return told;
    return {
      kind: "ok",
      value: {
        revision: body.revision + 1,
        saved_at: "2030-01-01T00:00:00Z",
        lease_until: "2030-01-01T00:30:00Z",
      },
    };
  }
  async heartbeat(): ReturnType<Transport["heartbeat"]> {
    this.calls.push("heartbeat");
    return { kind: "ok", value: { lease_until: "2030-01-01T01:00:00Z", now: "2030-01-01T00:00:00Z" } };
  }
  async extend(_id: string, minutes: number): ReturnType<Transport["extend"]> {
    this.calls.push(`extend ${minutes}`);
    const value = { lease_until: "2030-01-01T02:00:00Z", now: "2030-01-01T00:00:00Z", extended: minutes };
    return { kind: "ok", value };
  }
  async submit(_id: string, body: SubmitBody): Promise<Outcome<Submitted>> {
    this.calls.push("submit");
    this.bodies.push(body);
    await Promise.resolve();
    return (
      this.submitAnswers.shift() ?? {
        kind: "ok",
        value: { annotation: "x", surplus: false, next: this.nextWork },
      }
    );
  }
  async skip(_id: string, reason: string): Promise<Outcome<{ next: Work | null }>> {
    this.calls.push(`skip ${reason}`);
    return { kind: "ok", value: { next: this.nextWork } };
  }
  dispute(): never {
    throw new Error("not asked here");
  }
  saveDecision(): never {
    throw new Error("not asked here");
  }
  decide(): never {
    throw new Error("not asked here");
  }
  hold(): never {
    throw new Error("not asked here");
  }
}

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

  it("sends one submit at a double click", async () => {
    answer();
    await Promise.all([session.submit(), session.submit(), session.submit()]);
    expect(server.calls.filter((call) => call === "submit")).toHaveLength(1);
  });

  it("sends no draft after a submit", async () => {
    answer();
    await session.submit();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.calls).toEqual(["submit"]);
    expect([session.task.value, moved]).toEqual([null, [null]]);
  });

  it("keeps the answer when the submit is refused or lost, and goes on saving", async () => {
    server.submitAnswers = [{ kind: "refused", problem: PROBLEM }, { kind: "unreachable" }];
    answer();
    await session.submit();
    expect(session.trouble.value).toEqual({ kind: "problem", problem: PROBLEM });
    await vi.advanceTimersByTimeAsync(600);
    expect(server.calls).toEqual(["submit", "draft"]);
    await session.submit();
    expect([session.trouble.value?.kind, session.task.value?.store.result().length]).toEqual([
      "unreachable",
      1,
    ]);
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
