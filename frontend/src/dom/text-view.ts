import { type Paragraph, paragraphAt, paragraphs } from "../core/document";
import { byParagraph, isMark, type MarkNode, type Piece, pieces, type Range } from "../core/segments";
import { PositionMap } from "./positions";

/** A span as it is painted. */
export interface Painted extends Range {
  readonly colour: string;
  readonly chip: string;
  readonly selected: boolean;
  /** Not all of the compared answers hold it. */
  readonly differs: boolean;
}

function samePaint(a: readonly Painted[], b: readonly Painted[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => {
      const other = b[index];
      return (
        other !== undefined &&
        one.id === other.id &&
        one.start === other.start &&
        one.end === other.end &&
        one.colour === other.colour &&
        one.chip === other.chip &&
        one.selected === other.selected &&
        one.differs === other.differs
      );
    })
  );
}

const NONE: readonly Painted[] = [];

/** Paints a text as paragraph elements with marked pieces; repaints only paragraphs whose spans changed. */
export class TextView {
  readonly positions = new PositionMap();
  readonly paragraphs: readonly Paragraph[];
  readonly #elements: readonly HTMLElement[];
  /** What each paragraph shows; undefined before the first painting. */
  readonly #painted: (readonly Painted[] | undefined)[];

  constructor(
    readonly root: HTMLElement,
    readonly text: string,
  ) {
    this.paragraphs = paragraphs(text);
    this.#elements = this.paragraphs.map(() => document.createElement("p"));
    this.#painted = this.paragraphs.map(() => undefined);
    root.replaceChildren(...this.#elements);
  }

  /** Shows these spans and no others. @returns true when anything was repainted. */
  paint(spans: readonly Painted[]): boolean {
    const here = byParagraph(this.paragraphs, spans);
    let repainted = false;
    this.paragraphs.forEach((paragraph, index) => {
      const wanted = here.get(index) ?? NONE;
      const element = this.#elements[index];
      const shown = this.#painted[index];
      if (!element || (shown && samePaint(shown, wanted))) return;
      this.#fill(element, paragraph, wanted);
      this.#painted[index] = wanted;
      repainted = true;
    });
    return repainted;
  }

  /** The paragraph element that shows an offset. */
  elementAt(offset: number): HTMLElement {
    return this.#elements[paragraphAt(this.paragraphs, offset)] ?? this.root;
  }

  /** The DOM position of a stored offset; one inside a line break is shown at the end of its line. */
  placeOf(offset: number): { readonly node: Node; readonly offset: number } {
    const paragraph = this.paragraphs[paragraphAt(this.paragraphs, offset)];
    const within = Math.min(offset, paragraph?.end ?? 0);
    return this.positions.placeOf(this.elementAt(offset), within);
  }

  /** The stored offset of a DOM position, or null when it is outside of this text. */
  offsetOf(node: Node, offset: number): number | null {
    return this.root.contains(node) ? this.positions.offsetOf(node, offset) : null;
  }

  #fill(element: HTMLElement, paragraph: Paragraph, spans: readonly Painted[]): void {
    const tree = pieces(paragraph, spans);
    this.positions.set(element, paragraph.start, paragraph.end);
    element.replaceChildren(...tree.map((piece) => this.#node(piece)));
    // An empty paragraph needs a line of its own height.
    if (paragraph.start === paragraph.end) element.append(document.createElement("br"));
    const height = tree.reduce((most, piece) => Math.max(most, isMark(piece) ? piece.lane : 0), 0);
    element.style.setProperty("--lanes", String(height));
  }

  #node(piece: Piece<Painted>): Node {
    if (isMark(piece)) return this.#mark(piece);
    const node = document.createTextNode(this.text.slice(piece.start, piece.end));
    this.positions.set(node, piece.start, piece.end);
    return node;
  }

  #mark(piece: MarkNode<Painted>): HTMLElement {
    const mark = document.createElement("mark");
    const { range } = piece;
    mark.className = "span";
    mark.dataset.span = range.id;
    mark.classList.toggle("is-selected", range.selected);
    mark.classList.toggle("differs", range.differs);
    mark.classList.toggle("opens", piece.opens);
    if (piece.closes) mark.dataset.chip = range.chip;
    mark.style.setProperty("--label", range.colour);
    mark.style.setProperty("--lane", String(piece.lane));
    this.positions.set(mark, piece.start, piece.end);
    mark.append(...piece.children.map((child) => this.#node(child)));
    return mark;
  }
}
