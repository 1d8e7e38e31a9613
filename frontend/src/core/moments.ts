/** Days and times as they are written: which form a question asks for, and what fits it. */

import type { Question } from "./contracts";

export type Form = "datetime" | "date" | "time" | "month" | "year";

const FORMS: Readonly<Record<Form, RegExp>> = {
  datetime: /^\d{4}-\d\d-\d\dT\d\d:\d\d$/,
  date: /^\d{4}-\d\d-\d\d$/,
  time: /^\d\d:\d\d$/,
  month: /^\d{4}-(0[1-9]|1[0-2])$/,
  year: /^\d{4}$/,
};

/** What the parts of `only` come to: a date goes before month and year, as on the server. */
export function formOf(only = ""): Form {
  const parts = new Set(only.split(",").map((one) => one.trim()));
  if (parts.has("date")) return parts.has("time") ? "datetime" : "date";
  if (parts.has("month")) return "month";
  if (parts.has("year")) return "year";
  return parts.has("time") ? "time" : "datetime";
}

/** The form in which a moment is written, or null. */
export function formOfValue(value: string): Form | null {
  const found = Object.entries(FORMS).find(([, pattern]) => pattern.test(value));
  return (found?.[0] as Form | undefined) ?? null;
}

/** Whether a text is of the question's form and within its bounds; a bound may be shorter than what it bounds. */
export function fits(question: Question, given: string): boolean {
  const { earliest = "", latest = "" } = question;
  if (!FORMS[formOf(question.only)].test(given)) return false;
  const early = earliest !== "" && given.slice(0, earliest.length) < earliest;
  const late = latest !== "" && given.slice(0, latest.length) > latest;
  return !early && !late;
}
