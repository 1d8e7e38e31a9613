import { AdjudicationElement } from "./adjudication";
import { ChoiceElement } from "./choice";
import { HelpSheetElement } from "./help-sheet";
import { NoteElement } from "./note";
import { NumberElement } from "./number";
import { RatingElement } from "./rating";
import { SkipDialogElement } from "./skip-dialog";
import { SpanLabelsElement } from "./span-labels";
import { SpanListElement } from "./span-list";
import { StaleDecisionElement } from "./stale-decision";
import { StaleDialogElement } from "./stale-dialog";
import { TextEditorElement } from "./text-editor";
import { TextViewElement } from "./text-view";
import { WhyDialogElement } from "./why-dialog";
import { WorkspaceElement } from "./workspace";

const ELEMENTS = {
  "assay-choice": ChoiceElement,
  "assay-rating": RatingElement,
  "assay-number": NumberElement,
  "assay-note": NoteElement,
  "assay-span-labels": SpanLabelsElement,
  "assay-span-list": SpanListElement,
  "assay-text-view": TextViewElement,
  "assay-text-editor": TextEditorElement,
  "assay-skip-dialog": SkipDialogElement,
  "assay-stale-dialog": StaleDialogElement,
  "assay-stale-decision": StaleDecisionElement,
  "assay-why-dialog": WhyDialogElement,
  "assay-help-sheet": HelpSheetElement,
  "assay-workspace": WorkspaceElement,
  "assay-adjudication": AdjudicationElement,
} as const;

/** Makes every element of the editor known to the page. */
export function defineElements(): void {
  for (const [name, element] of Object.entries(ELEMENTS)) {
    if (!customElements.get(name)) customElements.define(name, element);
  }
}
