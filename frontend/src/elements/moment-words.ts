import { type Form, formOfValue } from "../core/moments";
import { pageLanguage } from "../i18n";

const SHOWN: Readonly<Record<Exclude<Form, "year">, Intl.DateTimeFormatOptions>> = {
  datetime: { dateStyle: "long", timeStyle: "short" },
  date: { dateStyle: "long" },
  time: { timeStyle: "short" },
  month: { year: "numeric", month: "long" },
};
/** What a shorter form lacks to be a moment that can be formatted. */
const WHOLE: Readonly<Record<Exclude<Form, "year">, (value: string) => string>> = {
  datetime: (value) => `${value}Z`,
  date: (value) => `${value}T00:00Z`,
  time: (value) => `1970-01-01T${value}Z`,
  month: (value) => `${value}-01T00:00Z`,
};

/** A stored day, time, both or a month in a language; a year, and what is none of them, as it stands. */
export function momentWords(value: string, language = pageLanguage()): string {
  const form = formOfValue(value);
  if (form === null || form === "year") return value;
  const time = new Date(WHOLE[form](value));
  if (Number.isNaN(time.getTime())) return value;
  return new Intl.DateTimeFormat(language, { ...SHOWN[form], timeZone: "UTC" }).format(time);
}
