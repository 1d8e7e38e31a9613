import type { Catalogue, Key } from "./en";

export type { Key } from "./en";
export type Params = Readonly<Record<string, string | number>>;

function isChinese(language: string): boolean {
  return /^zh\b/i.test(language);
}

/** The page's language, as `<html lang>` has it. */
export function pageLanguage(): string {
  return document.documentElement.lang || "en";
}

const known = new Map<"en" | "zh-hans", Catalogue>();

function catalogueOf(language: string): "en" | "zh-hans" {
  return isChinese(language) ? "zh-hans" : "en";
}

/** Reads the words of a language: nothing can be said before. A page brings those of its own language only. */
export async function learn(language: string): Promise<void> {
  const name = catalogueOf(language);
  if (known.has(name)) return;
  known.set(name, name === "en" ? (await import("./en")).en : (await import("./zh-hans")).zhHans);
  // Takes a browser milliseconds the first time: not when an item is there to be shown.
  format(language).format(1);
}

/** A message in a language; `{name}` is replaced by the parameter of that name. */
export function message(language: string, key: Key, params: Params = {}): string {
  const entry = known.get(catalogueOf(language))?.[key] ?? key;
  const one = typeof entry === "string" ? entry : params.n === 1 ? entry.one : entry.other;
  return one.replace(/\{(\w+)\}/g, (whole, name: string) => shown(language, params[name]) ?? whole);
}

const numbers = new Map<string, Intl.NumberFormat>();

function format(language: string): Intl.NumberFormat {
  const known = numbers.get(language);
  if (known) return known;
  const made = new Intl.NumberFormat(language, { maximumFractionDigits: 6 });
  numbers.set(language, made);
  return made;
}

function shown(language: string, value: string | number | undefined): string | undefined {
  return typeof value === "number" ? format(language).format(value) : value;
}

/** A share from 0 to 1 as whole percents, in the page's language. */
export function percent(share: number): string {
  return new Intl.NumberFormat(pageLanguage(), { style: "percent" }).format(share);
}

/** A figure as it is stored, without rounding, in the page's language. */
export function figure(value: number): string {
  return new Intl.NumberFormat(pageLanguage(), { maximumFractionDigits: 20 }).format(value);
}

/** A message in the page's language. */
export function t(key: Key, params: Params = {}): string {
  return message(pageLanguage(), key, params);
}

/** A time of day in the page's language. */
export function timeOf(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return "";
  return new Intl.DateTimeFormat(pageLanguage(), { dateStyle: "medium", timeStyle: "short" }).format(time);
}
