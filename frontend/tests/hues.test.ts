import { expect, it } from "vitest";
import type { Schema } from "../src/core/contracts";
import { withHues } from "../src/core/hues";
import { labelColour } from "../src/core/palette";

const labels = (...keys: string[]) => keys.map((key) => ({ key, text: key }));
const spans = (key: string, ...of: string[]) =>
  ({ key, kind: "spans", tag: "labels", field: "text", labels: labels(...of) }) as const;
const schema = (...questions: Schema["questions"]): Schema => ({
  version: 1,
  fields: [{ name: "text", key: "text" }],
  questions,
  layout: [],
});

it("gives the labels of two questions about marks colours of their own", () => {
  const [claims, verdict, evidence] = withHues(
    schema(
      spans("claims", "claim", "fact"),
      { key: "verdict", kind: "choice", field: "text", labels: labels("yes") },
      spans("evidence", "source"),
    ),
  ).questions;
  expect(claims?.labels?.map((one) => one.place)).toEqual([0, 1]);
  expect(verdict?.labels?.[0]?.place).toBeUndefined();
  const source = evidence?.labels?.[0];
  expect(labelColour(source, 0)).toBe(labelColour(undefined, 2));
});

it("leaves a schema with one such question as it is", () => {
  const one = schema(spans("claims", "claim"));
  expect(withHues(one)).toBe(one);
});
