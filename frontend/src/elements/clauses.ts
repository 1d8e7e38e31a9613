/** A clause of a guideline, as its numbered headings and paragraphs have it. */
export interface Clause {
  readonly number: string;
  readonly text: string;
}

const NUMBERED = /^\s*(\d+(?:\.\d+)*)[.．、)\s]\s*(\S.*)/;

/** The numbered clauses in a guideline's HTML; nothing of it is run or loaded. */
export function clausesOf(guideline: string): readonly Clause[] {
  const page = new DOMParser().parseFromString(guideline, "text/html");
  const found = new Map<string, Clause>();
  for (const element of page.querySelectorAll("h1, h2, h3, h4, h5, h6, p, li")) {
    const [, number, text] = NUMBERED.exec(element.textContent ?? "") ?? [];
    if (number && text && !found.has(number)) found.set(number, { number, text: text.trim().slice(0, 80) });
  }
  return [...found.values()];
}
