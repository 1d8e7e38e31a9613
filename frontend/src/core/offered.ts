/** What an item brings for its questions: labels beside those of the config; and what a config has stand there at first. */

import { choosable } from "./choosing";
import { isAbout, isShown } from "./conditions";
import type { Label, Question, Schema, Tag } from "./contracts";
import type { Data } from "./field-text";
import type { LabelKey } from "./keymap";
import { idAbout, newId, type Region, writeRegion } from "./regions";
import type { AnswerStore } from "./store";
import { asksForSet, marks, tagOf } from "./tags/tag";

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

/** What stands in an answer before anybody gives it: texts that are written, or labels that are chosen. */
function first(question: Question, data: Data, place: Pick<Region, "id" | "question" | "of">): Region | null {
  if (tagOf(question) === "textarea") {
    const text = question.prefilled || (question.key_of_data ? said(data[question.key_of_data]) : "");
    return text ? { ...place, kind: "text", texts: [text] } : null;
  }
  if (tagOf(question) !== "choices" && tagOf(question) !== "taxonomy") return null;
  const selected = (question.labels ?? []).filter((one) => one.selected && choosable(question, one.key));
  const set = asksForSet(question);
  const chosen = selected.slice(0, set ? (question.most ?? undefined) : 1).map((one) => one.key);
  return chosen.length > 0 ? { ...place, kind: set ? "choices" : "choice", choices: chosen } : null;
}

/** What the answers about a new region begin with, of every question that is asked of it. */
export function begunOf(store: AnswerStore, region: Region): readonly Region[] {
  return store.schema.questions.flatMap((question) => {
    if (!question.per_region || !isAbout(question, store, region)) return [];
    const place = { id: idAbout(region.id, question.key), question: question.key, of: region.id };
    return first(question, store.texts.data, place) ?? [];
  });
}

/** Puts there what the config has stand there before anything is answered; no step that could be taken back. */
export function begin(store: AnswerStore): void {
  const { data } = store.texts;
  const result = store.schema.questions.flatMap((question) => {
    const region = question.per_region
      ? null
      : first(question, data, { id: newId(), question: question.key });
    return region ? [writeRegion(region, question, store.texts)] : [];
  });
  if (result.length > 0) store.replace(result);
}

/** The label that the config has in hand when an item is opened: the first selected one of what is shown. */
export function labelInHand(store: AnswerStore): LabelKey | null {
  for (const question of store.schema.questions) {
    if (!marks(question) || question.per_region || !isShown(question, store, null)) continue;
    const label = question.labels?.find((one) => one.selected);
    if (label) return { question: question.key, label: label.key };
  }
  return null;
}
