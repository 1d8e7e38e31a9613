import { RegionPanelElement } from "../region-panel";
import { RelationArcsElement } from "../relation-arcs";
import { RelationsElement } from "../relations";

/** Relations between regions, and questions about one. */
export const ELEMENTS = {
  "assay-region-panel": RegionPanelElement,
  "assay-relation-arcs": RelationArcsElement,
  "assay-relations": RelationsElement,
};
