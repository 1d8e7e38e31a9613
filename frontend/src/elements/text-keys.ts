import type { Direction } from "../core/caret";
import { moveCaret } from "../core/caret";
import type { SpanDesk } from "../core/span-desk";
import { firstWhere } from "../core/span-order";
import { marksTurns } from "../core/units";
import type { ShownText } from "../dom/positions";
import { moveByLine } from "../dom/selection";
import type { SpanView } from "../dom/span-view";
import { chordOf, commands } from "./keyboard";

/** What a key did in the text, or "no" when it is not one of the text's keys. */
export type TextKey =
  | "moved"
  | "nudged"
  | "stepped"
  | "applied"
  | "needsLabel"
  | "removed"
  | "accepted"
  | "dismissed"
  | "escaped"
  | "left"
  | "no";

export interface TextPlace {
  readonly view: ShownText & Pick<SpanView<never>, "turns" | "pages">;
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
  const aim = collapses ? edge : target(place, event, here.focus, direction);
  const focus = place.view.visible?.(aim, direction) ?? aim;
  desk.select(field, event.shiftKey ? here.anchor : focus, focus);
  return "moved";
}

/** With a span selected, Alt and an arrow move its end; with Shift too, its start; with Ctrl too, by a word. */
function nudge(place: TextPlace, event: KeyboardEvent, direction: Direction): TextKey {
  const motion = event.ctrlKey || event.metaKey ? "word" : "character";
  place.desk.nudge(event.shiftKey ? "start" : "end", direction, motion, place.language);
  return "nudged";
}

/** A person has given the key to a command that the text knows nothing of. */
function isAnothers(event: KeyboardEvent): boolean {
  const owner = commands.ownerOf(chordOf(event));
  return owner !== undefined && !owner.fixed && !owner.id.startsWith("span.");
}

/** A person has taken the key from the span's edges. */
function givenAway(event: KeyboardEvent): boolean {
  const byWord = event.ctrlKey || event.metaKey;
  return !byWord && !commands.ownerOf(chordOf(event))?.id.startsWith("span.");
}

function apply(place: TextPlace): TextKey {
  const { desk, field } = place;
  const selection = desk.selection.peek();
  if (desk.accept()) return "accepted";
  // A turn that is asked about gets no label.
  if (desk.turnsOn(field).length > 0) return "no";
  if (selection && selection.anchor !== selection.focus) return desk.apply() ? "applied" : "needsLabel";
  return selection && desk.selectAt(field, selection.focus) ? "stepped" : "no";
}

/** In a dialogue Alt and an arrow go from turn to turn and select it whole; arrows alone where nothing less is marked. */
function stepTurn(place: TextPlace, event: KeyboardEvent, direction: Direction): boolean {
  const { desk, field, view } = place;
  const turns = view.turns ?? [];
  const whole = marksTurns(desk.store.texts.field(field));
  const vertical = event.key === "ArrowUp" || event.key === "ArrowDown";
  if (turns.length === 0 || event.shiftKey || !(whole || (vertical && event.altKey))) return false;
  const selection = desk.selection.peek();
  const here = selection?.field === field ? selection : { anchor: 0, focus: 0 };
  const at = firstWhere(turns, (turn) => turn.start > Math.min(here.anchor, here.focus)) - 1;
  const edge = direction < 0 ? 0 : turns.length - 1;
  const next = turns[event.key === "Home" || event.key === "End" ? edge : at + direction] ?? turns[at];
  if (next) desk.select(field, next.end, next.start);
  return true;
}

/** A page up or down, in a field that has pages. */
function stepPage({ desk, field, view }: TextPlace, event: KeyboardEvent): boolean {
  const by = event.key === "PageUp" ? -1 : event.key === "PageDown" ? 1 : 0;
  if (by === 0 || !view.pages) return false;
  const selection = desk.selection.peek();
  const from = selection?.field === field ? selection.focus : 0;
  const at = firstWhere(view.pages, (page) => page.start > from) - 1;
  const next = view.pages[at + by];
  if (next) desk.select(field, next.start, next.start);
  return true;
}

/** Where a key goes in the text: where it runs from right to left, the left arrow goes on. */
function directionOf({ desk, field, view }: TextPlace, key: string): Direction | undefined {
  const direction = DIRECTION[key];
  if (direction === undefined || !key.startsWith("Arrow") || key === "ArrowUp" || key === "ArrowDown")
    return direction;
  const selection = desk.selection.peek();
  const block = view.elementAt(selection?.field === field ? selection.focus : 0);
  return getComputedStyle(block).direction === "rtl" ? (-direction as Direction) : direction;
}

/** What a key means while the text has the focus. */
export function textKey(place: TextPlace, event: KeyboardEvent): TextKey {
  const { desk, field, view, readOnly } = place;
  const direction = directionOf(place, event.key);
  if (event.altKey && isAnothers(event)) return "no";
  if (stepPage(place, event)) return "moved";
  if (direction && stepTurn(place, event, direction)) return "moved";
  const horizontal = event.key === "ArrowLeft" || event.key === "ArrowRight";
  if (direction && event.altKey && horizontal && desk.span() && !readOnly && !givenAway(event))
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
      if (readOnly) return "no";
      return desk.dismiss() ? "dismissed" : desk.remove() ? "removed" : "no";
    case "Escape":
      return desk.escape() ? "escaped" : "left";
    default:
      return "no";
  }
}
