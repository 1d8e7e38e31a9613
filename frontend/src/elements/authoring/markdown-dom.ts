/** Markdown as DOM: only the elements made here, text only as text. A chunk of its own, that imports nothing of the editor. */

import { type Block, type Inline, parseMarkdown } from "../../core/markdown";

function make(name: string, children: readonly Node[]): HTMLElement {
  const element = document.createElement(name);
  element.append(...children);
  return element;
}

function inlines(parts: readonly Inline[]): readonly Node[] {
  return parts.map(inline);
}

function inline(part: Inline): Node {
  switch (part.kind) {
    case "text":
      return document.createTextNode(part.text);
    case "break":
      return document.createElement("br");
    case "code":
      return make("code", [document.createTextNode(part.text)]);
    case "strong":
      return make("strong", inlines(part.children));
    case "emphasis":
      return make("em", inlines(part.children));
    case "strike":
      return make("s", inlines(part.children));
    case "link":
      return link(part);
  }
}

/** Opens beside the work, and tells the other page nothing. */
function link(part: Extract<Inline, { kind: "link" }>): HTMLElement {
  const element = make("a", inlines(part.children)) as HTMLAnchorElement;
  element.href = part.href;
  element.target = "_blank";
  element.rel = "noopener noreferrer nofollow";
  element.referrerPolicy = "no-referrer";
  return element;
}

/** Headings of a text stand below those of the page. */
function heading(block: Extract<Block, { kind: "heading" }>): HTMLElement {
  const element = make("p", inlines(block.children));
  element.setAttribute("role", "heading");
  element.setAttribute("aria-level", String(Math.min(6, block.level + 3)));
  element.className = `md-heading md-h${Math.min(4, block.level)}`;
  return element;
}

function table(block: Extract<Block, { kind: "table" }>): HTMLElement {
  const row = (name: string, cells: readonly (readonly Inline[])[]): HTMLElement =>
    make(
      "tr",
      cells.map((cell) => make(name, inlines(cell))),
    );
  const made = make("table", [
    make("thead", [row("th", block.head)]),
    make(
      "tbody",
      block.rows.map((cells) => row("td", cells)),
    ),
  ]);
  const scroller = make("div", [made]);
  scroller.className = "md-table";
  scroller.tabIndex = 0;
  return scroller;
}

function list(block: Extract<Block, { kind: "list" }>): HTMLElement {
  const element = make(
    block.ordered ? "ol" : "ul",
    block.items.map((item) => make("li", item.length === 1 ? tight(item[0]) : item.map(draw))),
  );
  if (element instanceof HTMLOListElement && block.start !== 1) element.start = block.start;
  return element;
}

function tight(block: Block | undefined): readonly Node[] {
  if (!block) return [];
  return block.kind === "paragraph" ? inlines(block.children) : [draw(block)];
}

function draw(block: Block): Node {
  switch (block.kind) {
    case "heading":
      return heading(block);
    case "paragraph":
      return make("p", inlines(block.children));
    case "list":
      return list(block);
    case "quote":
      return make("blockquote", block.blocks.map(draw));
    case "code":
      return make("pre", [make("code", [document.createTextNode(block.text)])]);
    case "table":
      return table(block);
    case "rule":
      return document.createElement("hr");
  }
}

/** What a Markdown text looks like. */
export function drawMarkdown(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(...parseMarkdown(text).map(draw));
  return fragment;
}
