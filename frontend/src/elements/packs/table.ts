import { TableFieldElement } from "../fields/table";

/** Tables and their cells. */
export const ELEMENTS = { "assay-table": TableFieldElement };
