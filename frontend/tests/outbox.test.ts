import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  Device,
  type Found,
  type Kept,
  type KeptDraft,
  type KeptKind,
  type Letter,
  type Shelf,
} from "../src/core/device";
import { fingerprint } from "../src/core/fingerprint";
import { Outbox } from "../src/core/outbox";
import { PROBLEM, Server } from "./server";
import { wire } from "./support";

const RESULT = [wire("verdict", "choices", { choices: ["breach"] })];
const OTHER = [wire("verdict", "choices", { choices: ["none"] })];

/** A disk that tests can look at, and that outlives a page. */
class Disk implements Shelf {
  readonly lasting = true;
  readonly kept = new Map<string, Kept>();

  async put(kind: KeptKind, key: string, value: Kept): Promise<boolean> {
    this.kept.set(`${kind} ${key}`, structuredClone(value));
    return true;
  }
  async remove(kind: KeptKind, key: string): Promise<void> {
    this.kept.delete(`${kind} ${key}`);
  }
  found(): Found {
    const of = (kind: KeptKind): Kept[] =>
      [...this.kept].filter(([key]) => key.startsWith(kind)).map(([, one]) => one);
    return { drafts: of("draft") as KeptDraft[], letters: of("letter") as Letter[] };
  }
}

function letter(assignment: string, more: Partial<Letter> = {}): Letter {
  const body = { result: RESULT, hashes: {}, seconds: 1, schema_version: 1, revision: 2 };
  return {
    assignment,
    project: "p1",
    title: "Some text",
    body,
    unconfirmed: [],
    at: Date.now(),
    refusal: null,
    ...more,
  };
}

let server: Server;
let disk: Disk;
const heard: string[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
  disk = new Disk();
  heard.length = 0;
});
afterEach(() => vi.useRealTimers());

function outbox(): Outbox {
  return new Outbox(new Device(disk, "t", disk.found()), server, {
    sent: (one) => heard.push(`sent ${one.assignment}`),
    returned: (one) => heard.push(`returned ${one.assignment}`),
  });
}

function post(box: Outbox, one: Letter): ReturnType<Outbox["post"]> {
  return box.post(one, async () => one, false);
}

describe("Device", () => {
  it("does not last while anything of it could not be written, whatever was written since", async () => {
    const full = new Set(["letter a1"]);
    const shelf = {
      lasting: true,
      put: async (kind: KeptKind, key: string) => !full.has(`${kind} ${key}`),
      remove: async () => {},
    };
    const device = new Device(shelf, "t");
    await device.keepLetter(letter("a1"));
    await device.keepDraft({ assignment: "a2", revision: 0, result: [], unconfirmed: [], seconds: 0 });
    expect(device.lasting).toBe(false);
    full.clear();
    await device.keepLetter(letter("a1"));
    expect(device.lasting).toBe(true);
    full.add("letter a3");
    await device.keepLetter(letter("a3"));
    await device.dropLetter("a3");
    expect(device.lasting).toBe(true);
  });
});

describe("Outbox", () => {
  it("keeps an answer on the device until the server has confirmed it", async () => {
    const done = post(outbox(), letter("a1"));
    expect([...disk.kept.keys()]).toEqual(["letter a1"]);
    expect((await done).kind).toBe("sent");
    expect([[...disk.kept.keys()], heard]).toEqual([[], ["sent a1"]]);
  });

  it("sends in order, tries again with growing pauses, and says that it is offline", async () => {
    const box = outbox();
    server.submitAnswers = [{ kind: "unreachable" }, { kind: "unreachable" }];
    expect((await post(box, letter("a1"))).kind).toBe("kept");
    expect((await post(box, letter("a2"))).kind).toBe("kept");
    expect([box.link.value, box.waiting.value.length, server.sentTo]).toEqual(["down", 2, ["a1"]]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(server.sentTo).toEqual(["a1", "a1"]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(server.sentTo).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([box.link.value, server.sentTo, heard]).toEqual([
      "up",
      ["a1", "a1", "a1", "a2"],
      ["sent a1", "sent a2"],
    ]);
  });

  it("goes on after a reload, and a second sending is no second answer", async () => {
    server.submitAnswers = [{ kind: "unreachable" }];
    const closed = outbox();
    await post(closed, letter("a1"));
    closed.stop();
    const box = outbox();
    expect([box.has("a1"), box.waiting.value.length]).toEqual([true, 1]);
    await box.flush();
    expect([server.sentTo, heard, disk.kept.size]).toEqual([["a1", "a1"], ["sent a1"], 0]);
  });

  it("keeps what is refused, with the reason, until somebody takes it; the others go on", async () => {
    server.submitAnswers = [{ kind: "unreachable" }, { kind: "refused", problem: PROBLEM }];
    const box = outbox();
    await post(box, letter("a1"));
    await post(box, letter("a2"));
    await box.flush();
    expect(heard).toEqual(["returned a1", "sent a2"]);
    expect(outbox().returned.value.map((one) => [one.assignment, one.refusal])).toEqual([["a1", PROBLEM]]);
    expect(box.take("a1")?.body.result).toEqual(RESULT);
    expect([box.returned.value, [...disk.kept.keys()]]).toEqual([[], ["draft a1 t"]]);
  });

  it("waits for the same person where somebody else, or nobody, is signed in", async () => {
    const out = { kind: "refused", problem: { ...PROBLEM, status: 403, code: "not_logged_in" } } as const;
    const other = { kind: "refused", problem: { ...PROBLEM, status: 409, code: "other_account" } } as const;
    server.submitAnswers = [out, other];
    const box = outbox();
    await post(box, letter("a1"));
    expect([box.link.value, box.waiting.value.length, disk.kept.size]).toEqual(["signed_out", 1, 1]);
    await vi.advanceTimersByTimeAsync(15_000);
    expect([box.link.value, server.sentTo.length]).toEqual(["signed_out", 2]);
    await box.flush();
    expect([box.link.value, heard, disk.kept.size]).toEqual(["up", ["sent a1"], 0]);
  });

  it("goes on top of a newer draft that was sent from here, and not of one from elsewhere", async () => {
    const stale = (result: Letter["body"]["result"]) =>
      ({
        kind: "refused",
        problem: { ...PROBLEM, code: "stale_draft" },
        theirs: { revision: 3, result },
      }) as const;
    server.submitAnswers = [
      stale(OTHER),
      { kind: "ok", value: { annotation: "x", surplus: false, next: null } },
      stale(OTHER),
    ];
    const box = outbox();
    await post(box, letter("a1", { unconfirmed: [fingerprint(OTHER)] }));
    expect([heard, server.bodies.map((body) => body.revision)]).toEqual([["sent a1"], [2, 3]]);
    expect((await post(box, letter("a2"))).kind).toBe("refused");
  });

  it("keeps the order in which answers were handed in, also over a reload after tries", async () => {
    server.submitAnswers = [{ kind: "unreachable" }];
    const closed = outbox();
    const fresh = async (): Promise<Letter> => letter("a1");
    await closed.post(letter("a1"), fresh, false);
    vi.advanceTimersByTime(500);
    await closed.post(letter("a2"), async () => letter("a2"), false);
    server.submitAnswers = [{ kind: "unreachable" }];
    vi.advanceTimersByTime(100);
    await closed.flush();
    closed.stop();
    expect(outbox().waiting.value.map((one) => one.assignment)).toEqual(["a1", "a2"]);
  });

  it("is sent only when nothing older is under way for it", async () => {
    const box = outbox();
    let free: () => void = () => {};
    const under = new Promise<void>((settle) => {
      free = settle;
    });
    const later = letter("a1", { body: { ...letter("a1").body, revision: 9 } });
    const done = box.post(letter("a1"), () => under.then(() => later), true);
    await vi.advanceTimersByTimeAsync(100);
    expect(server.sentTo).toEqual([]);
    free();
    await done;
    expect(server.bodies[0]?.revision).toBe(9);
  });

  it("brings an answer back to which another was submitted first, and says nothing of it as sent", async () => {
    const box = outbox();
    await post(box, letter("a1"));
    heard.length = 0;
    const other = letter("a1", { body: { ...letter("a1").body, result: OTHER } });
    expect(await post(box, other)).toMatchObject({ kind: "refused", theirs: { result: RESULT } });
    await vi.advanceTimersByTimeAsync(0);
    expect(heard).toEqual(["returned a1"]);
    expect([...disk.kept.keys()]).toEqual(["letter a1"]);
    expect(outbox().returned.value[0]?.body.result).toEqual(OTHER);
  });

  it("keeps what was put aside with an answer that is refused", async () => {
    server.submitAnswers = [{ kind: "refused", problem: PROBLEM }];
    await post(outbox(), letter("a1", { dismissed: ["s1"] }));
    expect(disk.found().drafts[0]?.dismissed).toEqual(["s1"]);
  });
});

describe("an answer on which the server fails", () => {
  const FAILED = { kind: "unreachable", failed: true } as const;

  it("lets the others go first after the third time, and is not given up", async () => {
    server.submitAnswers = [FAILED, FAILED, FAILED];
    const box = outbox();
    expect((await post(box, letter("a1"))).kind).toBe("kept");
    expect(box.link.value).toBe("failing");
    await post(box, letter("a2"));
    expect([server.sentTo, heard]).toEqual([["a1", "a1"], []]);
    server.submitAnswers = [
      FAILED,
      { kind: "ok", value: { annotation: "x", surplus: false, next: null } },
      FAILED,
    ];
    await vi.advanceTimersByTimeAsync(2_000);
    expect([server.sentTo.slice(2), heard]).toEqual([["a1", "a2"], ["sent a2"]]);
    expect([box.link.value, box.isBehind("a1"), box.isStuck]).toEqual(["failing", true, true]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(server.sentTo.slice(4)).toEqual(["a1"]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect([heard, box.link.value, disk.kept.size]).toEqual([["sent a2", "sent a1"], "up", 0]);
  });

  it("does not hold up what is handed in later, also after a reload", async () => {
    server.submitAnswers = [FAILED, FAILED, FAILED];
    const closed = outbox();
    await post(closed, letter("a1"));
    await vi.advanceTimersByTimeAsync(5_000);
    closed.stop();
    expect(server.sentTo).toEqual(["a1", "a1", "a1"]);
    const box = outbox();
    expect((await post(box, letter("a2"))).kind).toBe("sent");
    expect(server.sentTo.slice(3, 4)).toEqual(["a2"]);
  });

  it("is not one that nobody has seen: then all wait", async () => {
    server.submitAnswers = Array.from({ length: 5 }, () => ({ kind: "unreachable" }) as const);
    const box = outbox();
    await post(box, letter("a1"));
    await post(box, letter("a2"));
    await vi.advanceTimersByTimeAsync(10_000);
    expect([new Set(server.sentTo), box.link.value]).toEqual([new Set(["a1"]), "down"]);
  });
});
