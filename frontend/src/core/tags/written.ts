import type { GradesRegion, MessageRegion, RelationRegion, RubricRegion } from "../regions";
import { type Codec, finite, strings, type Value } from "./codec";

function rows(value: unknown): readonly Value[] | null {
  return Array.isArray(value) && value.every((one) => typeof one === "object" && one !== null) ? value : null;
}

export const relation: Codec = {
  read: ({ value }) => {
    const { from_id: from, to_id: to, direction } = value;
    const labels = strings(value.labels ?? []);
    if (typeof from !== "string" || typeof to !== "string" || !labels) return null;
    const way = direction === "left" || direction === "bi" ? direction : "right";
    return { kind: "relations", from, to, direction: way, labels };
  },
  write: (region) => {
    const { from, to, direction, labels } = region as RelationRegion;
    return { from_id: from, to_id: to, direction, labels };
  },
};

export const chatmessage: Codec = {
  read: ({ value }) => {
    const said = (value.chatmessage ?? {}) as Value;
    const { role, content } = said;
    return typeof role === "string" && typeof content === "string"
      ? { kind: "message", role, content }
      : null;
  },
  place: (region) => {
    const { role, content } = region as MessageRegion;
    return { chatmessage: { role, content } };
  },
  write: (region, question, texts) => ({ ...chatmessage.place?.(region, question, texts) }),
};

export const rubric: Codec = {
  read: ({ value }) => {
    const criteria = rows(value.rubric)?.map(({ text, weight }) => ({ text, weight: finite(weight) }));
    const good = criteria?.every((one) => typeof one.text === "string" && one.weight !== null);
    return good ? { kind: "rubric", criteria: criteria as RubricRegion["criteria"] } : null;
  },
  write: (region) => ({ rubric: (region as RubricRegion).criteria }),
};

export const grades: Codec = {
  read: ({ value }) => {
    const given = rows(value.grades)?.map(({ text, points }) => ({ text, points: finite(points) }));
    return given?.every((one) => typeof one.text === "string")
      ? { kind: "grades", grades: given as GradesRegion["grades"] }
      : null;
  },
  write: (region) => ({ grades: (region as GradesRegion).grades }),
};
