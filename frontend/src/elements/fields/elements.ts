import { AreaListElement } from "./area-list";
import { DialogueFieldElement } from "./dialogue";
import { ImageFieldElement } from "./image";
import { PageAreasElement } from "./page-areas";
import { PagesFieldElement } from "./pages";
import { TableFieldElement } from "./table";

/** The elements that show fields. */
export const FIELD_ELEMENTS = {
  "assay-area-list": AreaListElement,
  "assay-dialogue": DialogueFieldElement,
  "assay-image": ImageFieldElement,
  "assay-page-areas": PageAreasElement,
  "assay-pages": PagesFieldElement,
  "assay-table": TableFieldElement,
} as const;
