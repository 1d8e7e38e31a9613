import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { NOTHING_BEGUN } from "../src/core/begun";
import type { Question, Work } from "../src/core/contracts";
import { Device, type Kept, type KeptDraft, type Shelf } from "../src/core/device";
import { addMessage } from "../src/core/dialogue-writing";
import { LabelSession } from "../src/core/session";
import { ALONE } from "../src/core/tabs";
import { Task } from "../src/core/task";
import { Server } from "./server";
import { SCHEMA, work } from "./support";

const TALK: Question = { key: "talk", kind: "text", tag: "chat", field: "text" };
const BEGUN = { text: "你好, half", role: "assistant", before: null };

/** A shelf whose drafts are read again by the next page. */
class Disk implements Shelf {
  readonly lasting = true;
  readonly drafts = new Map<string, Kept>();

  async put(kind: string, key: string, value: Kept): Promise<boolean> {
    if (kind === "draft") this.drafts.set(key, value);
    return true;
  }
  async remove(_kind: string, key: string): Promise<void> {
    this.drafts.delete(key);
  }
  device(tab = "t"): Device {
    return new Device(this, tab, { drafts: [...this.drafts.values()] as KeptDraft[], letters: [] });
  }
}

function talk(): Work {
  return { ...work("A text"), schema: { ...SCHEMA, questions: [TALK] } };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe("a message that is begun", () => {
  const open = (disk: Disk, tab?: string): Task =>
    new Task(talk(), new Server(), { device: disk.device(tab), tabs: ALONE });

  it("is on the device soon, and there again when the item is opened", async () => {
    const disk = new Disk();
    const task = open(disk);
    task.store.begin("talk", BEGUN);
    expect([task.unsaved, task.unkept]).toEqual([true, true]);
    await vi.advanceTimersByTimeAsync(300);
    expect([task.unsaved, task.unkept]).toEqual([true, false]);
    expect(open(disk).store.begun.value).toEqual({ talk: BEGUN });
    expect(open(disk, "another tab").store.begun.value).toEqual({ talk: BEGUN });
  });

  it("stays on the device when the draft is saved, which it is no part of", async () => {
    const disk = new Disk();
    const task = open(disk);
    task.store.begin("talk", BEGUN);
    addMessage(task.store, "talk", "user", "one");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(task.autosave.state.value.kind).toBe("saved");
    const [kept] = [...disk.drafts.values()] as KeptDraft[];
    expect([kept?.begun, kept?.result]).toEqual([{ talk: BEGUN }, null]);
    expect(task.store.result()).toHaveLength(1);
  });

  it("is gone with its last word", async () => {
    const disk = new Disk();
    const task = open(disk);
    task.store.begin("talk", BEGUN);
    await vi.advanceTimersByTimeAsync(300);
    task.store.begin("talk", NOTHING_BEGUN);
    await vi.advanceTimersByTimeAsync(300);
    expect(task.unsaved).toBe(false);
    expect(open(disk).store.begun.value).toEqual({});
  });
});

describe("what held a submit", () => {
  it("is off the list when it is put right without a change of the answer", async () => {
    const session = new LabelSession(talk(), new Server());
    const store = session.task.peek()?.store;
    store?.setUnreadable("talk", true);
    await session.submit();
    expect(session.trouble.peek()?.kind).toBe("incomplete");
    store?.setUnreadable("talk", false);
    expect(session.trouble.peek()).toBeNull();
  });
});
