import type { Dispute, Result } from "../src/core/contracts";
import { noteDispute } from "./story-note";

const LINE =
  "The committee noted the figures, asked the auditor to confirm them, and put the matter off again.";
const ROWS = 2_000;
const EVERY = 60;
const LENGTH = 12;

/** One answer's spans: one of ten is left out, one of seven reaches further, one of eleven has another label. */
function marked(text: string, at: number): Result {
  return Array.from({ length: ROWS }, (_, row) => {
    const start = row * EVERY;
    const end = start + LENGTH + ((row + at) % 7 === 0 ? 4 : 0);
    const labels = [(row + at) % 11 === 0 ? "drug" : "disease"];
    const value = { start, end, text: text.slice(start, end), labels };
    return { id: `${at}-${row}`, from_name: "entity", to_name: "text", type: "labels", value };
  }).filter((_, row) => (row + at) % 10 !== 0);
}

/** Three answers of some 2,000 spans to a document of 120,000 characters. */
export function longDispute(language: string): Dispute {
  const dispute = noteDispute(language);
  const text = Array.from({ length: (ROWS * EVERY) / LINE.length + 1 }, () => LINE).join("\n");
  const answers = ["A", "B", "C"].map((name, at) => ({ name, result: marked(text, at) }));
  return { ...dispute, item: { ...dispute.item, data: { text } }, answers };
}
