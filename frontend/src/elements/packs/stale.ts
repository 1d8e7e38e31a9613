import { StaleDialogElement } from "../stale-dialog";

/** Two versions of one answer, beside one another. */
export const ELEMENTS = { "assay-stale-dialog": StaleDialogElement };
