import { type Point, reshapeArea } from "../../core/areas";
import type { BoxRegion } from "../../core/regions";
import type { AnswerContext } from "../context";
import { cornersOf, dragged } from "./area-drag";
import { areaLine, cornerLine } from "./area-words";

/** One corner of the selected area, gone to by keys: arrows move it alone. */
export class AreaCorner {
  #chosen: { readonly area: string; readonly at: number } | null = null;

  constructor(private readonly context: AnswerContext) {}

  /** Which corner of an area is chosen; null when none is. */
  of(area: BoxRegion | null | undefined): number | null {
    return area && this.#chosen?.area === area.id ? this.#chosen.at : null;
  }

  /** Goes to the next or previous corner; from none to the first, or the last. */
  step(area: BoxRegion, by: 1 | -1): void {
    const corners = cornersOf(area);
    const count = corners.length;
    const from = this.of(area) ?? (by > 0 ? -1 : count);
    const at = (from + by + count) % count;
    this.#chosen = { area: area.id, at };
    const corner = corners[at];
    if (corner) this.context.announce(cornerLine(corner, at + 1, count));
  }

  /** Moves the chosen corner. @returns false when none is chosen. */
  move(area: BoxRegion, dx: number, dy: number): boolean {
    const corner = this.of(area);
    const from = corner === null ? undefined : cornersOf(area)[corner];
    if (corner === null || !from) return false;
    const to: Point = [within(from[0] + dx), within(from[1] + dy)];
    const shape = dragged({ kind: "corner", area, corner }, to);
    if (shape && (to[0] !== from[0] || to[1] !== from[1])) reshapeArea(this.context.store, area, shape);
    const corners = cornersOf(shape ?? area);
    // A box's corner that is moved past the one across from it is another corner then.
    const at = area.points ? corner : nearest(corners, shape ? to : from);
    this.#chosen = { area: area.id, at };
    const now = corners[at];
    if (now) this.context.announce(cornerLine(now, at + 1));
    return true;
  }

  /** An area is gone to as a whole. */
  forget(): void {
    this.#chosen = null;
  }

  /** Goes back to the whole area. @returns false when no corner was chosen. */
  leave(area: BoxRegion | undefined): boolean {
    const chosen = this.of(area) !== null;
    this.#chosen = null;
    if (chosen && area) this.context.announce(areaLine(this.context.store, area));
    return chosen;
  }
}

function within(value: number): number {
  return Math.min(Math.max(value, 0), 100);
}

function nearest(corners: readonly Point[], [x, y]: Point): number {
  const far = corners.map((one) => Math.hypot(one[0] - x, one[1] - y));
  return far.indexOf(Math.min(...far));
}
