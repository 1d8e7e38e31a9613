import { type Block, blocks, directionAt, type Part, paragraphAt, parts } from "../core/document";
import type { Range } from "../core/segments";
import { BlockRanges } from "./block-ranges";
import { type Look, MarkPainter } from "./marks";
import { PositionMap } from "./positions";
import type { Slice, SpanView } from "./span-view";

/** A span with its look. */
export interface Painted extends Range, Look {}

/** The same span, painted the same. */
export function samePaint(a: Painted, b: Painted): boolean {
  return (
    a.id === b.id &&
    a.start === b.start &&
    a.end === b.end &&
    a.colour === b.colour &&
    a.chip === b.chip &&
    a.selected === b.selected &&
    a.differs === b.differs &&
    a.suggested === b.suggested
  );
}

/** As many characters a pixel of the window's height are painted at once; what follows, when it comes near the window. */
const AT_ONCE = 1.8;

/** Characters on a line, for the height of what is not laid out yet. */
const LINE = 80;

/**
 * Paints a text as blocks with marked pieces. Blocks stand in parts, which the browser leaves out of its layout while
 * they are far away; such a part holds its plain text until it comes near. A change repaints the blocks it touches.
 */
export class TextView<R extends Range = Painted> implements SpanView<R> {
  pages?: readonly Slice[];
  readonly positions = new PositionMap();
  readonly blocks: readonly Block[];
  readonly #parts: readonly Part[];
  readonly #holders: readonly HTMLElement[];
  /** By block; a hole where the part is still plain. */
  readonly #elements: HTMLElement[] = [];
  readonly #ranges: BlockRanges<R>;
  readonly #painter: MarkPainter<R>;
  readonly #watch: IntersectionObserver;
  readonly #index = new Map<Element, number>();
  readonly #near = new Set<number>();

  /** @param moved called when other parts have come near the window. */
  constructor(
    readonly root: HTMLElement,
    readonly text: string,
    look: (range: R) => Look,
    private readonly moved: () => void = () => {},
  ) {
    this.blocks = blocks(text);
    this.#parts = parts(this.blocks);
    this.#painter = new MarkPainter(text, this.positions, look);
    this.#ranges = new BlockRanges(this.blocks, (at) => this.#repaint(at));
    this.#holders = this.#parts.map((part) => this.#plain(part));
    const all = document.createDocumentFragment();
    for (const [at, holder] of this.#holders.entries()) {
      this.#index.set(holder, at);
      all.append(holder);
    }
    root.replaceChildren(all);
    this.#watch = new IntersectionObserver(this.#onNear, { rootMargin: "60% 0px" });
    for (const holder of this.#holders) this.#watch.observe(holder);
  }

  /** Shows these and no others. @param same tells whether two of one place look the same. */
  paint(ranges: readonly R[], same: (a: R, b: R) => boolean = Object.is): void {
    this.#ranges.replace(ranges, same);
    const enough = window.innerHeight * AT_ONCE;
    for (let part = 0; (this.blocks[this.#parts[part]?.from ?? 0]?.start ?? 0) < enough; part++)
      if (!this.#fill(part)) break;
  }

  /** Takes some ranges away and shows others. */
  change(gone: readonly R[], added: readonly R[]): void {
    this.#ranges.change(gone, added);
  }

  /** A range looks different now. */
  refresh(range: R): void {
    for (const at of this.#ranges.touchedBy(range)) {
      const element = this.#elements[at];
      if (element) this.#painter.refresh(element, range);
    }
  }

  /** The element that shows an offset; its part is painted if it was not. */
  elementAt(offset: number): HTMLElement {
    const at = paragraphAt(this.blocks, offset);
    this.#fill(this.#partOf(at));
    return this.#elements[at] ?? this.root;
  }

  /** The DOM position of a stored offset; one inside a line break is shown at the end of its line. */
  placeOf(offset: number): { readonly node: Node; readonly offset: number } {
    const block = this.blocks[paragraphAt(this.blocks, offset)];
    return this.positions.placeOf(this.elementAt(offset), Math.min(offset, block?.end ?? 0));
  }

  /** The stored offset of a DOM position, or null when it is outside of this text. */
  offsetOf(node: Node, offset: number): number | null {
    return this.root.contains(node) ? this.positions.offsetOf(node, offset) : null;
  }

  /** The slices of the text that are near the window, in order. */
  near(): readonly { readonly start: number; readonly end: number }[] {
    return [...this.#near]
      .sort((a, b) => a - b)
      .map((at) => this.#parts[at])
      .filter((part) => part !== undefined)
      .map((part) => this.#slice(part));
  }

  dispose(): void {
    this.#watch.disconnect();
  }

  #slice(part: Part): { readonly start: number; readonly end: number } {
    return { start: this.blocks[part.from]?.start ?? 0, end: this.blocks[part.to - 1]?.end ?? 0 };
  }

  #partOf(block: number): number {
    let low = 0;
    let high = this.#parts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#parts[middle]?.from ?? 0) <= block) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #plain(part: Part): HTMLElement {
    const holder = document.createElement("div");
    const { start, end } = this.#slice(part);
    const node = document.createTextNode(this.text.slice(start, end));
    this.positions.set(holder, start, end);
    this.positions.set(node, start, end);
    holder.className = "part is-plain";
    holder.append(node);
    let lines = 0;
    for (const block of this.blocks.slice(part.from, part.to))
      lines += Math.max(1, Math.ceil((block.end - block.start) / LINE));
    holder.style.setProperty("--lines", String(lines));
    return holder;
  }

  #isPlain(index: number): boolean {
    const part = this.#parts[index];
    return part !== undefined && !this.#elements[part.from];
  }

  /** Paints a part that was plain. @returns false when there is no such part. */
  #fill(index: number): boolean {
    const part = this.#parts[index];
    const holder = this.#holders[index];
    if (!part || !holder) return false;
    if (!this.#isPlain(index)) return true;
    const all = document.createDocumentFragment();
    for (let at = part.from; at < part.to; at++) {
      const element = document.createElement("p");
      element.dir = directionAt(this.text, this.blocks, at);
      this.#elements[at] = element;
      if (this.blocks[at]?.continues) element.className = "continues";
      this.#repaint(at);
      all.append(element);
    }
    holder.replaceChildren(all);
    holder.classList.remove("is-plain");
    return true;
  }

  #repaint(at: number): void {
    const element = this.#elements[at];
    const block = this.blocks[at];
    if (element && block) this.#painter.fill(element, block, this.#ranges.at(at));
  }

  /** Paints parts that came near; a selection that ends in their plain text is kept. */
  #fillNear(): void {
    const plain = [...this.#near].filter((at) => this.#isPlain(at));
    if (plain.length === 0) return;
    const { anchorNode, anchorOffset, focusNode, focusOffset } = document.getSelection() ?? {};
    const ends = [anchorNode, focusNode];
    const held = plain.some((at) => ends.some((node) => node && this.#holders[at]?.contains(node)));
    const anchor = held && anchorNode ? this.offsetOf(anchorNode, anchorOffset ?? 0) : null;
    const focus = held && focusNode ? this.offsetOf(focusNode, focusOffset ?? 0) : null;
    for (const at of plain) this.#fill(at);
    if (anchor === null || focus === null) return;
    const from = this.placeOf(anchor);
    const to = this.placeOf(focus);
    document.getSelection()?.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
  }

  #onNear = (entries: readonly IntersectionObserverEntry[]): void => {
    for (const entry of entries) {
      const at = this.#index.get(entry.target) ?? 0;
      if (entry.isIntersecting) this.#near.add(at);
      else this.#near.delete(at);
    }
    this.#fillNear();
    this.moved();
  };
}
