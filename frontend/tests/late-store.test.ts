import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { toggleChoice } from "../src/core/answers";
import { Device, type Letter, PAGE_ONLY } from "../src/core/device";
import { LabelSession } from "../src/core/session";
import { ALONE as tabs } from "../src/core/tabs";
import { BREACH, draft, item } from "./kept";
import { Server } from "./server";

let server: Server;

beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
});
afterEach(() => vi.useRealTimers());

function choose(session: LabelSession, label: string): void {
  const task = session.task.peek();
  if (task) toggleChoice(task.store, "verdict", label);
}

const values = (session: LabelSession): unknown[] =>
  session.task
    .peek()
    ?.store.result()
    .map((one) => one.value) ?? [];

describe("a store that opens after the page went on without it", () => {
  const lasting = { ...PAGE_ONLY, lasting: true };
  let device: Device;
  const begin = (): LabelSession => {
    device = new Device(PAGE_ONLY, "t");
    return new LabelSession(item("a1"), server, {}, { device, tabs });
  };

  it("still brings the draft that was kept", async () => {
    const session = begin();
    device.come(lasting, { drafts: [draft(BREACH, { tab: "t" })], letters: [] });
    expect([values(session), device.lasting]).toEqual([[{ choices: ["breach"] }], true]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect([server.calls.includes("draft"), device.drafts("a1")]).toEqual([true, []]);
  });

  it("shows both versions where something was written meanwhile, and keeps that too", async () => {
    const written: string[] = [];
    const session = begin();
    choose(session, "none");
    await vi.advanceTimersByTimeAsync(300);
    const put = async (_kind: string, key: string): Promise<boolean> => written.push(key) > 0;
    device.come({ ...lasting, put }, { drafts: [draft(BREACH, { tab: "t" })], letters: [] });
    expect(session.task.peek()?.autosave.state.value).toMatchObject({
      kind: "stale",
      theirs: { result: BREACH },
    });
    expect([values(session), written]).toEqual([[{ choices: ["none"] }], ["a1 t", "a1 t before"]]);
  });

  it("sends the answers that waited in it", async () => {
    const session = begin();
    const letter = { ...(session.task.peek()?.letter() as Letter), assignment: "a0" };
    device.come(lasting, { drafts: [], letters: [letter] });
    await vi.advanceTimersByTimeAsync(100);
    expect([server.calls.includes("submit"), session.outbox.waiting.value]).toEqual([true, []]);
  });
});
