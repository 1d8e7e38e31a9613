import type { ShownText } from "./positions";

/** The page's selection as stored offsets of one text, or null when it is elsewhere. */
export function readSelection(view: ShownText): { readonly anchor: number; readonly focus: number } | null {
  const selection = document.getSelection();
  if (!selection?.anchorNode || !selection.focusNode) return null;
  const inside = view.root.contains(selection.anchorNode) || view.root.contains(selection.focusNode);
  if (!inside) return null;
  // A drag that ends outside of the text selects to the text's edge on that side.
  const edge = (node: Node): number =>
    view.root.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING ? view.text.length : 0;
  const anchor = view.offsetOf(selection.anchorNode, selection.anchorOffset) ?? edge(selection.anchorNode);
  const focus = view.offsetOf(selection.focusNode, selection.focusOffset) ?? edge(selection.focusNode);
  return { anchor, focus };
}

/** Shows stored offsets as the page's selection. */
export function showSelection(view: ShownText, anchor: number, focus: number): void {
  const from = view.placeOf(anchor);
  const to = view.placeOf(focus);
  const selection = document.getSelection();
  const shown =
    selection?.anchorNode === from.node &&
    selection.anchorOffset === from.offset &&
    selection.focusNode === to.node &&
    selection.focusOffset === to.offset;
  if (!shown) selection?.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
}

/** Where a line motion lands, as the layout has it; null where there is no such line. */
export function moveByLine(
  view: ShownText,
  offset: number,
  granularity: "line" | "lineboundary",
  direction: -1 | 1,
): number | null {
  if (view.moveByLine) return view.moveByLine(offset, granularity, direction);
  const selection = document.getSelection();
  if (!selection) return null;
  const place = view.placeOf(offset);
  selection.collapse(place.node, place.offset);
  selection.modify("move", direction < 0 ? "backward" : "forward", granularity);
  const { focusNode, focusOffset } = selection;
  return focusNode ? view.offsetOf(focusNode, focusOffset) : null;
}

/** The box of the caret at an offset, in the viewport. */
export function caretBox(view: ShownText, offset: number): DOMRect {
  const known = view.caretBox?.(offset);
  if (known) return known;
  const place = view.placeOf(offset);
  const range = document.createRange();
  range.setStart(place.node, place.offset);
  range.collapse(true);
  return range.getClientRects()[0] ?? view.elementAt(offset).getBoundingClientRect();
}
