import type { Kind, Question, Schema, WireRegion } from "./contracts";
import { OffsetMap } from "./offsets";

/** A piece of an answer inside the editor; span offsets are UTF-16 units of the stored text. */
export type Region = SpanRegion | ChoiceRegion | RatingRegion | NumberRegion | TextRegion;

interface Base {
  readonly id: string;
  readonly question: string;
}

export interface SpanRegion extends Base {
  readonly kind: "spans";
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

export interface ChoiceRegion extends Base {
  readonly kind: "choice" | "choices";
  readonly choices: readonly string[];
}

export interface RatingRegion extends Base {
  readonly kind: "rating";
  readonly rating: number;
}

export interface NumberRegion extends Base {
  readonly kind: "number";
  readonly number: number;
}

export interface TextRegion extends Base {
  readonly kind: "text";
  readonly texts: readonly string[];
}

/** The `type` that Label Studio writes for each kind of question. */
const WIRE_TYPE: Readonly<Record<Kind, string>> = {
  choice: "choices",
  choices: "choices",
  spans: "labels",
  rating: "rating",
  number: "number",
  text: "textarea",
};

const ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** A new region id: ten letters of 64, drawn by the platform's generator. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => ID_ALPHABET[byte & 63]).join("");
}

/** The texts of an item by question field name, each with its offset map. */
export class Texts {
  readonly #maps = new Map<string, OffsetMap>();

  constructor(schema: Schema, data: Readonly<Record<string, unknown>>) {
    for (const field of schema.fields) {
      const value = data[field.key];
      this.#maps.set(field.name, new OffsetMap(typeof value === "string" ? value : ""));
    }
  }

  /** @throws RangeError when the schema has no such field. */
  of(field: string): OffsetMap {
    const map = this.#maps.get(field);
    if (!map) throw new RangeError(`no field ${field}`);
    return map;
  }
}

function strings(value: unknown): readonly string[] | null {
  return Array.isArray(value) && value.every((one) => typeof one === "string") ? value : null;
}

/** Reads one wire region, or null when it does not fit its question. */
export function readRegion(wire: WireRegion, question: Question, texts: Texts): Region | null {
  if (wire.type !== WIRE_TYPE[question.kind]) return null;
  const base = { id: wire.id, question: question.key };
  const known = (keys: readonly string[] | null): keys is readonly string[] =>
    keys?.every((key) => question.labels?.some((label) => label.key === key)) ?? false;
  const { choices, labels, start, end, rating, number, text } = wire.value;
  switch (question.kind) {
    case "choice":
    case "choices": {
      const keys = strings(choices);
      return known(keys) ? { ...base, kind: question.kind, choices: keys } : null;
    }
    case "spans": {
      const label = strings(labels);
      if (!known(label) || label.length !== 1 || typeof start !== "number" || typeof end !== "number")
        return null;
      const map = texts.of(question.field);
      try {
        const span = { start: map.toUnits(start), end: map.toUnits(end) };
        return span.start < span.end ? { ...base, kind: "spans", ...span, label: label[0] ?? "" } : null;
      } catch (error) {
        if (error instanceof RangeError) return null;
        throw error;
      }
    }
    case "rating":
      return typeof rating === "number" ? { ...base, kind: "rating", rating } : null;
    case "number":
      return typeof number === "number" ? { ...base, kind: "number", number } : null;
    case "text": {
      const all = typeof text === "string" ? [text] : strings(text);
      return all ? { ...base, kind: "text", texts: all } : null;
    }
  }
}

function wireValue(region: Region, map: OffsetMap): Readonly<Record<string, unknown>> {
  switch (region.kind) {
    case "choice":
    case "choices":
      return { choices: region.choices };
    case "spans":
      return {
        start: map.toPoints(region.start),
        end: map.toPoints(region.end),
        text: map.text.slice(region.start, region.end),
        labels: [region.label],
      };
    case "rating":
      return { rating: region.rating };
    case "number":
      return { number: region.number };
    case "text":
      return { text: region.texts };
  }
}

/** Writes one region in the wire's shape, offsets as code points. */
export function writeRegion(region: Region, question: Question, texts: Texts): WireRegion {
  return {
    id: region.id,
    from_name: question.key,
    to_name: question.field,
    type: WIRE_TYPE[region.kind],
    value: wireValue(region, texts.of(question.field)),
  };
}

/** The order in which spans are listed and written: by start, the longer first, then by label. */
export function bySpan(a: SpanRegion, b: SpanRegion): number {
  return a.start - b.start || b.end - a.end || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0);
}
