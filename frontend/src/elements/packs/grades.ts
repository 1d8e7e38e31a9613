import { GradesElement } from "../authoring/grades";

/** Rubrics that people grade by. */
export const ELEMENTS = { "assay-grades": GradesElement };
