import type { Problem, Work } from "../src/core/contracts";
import type { Outcome, SavedDraft, SubmitBody, Submitted, Transport } from "../src/core/transport";

export const PROBLEM: Problem = {
  status: 422,
  code: "invalid_label",
  title: "",
  detail: "No.",
  action: "Change it.",
  where: null,
};

/** Says yes to everything, in the order asked, and keeps the order. */
export class Server implements Transport {
  readonly calls: string[] = [];
  bodies: SubmitBody[] = [];
  sentTo: string[] = [];
  submitAnswers: Outcome<Submitted>[] = [];
  draftAnswers: Outcome<SavedDraft>[] = [];
  nextWork: Work | null = null;
  aheadAnswers: Outcome<Work | null>[] = [];
  works = new Map<string, Work>();

  async next(): Promise<Outcome<Work | null>> {
    this.calls.push("next");
    return { kind: "ok", value: this.nextWork };
  }
  async ahead(id: string): Promise<Outcome<Work | null>> {
    this.calls.push(`ahead ${id}`);
    return this.aheadAnswers.shift() ?? { kind: "ok", value: null };
  }
  async work(id: string): Promise<Outcome<Work>> {
    this.calls.push(`work ${id}`);
    const value = this.works.get(id);
    return value ? { kind: "ok", value } : { kind: "refused", problem: { ...PROBLEM, code: "not_found" } };
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
  async submit(id: string, body: SubmitBody, next: boolean): Promise<Outcome<Submitted>> {
    this.calls.push("submit");
    this.bodies.push(body);
    this.sentTo.push(id);
    await Promise.resolve();
    return (
      this.submitAnswers.shift() ?? {
        kind: "ok",
        value: { annotation: "x", surplus: false, next: next ? this.nextWork : null },
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
