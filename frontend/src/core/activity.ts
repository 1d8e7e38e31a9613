import type { Problem, Question } from "./contracts";

/**
 * What the session is doing. "idle" with no task means that nothing is left to do; "waiting" that an answer is kept here
 * until it can be sent, and what comes next with it.
 */
export type Activity = "idle" | "submitting" | "skipping" | "looking" | "waiting";

/** What went wrong with the last action: a refusal, nobody there, questions still open, or another tab was first. */
export type Trouble =
  | { readonly kind: "problem"; readonly problem: Problem }
  | { readonly kind: "unreachable" }
  | { readonly kind: "incomplete"; readonly questions: readonly Question[] }
  | { readonly kind: "elsewhere" };
