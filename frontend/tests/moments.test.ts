import { expect, it } from "vitest";
import type { Question } from "../src/core/contracts";
import { fits, formOf } from "../src/core/moments";

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
