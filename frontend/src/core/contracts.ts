/** The shapes that cross the wire, as ARCHITECTURE.md fixes them. Offsets in these shapes are Unicode code points. */

export type Kind = "choice" | "choices" | "spans" | "rating" | "number" | "text";

export interface Label {
  readonly key: string;
  readonly text: string;
  readonly hotkey?: string | null;
  readonly colour?: string | null;
}

export interface Question {
  readonly key: string;
  readonly kind: Kind;
  readonly field: string;
  readonly title?: string;
  readonly required?: boolean;
  readonly labels?: readonly Label[];
  readonly max_rating?: number | null;
  readonly minimum?: number | null;
  readonly maximum?: number | null;
  readonly step?: number | null;
  readonly placeholder?: string | null;
  readonly rows?: number | null;
  readonly max_texts?: number | null;
}

export interface Field {
  readonly name: string;
  readonly key: string;
}

export type LayoutNode =
  | { readonly node: "header"; readonly text: string }
  | { readonly node: "field"; readonly name: string }
  | { readonly node: "question"; readonly key: string };

export interface Schema {
  readonly version: number;
  readonly fields: readonly Field[];
  readonly questions: readonly Question[];
  readonly layout: readonly LayoutNode[];
}

/** One region of a result; `value` holds what its `type` says. */
export interface WireRegion {
  readonly id: string;
  readonly from_name: string;
  readonly to_name: string;
  readonly type: string;
  readonly value: Readonly<Record<string, unknown>>;
}

export type Result = readonly WireRegion[];

export interface Item {
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly hashes: Readonly<Record<string, string>>;
  readonly language?: string;
}

export interface Project {
  readonly id: string;
  readonly name: string;
}

export interface Guideline {
  readonly version: number;
  /** Sanitised by the server. */
  readonly html: string;
  /** What a decision can cite. */
  readonly clauses?: readonly Clause[];
}

export interface Clause {
  readonly number: string;
  readonly title: string;
}

export interface Draft {
  readonly revision: number;
  readonly result: Result;
  readonly saved_at?: string;
  readonly seconds?: number;
}

/** Minutes: how long an item is held, how many were asked for on top, and how many can be. */
export interface LeaseLimits {
  readonly minutes: number;
  readonly extended: number;
  readonly most_extra: number;
}

/** A part of how well an expert and an item fit, from 0 to 1. */
export interface Part {
  readonly key: string;
  readonly name: string;
  readonly meaning: string;
  readonly value: number;
}

export interface Work {
  readonly assignment: string;
  readonly submitted: boolean;
  readonly project: Project;
  readonly item: Item;
  readonly schema: Schema;
  readonly guideline: Guideline | null;
  readonly draft: Draft | null;
  readonly lease_until: string | null;
  readonly lease?: LeaseLimits;
  readonly reasons: readonly string[];
  readonly parts?: readonly Part[];
  readonly left: number;
  /** Which question of a sitting it is; null for work. */
  readonly exam?: InExam | null;
}

export interface InExam {
  readonly attempt: string;
  readonly title: string;
  readonly until: string;
  readonly seconds_left: number;
  readonly at: number;
  readonly of: number;
}

export interface DisputeAnswer {
  /** A, B, C: never a person's name. */
  readonly name: string;
  readonly result: Result;
  readonly value?: unknown;
}

export type Verdict = "answer" | "bad_item";

/** What is decided: an answer, that the item is bad, or nothing before the lead has said what the guideline means. */
export type Way = Verdict | "hold";

/** A decision as far as it is written. */
export interface Unfinished {
  readonly result: Result;
  readonly way: Way;
  readonly rationale: string;
  readonly clause: string;
  readonly unclear: string;
  /** Ids of earlier decisions. */
  readonly cites: readonly string[];
}

export interface DecisionDraft extends Unfinished {
  readonly revision: number;
  readonly saved_at?: string;
}

export interface Decision {
  readonly outcome?: Verdict;
  readonly result: Result;
  readonly rationale: string;
  readonly clause: string;
}

/** An earlier decision about something like it. */
export interface Precedent {
  readonly id: string;
  readonly dispute: string;
  readonly outcome: Verdict;
  readonly value: unknown;
  /** The texts of the spans in `value`, in their order. */
  readonly quotes: readonly string[];
  readonly rationale: string;
  readonly clause: string;
  readonly guideline_version: number;
  readonly excerpt: string;
  readonly same_labels: boolean;
  /** Of the texts, from 0 to 1. */
  readonly similarity: number;
}

/** What was unclear when the dispute was put on hold, and what the lead answered. */
export interface LeadNote {
  readonly clause: string;
  readonly note: string;
  readonly answer: string;
}

export interface Dispute {
  readonly dispute: string;
  readonly question: string;
  readonly project: Project;
  readonly item: Item;
  readonly schema: Schema;
  readonly guideline: Guideline | null;
  readonly answers: readonly DisputeAnswer[];
  /** One's own, as it was saved last. */
  readonly draft: DecisionDraft | null;
  readonly decided: Decision | null;
  /** Why it stands where it does in the queue. */
  readonly place?: string;
  /** The reasons of those who appealed. */
  readonly appeal?: readonly string[];
  readonly notes?: readonly LeadNote[];
  readonly precedents?: readonly Precedent[];
}

export type SkipReason = "unclear" | "not_my_field" | "bad_item" | "conflict" | "other";

export const SKIP_REASONS: readonly SkipReason[] = [
  "unclear",
  "not_my_field",
  "bad_item",
  "conflict",
  "other",
];

/** A refusal as application/problem+json tells it. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly action: string;
  readonly where: string | null;
}
