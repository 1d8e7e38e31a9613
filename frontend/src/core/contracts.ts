/** The shapes that cross the wire, as ARCHITECTURE.md fixes them. Offsets in these shapes are Unicode code points. */

/** The shape of a question's answers for those who compare them; how it is asked and written is its `tag`. */
export type Kind =
  | "choice"
  | "choices"
  | "spans"
  | "rating"
  | "number"
  | "text"
  | "datetime"
  | "ranking"
  | "relations"
  | "boxes";

/** Labels that mark a part of a field. */
export type MarkTag =
  | "labels"
  | "hypertextlabels"
  | "paragraphlabels"
  | "rectanglelabels"
  | "polygonlabels"
  | "rectangle"
  | "polygon";

/** Label Studio's control tags in small letters, and Assay's own `rubric` (criteria written) and `grades` (criteria graded). */
export type Tag =
  | MarkTag
  | "choices"
  | "taxonomy"
  | "pairwise"
  | "rating"
  | "number"
  | "datetime"
  | "textarea"
  | "ranker"
  | "relations"
  | "chat"
  | "rubric"
  | "grades";

export interface Label {
  readonly key: string;
  readonly text: string;
  readonly hotkey?: string | null;
  readonly colour?: string | null;
  readonly selected?: boolean;
  readonly max_usage?: number | null;
  /** In a tree: the key of the label above. */
  readonly parent?: string | null;
  /** In a tree: what a written path says for this label; its key when empty. */
  readonly part?: string;
  readonly hint?: string;
  /** Its place among the labels of all questions that mark something, where that is more than one: gives its hue. */
  readonly place?: number;
}

/**
 * When something is shown: after an answer to question `tag` (one of `values`, or any), or with a selected region
 * that has a label of `tag` (one of `values`, or any).
 */
export interface Condition {
  readonly on: "choice" | "no_choice" | "region" | "no_region";
  readonly tag?: string;
  readonly values?: readonly string[];
  /** Of a chat: the region must be a message of one of these roles. */
  readonly roles?: readonly string[];
}

/** A text that a key or a button writes. */
export interface Snippet {
  readonly text: string;
  readonly title?: string;
  readonly hotkey?: string | null;
}

/** A line of a rubric: `weight` of its points in the score, `most` points. */
export interface Criterion {
  readonly text: string;
  readonly weight?: number;
  readonly most?: number;
}

export interface Question {
  readonly key: string;
  readonly kind: Kind;
  /** Absent in answers stored before tags were: then by `kind`. */
  readonly tag?: Tag;
  readonly field: string;
  /** Further fields that it is about: a pairwise has two. */
  readonly also?: readonly string[];
  readonly title?: string;
  readonly required?: boolean;
  readonly required_message?: string;
  /** Of labels "turns", each of which needs a mark; of relations the keys of labels, each region of which needs one. */
  readonly required_for?: readonly string[];
  readonly labels?: readonly Label[];
  /** Asked of each marked region. */
  readonly per_region?: boolean;
  /** All must hold for the question to be shown. */
  readonly when?: readonly Condition[];
  /** A set is asked for, where `kind` does not tell. */
  readonly multiple?: boolean;
  /** Of a taxonomy: how many labels may be chosen, and whether only those without others below. */
  readonly most?: number | null;
  readonly leaves_only?: boolean;
  /** A box searches its labels: the words in it while it is empty, the key that leads there, from how many signs on. */
  readonly filter?: boolean;
  readonly filter_placeholder?: string;
  readonly filter_hotkey?: string | null;
  readonly filter_least?: number | null;
  readonly max_rating?: number | null;
  readonly minimum?: number | null;
  readonly maximum?: number | null;
  readonly step?: number | null;
  /** Of a date and time: "date", "time", "month", "year", joined by commas. */
  readonly only?: string;
  readonly earliest?: string;
  readonly latest?: string;
  readonly placeholder?: string | null;
  readonly rows?: number | null;
  readonly max_texts?: number | null;
  readonly markdown?: boolean;
  readonly prefilled?: string;
  readonly snippets?: readonly Snippet[];
  readonly buckets?: readonly Label[];
  readonly roles?: readonly string[];
  readonly min_messages?: number | null;
  readonly max_messages?: number | null;
  readonly criteria?: readonly Criterion[];
  /** The item's key of what is on offer: criteria to grade, labels beside `labels`, the text a box is filled with. */
  readonly key_of_data?: string;
}

export type FieldKind = "text" | "html" | "dialogue" | "chat" | "table" | "pages" | "image" | "list";

export interface Field {
  readonly name: string;
  readonly key: string;
  /** A text when absent. */
  readonly kind?: FieldKind;
  readonly title?: string;
  readonly granularity?: "symbol" | "word" | "sentence" | "paragraph";
  /** Of a dialogue's turns: where their words and who says them stand ("text" and "author" when absent). */
  readonly text_key?: string;
  readonly name_key?: string;
}

export interface ViewNode {
  readonly node: "view";
  readonly children: readonly LayoutNode[];
  /** Side by side. */
  readonly row?: boolean;
  /** Folds under this title. */
  readonly title?: string;
  readonly when?: readonly Condition[];
}

export type LayoutNode =
  | { readonly node: "header"; readonly text: string }
  | { readonly node: "field"; readonly name: string }
  | { readonly node: "question"; readonly key: string }
  | ViewNode;

/** What of a labelling config is left out. */
export interface SchemaNote {
  readonly code: string;
  readonly tag: string;
  readonly line: number;
  /** What the sentence names besides. */
  readonly attribute?: string;
  readonly near?: string;
  readonly name?: string;
}

export interface Schema {
  readonly version: number;
  readonly fields: readonly Field[];
  readonly questions: readonly Question[];
  readonly layout: readonly LayoutNode[];
  readonly notes?: readonly SchemaNote[];
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
  /** The texts of fields written in HTML, by name: what offsets count over. */
  readonly texts?: Readonly<Record<string, string>>;
  /** The columns of tables, or the keys of a table of pairs, as the source orders them, by field name. */
  readonly columns?: Readonly<Record<string, readonly string[]>>;
  readonly language?: string;
}

/** What only the server can say of an item's fields. */
export type Told = Pick<Item, "texts" | "columns">;

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
  /** The version that the reader has marked as read last, or null. */
  readonly read?: number | null;
  /** What is different from that one. */
  readonly changes?: readonly ClauseChange[];
}

/** A clause that another version of the guideline has otherwise; "" is what stands before the first clause. */
export interface ClauseChange {
  readonly clause: string;
  readonly title: string;
  readonly kind: "changed" | "added" | "removed";
  /** Word by word; none where the clause is too long for that, or only one version has it. */
  readonly words: readonly (readonly ["same" | "added" | "removed", string])[];
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
  /** Names of the suggestions that were put aside. */
  readonly dismissed?: readonly string[];
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

/** What a model or an import suggests: shown apart from the answer until it is accepted. */
export interface Suggestion {
  readonly id: string;
  readonly model: string;
  readonly score: number | null;
  readonly result: Result;
}

export interface Work {
  readonly assignment: string;
  readonly submitted: boolean;
  readonly project: Project;
  readonly item: Item;
  readonly schema: Schema;
  readonly guideline: Guideline | null;
  readonly draft: Draft | null;
  readonly suggestions?: readonly Suggestion[];
  readonly lease_until: string | null;
  /** The server's clock when it said so. */
  readonly now?: string;
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
