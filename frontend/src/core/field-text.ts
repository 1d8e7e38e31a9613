/** What an item's fields hold: the text over which offsets count, turns of dialogues, cells of tables. */

import type { Field } from "./contracts";

export type Data = Readonly<Record<string, unknown>>;

function record(value: unknown): Data | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Data) : null;
}

function words(value: unknown): string {
  if (typeof value === "string") return value;
  return value === null || value === undefined
    ? ""
    : typeof value === "object"
      ? JSON.stringify(value)
      : String(value);
}

/** One turn of a dialogue; UTF-16 offsets over the field's text, half-open. */
export interface Turn {
  readonly name: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The turns of a dialogue or a chat. */
export function turnsOf(field: Field, data: Data): readonly Turn[] {
  const given = data[field.key];
  const chat = field.kind === "chat";
  const textKey = chat ? "content" : (field.text_key ?? "text");
  const nameKey = chat ? "role" : (field.name_key ?? "author");
  let start = 0;
  return (Array.isArray(given) ? given : []).map((one) => {
    const text = words(record(one)?.[textKey]);
    const turn = { name: words(record(one)?.[nameKey]), text, start, end: start + text.length };
    start = turn.end + 1;
    return turn;
  });
}

/** A page of a document: its size in its own units, and its text with its place in the field's text. */
export interface Page {
  readonly width: number;
  readonly height: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export function pagesOf(field: Field, data: Data): readonly Page[] {
  const given = record(data[field.key])?.pages;
  let start = 0;
  return (Array.isArray(given) ? given : []).map((one) => {
    const page = record(one);
    const text = words(page?.text);
    const [width, height] = [Number(page?.width) || 0, Number(page?.height) || 0];
    const found = { width, height, text, start, end: start + text.length };
    start = found.end + 1;
    return found;
  });
}

/** A table's cells in words. A cell is counted row by row: `row * columns.length + column`. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** One object: its names and values are the rows. */
  readonly pairs: boolean;
}

/** @param told columns or keys in the server's order: an object here begins with those that look like numbers. */
export function tableOf(field: Field, data: Data, told?: readonly string[]): Table {
  const given = data[field.key];
  const single = record(given);
  if (single) {
    const rows = (told ?? Object.keys(single)).map((key) => [key, words(single[key])]);
    return { columns: ["key", "value"], rows, pairs: true };
  }
  const objects = (Array.isArray(given) ? given : []).flatMap((row): readonly Data[] => {
    const one = record(row);
    return one ? [one] : [];
  });
  const columns = told ?? [...new Set(objects.flatMap((row) => Object.keys(row)))];
  return { columns, rows: objects.map((row) => columns.map((name) => words(row[name]))), pairs: false };
}

/** One of the things that are ranked. */
export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

export function entriesOf(field: Field, data: Data): readonly Entry[] {
  const given = data[field.key];
  return (Array.isArray(given) ? given : []).map((one) => {
    const entry = record(one);
    return { id: words(entry?.id), title: words(entry?.title), body: words(entry?.body) };
  });
}

/** The text over which a field's offsets count; of what is written in HTML the server says it (`texts`). */
export function fieldText(field: Field, data: Data, texts: Readonly<Record<string, string>> = {}): string {
  switch (field.kind ?? "text") {
    case "text":
      return words(data[field.key]);
    case "html":
      return texts[field.name] ?? "";
    case "dialogue":
    case "chat":
      return turnsOf(field, data)
        .map((turn) => turn.text)
        .join("\n");
    case "pages":
      return pagesOf(field, data)
        .map((page) => page.text)
        .join("\f");
    default:
      return "";
  }
}
