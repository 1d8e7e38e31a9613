import { describe, expect, it } from "vitest";
import server from "../../annotation/formats/html_text.py?raw";
import attacks from "../../tests/annotation/formats/attacks.py?raw";
import { flowOf, visible } from "../src/core/html-flow";
import { type HtmlNode, isElement, readHtml, TAGS } from "../src/core/html-tree";

function elements(nodes: readonly HtmlNode[]): readonly { tag: string; names: readonly string[] }[] {
  return nodes.flatMap((node) =>
    isElement(node)
      ? [{ tag: node.tag, names: node.attributes.map(([name]) => name) }, ...elements(node.children)]
      : [],
  );
}

function text(html: string, nodes = readHtml(html)): string {
  return nodes.text;
}

/** The vectors of the server's own table: what the browser's guard makes of them when they were never cleaned. */
const VECTORS = [...attacks.matchAll(/^ {4}(["'])(.*)\1: /gm)].map((found) =>
  (found[2] ?? "").replaceAll("\\'", "'"),
);

describe("stored HTML", () => {
  it("knows the same elements as the server", () => {
    const written = /_STRUCTURE: Final = \(([^)]*)\)/.exec(server)?.[1] ?? "";
    const names = [...written.matchAll(/"([^"]*)"/g)].flatMap((found) => (found[1] ?? "").trim().split(" "));
    expect([...TAGS].sort()).toEqual([...new Set(names)].sort());
  });

  it("has vectors to be tested with", () => {
    expect(VECTORS.length).toBeGreaterThan(40);
  });

  it.each(VECTORS)("makes nothing of %s but allowed elements and attributes", (vector) => {
    const tree = readHtml(vector);
    for (const { tag, names } of elements(tree.children)) {
      expect(TAGS.has(tag)).toBe(true);
      for (const name of names)
        expect(["dir", "lang", "scope", "colspan", "rowspan", "span", "start", "value"]).toContain(name);
    }
  });

  it.each([
    '<p onclick="x">a</p>',
    "<img src=x>",
    '<p style="color:red">a</p>',
    "<P>a</P>",
    "a & b",
    "a > b",
    "<p>a",
    "a</p>",
    '<p value="3">a</p>',
    '<a href="x">a</a>',
  ])("says that %s is not as it is stored", (html) => {
    expect(readHtml(html).clean).toBe(false);
  });

  it("reads elements, attributes, entities and offsets", () => {
    const tree = readHtml('<p dir="rtl">a&lt;<b>b&amp;</b><br>c&nbsp;𠮷</p>');
    expect(tree.clean).toBe(true);
    expect(tree.text).toBe("a<b&c\u00a0𠮷");
    expect(tree.children).toEqual([
      {
        tag: "p",
        attributes: [["dir", "rtl"]],
        children: [
          { start: 0, end: 2 },
          { tag: "b", attributes: [], children: [{ start: 2, end: 4 }] },
          { tag: "br", attributes: [], children: [] },
          { start: 4, end: 8 },
        ],
      },
    ]);
  });
});

describe("the flow of HTML", () => {
  const hidden = (html: string): readonly (readonly [number, number])[] =>
    flowOf(readHtml(html)).hidden.map(({ start, end }) => [start, end] as const);

  it("leaves out white space between blocks and at their edges", () => {
    expect(hidden("<p>a</p>\n  <p> b </p>")).toEqual([
      [1, 5],
      [6, 7],
    ]);
  });

  it("keeps one space of a run, also over elements, and all of them where they are kept", () => {
    expect(text("a <b> b</b>")).toBe("a  b");
    expect(hidden("a <b> b</b>")).toEqual([[2, 3]]);
    expect(hidden("<pre>a  \n b</pre>")).toEqual([]);
  });

  it("moves the caret over what is not shown", () => {
    const flow = flowOf(readHtml("<p>a</p>\n\n<p>b</p>"));
    expect([visible(flow, 2, 1), visible(flow, 2, -1), visible(flow, 1, 1), visible(flow, 3, -1)]).toEqual([
      3, 1, 1, 3,
    ]);
  });

  it("puts leaves on one line into one block", () => {
    const { leaves } = flowOf(readHtml("<p>a<b>b</b>c</p><p>d</p>"));
    expect(leaves.map((leaf) => leaf.block === leaves[0]?.block)).toEqual([true, true, true, false]);
  });
});
