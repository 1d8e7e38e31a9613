/** What is shown, and so asked: conditions on answers and on the marked region that is looked at. */

import { answerAbout } from "./answer-about";
import type { Condition, Question } from "./contracts";
import type { Region } from "./regions";
import type { AnswerStore } from "./store";
import { allRegions, askedAbout, roleOf } from "./turn-regions";

/** What a region says in words that conditions name: keys of labels, or its value. */
function said(region: Region): readonly string[] {
  switch (region.kind) {
    case "choice":
    case "choices":
      return region.choices;
    case "spans":
    case "boxes":
      return [region.label];
    case "rating":
      return [String(region.rating)];
    case "number":
      return [String(region.number)];
    case "text":
      return region.texts;
    case "datetime":
      return [region.datetime];
    default:
      return [];
  }
}

function names(condition: Condition, region: Region): boolean {
  const values = condition.values ?? [];
  return values.length === 0 || said(region).some((one) => values.includes(one));
}

/** Questions on the way to a condition: one that waits for itself is taken as it stands. */
type Way = readonly string[];

/** Whether a question is answered, at a region where it asks of regions: what is not part of the answer is not. */
function answered(condition: Condition, store: AnswerStore, about: Region | null, way: Way): boolean {
  return store.schema.questions
    .filter((asked) => !condition.tag || asked.key === condition.tag)
    .some((asked) => {
      const regions = store.regions(asked.key).value;
      // For what is asked of the whole, an answer about any region counts.
      const here =
        asked.per_region && about && condition.tag ? regions.filter((one) => one.of === about.id) : regions;
      return here.some((one) => names(condition, one) && isPartOn(one, asked, store, way));
    });
}

/** Whether a question, asked of the whole, is one about regions: somewhere stands a region that has no such answer. */
function asksOfRegions(condition: Condition, store: AnswerStore): boolean {
  return store.schema.questions.find((one) => one.key === condition.tag)?.per_region ?? false;
}

function looksAt(condition: Condition, store: AnswerStore, about: Region | null): boolean {
  if (!about) return false;
  if (condition.roles?.length && !condition.roles.includes(roleOf(store, about))) return false;
  if (!condition.tag || about.question === condition.tag) return names(condition, about);
  const asked = store.schema.questions.find((one) => one.key === condition.tag);
  if (!asked?.per_region) return false;
  const answer = answerAbout(store, asked.key, about.id);
  return answer !== null && names(condition, answer);
}

function holds(condition: Condition, store: AnswerStore, about: Region | null, way: Way = []): boolean {
  switch (condition.on) {
    case "choice":
      return answered(condition, store, about, way);
    case "no_choice":
      return !answered(condition, store, about, way);
    case "region":
      return looksAt(condition, store, about);
    case "no_region":
      return !looksAt(condition, store, about);
  }
}

/** Whether all conditions hold, with this marked region looked at, or none. */
export function allHold(
  when: readonly Condition[] | undefined,
  store: AnswerStore,
  about: Region | null,
): boolean {
  return (when ?? []).every((condition) => holds(condition, store, about));
}

/** Whether a question is shown while this marked region is looked at, or none. */
export function isShown(question: Question, store: AnswerStore, about: Region | null): boolean {
  if (question.per_region && about && !isAbout(question, store, about)) return false;
  if (question.per_region && !about) return false;
  return allHold(question.when, store, about);
}

/** Whether a question that is asked of regions is asked of this one. */
export function isAbout(question: Question, store: AnswerStore, region: Region): boolean {
  return askedAbout(store, question.field).some((one) => one.key === region.question);
}

/** Whether a question that is asked of the whole can be shown, whatever region is looked at. */
export function canBeShown(question: Question, store: AnswerStore, way: Way = []): boolean {
  return (question.when ?? []).every((one) => {
    if (one.on === "region" || one.on === "no_region") return true;
    return (one.on === "no_choice" && asksOfRegions(one, store)) || holds(one, store, null, way);
  });
}

/** Whether a question that is asked of the whole counts: what it wants of a region, some region has. */
export function isAsked(question: Question, store: AnswerStore): boolean {
  const some = (one: Condition): boolean =>
    one.on !== "region" ||
    allRegions(store).some((region) => looksAt(one, store, region) && isMarked(region, store));
  return canBeShown(question, store) && (question.when ?? []).every(some);
}

/** Whether what an answer is about or relates is there: without it nobody can tell what it says. */
export function isTied(region: Region, store: AnswerStore): boolean {
  return endsOf(region).every((id) => store.region(id) !== null);
}

/** Whether an answer is part of the result: its question is shown, and what it is about or relates is part of it. */
export function isPart(region: Region, question: Question, store: AnswerStore): boolean {
  return isPartOn(region, question, store, []);
}

/** Ids of the marked regions that an answer is about, or that it relates. */
function endsOf(region: Region): readonly string[] {
  if (region.kind === "relations") return [region.from, region.to];
  return region.of === undefined ? [] : [region.of];
}

/** Whether a region that others can be about is part of the result. */
export function isMarked(region: Region | null, store: AnswerStore, way: Way = []): boolean {
  return region !== null && isPartOn(region, store.question(region.question), store, way);
}

function isPartOn(region: Region, question: Question, store: AnswerStore, way: Way): boolean {
  if (way.includes(question.key)) return true;
  const on = [...way, question.key];
  if (!endsOf(region).every((id) => isMarked(store.region(id), store, on))) return false;
  if (!question.per_region && !question.when?.length) return true;
  if (!question.per_region) return canBeShown(question, store, on);
  const about = region.of ? store.region(region.of) : null;
  return about !== null && (question.when ?? []).every((one) => holds(one, store, about, on));
}
