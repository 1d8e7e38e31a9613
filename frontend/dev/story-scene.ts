import type { LayoutNode, Question, Result, Schema, WireRegion, Work } from "../src/core/contracts";

/** Words in the language of the story. */
export type Pick = (english: string, chinese: string) => string;

export function picker(language: string): Pick {
  return (english, chinese) => (language.startsWith("zh") ? chinese : english);
}

/** An item to label, with what a story has of its own. */
export function work(
  language: string,
  schema: Omit<Schema, "version">,
  data: Record<string, unknown>,
  { name, result = [] }: { readonly name?: string; readonly result?: Result } = {},
): Work {
  return {
    assignment: "asking",
    submitted: false,
    project: { id: "p1", name: name ?? picker(language)("Question families", "问题类型") },
    item: { id: "i1", data, hashes: {}, language: language.startsWith("zh") ? "zh" : "en" },
    schema: { version: 1, ...schema },
    guideline: null,
    draft: result.length > 0 ? { revision: 1, result } : null,
    lease_until: null,
    reasons: [],
    left: 4,
  };
}

export const TEXT = { name: "text", key: "text" } as const;

/** A letter of four claims. */
export function letter(say: Pick): string {
  return say(
    "The tenant reports that the boiler failed on 3 March and was not repaired until 21 March. The landlord says the first notice reached her on 12 March. A receipt from the plumber is dated 20 March.\n\nThe tenant asks for a reduction of rent for eighteen days. The landlord offers nine.",
    "租户称锅炉于三月三日损坏，直到三月二十一日才修好。房东称三月十二日才收到第一次通知。水管工的收据日期为三月二十日。\n\n租户要求减免十八天租金，房东只同意九天。",
  );
}

/** The fields first, then the questions. */
export function at(questions: readonly Question[], ...before: readonly LayoutNode[]): readonly LayoutNode[] {
  return [...before, ...questions.map(({ key }) => ({ node: "question", key }) as const)];
}

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
