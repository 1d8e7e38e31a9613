import type { DecisionDraft, Dispute, Draft, Problem, Result, Unfinished, Work } from "../src/core/contracts";
import type {
  DraftBody,
  Extended,
  Held,
  Outcome,
  SavedDraft,
  SubmitBody,
  Submitted,
  Transport,
} from "../src/core/transport";

const LEASE = 30 * 60_000;
const DELAY = 150;

const REFUSAL: Problem = {
  status: 422,
  code: "invalid_label",
  title: "Invalid label",
  detail: "The span 12-18 is not in the text any more.",
  action: "Remove the span and mark it again.",
  where: null,
};

/** A server that lives in the page, for working on the editor alone; it remembers what it was sent. */
export class StoryTransport implements Transport {
  readonly sent: { readonly call: string; readonly body: unknown }[] = [];
  #revision = 1;

  /** @param network "on", "off" (nobody answers), "stale" (another tab saved first) or "refuse". */
  constructor(
    private readonly network: string,
    private readonly shown: Work | Dispute,
  ) {
    Object.assign(window, { storyTransport: this });
  }

  next(project: string): Promise<Outcome<Work | null>> {
    return this.#answer("next", project, null);
  }

  ahead(assignment: string): Promise<Outcome<Work | null>> {
    return this.#answer("ahead", assignment, assignment === "second" ? null : this.#second());
  }

  work(assignment: string): Promise<Outcome<Work>> {
    return this.#answer("work", assignment, this.shown as Work);
  }

  async saveDraft(_assignment: string, body: DraftBody): Promise<Outcome<SavedDraft>> {
    if (this.network === "stale" && body.revision < 7) {
      await new Promise((resolve) => setTimeout(resolve, DELAY));
      const result: Result = "draft" in this.shown && this.shown.draft ? this.shown.draft.result : [];
      const theirs = { revision: 7, result, saved_at: new Date().toISOString() };
      return { kind: "refused", problem: { ...REFUSAL, status: 409, code: "stale_draft" }, theirs };
    }
    this.#revision += 1;
    const lease_until = new Date(Date.now() + LEASE).toISOString();
    return this.#answer("draft", body, {
      revision: this.#revision,
      saved_at: new Date().toISOString(),
      lease_until,
    });
  }

  heartbeat(): Promise<Outcome<Held>> {
    const now = Date.now();
    const held = {
      lease_until: new Date(now + LEASE).toISOString(),
      now: new Date(now).toISOString(),
    };
    return this.#answer("heartbeat", null, held);
  }

  extend(_assignment: string, minutes: number): Promise<Outcome<Extended>> {
    const now = Date.now();
    const lease_until = new Date(now + LEASE + minutes * 60_000).toISOString();
    const held = { lease_until, now: new Date(now).toISOString(), extended: minutes };
    return this.#answer("extend", { minutes }, held);
  }

  submit(_assignment: string, body: SubmitBody): Promise<Outcome<Submitted>> {
    const next = this.sent.some((one) => one.call === "submit") ? null : this.#second();
    return this.#answer("submit", body, { annotation: "story", surplus: false, next });
  }

  skip(_assignment: string, reason: string, note: string): Promise<Outcome<{ next: Work | null }>> {
    return this.#answer("skip", { reason, note }, { next: null });
  }

  dispute(): Promise<Outcome<Dispute>> {
    return this.#answer("dispute", null, this.shown as Dispute);
  }

  async saveDecision(
    _id: string,
    revision: number,
    written: Unfinished,
  ): Promise<Outcome<SavedDraft, DecisionDraft>> {
    if (this.network === "stale" && revision < 7) {
      await new Promise((resolve) => setTimeout(resolve, DELAY));
      const theirs = {
        ...written,
        rationale: "Said on another device.",
        revision: 7,
        saved_at: new Date().toISOString(),
      };
      return { kind: "refused", problem: { ...REFUSAL, status: 409, code: "stale_draft" }, theirs };
    }
    this.#revision += 1;
    return this.#answer("decision draft", written, {
      revision: this.#revision,
      saved_at: new Date().toISOString(),
    });
  }

  decide(_id: string, body: unknown): Promise<Outcome<{ adjudication: string; next: string | null }>> {
    return this.#answer("decide", body, { adjudication: "story", next: null });
  }

  hold(_id: string, body: unknown): Promise<Outcome<{ doubt: string; next: string | null }>> {
    return this.#answer("hold", body, { doubt: "story", next: null });
  }

  #second(): Work {
    const work = this.shown as Work;
    return { ...work, assignment: "second", draft: null, left: work.left - 1 };
  }

  async #answer<T, D = Draft>(call: string, body: unknown, value: T): Promise<Outcome<T, D>> {
    await new Promise((resolve) => setTimeout(resolve, DELAY));
    if (this.network === "off") return { kind: "unreachable" };
    if (this.network === "refuse") return { kind: "refused", problem: REFUSAL };
    this.sent.push({ call, body });
    return { kind: "ok", value };
  }
}
