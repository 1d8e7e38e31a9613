import { HtmlView } from "../../dom/html-view";
import { htmlOf } from "../fields/html-of";
import { addView } from "../fields/views";

addView(["html"], {
  view: (field, texts, parts) => new HtmlView(htmlOf(field, texts), parts),
  showsItsText: (field, texts) => htmlOf(field, texts).text === texts.of(field.name).text,
});

/** Texts with HTML: a view, and no element of its own. */
export const ELEMENTS = {};
