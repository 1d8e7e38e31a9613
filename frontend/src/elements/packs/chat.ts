import { ChatElement } from "../authoring/chat";
import { MarkdownElement } from "../authoring/markdown";

/** Dialogues that people write. */
export const ELEMENTS = { "assay-chat-writing": ChatElement, "assay-markdown": MarkdownElement };
