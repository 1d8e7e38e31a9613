import type { Box, Word } from "../core/page-layer";
import type { Look } from "./marks";
import type { PositionMap } from "./positions";

export function percent(share: number): string {
  return `${Math.round(share * 1e5) / 1e3}%`;
}

function place(element: HTMLElement, { left, top, right, bottom }: Box): void {
  element.style.setProperty("left", percent(left));
  element.style.setProperty("top", percent(top));
  element.style.setProperty("width", percent(right - left));
  element.style.setProperty("height", percent(bottom - top));
}

let ruler: CanvasRenderingContext2D | null = null;
const SIZE = 100;

/** How wide a text is in the layer's face, in parts of its font size. */
function widthOf(text: string): number {
  ruler ??= document.createElement("canvas").getContext("2d");
  if (!ruler) return text.length / 2;
  ruler.font = `${SIZE}px sans-serif`;
  return ruler.measureText(text).width / SIZE;
}

/** Shows words unseen where they stand on a page, so that they can be selected. `ratio` is of the page's height to its width. */
export function drawWords(
  into: HTMLElement,
  words: readonly Word[],
  {
    text,
    positions,
    ratio,
  }: { readonly text: string; readonly positions: PositionMap; readonly ratio: number },
): void {
  const all = document.createDocumentFragment();
  for (const word of words) {
    const said = text.slice(word.start, word.end);
    const element = document.createElement("span");
    const node = document.createTextNode(said);
    element.append(node);
    positions.set(element, word.start, word.end);
    positions.set(node, word.start, word.end);
    // In parts of the page's width: the zoom changes nothing here.
    const size = (word.bottom - word.top) * ratio * 0.85;
    const scale = size > 0 ? (word.right - word.left) / (size * widthOf(said)) : 1;
    element.style.setProperty("left", percent(word.left));
    element.style.setProperty("top", percent(word.top));
    element.style.setProperty("font-size", `${Math.round(size * 1e5) / 1e3}cqw`);
    element.style.setProperty("line-height", String(Math.round((1 / 0.85) * 1e3) / 1e3));
    if (Number.isFinite(scale))
      element.style.setProperty("transform", `scaleX(${Math.round(scale * 1e4) / 1e4})`);
    all.append(element);
  }
  into.replaceChildren(all);
}

export interface DrawnMark {
  readonly id: string;
  readonly look: Look;
  readonly lane: number;
  readonly boxes: readonly Box[];
  /** It ends on this page. */
  readonly closes: boolean;
}

/** Shows marks on a page, longer ones below. */
export function drawMarks(into: HTMLElement, marks: readonly DrawnMark[]): void {
  const longFirst = [...marks].sort((a, b) => b.lane - a.lane);
  into.replaceChildren(
    ...longFirst.flatMap(({ id, look, lane, boxes, closes }) =>
      boxes.map((box, at) => {
        const mark = document.createElement("mark");
        mark.className = "span page-mark";
        mark.classList.toggle("is-selected", look.selected);
        mark.classList.toggle("differs", look.differs);
        mark.classList.toggle("is-suggested", look.suggested === true);
        mark.dataset.span = id;
        mark.style.setProperty("--label", look.colour);
        if (lane > 0) mark.style.setProperty("--lane", String(lane));
        if (closes && at === boxes.length - 1) mark.dataset.chip = look.chip;
        place(mark, box);
        return mark;
      }),
    ),
  );
}

/** What is missing on a page, with the button that asks for it again. */
export function brokenNote(words: string, again: HTMLButtonElement, retry: () => void): HTMLElement {
  const note = document.createElement("p");
  note.className = "page-broken";
  note.setAttribute("role", "alert");
  again.addEventListener("click", retry);
  note.append(words, " ", again);
  return note;
}
