/** How a browser lays HTML out as text: which leaves stand on one line together, and which white space it leaves out. */

import { type HtmlLeaf, type HtmlNode, type HtmlTree, isElement } from "./html-tree";

const INLINE: ReadonlySet<string> = new Set(
  "abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u var wbr".split(
    " ",
  ),
);

/** A leaf in its line: leaves of one block follow each other without a break. */
export interface FlowLeaf extends HtmlLeaf {
  readonly block: number;
  /** Nothing of it is shown: white space between blocks, rows, cells. */
  readonly hidden: boolean;
}

export interface Flow {
  /** In the order of the text. */
  readonly leaves: readonly FlowLeaf[];
  /** White space that is not shown, in order, not touching. */
  readonly hidden: readonly HtmlLeaf[];
}

interface Part {
  readonly leaf: HtmlLeaf;
  readonly block: number;
  readonly kept: boolean;
}

function partsOf(tree: HtmlTree): readonly Part[] {
  const parts: Part[] = [];
  let block = 0;
  const walk = (nodes: readonly HtmlNode[], kept: boolean): void => {
    for (const node of nodes) {
      if (!isElement(node)) {
        parts.push({ leaf: node, block, kept });
        continue;
      }
      const breaks = !INLINE.has(node.tag);
      if (breaks) block++;
      walk(node.children, kept || node.tag === "pre");
      if (breaks) block++;
    }
  };
  walk(tree.children, false);
  return parts;
}

class Hidden {
  readonly ranges: { start: number; end: number }[] = [];

  add(start: number, end: number): void {
    if (start >= end) return;
    const last = this.ranges.at(-1);
    if (last && last.end >= start) last.end = Math.max(last.end, end);
    else this.ranges.push({ start, end });
  }
}

/** The white space that collapses: all but the first of a run, and every run at the edge of a block. */
function hiddenIn(text: string, parts: readonly Part[]): readonly HtmlLeaf[] {
  const hidden = new Hidden();
  /** The last visible space at a place where the block may end. */
  let space = -1;
  let block = -1;
  let atStart = true;
  for (const part of parts) {
    if (part.block !== block) {
      if (space >= 0) hidden.add(space, space + 1);
      [block, atStart, space] = [part.block, true, -1];
    }
    if (part.kept) {
      [atStart, space] = [false, -1];
      continue;
    }
    for (const run of text.slice(part.leaf.start, part.leaf.end).matchAll(/[ \t\n\f]+|[^ \t\n\f]+/g)) {
      const from = part.leaf.start + run.index;
      const to = from + run[0].length;
      if (/^[ \t\n\f]/.test(run[0])) {
        const shows = !atStart && space < 0;
        hidden.add(shows ? from + 1 : from, to);
        if (shows) space = from;
      } else [atStart, space] = [false, -1];
    }
  }
  if (space >= 0) hidden.add(space, space + 1);
  // A space at a block's end is found after what follows it.
  return merged(hidden.ranges);
}

function merged(ranges: readonly HtmlLeaf[]): readonly HtmlLeaf[] {
  const all = new Hidden();
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) all.add(start, end);
  return all.ranges;
}

/** The last hidden range that begins at or before an offset. */
function hiddenAt(hidden: readonly HtmlLeaf[], offset: number): HtmlLeaf | undefined {
  let low = 0;
  let high = hidden.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((hidden[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return hidden[low - 1];
}

export function flowOf(tree: HtmlTree): Flow {
  const parts = partsOf(tree);
  const hidden = hiddenIn(tree.text, parts);
  const leaves = parts.map(({ leaf, block }) => {
    const cover = hiddenAt(hidden, leaf.start);
    return { ...leaf, block, hidden: cover !== undefined && cover.end >= leaf.end };
  });
  return { leaves, hidden };
}

/** Where the caret goes instead of a place that is not shown. */
export function visible({ hidden }: Flow, offset: number, direction: -1 | 1): number {
  const cover = hiddenAt(hidden, offset);
  if (!cover || offset <= cover.start || offset >= cover.end) return offset;
  return direction < 0 ? cover.start : cover.end;
}
