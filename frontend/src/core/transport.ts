import type {
  DecisionDraft,
  Dispute,
  Draft,
  Problem,
  Result,
  SkipReason,
  Unfinished,
  Verdict,
  Work,
} from "./contracts";
import type { SeenSuggestion } from "./suggestions";

/**
 * What became of a call: an answer, a refusal, or nobody there (the network, or a server that is down). `theirs` is what
 * the server has where a draft was saved from an older one, or another answer was submitted first. `failed`: the server
 * was there, and failed on just this.
 */
export type Outcome<T, D = Draft> =
  | { readonly kind: "ok"; readonly value: T }
  | { readonly kind: "refused"; readonly problem: Problem; readonly theirs?: D }
  | { readonly kind: "unreachable"; readonly failed?: boolean };

export interface SavedDraft {
  readonly revision: number;
  readonly saved_at: string;
  /** Of an assignment: until when it is held. */
  readonly lease_until?: string | null;
}

export interface Held {
  readonly lease_until: string;
  /** The server's clock. */
  readonly now: string;
}

export interface Extended extends Held {
  readonly extended: number;
}

export interface DraftBody {
  readonly revision: number;
  readonly result: Result;
  readonly seconds: number;
  readonly schema_version: number;
  /** Names of the suggestions that were put aside, where any were shown. */
  readonly dismissed?: readonly string[];
}

export interface SubmitBody {
  readonly result: Result;
  readonly hashes: Readonly<Record<string, string>>;
  readonly seconds: number;
  /** The versions that were on the screen, which may be older than the newest. */
  readonly schema_version: number;
  readonly guideline_version?: number;
  /** Of the draft that this was made from: a newer one from elsewhere is not passed over. */
  readonly revision?: number;
  /** What became of every region that was suggested. */
  readonly suggestions?: readonly SeenSuggestion[];
}

export interface Submitted {
  readonly annotation: string;
  readonly surplus: boolean;
  readonly next: Work | null;
}

export interface DecideBody {
  readonly result: Result;
  readonly rationale: string;
  /** The number of a clause, or empty. */
  readonly clause: string;
  readonly outcome: Verdict;
  /** What is unclear in the guideline, for the lead. */
  readonly unclear: string;
  /** Ids of earlier decisions. */
  readonly cites: readonly string[];
  readonly guideline_version?: number;
}

export interface HoldBody {
  readonly note: string;
  readonly clause: string;
  readonly guideline_version?: number;
}

/** How the editor reaches the server. No method throws: what can go wrong is an outcome. */
export interface Transport {
  next(project: string): Promise<Outcome<Work | null>>;
  /** The item after the one that is held: leased while that one is worked on. */
  ahead(assignment: string): Promise<Outcome<Work | null>>;
  /** One's own item as it is now. */
  work(assignment: string): Promise<Outcome<Work>>;
  saveDraft(assignment: string, body: DraftBody): Promise<Outcome<SavedDraft>>;
  heartbeat(assignment: string): Promise<Outcome<Held>>;
  extend(assignment: string, minutes: number): Promise<Outcome<Extended>>;
  /** @param next whether the answer is to bring the next item. */
  submit(assignment: string, body: SubmitBody, next: boolean): Promise<Outcome<Submitted>>;
  skip(
    assignment: string,
    reason: SkipReason,
    note: string,
  ): Promise<Outcome<{ readonly next: Work | null }>>;
  dispute(id: string): Promise<Outcome<Dispute>>;
  saveDecision(
    id: string,
    revision: number,
    written: Unfinished,
  ): Promise<Outcome<SavedDraft, DecisionDraft>>;
  decide(
    id: string,
    body: DecideBody,
  ): Promise<Outcome<{ readonly adjudication: string; readonly next: string | null }>>;
  /** Puts a dispute aside until the lead has answered. */
  hold(
    id: string,
    body: HoldBody,
  ): Promise<Outcome<{ readonly doubt: string; readonly next: string | null }>>;
}
