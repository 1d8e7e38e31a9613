import { ChoiceElement } from "../choice";
import { NoteElement } from "../note";
import { NumberElement } from "../number";
import { RatingElement } from "../rating";
import { ShownQuestionsElement } from "../shown-questions";
import { SkipDialogElement } from "../skip-dialog";
import { SpanLabelsElement } from "../span-labels";
import { SpanListElement } from "../span-list";
import { TextEditorElement } from "../text-editor";
import { TextViewElement } from "../text-view";
import { WorkspaceElement } from "../workspace";

/** What nearly every item needs: it comes with the page. */
export const ELEMENTS = {
  "assay-choice": ChoiceElement,
  "assay-note": NoteElement,
  "assay-number": NumberElement,
  "assay-rating": RatingElement,
  "assay-shown-questions": ShownQuestionsElement,
  "assay-skip-dialog": SkipDialogElement,
  "assay-span-labels": SpanLabelsElement,
  "assay-span-list": SpanListElement,
  "assay-text-editor": TextEditorElement,
  "assay-text-view": TextViewElement,
  "assay-workspace": WorkspaceElement,
};
