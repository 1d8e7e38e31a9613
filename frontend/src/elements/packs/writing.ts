import { ChatElement } from "../authoring/chat";
import { GradesElement } from "../authoring/grades";
import { MarkdownElement } from "../authoring/markdown";
import { RubricElement } from "../authoring/rubric";
import { VersionsElement } from "../authoring/versions";
import { WritingElement } from "../authoring/writing";

/** Data that people write. */
export const ELEMENTS = {
  "assay-chat-writing": ChatElement,
  "assay-grades": GradesElement,
  "assay-markdown": MarkdownElement,
  "assay-rubric": RubricElement,
  "assay-versions": VersionsElement,
  "assay-writing": WritingElement,
};
