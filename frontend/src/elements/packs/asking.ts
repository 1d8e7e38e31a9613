import { ChoiceTreeElement } from "../choice-tree";
import { DatetimeElement } from "../datetime";
import { PairSideElement, PairwiseElement } from "../pairwise";
import { RankerElement } from "../ranker";
import { RankerStateElement } from "../ranker-state";
import { TaxonomyElement } from "../taxonomy";

/** Questions that fewer projects ask. */
export const ELEMENTS = {
  "assay-choice-tree": ChoiceTreeElement,
  "assay-datetime": DatetimeElement,
  "assay-pair-side": PairSideElement,
  "assay-pairwise": PairwiseElement,
  "assay-ranker": RankerElement,
  "assay-ranker-state": RankerStateElement,
  "assay-taxonomy": TaxonomyElement,
};
