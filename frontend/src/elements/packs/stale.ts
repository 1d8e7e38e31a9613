import { OtherAnswerElement } from "../other-answer";
import { StaleDialogElement } from "../stale-dialog";

/** Two versions of one answer, beside one another. */
export const ELEMENTS = {
  "assay-other-answer": OtherAnswerElement,
  "assay-stale-dialog": StaleDialogElement,
};
