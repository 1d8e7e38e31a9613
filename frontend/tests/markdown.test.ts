import { describe, expect, it } from "vitest";
import { type Block, type Inline, parseMarkdown } from "../src/core/markdown";
import { growth, SQUARE } from "./pace";

function said(parts: readonly Inline[]): string {
  return parts
    .map((part) => {
      if (part.kind === "break") return "⏎";
      if ("children" in part) return `<${part.kind}>${said(part.children)}</>`;
      return part.kind === "code" ? `<code>${part.text}</>` : part.text;
    })
    .join("");
}

function outline(blocks: readonly Block[]): unknown {
  return blocks.map((block) => {
    switch (block.kind) {
      case "heading":
        return [`h${block.level}`, said(block.children)];
      case "paragraph":
        return said(block.children);
      case "list":
        return [block.ordered ? `ol${block.start}` : "ul", ...block.items.map(outline)];
      case "quote":
        return ["quote", outline(block.blocks)];
      case "code":
        return ["code", block.language, block.text];
      case "table":
        return ["table", block.head.map(said), block.rows.map((row) => row.map(said))];
      default:
        return block.kind;
    }
  });
}

const read = (text: string): unknown => outline(parseMarkdown(text));

describe("parseMarkdown", () => {
  it("reads the blocks that people write", () => {
    const text =
      "# Answer\n\nFirst line\nsecond *line*.\n- one\n- two\n  1. inner\n\n3. three\n4. four\n> said\n> so\n---\n```py\na = '**b**'\n```\nend";
    expect(read(text)).toEqual([
      ["h1", "Answer"],
      "First line⏎second <emphasis>line</>.",
      ["ul", ["one"], ["two", ["ol1", ["inner"]]]],
      ["ol3", ["three"], ["four"]],
      ["quote", ["said⏎so"]],
      "rule",
      ["code", "py", "a = '**b**'"],
      "end",
    ]);
  });

  it("reads tables, with bars that are part of a cell", () => {
    expect(read("| Year | Sum |\n| --- | ---: |\n| 2024 | **5** |\n| a \\| b |\nafter")).toEqual([
      [
        "table",
        ["Year", "Sum"],
        [
          ["2024", "<strong>5</>"],
          ["a | b", ""],
        ],
      ],
      "after",
    ]);
    expect(read("a | b\nno rule")).toEqual(["a | b⏎no rule"]);
  });

  it("marks Chinese without spaces around the marks, and leaves lone marks alone", () => {
    expect(read("依据**《合同法》第九十四条**，*可以*解除。")).toEqual([
      "依据<strong>《合同法》第九十四条</>，<emphasis>可以</>解除。",
    ]);
    expect(read("2 * 3 * 4, snake_case_name, **open, a ~~b~~ `**c**`")).toEqual([
      "2 * 3 * 4, snake_case_name, **open, a <strike>b</> <code>**c**</>",
    ]);
    expect(read("**bold *and* both** \\*plain\\*")).toEqual([
      "<strong>bold <emphasis>and</> both</> *plain*",
    ]);
  });

  it("follows links of the web and of mail only, and knows no HTML", () => {
    expect(parseMarkdown("[a](https://example.org/x)")).toEqual([
      {
        kind: "paragraph",
        children: [{ kind: "link", href: "https://example.org/x", children: [{ kind: "text", text: "a" }] }],
      },
    ]);
    for (const text of ["[a](javascript:alert(1))", "[a](data:text/html,x)", "<script>alert(1)</script>"])
      expect(read(text)).toEqual([text]);
  });

  it.each(["**a ", "`", "[", "_a ", "> ", "- ", "*a **b "])("looks for an end in vain, once: %s", (sign) => {
    expect(growth((times) => void parseMarkdown(sign.repeat(times)), 1_000)).toBeLessThan(SQUARE);
  });
});
