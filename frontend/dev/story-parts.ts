import type { WireRegion } from "../src/core/contracts";

/** A region as the API writes it. */
export function region(id: string, question: string, type: string, value: WireRegion["value"]): WireRegion {
  return { id, from_name: question, to_name: "text", type, value };
}

/** The region that labels the first place where `part` stands in `text`. */
export function spanOf(text: string, id: string, question: string, part: string, label: string): WireRegion {
  const at = text.indexOf(part);
  if (at < 0) throw new RangeError(`“${part}” is not in the text`);
  const start = Array.from(text.slice(0, at)).length;
  return region(id, question, "labels", {
    start,
    end: start + Array.from(part).length,
    text: part,
    labels: [label],
  });
}
