import type { Question, WireRegion } from "../contracts";
import type { Region, Texts } from "../regions";

export type Value = Readonly<Record<string, unknown>>;

/** A region without what all regions have. */
export type Body<R extends Region = Region> = Omit<R, "id" | "question" | "of">;

/** How the regions of one wire type are read and written: a new tag is one of these in a file of its own. */
export interface Codec {
  /** What a wire region says, or null when it does not fit its question. */
  read(wire: WireRegion, question: Question, texts: Texts): Body | null;
  write(region: Region, question: Question, texts: Texts): Value;
  /** Of marked regions: where they are, which answers about them repeat. */
  place?(region: Region, question: Question, texts: Texts): Value;
  /** What stands beside the value. */
  beside?(region: Region): Value;
}

export function strings(value: unknown): readonly string[] | null {
  return Array.isArray(value) && value.every((one) => typeof one === "string") ? value : null;
}

export function finite(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** The labels when the question has them all, else null. */
export function known(question: Question, keys: readonly string[] | null): readonly string[] | null {
  if (!keys) return null;
  return keys.every((key) => question.labels?.some((label) => label.key === key)) ? keys : null;
}

/** The one label that is written, when the question has it; a question without labels marks without one. */
export function oneLabel(question: Question, value: unknown): string | null {
  if (!question.labels?.length) return "";
  const keys = known(question, strings(value));
  return keys?.length === 1 ? (keys[0] ?? null) : null;
}
