import type { Sketch } from "../../core/areas";
import type { BoxRegion } from "../../core/regions";
import type { AnswerStore } from "../../core/store";
import { t } from "../../i18n";
import { labelText } from "../context";

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Where an area is, in percent of the picture. */
export function placeOfArea({
  x,
  y,
  width,
  height,
  points,
}: Omit<BoxRegion, "id" | "question" | "label" | "kind" | "rotation">): string {
  const place = { x: rounded(x), y: rounded(y), width: rounded(width), height: rounded(height) };
  return points ? t("area.polygon", { ...place, n: points.length }) : t("area.box", place);
}

/** The page of a document that an area is on, in words; "" of a picture. */
export function pageOfArea({ page }: Pick<BoxRegion, "page">): string {
  return page === undefined ? "" : t("page.name", { n: page + 1 });
}

/** An area in words: its label and its place. */
export function areaLine(store: AnswerStore, area: BoxRegion): string {
  const label = area.label ? labelText(store.question(area.question), area.label) : "";
  return [label, pageOfArea(area), placeOfArea(area)].filter((one) => one).join(": ");
}

/** What is being drawn by keys, in words. */
export function sketchLine(sketch: Sketch): string {
  if (sketch.kind === "box") return placeOfArea(sketch);
  return t("area.corner", { x: rounded(sketch.at[0]), y: rounded(sketch.at[1]), n: sketch.points.length });
}
