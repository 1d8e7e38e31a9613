import type { Result, Work } from "../src/core/contracts";
import { note } from "./story-note";
import { region, work } from "./story-scene";

/** Characters that count differently in every unit, line breaks of each kind, runs of spaces, an empty line. */
const EDGES =
  "Family: 👨‍👩‍👧‍👦 and 👩🏽‍⚕️ met.\r\nCombining: cafe\u0301, na\u0308ive, क्षि.\r\n\r\nFlags: 🇪🇺🇨🇳. Han beyond the BMP: 𠮷野家，𪚥。\nTabs\tand   spaces.\r\nמימין לשמאל and العربية.\rLast line";

function one(language: string, text: string, result: Result): Work {
  const { project, schema } = note(language);
  return work(language, schema, { text }, { name: project.name, result });
}

export function edges(language: string): Work {
  return one(language, EDGES, []);
}

/** 120,000 characters with 2,000 spans. */
export function long(language: string): Work {
  const line =
    "The committee noted that the reported figures were prepared before the adjustment and asked the auditor to confirm them in writing.";
  const count = Math.ceil(120_000 / (line.length + 1));
  const text = Array.from({ length: count }, () => line).join("\n");
  const keys = ["disease", "body", "symptom", "drug", "dose"];
  const result = Array.from({ length: 2_000 }, (_, index) => {
    const start = index * 60;
    return region(`r${index}`, "entity", "labels", {
      start,
      end: start + 12,
      text: text.slice(start, start + 12),
      labels: [keys[index % keys.length]],
    });
  });
  return one(language, text, result);
}

/** An item whose text is missing. */
export function empty(language: string): Work {
  const full = note(language);
  return { ...full, item: { ...full.item, data: {} } };
}
