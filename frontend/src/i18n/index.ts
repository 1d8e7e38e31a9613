import { type Catalogue, en, type Key } from "./en";
import { zhHans } from "./zh-hans";

export type { Key } from "./en";
export type Params = Readonly<Record<string, string | number>>;

function isChinese(language: string): boolean {
  return /^zh\b/i.test(language);
}

/** The page's language, as `<html lang>` has it. */
export function pageLanguage(): string {
  return document.documentElement.lang || "en";
}

/** A message in a language; `{name}` is replaced by the parameter of that name. */
export function message(language: string, key: Key, params: Params = {}): string {
  const catalogue: Catalogue = isChinese(language) ? zhHans : en;
  const entry = catalogue[key];
  const one = typeof entry === "string" ? entry : params.n === 1 ? entry.one : entry.other;
  return one.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
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
