import { AreaListElement } from "../fields/area-list";
import { ImageFieldElement } from "../fields/image";
import { PageAreasElement } from "../fields/page-areas";

/** Pictures, and areas drawn on them or on pages. */
export const ELEMENTS = {
  "assay-area-list": AreaListElement,
  "assay-image": ImageFieldElement,
  "assay-page-areas": PageAreasElement,
};
