/** Writing Markdown: what a key or a button of the toolbar makes of a text and its selection. UTF-16 units. */

export interface Written {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Puts marks around what is selected, or takes them away when they are there. */
export function wrap({ text, start, end }: Written, mark: string): Written {
  const inside = text.slice(start, end);
  const before = text.slice(0, start);
  const after = text.slice(end);
  const n = mark.length;
  if (before.endsWith(mark) && after.startsWith(mark) && !isLonger(before, after, mark))
    return { text: before.slice(0, -n) + inside + after.slice(n), start: start - n, end: end - n };
  if (inside.length >= 2 * n && inside.startsWith(mark) && inside.endsWith(mark))
    return { text: before + inside.slice(n, -n) + after, start, end: end - 2 * n };
  // Marks beside white space mark nothing.
  const lead = inside.length - inside.trimStart().length;
  const core = inside.trim();
  if (!core) return { text: before + mark + mark + after, start: start + n, end: start + n };
  const tail = inside.slice(lead + core.length);
  return {
    text: before + inside.slice(0, lead) + mark + core + mark + tail + after,
    start: start + lead + n,
    end: start + lead + n + core.length,
  };
}

/** One star is not found in two. */
function isLonger(before: string, after: string, mark: string): boolean {
  if (mark !== "*") return false;
  return (
    before.endsWith("**") && after.startsWith("**") && !(before.endsWith("***") && after.startsWith("***"))
  );
}

export type LineSign = "bullets" | "numbers" | "quote" | "heading";

const SIGNS: Readonly<Record<LineSign, { readonly is: RegExp; readonly put: (index: number) => string }>> = {
  bullets: { is: /^[-*+] /, put: () => "- " },
  numbers: { is: /^\d+[.)] /, put: (index) => `${index + 1}. ` },
  quote: { is: /^> ?/, put: () => "> " },
  heading: { is: /^#{1,6} /, put: () => "## " },
};

/** Puts a sign before every line of the selection, or takes it away where all have it. */
export function signLines(written: Written, sign: LineSign): Written {
  const { text } = written;
  const from = text.lastIndexOf("\n", written.start - 1) + 1;
  const stop = text.indexOf("\n", Math.max(written.end - (written.end > written.start ? 1 : 0), from));
  const to = stop < 0 ? text.length : stop;
  const lines = text.slice(from, to).split("\n");
  const { is, put } = SIGNS[sign];
  const had = lines.every((line) => is.test(line) || (!line.trim() && lines.length > 1));
  const other = sign === "bullets" ? SIGNS.numbers.is : sign === "numbers" ? SIGNS.bullets.is : null;
  const changed = lines.map((line, index) => {
    if (had) return line.replace(is, "");
    if (!line.trim() && lines.length > 1) return line;
    return put(index) + (other ? line.replace(other, "") : line.replace(is, ""));
  });
  const block = changed.join("\n");
  const next = text.slice(0, from) + block + text.slice(to);
  const moved = block.length - (to - from);
  if (lines.length > 1) return { text: next, start: from, end: from + block.length };
  return {
    text: next,
    start: Math.max(from, written.start + moved),
    end: Math.max(from, written.end + moved),
  };
}

/** A block of its own lines in the place of the selection; `select` is the part of it that is selected then. */
function block({ text, start, end }: Written, lines: string, select: string): Written {
  const before = text.slice(0, start);
  const after = text.slice(end);
  const lead = before && !before.endsWith("\n\n") ? (before.endsWith("\n") ? "\n" : "\n\n") : "";
  const tail = after.startsWith("\n") ? "" : "\n";
  const at = start + lead.length + lines.indexOf(select);
  return { text: before + lead + lines + tail + after, start: at, end: at + select.length };
}

export function codeBlock(written: Written): Written {
  const inside = written.text.slice(written.start, written.end);
  return block(written, `\`\`\`\n${inside}\n\`\`\``, inside);
}

/** A small table; `words` are the headings of its columns. */
export function table(written: Written, words: readonly [string, string]): Written {
  const [first, second] = words;
  return block(written, `| ${first} | ${second} |\n| --- | --- |\n|  |  |`, first);
}

export function link({ text, start, end }: Written, word: string): Written {
  const inside = text.slice(start, end) || word;
  const made = `[${inside}](https://)`;
  const at = start + made.length - 1;
  return { text: text.slice(0, start) + made + text.slice(end), start: at, end: at };
}

/** Enter in a list: the next item begins, an empty one ends the list; null where it is a line break like any other. */
export function nextItem({ text, start, end }: Written): Written | null {
  if (start !== end) return null;
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const line = text.slice(from, start);
  const found = /^(\s*)(?:([-*+]|>)|(\d+)([.)]))( +)/.exec(line);
  if (!found) return null;
  const rest = text.slice(start);
  if (line.length === found[0].length) {
    return { text: text.slice(0, from) + rest, start: from, end: from };
  }
  const sign = found[2] ?? `${Number(found[3]) + 1}${found[4]}`;
  const added = `\n${found[1]}${sign}${found[5]}`;
  return {
    text: text.slice(0, start) + added + rest,
    start: start + added.length,
    end: start + added.length,
  };
}

/** What changed between two texts: `from` to `to` of the first became `put`. */
export function changed(before: string, after: string): { from: number; to: number; put: string } {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from += 1;
  let same = 0;
  while (same < most - from && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return { from, to: before.length - same, put: after.slice(from, after.length - same) };
}

const EAST = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}";
const WORDS = new RegExp(`[${EAST}]|(?:(?![${EAST}])[\\p{L}\\p{M}\\p{N}'’])+`, "gu");

/** Words (each Han character and kana is one, as word processors count) and characters (code points). */
export function counts(text: string): { readonly words: number; readonly characters: number } {
  let words = 0;
  for (const [found] of text.matchAll(WORDS)) if (/[\p{L}\p{N}]/u.test(found)) words += 1;
  let characters = 0;
  for (const sign of text) if (sign !== "\n" && sign !== "\r") characters += 1;
  return { words, characters };
}
