import type { Field, Question, Schema, Told, WireRegion } from "./contracts";
import { type Data, fieldText } from "./field-text";
import { OffsetMap } from "./offsets";
import { CODECS } from "./tags";
import { toName, wireType } from "./tags/tag";

/** A piece of an answer inside the editor. `of` is the marked region that it is about, where it is about one. */
interface Base {
  readonly id: string;
  readonly question: string;
  readonly of?: string;
}

/** UTF-16 units of the field's text, half-open; in a table cells, counted row by row. */
export interface SpanRegion extends Base {
  readonly kind: "spans";
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

/** An area of a picture, in percent of its size; a polygon when it has points. */
export interface BoxRegion extends Base {
  readonly kind: "boxes";
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rotation: number;
  readonly points?: readonly (readonly [number, number])[];
  /** Of a document: the page it is on, counted from 0. */
  readonly page?: number;
  /** The picture's own size in pixels. */
  readonly original?: { readonly width: number; readonly height: number };
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

export interface DatetimeRegion extends Base {
  readonly kind: "datetime";
  readonly datetime: string;
}

/** Ids of what is ranked, best first, by bucket; without buckets under "". */
export interface RankingRegion extends Base {
  readonly kind: "ranking";
  readonly ranks: Readonly<Record<string, readonly string[]>>;
}

export interface RelationRegion extends Base {
  readonly kind: "relations";
  readonly from: string;
  readonly to: string;
  readonly direction: "left" | "right" | "bi";
  readonly labels: readonly string[];
}

/** A message that was written. */
export interface MessageRegion extends Base {
  readonly kind: "message";
  readonly role: string;
  readonly content: string;
}

export interface RubricRegion extends Base {
  readonly kind: "rubric";
  readonly criteria: readonly { readonly text: string; readonly weight: number }[];
}

/** Points by criterion; null where none were given yet. */
export interface GradesRegion extends Base {
  readonly kind: "grades";
  readonly grades: readonly { readonly text: string; readonly points: number | null }[];
}

export type Region =
  | SpanRegion
  | BoxRegion
  | ChoiceRegion
  | RatingRegion
  | NumberRegion
  | TextRegion
  | DatetimeRegion
  | RankingRegion
  | RelationRegion
  | MessageRegion
  | RubricRegion
  | GradesRegion;

const ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** A new region id: ten letters of 64, drawn by the platform's generator. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => ID_ALPHABET[byte & 63]).join("");
}

/** The id of the answer to a question about a marked region. */
export function idAbout(region: string, question: string): string {
  return `${region}/${question}`;
}

/** The fields of an item by name: their texts with offset maps, and what else they hold. */
export class Texts {
  readonly #maps = new Map<string, OffsetMap>();
  readonly #fields = new Map<string, Field>();

  constructor(
    schema: Schema,
    readonly data: Data,
    readonly told: Told = {},
  ) {
    for (const field of schema.fields) {
      this.#fields.set(field.name, field);
      this.#maps.set(field.name, new OffsetMap(fieldText(field, data, told.texts)));
    }
  }

  /** @throws RangeError when the schema has no such field. */
  of(field: string): OffsetMap {
    const map = this.#maps.get(field);
    if (!map) throw new RangeError(`no field ${field}`);
    return map;
  }

  /** @throws RangeError when the schema has no such field. */
  field(name: string): Field {
    const field = this.#fields.get(name);
    if (!field) throw new RangeError(`no field ${name}`);
    return field;
  }
}

/** Reads one wire region, or null when it does not fit its question. */
export function readRegion(wire: WireRegion, question: Question, texts: Texts): Region | null {
  if (wire.type !== wireType(question)) return null;
  const body = CODECS[wireType(question)]?.read(wire, question, texts);
  if (!body) return null;
  if (question.per_region && !wire.id) return null;
  const place = question.per_region
    ? { id: idAbout(wire.id, question.key), of: wire.id }
    : { id: wire.id || newId() };
  return { ...body, ...place, question: question.key } as Region;
}

/**
 * Writes one region in the wire's shape, offsets as code points.
 * @param about the marked region that it is about, with the question that marked it
 */
export function writeRegion(
  region: Region,
  question: Question,
  texts: Texts,
  about?: { readonly region: Region; readonly question: Question },
): WireRegion {
  const type = wireType(question);
  const marks = about ? CODECS[wireType(about.question)] : undefined;
  const place = about ? marks?.place?.(about.region, about.question, texts) : {};
  return {
    ...(about ? marks?.beside?.(about.region) : {}),
    ...CODECS[type]?.beside?.(region),
    id: region.of ?? region.id,
    from_name: question.key,
    to_name: toName(question),
    type,
    value: { ...place, ...CODECS[type]?.write(region, question, texts) },
  };
}

/** The order in which spans are listed and written: by start, the longer first, then by label. */
export function bySpan(a: SpanRegion, b: SpanRegion): number {
  return a.start - b.start || b.end - a.end || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0);
}
