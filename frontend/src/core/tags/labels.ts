import type { ChoiceRegion } from "../regions";
import { type Codec, oneLabel } from "./codec";
import { spans } from "./spans";
import { labelsAreas, labelsName } from "./tag";

/** A label that is chosen for an area; the area's place stands beside it, as with every answer about a region. */
const ofArea: Codec = {
  read: ({ value }, question) => {
    const label = oneLabel(question, value[labelsName(question)]);
    return label ? { kind: "choice", choices: [label] } : null;
  },
  write: (region, question) => ({ [labelsName(question)]: (region as ChoiceRegion).choices }),
};

/** Labels: of a text its spans, of a picture what its areas are called. */
export const labels: Codec = {
  ...spans,
  read: (wire, question, texts) => (labelsAreas(question) ? ofArea : spans).read(wire, question, texts),
  write: (region, question, texts) => (labelsAreas(question) ? ofArea : spans).write(region, question, texts),
};
