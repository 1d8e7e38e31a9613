import { type Flow, type FlowLeaf, flowOf, visible } from "../core/html-flow";
import { type HtmlNode, type HtmlTree, isElement, TAGS } from "../core/html-tree";
import { lanes, type Range } from "../core/segments";
import { BlockRanges } from "./block-ranges";
import { MarkPainter } from "./marks";
import { PositionMap } from "./positions";
import type { Slice, SpanView, ViewParts } from "./span-view";

/** Of these the browser lays out a child only when it is near the window. */
const WRAPPERS: ReadonlySet<string> = new Set(["div", "article", "section", "main"]);

/** Leaves that follow each other without a break: a change of one of its spans paints a block anew. */
interface Block {
  readonly start: number;
  readonly end: number;
  readonly next: number;
  readonly leaves: readonly { readonly leaf: FlowLeaf; readonly element: HTMLElement }[];
}

/**
 * HTML as the server stored it, built element by element: nothing here goes through the browser's parser, so what is
 * no element of the list cannot become one.
 */
export class HtmlView<R extends Range> implements SpanView<R> {
  readonly root: HTMLElement;
  readonly text: string;
  readonly #positions = new PositionMap();
  readonly #painter: MarkPainter<R>;
  readonly #flow: Flow;
  /** In the order of the text: what holds each leaf. */
  readonly #holders: (HTMLElement | Text)[] = [];
  readonly #blocks: readonly Block[];
  readonly #ranges: BlockRanges<R>;
  /** What was built, until it is painted. */
  #built: readonly Node[] | null;

  constructor(tree: HtmlTree, { root, look }: ViewParts<R>) {
    this.root = root;
    this.text = tree.text;
    this.#flow = flowOf(tree);
    this.#painter = new MarkPainter(tree.text, this.#positions, look);
    root.classList.add("is-html");
    this.#built = this.#build(tree.children, true);
    this.#positions.set(root, 0, this.text.length);
    this.#blocks = this.#gather();
    this.#ranges = new BlockRanges(this.#blocks, (at) => this.#paint(at));
  }

  paint(ranges: readonly R[], same: (a: R, b: R) => boolean = Object.is): void {
    this.#ranges.replace(ranges, same);
    if (!this.#built) return;
    // All is painted before it comes into the page: a change there makes the browser look at its style sheets.
    for (let at = 0; at < this.#blocks.length; at++) if (this.#ranges.at(at).length === 0) this.#paint(at);
    this.root.replaceChildren(...this.#built);
    this.#built = null;
  }

  change(gone: readonly R[], added: readonly R[]): void {
    this.#ranges.change(gone, added);
  }

  refresh(range: R): void {
    for (const at of this.#ranges.touchedBy(range))
      for (const { element } of this.#blocks[at]?.leaves ?? []) this.#painter.refresh(element, range);
  }

  /** What is shown of the leaf that holds an offset. */
  elementAt(offset: number): HTMLElement {
    const holder = this.#holders[this.#leafAt(offset)];
    return (holder instanceof Text ? holder.parentElement : holder) ?? this.root;
  }

  placeOf(offset: number): { readonly node: Node; readonly offset: number } {
    const at = this.#leafAt(offset);
    const holder = this.#holders[at];
    if (holder instanceof Text) return { node: holder, offset: offset - (this.#flow.leaves[at]?.start ?? 0) };
    return this.#positions.placeOf(holder ?? this.root, offset);
  }

  offsetOf(node: Node, offset: number): number | null {
    return this.root.contains(node) ? this.#positions.offsetOf(node, offset) : null;
  }

  visible(offset: number, direction: -1 | 1): number {
    return visible(this.#flow, offset, direction);
  }

  near(): readonly Slice[] {
    return [{ start: 0, end: this.text.length }];
  }

  dispose(): void {}

  #build(nodes: readonly HtmlNode[], chunks: boolean): readonly Node[] {
    const wrapped = chunks && nodes.filter(isElement).length === 1;
    return nodes.map((node) => {
      if (!isElement(node)) return this.#leaf();
      // The reader knows only these, and so does whoever builds.
      const element = document.createElement(TAGS.has(node.tag) ? node.tag : "span");
      for (const [name, value] of node.attributes) element.setAttribute(name, value);
      const deeper = wrapped && WRAPPERS.has(node.tag);
      if (chunks && !deeper) element.classList.add("chunk");
      const from = this.#at;
      element.append(...this.#build(node.children, deeper));
      this.#positions.set(element, from, this.#at);
      return element;
    });
  }

  /** Where the next leaf begins. */
  get #at(): number {
    return this.#flow.leaves[this.#holders.length]?.start ?? this.text.length;
  }

  #leaf(): HTMLElement | Text {
    const leaf = this.#flow.leaves[this.#holders.length];
    const text = document.createTextNode(this.text.slice(leaf?.start, leaf?.end));
    let holder: HTMLElement | Text = text;
    if (leaf?.hidden) this.#positions.set(text, leaf.start, leaf.end);
    else holder = document.createElement("span");
    this.#holders.push(holder);
    return holder;
  }

  #gather(): readonly Block[] {
    const all: { leaf: FlowLeaf; element: HTMLElement }[][] = [];
    let block = -1;
    for (const [at, leaf] of this.#flow.leaves.entries()) {
      const element = this.#holders[at];
      if (leaf.hidden || !(element instanceof HTMLElement)) continue;
      if (leaf.block !== block) all.push([]);
      block = leaf.block;
      all.at(-1)?.push({ leaf, element });
    }
    return all.map((leaves, at) => ({
      start: leaves[0]?.leaf.start ?? 0,
      end: leaves.at(-1)?.leaf.end ?? 0,
      next: all[at + 1]?.[0]?.leaf.start ?? this.text.length,
      leaves,
    }));
  }

  #paint(at: number): void {
    const ranges = this.#ranges.at(at);
    const heights = lanes(ranges);
    for (const { leaf, element } of this.#blocks[at]?.leaves ?? []) {
      if (ranges.length > 0) this.#painter.fill(element, { ...leaf, next: leaf.end }, ranges, heights);
      else this.#plain(leaf, element);
    }
  }

  #plain(leaf: FlowLeaf, element: HTMLElement): void {
    const node = document.createTextNode(this.text.slice(leaf.start, leaf.end));
    this.#positions.set(element, leaf.start, leaf.end);
    this.#positions.set(node, leaf.start, leaf.end);
    if (element.style.length > 0) element.style.removeProperty("--lanes");
    element.replaceChildren(node);
  }

  /** The leaf that shows an offset: the one that begins there rather than the one that ends, if it is seen. */
  #leafAt(offset: number): number {
    const at = this.#leafFrom(offset);
    const leaf = this.#flow.leaves[at];
    return leaf?.hidden && leaf.start === offset && at > 0 ? at - 1 : at;
  }

  #leafFrom(offset: number): number {
    const { leaves } = this.#flow;
    let low = 0;
    let high = leaves.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((leaves[middle]?.start ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
