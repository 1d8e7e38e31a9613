/** What a mark covers as a whole: a cell of a table, the turns of a dialogue; else the characters that are selected. */

import type { Field } from "./contracts";
import { type Page, pagesOf, type Table, type Turn, tableOf, turnsOf } from "./field-text";
import { tidyRange } from "./graphemes";
import type { Texts } from "./regions";

interface Range {
  readonly start: number;
  readonly end: number;
}

/** What is read from an item once. */
class Once<T> {
  readonly #held = new WeakMap<Texts, Map<string, T>>();

  constructor(private readonly read: (field: Field, texts: Texts) => T) {}

  of(texts: Texts, field: string): T {
    const held = this.#held.get(texts) ?? new Map<string, T>();
    this.#held.set(texts, held);
    const known = held.get(field);
    if (known !== undefined) return known;
    const value = this.read(texts.field(field), texts);
    held.set(field, value);
    return value;
  }
}

const turns = new Once<readonly Turn[]>((field, texts) => turnsOf(field, texts.data));
const pages = new Once<readonly Page[]>((field, texts) => pagesOf(field, texts.data));
const tables = new Once<Table>((field, texts) =>
  tableOf(field, texts.data, texts.told.columns?.[field.name]),
);

/** The turns of a dialogue or chat, read once. */
export function turnsIn(texts: Texts, field: string): readonly Turn[] {
  return isTalk(texts.field(field)) ? turns.of(texts, field) : [];
}

/** The pages of a document, read once. */
export function pagesIn(texts: Texts, field: string): readonly Page[] {
  return pages.of(texts, field);
}

/** A table's cells, read once. */
export function tableIn(texts: Texts, field: string): Table {
  return tables.of(texts, field);
}

export function isTalk(field: Field): boolean {
  return field.kind === "dialogue" || field.kind === "chat";
}

/** Whether only whole turns can be marked. */
export function marksTurns(field: Field): boolean {
  return isTalk(field) && field.granularity === "paragraph";
}

export function isTable(field: Field): boolean {
  return field.kind === "table";
}

/** Whether what is marked are characters: not whole cells, not whole turns. */
export function marksCharacters(texts: Texts, name: string): boolean {
  const field = texts.field(name);
  return !isTable(field) && !marksTurns(field);
}

/** The turn that holds an offset; one between two turns belongs to the one before. */
export function turnAt(all: readonly Turn[], offset: number): number {
  let low = 0;
  let high = all.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((all[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Whole turns from the one that holds `start` to the one that holds what is before `end`. */
export function wholeTurns(all: readonly Turn[], start: number, end: number): Range | null {
  const first = all[turnAt(all, start)];
  const last = all[turnAt(all, Math.max(start, end - 1))];
  return first && last && first.start < last.end ? { start: first.start, end: last.end } : null;
}

/** Whether a range is made of whole turns. */
export function isWhole(all: readonly Turn[], { start, end }: Range): boolean {
  if (all.length === 0) return false;
  return all[turnAt(all, start)]?.start === start && all[turnAt(all, end)]?.end === end;
}

/** What a mark on a selection covers, or null when there is nothing to mark. */
export function markable(texts: Texts, name: string, anchor: number, focus: number): Range | null {
  const field = texts.field(name);
  const [start, end] = [Math.min(anchor, focus), Math.max(anchor, focus)];
  if (isTable(field)) return start < end ? { start, end: start + 1 } : null;
  const all = turnsIn(texts, name);
  if (marksTurns(field)) return wholeTurns(all, start, end);
  if (start < end && isWhole(all, { start, end })) return { start, end };
  return tidyRange(texts.of(name).text, start, end);
}

/** Whether a mark stays selected as a whole: a cell, or whole turns. */
export function isUnit(texts: Texts, name: string, range: Range): boolean {
  return isTable(texts.field(name)) || isWhole(turnsIn(texts, name), range);
}

/** A cell: its row, counted from 1, its column's name or its key's, and what stands in it. */
export interface Cell {
  readonly row: number;
  /** "" where the cell is a key itself. */
  readonly name: string;
  readonly text: string;
}

/** The cell at a place, counted row by row from 0. */
export function cellAt({ columns, rows, pairs }: Table, place: number): Cell {
  const row = Math.floor(place / columns.length);
  const column = place % columns.length;
  const cells = rows[row] ?? [];
  const name = pairs ? (column > 0 ? cells[0] : "") : columns[column];
  return { row: row + 1, name: name ?? "", text: cells[column] ?? "" };
}
