import { MarkdownElement } from "../authoring/markdown";
import { WritingElement } from "../authoring/writing";

/** Texts in Markdown. */
export const ELEMENTS = { "assay-markdown": MarkdownElement, "assay-writing": WritingElement };
