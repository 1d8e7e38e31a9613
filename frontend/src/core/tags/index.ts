import { boxes } from "./boxes";
import { choices, pairwise, taxonomy } from "./choices";
import type { Codec } from "./codec";
import { labels } from "./labels";
import { spans } from "./spans";
import { datetime, number, ranker, rating, textarea } from "./values";
import { chatmessage, grades, relation, rubric } from "./written";

/** One row a type of region on the wire. */
export const CODECS: Readonly<Record<string, Codec>> = {
  choices,
  taxonomy,
  pairwise,
  rating,
  number,
  datetime,
  textarea,
  ranker,
  labels,
  hypertextlabels: spans,
  paragraphlabels: spans,
  rectanglelabels: boxes,
  polygonlabels: boxes,
  rectangle: boxes,
  polygon: boxes,
  relation,
  chatmessage,
  rubric,
  grades,
};
