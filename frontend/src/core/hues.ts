/** Labels of several questions about marks stand on one page: each has a hue of its own, as if the questions were one. */

import type { Question, Schema } from "./contracts";
import { labelsAreas, marks } from "./tags/tag";

/** Whether its labels are seen on what is marked. */
function colours(question: Question): boolean {
  return marks(question) || labelsAreas(question);
}

/** The schema with the place of each label among all that mark something; as it stands where one question marks. */
export function withHues(schema: Schema): Schema {
  if (schema.questions.filter(colours).length < 2) return schema;
  let next = 0;
  const questions = schema.questions.map((question): Question => {
    if (!colours(question) || !question.labels) return question;
    const labels = question.labels.map((label) => ({ ...label, place: next++ }));
    return { ...question, labels };
  });
  return { ...schema, questions };
}
