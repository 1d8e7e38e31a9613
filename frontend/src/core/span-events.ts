/** What is selected in a text, and what happens to its spans. */

import type { LabelKey } from "./keymap";
import type { SpanRegion } from "./regions";

/** What is selected in a text; anchor and focus are equal when it is only a caret. */
export interface TextSelection {
  readonly field: string;
  readonly anchor: number;
  readonly focus: number;
}

/** What just happened to a span, to be told to those who do not see it. */
export type SpanEvent =
  | { readonly kind: "added" | "removed" | "relabelled" | "moved" | "exists"; readonly span: SpanRegion }
  | { readonly kind: "selected"; readonly span: SpanRegion; readonly place: number; readonly count: number }
  | { readonly kind: "suggested"; readonly span: SpanRegion; readonly place: number; readonly count: number }
  /** A suggestion was settled; `left` are still open in its question, and `next` is selected now. */
  | {
      readonly kind: "accepted" | "dismissed";
      readonly span: SpanRegion;
      readonly left: number;
      readonly next: SpanRegion | null;
    }
  /** So many suggestions were settled at once. */
  | { readonly kind: "acceptedAll" | "dismissedAll"; readonly n: number }
  /** So many other places got the label of a span. */
  | { readonly kind: "same"; readonly span: SpanRegion; readonly n: number }
  /** The label is used as often as it may be. */
  | { readonly kind: "full"; readonly label: LabelKey }
  | { readonly kind: "active"; readonly active: LabelKey | null };
