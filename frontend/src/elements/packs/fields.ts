import { VIEW_MAKERS } from "../fields/makers";
import { addViews } from "../fields/views";

addViews(VIEW_MAKERS);

/** HTML, dialogues and tables, long documents and pictures. */
export { FIELD_ELEMENTS as ELEMENTS } from "../fields/elements";
