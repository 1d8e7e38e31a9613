import type { Kind, MarkTag, Question, Tag } from "../contracts";

/** The tag of questions stored before tags were. */
const BY_KIND: Readonly<Record<Kind, Tag>> = {
  choice: "choices",
  choices: "choices",
  spans: "labels",
  rating: "rating",
  number: "number",
  text: "textarea",
  datetime: "datetime",
  ranking: "ranker",
  relations: "relations",
  boxes: "rectanglelabels",
};

const MARKS_TEXT: ReadonlySet<Tag> = new Set(["labels", "hypertextlabels", "paragraphlabels"]);
const MARKS_AREA: ReadonlySet<Tag> = new Set(["rectanglelabels", "polygonlabels", "rectangle", "polygon"]);

export function tagOf(question: Question): Tag {
  return question.tag ?? BY_KIND[question.kind];
}

/** Whether its answers are spans: parts of a text, or cells of a table. */
export function marksText(question: Question): boolean {
  return MARKS_TEXT.has(tagOf(question)) && !question.per_region;
}

/** Whether its labels mark nothing themselves: they are chosen for each area that another question draws. */
export function labelsAreas(question: Question): boolean {
  return MARKS_TEXT.has(tagOf(question)) && question.per_region === true;
}

/** Whether its answers are areas of a picture. */
export function marksArea(question: Question): boolean {
  return MARKS_AREA.has(tagOf(question));
}

/** Whether it makes regions that other questions can be asked of. */
export function marks(question: Question): boolean {
  return marksText(question) || marksArea(question);
}

/** The name under which a marked region's labels are written. */
export function labelsName(question: Question): MarkTag {
  return tagOf(question) as MarkTag;
}

/** Whether a set of labels is asked for. */
export function asksForSet(question: Question): boolean {
  return question.kind === "choices" || (question.multiple ?? false);
}

/** The `type` of its regions on the wire, as Label Studio names it. */
export function wireType(question: Question): string {
  const tag = tagOf(question);
  if (tag === "relations") return "relation";
  return tag === "chat" ? "chatmessage" : tag;
}

/** The `to_name` of its regions. */
export function toName(question: Question): string {
  return [question.field, ...(question.also ?? [])].join(",");
}
