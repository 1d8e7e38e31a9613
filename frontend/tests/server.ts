import type { Draft, Problem, Result, Work } from "../src/core/contracts";
import { sameJson } from "../src/core/equal";
import type { DraftBody, Outcome, SavedDraft, SubmitBody, Submitted, Transport } from "../src/core/transport";

export const PROBLEM: Problem = {
  status: 422,
  code: "invalid_label",
  title: "",
  detail: "No.",
  action: "Change it.",
  where: null,
};

const STALE: Problem = { ...PROBLEM, status: 409, code: "stale_draft" };

const ANSWERED: Problem = { ...PROBLEM, status: 409, code: "other_answer", detail: "Answered already." };

/**
 * Answers as it is told, in turn, and then as the server does: a draft or an answer made from an older draft is refused
 * with the stored one, an answer sent again is answered as the first time, and another one refused with the first. Keeps
 * the order of the calls.
 */
export class Server implements Transport {
  readonly calls: string[] = [];
  bodies: SubmitBody[] = [];
  sentTo: string[] = [];
  submitAnswers: Outcome<Submitted>[] = [];
  draftAnswers: Outcome<SavedDraft>[] = [];
  nextWork: Work | null = null;
  aheadAnswers: Outcome<Work | null>[] = [];
  works = new Map<string, Work>();
  /** By assignment. Of one that is not in it the page knows the draft. */
  drafts = new Map<string, Draft>();
  readonly #done = new Map<string, { readonly result: Result; readonly outcome: Outcome<Submitted> }>();

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
  async saveDraft(id: string, body: DraftBody): ReturnType<Transport["saveDraft"]> {
    this.calls.push("draft");
    const told = this.draftAnswers.shift();
    if (told) return told;
    const { result, seconds } = body;
    const stored = this.drafts.get(id) ?? { revision: body.revision, result: [] };
    const builds = stored.revision === body.revision;
    if (!builds && !sameJson(stored.result, result))
      return { kind: "refused", problem: STALE, theirs: stored };
    const revision = stored.revision + (builds ? 1 : 0);
    this.drafts.set(id, { revision, result, seconds });
    const saved_at = "2030-01-01T00:00:00Z";
    return { kind: "ok", value: { revision, saved_at, lease_until: "2030-01-01T00:30:00Z" } };
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
    const told = this.submitAnswers.shift();
    if (told) return told;
    const first = this.#done.get(id);
    if (first && sameJson(first.result, body.result)) return first.outcome;
    if (first) return { kind: "refused", problem: ANSWERED, theirs: { revision: 0, result: first.result } };
    const stored = this.drafts.get(id);
    if (
      stored &&
      stored.revision > (body.revision ?? stored.revision) &&
      !sameJson(stored.result, body.result)
    )
      return { kind: "refused", problem: STALE, theirs: stored };
    this.drafts.delete(id);
    const value = { annotation: "x", surplus: false, next: next ? this.nextWork : null };
    const again: Outcome<Submitted> = { kind: "ok", value: { ...value, next: null } };
    this.#done.set(id, { result: body.result, outcome: again });
    return { kind: "ok", value };
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
