import "../css/disputes.css";
import "../css/answers.css";
import { AdjudicationElement } from "../adjudication";
import { AnswersElement } from "../answers";
import { SidesElement } from "../sides";
import { StaleDecisionElement } from "../stale-decision";

/** The adjudicator's page, and a lead's look at an item. */
export const ELEMENTS = {
  "assay-adjudication": AdjudicationElement,
  "assay-answers": AnswersElement,
  "assay-sides": SidesElement,
  "assay-stale-decision": StaleDecisionElement,
};
