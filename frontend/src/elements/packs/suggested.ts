import { SuggestedAnswersElement } from "../suggested-answers";

/** What is suggested, where anything is. */
export const ELEMENTS = { "assay-suggested-answers": SuggestedAnswersElement };
