/** Markdown read into a tree: the part of it that people write. No HTML: a tag is text like any other. */

export type Inline =
  | { readonly kind: "text" | "code"; readonly text: string }
  | { readonly kind: "strong" | "emphasis" | "strike"; readonly children: readonly Inline[] }
  | { readonly kind: "link"; readonly href: string; readonly children: readonly Inline[] }
  | { readonly kind: "break" };

export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly children: readonly Inline[] }
  | { readonly kind: "paragraph"; readonly children: readonly Inline[] }
  | {
      readonly kind: "list";
      readonly ordered: boolean;
      readonly start: number;
      readonly items: readonly (readonly Block[])[];
    }
  | { readonly kind: "quote"; readonly blocks: readonly Block[] }
  | { readonly kind: "code"; readonly language: string; readonly text: string }
  | {
      readonly kind: "table";
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    }
  | { readonly kind: "rule" };

/** Quotes in lists in quotes: deeper ones are read as text. */
const DEEPEST = 6;

const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([\w+-]*)[^`]*$/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$/;
const RULE = /^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/;
const QUOTE = /^ {0,3}>\s?/;
const ITEM = /^( {0,3})(?:([-*+])|(\d{1,9})[.)])(\s+|$)/;
const TABLE_RULE = /^ {0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/** Reads a text. */
export function parseMarkdown(text: string): readonly Block[] {
  return blocks(text.replace(/\r\n?/g, "\n").replace(/\t/g, "    ").split("\n"), 0);
}

function blocks(lines: readonly string[], depth: number): readonly Block[] {
  const found: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? "";
    if (!line.trim()) {
      at += 1;
      continue;
    }
    const read =
      code(lines, at) ??
      heading(lines, at) ??
      rule(lines, at) ??
      (depth < DEEPEST ? (quote(lines, at, depth) ?? list(lines, at, depth)) : null) ??
      table(lines, at) ??
      paragraph(lines, at, depth);
    found.push(read.block);
    at = read.next;
  }
  return found;
}

interface Read {
  readonly block: Block;
  readonly next: number;
}

function code(lines: readonly string[], at: number): Read | null {
  const open = FENCE.exec(lines[at] ?? "");
  if (!open?.[1]) return null;
  const fence = open[1];
  const closes = (line: string): boolean => {
    const bare = line.trim();
    return bare.startsWith(fence) && [...bare].every((sign) => sign === fence[0]);
  };
  let end = at + 1;
  while (end < lines.length && !closes(lines[end] ?? "")) end += 1;
  const text = lines.slice(at + 1, end).join("\n");
  return { block: { kind: "code", language: open[2] ?? "", text }, next: end + 1 };
}

function heading(lines: readonly string[], at: number): Read | null {
  const found = HEADING.exec(lines[at] ?? "");
  if (!found?.[1]) return null;
  const children = inlines(found[2] ?? "");
  return { block: { kind: "heading", level: found[1].length, children }, next: at + 1 };
}

function rule(lines: readonly string[], at: number): Read | null {
  return RULE.test(lines[at] ?? "") ? { block: { kind: "rule" }, next: at + 1 } : null;
}

function quote(lines: readonly string[], at: number, depth: number): Read | null {
  let next = at;
  while (next < lines.length && QUOTE.test(lines[next] ?? "")) next += 1;
  if (next === at) return null;
  const inner = lines.slice(at, next).map((line) => line.replace(QUOTE, ""));
  return { block: { kind: "quote", blocks: blocks(inner, depth + 1) }, next };
}

/** An item holds what follows it further to the right than its sign. */
function list(lines: readonly string[], at: number, depth: number): Read | null {
  const first = ITEM.exec(lines[at] ?? "");
  if (!first) return null;
  const ordered = first[3] !== undefined;
  const items: (readonly Block[])[] = [];
  let next = at;
  while (next < lines.length) {
    const sign = ITEM.exec(lines[next] ?? "");
    if (!sign || (sign[3] !== undefined) !== ordered || RULE.test(lines[next] ?? "")) break;
    const end = itemEnd(lines, next + 1);
    const own = (lines[next] ?? "").slice(sign[0].length);
    const below = lines.slice(next + 1, end).map((line) => line.replace(/^ {1,4}/, ""));
    items.push(blocks([own, ...below], depth + 1));
    next = end;
    if (!lines[next]?.trim() && ITEM.test(lines[next + 1] ?? "")) next += 1;
  }
  return { block: { kind: "list", ordered, start: Number(first[3] ?? 1), items }, next };
}

function itemEnd(lines: readonly string[], from: number): number {
  let end = from;
  while (end < lines.length) {
    const line = lines[end] ?? "";
    const indented = /^ {2,}\S/.test(line);
    if (!line.trim()) {
      if (!/^ {2,}\S/.test(lines[end + 1] ?? "")) break;
    } else if (!indented && (ITEM.test(line) || startsBlock(line))) break;
    end += 1;
  }
  return end;
}

function startsBlock(line: string): boolean {
  return FENCE.test(line) || HEADING.test(line) || RULE.test(line) || QUOTE.test(line);
}

function cells(line: string): readonly (readonly Inline[])[] {
  const bare = line
    .trim()
    .replace(/^\|/, "")
    .replace(/(?<!\\)\|$/, "");
  return bare.split(/(?<!\\)\|/).map((cell) => inlines(cell.trim().replaceAll("\\|", "|")));
}

function table(lines: readonly string[], at: number): Read | null {
  const line = lines[at] ?? "";
  const under = lines[at + 1] ?? "";
  if (!line.includes("|") || !under.includes("-") || !TABLE_RULE.test(under)) return null;
  const head = cells(line);
  if (cells(under).length !== head.length) return null;
  let next = at + 2;
  const rows: (readonly (readonly Inline[])[])[] = [];
  while (next < lines.length && (lines[next] ?? "").includes("|")) {
    const row = cells(lines[next] ?? "");
    rows.push(head.map((_, index) => row[index] ?? []));
    next += 1;
  }
  return { block: { kind: "table", head, rows }, next };
}

function paragraph(lines: readonly string[], at: number, depth: number): Read {
  let next = at + 1;
  while (next < lines.length) {
    const line = lines[next] ?? "";
    if (!line.trim() || startsBlock(line) || (depth < DEEPEST && ITEM.test(line))) break;
    next += 1;
  }
  const text = lines
    .slice(at, next)
    .map((line) => line.trimStart())
    .join("\n");
  return { block: { kind: "paragraph", children: inlines(text.trimEnd()) }, next };
}

/** Where a mark that opens at `at` closes. What was looked for in vain is not looked for again. */
class Closers {
  readonly #none = new Set<string>();

  /** The text with its spans of code blanked: no mark closes in them. */
  readonly #open: string;

  constructor(private readonly text: string) {
    this.#open = text.replace(/(?<![`\\])(`{1,2})(?!`)[^`]+?\1(?!`)/g, (code) => "\0".repeat(code.length));
  }

  of(mark: string, at: number): number {
    if (this.#none.has(mark)) return -1;
    let end = at;
    const text = mark[0] === "`" ? this.text : this.#open;
    do end = text.indexOf(mark, end + 1);
    while (end >= 0 && !this.#closes(mark, end));
    if (end < 0) this.#none.add(mark);
    return end;
  }

  #closes(mark: string, at: number): boolean {
    if (mark === "`" || mark === "``") return this.text[at + mark.length] !== "`";
    if (/\s/.test(this.text[at - 1] ?? " ") || this.text[at - 1] === "\\") return false;
    if (mark === "*" && (this.text[at + 1] === "*" || this.text[at - 1] === "*")) return false;
    return mark !== "_" || !isWord(this.text[at + 1]);
  }
}

function isWord(sign: string | undefined): boolean {
  return sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
}

const MARKS = [
  ["**", "strong"],
  ["__", "strong"],
  ["~~", "strike"],
  ["*", "emphasis"],
  ["_", "emphasis"],
] as const;

function inlines(text: string, depth = 0): readonly Inline[] {
  const found: Inline[] = [];
  const closers = new Closers(text);
  let plain = "";
  let at = 0;
  const flush = (): void => {
    if (plain) found.push({ kind: "text", text: plain });
    plain = "";
  };
  while (at < text.length) {
    const read = depth < DEEPEST ? inline(text, at, closers, depth) : null;
    if (read?.inline) {
      flush();
      found.push(read.inline);
    } else plain += read?.text ?? text[at] ?? "";
    at = read?.next ?? at + 1;
  }
  flush();
  return found;
}

interface ReadInline {
  readonly inline?: Inline;
  readonly text?: string;
  readonly next: number;
}

function inline(text: string, at: number, closers: Closers, depth: number): ReadInline | null {
  const sign = text[at];
  switch (sign) {
    case "\\":
      if (text[at + 1] === "\n") return { inline: { kind: "break" }, next: at + 2 };
      return /[!-/:-@[-`{-~]/.test(text[at + 1] ?? "") ? { text: text[at + 1] ?? "", next: at + 2 } : null;
    case "\n":
      return { inline: { kind: "break" }, next: at + 1 };
    case "`":
      return codeSpan(text, at, closers);
    case "[":
      return link(text, at, depth);
    case "*":
    case "_":
    case "~":
      return marked(text, at, closers, depth);
    default:
      return null;
  }
}

function codeSpan(text: string, at: number, closers: Closers): ReadInline | null {
  const mark = text.startsWith("``", at) ? "``" : "`";
  const end = closers.of(mark, at + mark.length - 1);
  if (end < 0) return null;
  return { inline: { kind: "code", text: text.slice(at + mark.length, end) }, next: end + mark.length };
}

/** Only addresses of the web and of mail: nothing that could run. */
function link(text: string, at: number, depth: number): ReadInline | null {
  const found = /^\[([^\]\n]{1,500})\]\(([^()\s]{1,2000})\)/.exec(text.slice(at, at + 2600));
  const href = found?.[2] ?? "";
  if (!found || !/^(?:https?:\/\/|mailto:)/i.test(href)) return null;
  const children = inlines(found[1] ?? "", depth + 1);
  return { inline: { kind: "link", href, children }, next: at + found[0].length };
}

function marked(text: string, at: number, closers: Closers, depth: number): ReadInline | null {
  for (const [mark, kind] of MARKS) {
    if (!text.startsWith(mark, at) || /\s/.test(text[at + mark.length] ?? " ")) continue;
    if (mark[0] === "_" && isWord(text[at - 1])) continue;
    const end = closers.of(mark, at + mark.length);
    if (end < 0) continue;
    const children = inlines(text.slice(at + mark.length, end), depth + 1);
    return { inline: { kind, children }, next: end + mark.length };
  }
  return null;
}
