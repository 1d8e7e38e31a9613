import { boxBetween, moveArea, type Point, polygonOf, reshapeArea, type Shape } from "../../core/areas";
import type { LabelKey } from "../../core/keymap";
import type { BoxRegion } from "../../core/regions";
import type { AnswerStore } from "../../core/store";

/** What the pointer is doing on a picture. */
export type Drag =
  | { readonly kind: "draw"; readonly from: Point; readonly label: LabelKey }
  | { readonly kind: "move"; readonly from: Point; readonly area: BoxRegion }
  | { readonly kind: "corner"; readonly area: BoxRegion; readonly corner: number }
  | { readonly kind: "pan"; readonly x: number; readonly y: number }
  /** A finger that may still begin to scroll: it selects when it is lifted. */
  | { readonly kind: "tap"; readonly area: BoxRegion | null };

/** The corners of an area, in order. */
export function cornersOf({ x, y, width, height, points }: Omit<Shape, "rotation">): readonly Point[] {
  return (
    points ?? [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ]
  );
}

/** What it would make of the picture if the pointer were lifted here; null when nothing. */
export function dragged(drag: Drag, to: Point): Shape | null {
  switch (drag.kind) {
    case "draw":
      return boxBetween(drag.from, to);
    case "move": {
      const [dx, dy] = [to[0] - drag.from[0], to[1] - drag.from[1]];
      const { area } = drag;
      const points = area.points?.map(([x, y]) => [x + dx, y + dy] as const);
      return { ...area, x: area.x + dx, y: area.y + dy, ...(points ? { points } : {}) };
    }
    case "corner": {
      const corners = cornersOf(drag.area);
      if (drag.area.points) return polygonOf(corners.map((one, at) => (at === drag.corner ? to : one)));
      return boxBetween(corners[(drag.corner + 2) % 4] ?? to, to);
    }
    default:
      return null;
  }
}

/** Keeps what the pointer did with an area that was there. */
export function finish(store: AnswerStore, drag: Drag, to: Point): void {
  if (drag.kind === "move") moveArea(store, drag.area, to[0] - drag.from[0], to[1] - drag.from[1]);
  const shape = drag.kind === "corner" ? dragged(drag, to) : null;
  if (drag.kind === "corner" && shape) reshapeArea(store, drag.area, shape);
}
