import type { Point, Sketch } from "../../core/areas";
import type { BoxRegion } from "../../core/regions";
import type { AnswerStore } from "../../core/store";
import { t } from "../../i18n";
import { labelText } from "../context";

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Where an area is, in percent of the picture. */
function placeOfArea({
  x,
  y,
  width,
  height,
  points,
}: Omit<BoxRegion, "id" | "question" | "label" | "kind" | "rotation">): string {
  const place = { x: rounded(x), y: rounded(y), width: rounded(width), height: rounded(height) };
  return points ? t("area.polygon", { ...place, n: points.length }) : t("area.box", place);
}

/** Where an area is: of a document its page too. */
export function whereOf(area: BoxRegion): string {
  const place = placeOfArea(area);
  if (area.page === undefined) return place;
  return t("words.named", { name: t("page.name", { n: area.page + 1 }), text: place });
}

/** An area in words: its label and where it is. */
export function areaLine(store: AnswerStore, area: BoxRegion): string {
  const place = whereOf(area);
  if (!area.label) return place;
  return t("words.named", { name: labelText(store.question(area.question), area.label), text: place });
}

/** A corner of an area in words: its place, and with `count` what can be done with it. */
export function cornerLine([x, y]: Point, n: number, count?: number): string {
  const place = { n, x: rounded(x), y: rounded(y) };
  return count === undefined ? t("area.corner.moved", place) : t("area.corner.at", { ...place, count });
}

/** What is being drawn by keys, in words. */
export function sketchLine(sketch: Sketch): string {
  if (sketch.kind === "box") return placeOfArea(sketch);
  return t("area.corner", { x: rounded(sketch.at[0]), y: rounded(sketch.at[1]), n: sketch.points.length });
}
