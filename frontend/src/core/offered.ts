/** What an item brings for its questions: labels beside those of the config; and what a config has stand there at first. */

import type { Label, Question, Schema, Tag } from "./contracts";
import type { Data } from "./field-text";
import { newId, type Region, writeRegion } from "./regions";
import type { AnswerStore } from "./store";
import { asksForSet, tagOf } from "./tags/tag";

const OFFERING: ReadonlySet<Tag> = new Set([
  "choices",
  "taxonomy",
  "labels",
  "hypertextlabels",
  "paragraphlabels",
  "rectanglelabels",
  "polygonlabels",
]);

function said(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}

/** The labels in an item's list, as the server reads them: each after the one it stands under. Their words it says. */
function* offered(given: unknown, parent: string | null): Iterable<Label> {
  for (const one of Array.isArray(given) ? given : []) {
    const told: Data = typeof one === "string" ? { value: one } : ((one ?? {}) as Data);
    const part = said(told.alias) || said(told.value);
    if (!part) continue;
    const alone = parent === null || said(told.alias) !== "";
    const key = alone ? part : `${parent} / ${part}`;
    const hint = said(told.hint);
    yield {
      key,
      text: said(told.text) || said(told.value),
      hotkey: said(told.hotkey) || null,
      parent,
      ...(alone ? {} : { part }),
      ...(hint ? { hint } : {}),
    };
    yield* offered(told.children, key);
  }
}

/** A schema as one item has it: with the labels that come with the item after those of the config. */
export function withOffered(schema: Schema, data: Data): Schema {
  if (!schema.questions.some((one) => one.key_of_data && OFFERING.has(tagOf(one)))) return schema;
  const questions = schema.questions.map((question): Question => {
    if (!question.key_of_data || !OFFERING.has(tagOf(question))) return question;
    const labels = new Map((question.labels ?? []).map((one) => [one.key, one]));
    for (const label of offered(data[question.key_of_data], null))
      if (!labels.has(label.key)) labels.set(label.key, label);
    return { ...question, labels: [...labels.values()] };
  });
  return { ...schema, questions };
}

function first(question: Question, data: Data): Region | null {
  const base = { id: newId(), question: question.key };
  if (question.per_region) return null;
  if (tagOf(question) === "textarea") {
    const text = question.prefilled || (question.key_of_data ? said(data[question.key_of_data]) : "");
    return text ? { ...base, kind: "text", texts: [text] } : null;
  }
  if (tagOf(question) !== "choices") return null;
  const chosen = (question.labels ?? []).filter((one) => one.selected).map((one) => one.key);
  const set = asksForSet(question);
  if (chosen.length === 0) return null;
  return { ...base, kind: set ? "choices" : "choice", choices: set ? chosen : chosen.slice(0, 1) };
}

/** Puts there what the config has stand there before anything is answered; no step that could be taken back. */
export function begin(store: AnswerStore): void {
  const { data } = store.texts;
  const result = store.schema.questions.flatMap((question) => {
    const region = first(question, data);
    return region ? [writeRegion(region, question, store.texts)] : [];
  });
  if (result.length > 0) store.replace(result);
}
