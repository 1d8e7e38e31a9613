import type { Paragraph } from "../core/document";
import { isMark, type MarkNode, type Piece, pieces, type Range } from "../core/segments";
import type { PositionMap } from "./positions";

/** What a span looks like. */
export interface Look {
  readonly colour: string;
  readonly chip: string;
  readonly selected: boolean;
  /** Not all of the compared answers hold it. */
  readonly differs: boolean;
  /** Suggested, and not accepted yet. */
  readonly suggested?: boolean;
}

/** Builds the nodes that show blocks of a text, and notes which slice each of them shows. */
export class MarkPainter<R extends Range> {
  constructor(
    private readonly text: string,
    private readonly positions: PositionMap,
    private readonly look: (range: R) => Look,
  ) {}

  /** Shows a block with the ranges that touch it. @param given heights of underlines, where blocks share a line. */
  fill(element: HTMLElement, block: Paragraph, ranges: readonly R[], given?: ReadonlyMap<R, number>): void {
    const tree = pieces(block, ranges, given);
    this.positions.set(element, block.start, block.end);
    element.replaceChildren(...tree.map((piece) => this.#node(piece)));
    // An empty block needs a line of its own height.
    if (block.start === block.end) element.append(document.createElement("br"));
    const lanes = tree.reduce((most, piece) => Math.max(most, isMark(piece) ? piece.lane : 0), 0);
    if (lanes > 0) element.style.setProperty("--lanes", String(lanes));
    else if (element.style.length > 0) element.style.removeProperty("--lanes");
  }

  /** Gives the marks of a range in a block the look that it has now. */
  refresh(element: HTMLElement, range: R): void {
    const look = this.look(range);
    for (const mark of element.querySelectorAll<HTMLElement>("mark.span")) {
      if (mark.dataset.span === range.id) this.#dress(mark, look);
    }
  }

  #node(piece: Piece<R>): Node {
    if (isMark(piece)) return this.#mark(piece);
    const node = document.createTextNode(this.text.slice(piece.start, piece.end));
    this.positions.set(node, piece.start, piece.end);
    return node;
  }

  #mark(piece: MarkNode<R>): HTMLElement {
    const mark = document.createElement("mark");
    const look = this.look(piece.range);
    mark.className = piece.opens ? "span opens" : "span";
    mark.dataset.span = piece.range.id;
    this.#dress(mark, look);
    if (piece.closes) mark.dataset.chip = look.chip;
    mark.style.setProperty("--label", look.colour);
    // Always said: a mark within a mark would take its height over.
    mark.style.setProperty("--lane", String(piece.lane));
    this.positions.set(mark, piece.start, piece.end);
    mark.append(...piece.children.map((child) => this.#node(child)));
    return mark;
  }

  #dress(mark: HTMLElement, look: Look): void {
    mark.classList.toggle("is-selected", look.selected);
    mark.classList.toggle("differs", look.differs);
    mark.classList.toggle("is-suggested", look.suggested === true);
  }
}
