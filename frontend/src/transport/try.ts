import type { Work } from "../core/contracts";
import type { Extended, Outcome, SavedDraft, Submitted, Transport } from "../core/transport";

function ok<T>(value: T): Promise<Outcome<T, never>> {
  return Promise.resolve({ kind: "ok", value });
}

const NOBODY: Outcome<never, never> = { kind: "unreachable" };

/** Answers for a page on which something is tried out: nothing leaves it, and the same item comes again. */
export class TryTransport implements Transport {
  #revision = 0;

  constructor(private readonly shown: Work) {}

  next(): Promise<Outcome<Work | null>> {
    return ok(this.shown);
  }

  ahead(): Promise<Outcome<Work | null>> {
    return ok(null);
  }

  work(): Promise<Outcome<Work>> {
    return ok(this.shown);
  }

  saveDraft(): Promise<Outcome<SavedDraft>> {
    this.#revision += 1;
    return ok({ revision: this.#revision, saved_at: new Date().toISOString(), lease_until: null });
  }

  heartbeat(): ReturnType<Transport["heartbeat"]> {
    return ok(this.#held());
  }

  extend(): Promise<Outcome<Extended>> {
    return ok({ ...this.#held(), extended: 0 });
  }

  submit(): Promise<Outcome<Submitted>> {
    this.#revision = 0;
    return ok({ annotation: "try", surplus: false, next: this.shown });
  }

  skip(): Promise<Outcome<{ readonly next: Work | null }>> {
    this.#revision = 0;
    return ok({ next: this.shown });
  }

  dispute(): ReturnType<Transport["dispute"]> {
    return Promise.resolve(NOBODY);
  }

  saveDecision(): ReturnType<Transport["saveDecision"]> {
    return Promise.resolve(NOBODY);
  }

  decide(): ReturnType<Transport["decide"]> {
    return Promise.resolve(NOBODY);
  }

  hold(): ReturnType<Transport["hold"]> {
    return Promise.resolve(NOBODY);
  }

  #held(): { readonly lease_until: string; readonly now: string } {
    const now = new Date();
    return { lease_until: new Date(now.getTime() + 3_600_000).toISOString(), now: now.toISOString() };
  }
}
