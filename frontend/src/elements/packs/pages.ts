import { pagesIn } from "../../core/units";
import { PageView } from "../../dom/page-view";
import { PagesFieldElement } from "../fields/pages";
import { addView } from "../fields/views";

addView(["pages"], {
  view: (field, texts, parts) =>
    parts.source
      ? new PageView(texts.of(field.name).text, pagesIn(texts, field.name), parts.source, parts)
      : null,
});

/** Long documents, page by page. */
export const ELEMENTS = { "assay-pages": PagesFieldElement };
