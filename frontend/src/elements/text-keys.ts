import type { Direction } from "../core/caret";
import { moveCaret } from "../core/caret";
import type { SpanDesk } from "../core/span-desk";
import { moveByLine } from "../dom/selection";
import type { TextView } from "../dom/text-view";

/** What a key did in the text, or "no" when it is not one of the text's keys. */
export type TextKey =
  | "moved"
  | "nudged"
  | "stepped"
  | "applied"
  | "needsLabel"
  | "removed"
  | "escaped"
  | "left"
  | "no";

export interface TextPlace {
  readonly view: TextView;
  readonly desk: SpanDesk;
  readonly field: string;
  readonly language: string;
  readonly readOnly: boolean;
}

const DIRECTION: Readonly<Record<string, Direction>> = {
  ArrowLeft: -1,
  ArrowUp: -1,
  Home: -1,
  ArrowRight: 1,
  ArrowDown: 1,
  End: 1,
};

function target(place: TextPlace, event: KeyboardEvent, from: number, direction: Direction): number {
  const { view, language } = place;
  const strong = event.ctrlKey || event.metaKey || event.altKey;
  if (event.key === "Home" || event.key === "End") {
    if (strong) return moveCaret(view.text, from, "document", direction);
    return moveByLine(view, from, "lineboundary", direction) ?? from;
  }
  if (event.key === "ArrowUp" || event.key === "ArrowDown")
    return moveByLine(view, from, "line", direction) ?? from;
  return moveCaret(view.text, from, strong ? "word" : "character", direction, language);
}

function move(place: TextPlace, event: KeyboardEvent, direction: Direction): TextKey {
  const { desk, field } = place;
  const selection = desk.selection.peek();
  const here = selection?.field === field ? selection : { anchor: 0, focus: 0 };
  const collapses = !event.shiftKey && here.anchor !== here.focus && /^Arrow(Left|Right)$/.test(event.key);
  const edge = direction < 0 ? Math.min(here.anchor, here.focus) : Math.max(here.anchor, here.focus);
  const focus = collapses ? edge : target(place, event, here.focus, direction);
  desk.select(field, event.shiftKey ? here.anchor : focus, focus);
  return "moved";
}

/** With a span selected, Alt and an arrow move its end; with Shift too, its start; with Ctrl too, by a word. */
function nudge(place: TextPlace, event: KeyboardEvent, direction: Direction): TextKey {
  const motion = event.ctrlKey || event.metaKey ? "word" : "character";
  place.desk.nudge(event.shiftKey ? "start" : "end", direction, motion, place.language);
  return "nudged";
}

function apply(place: TextPlace): TextKey {
  const { desk, field } = place;
  const selection = desk.selection.peek();
  if (selection && selection.anchor !== selection.focus) return desk.apply() ? "applied" : "needsLabel";
  return selection && desk.selectAt(field, selection.focus) ? "stepped" : "no";
}

/** What a key means while the text has the focus. */
export function textKey(place: TextPlace, event: KeyboardEvent): TextKey {
  const { desk, field, view, readOnly } = place;
  const direction = DIRECTION[event.key];
  const horizontal = event.key === "ArrowLeft" || event.key === "ArrowRight";
  if (direction && event.altKey && horizontal && desk.span() && !readOnly)
    return nudge(place, event, direction);
  if (direction) return move(place, event, direction);
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a") {
    desk.select(field, 0, view.text.length);
    return "moved";
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return "no";
  switch (event.key) {
    case "Tab":
      return desk.step(field, event.shiftKey ? -1 : 1) ? "stepped" : "no";
    case "Enter":
    case " ":
      return readOnly ? "no" : apply(place);
    case "Delete":
    case "Backspace":
      return !readOnly && desk.remove() ? "removed" : "no";
    case "Escape":
      return desk.escape() ? "escaped" : "left";
    default:
      return "no";
  }
}
