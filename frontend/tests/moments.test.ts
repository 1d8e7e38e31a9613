import { expect, it } from "vitest";
import type { Question } from "../src/core/contracts";
import { fits, formOf } from "../src/core/moments";
import { momentWords } from "../src/elements/moment-words";

function asked(only: string, bounds: Partial<Question> = {}): Question {
  return { key: "when", kind: "datetime", tag: "datetime", field: "text", only, ...bounds };
}

it("reads the form as the server does", () => {
  expect(["", "date", "time", "date,time", "month", "month,year", "year", "date,year"].map(formOf)).toEqual([
    "datetime",
    "date",
    "time",
    "datetime",
    "month",
    "month",
    "year",
    "date",
  ]);
});

it("takes what has the form and lies within the bounds", () => {
  expect(fits(asked("date"), "2026-11-20")).toBe(true);
  expect(fits(asked("date"), "2026-11")).toBe(false);
  expect(fits(asked("date", { earliest: "2026-11-21" }), "2026-11-20")).toBe(false);
  expect(fits(asked("year", { latest: "2026" }), "2027")).toBe(false);
  expect(fits(asked("month"), "2026-13")).toBe(false);
});

it("takes a day as the bound of a day with a time", () => {
  expect(fits(asked("", { latest: "2026-11-20" }), "2026-11-20T23:59")).toBe(true);
  expect(fits(asked("", { latest: "2026-11-20" }), "2026-11-21T00:00")).toBe(false);
});

it("is read in the language of the page, and never moved by the reader's time zone", () => {
  const given = ["2026-05-01T23:30", "2026-05-01", "10:00", "2026-05", "2026", "2026-13-01", "soon", ""];
  // A narrow space stands before AM and PM.
  expect(given.map((one) => momentWords(one, "en").replace(/\s/g, " "))).toEqual([
    "May 1, 2026 at 11:30 PM",
    "May 1, 2026",
    "10:00 AM",
    "May 2026",
    "2026",
    "2026-13-01",
    "soon",
    "",
  ]);
  expect(given.slice(0, 4).map((one) => momentWords(one, "zh-hans"))).toEqual([
    "2026年5月1日 23:30",
    "2026年5月1日",
    "10:00",
    "2026年5月",
  ]);
});
