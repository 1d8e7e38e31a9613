import { RubricElement } from "../authoring/rubric";

/** Rubrics that people write. */
export const ELEMENTS = { "assay-rubric": RubricElement };
