import { labelsOf } from "../../core/area-labels";
import { drawsPolygons, type Point, type Sketch } from "../../core/areas";
import type { Question } from "../../core/contracts";
import { labelColour } from "../../core/palette";
import type { BoxRegion } from "../../core/regions";
import type { AnswerStore } from "../../core/store";
import type { Suggestions } from "../../core/suggestions";
import { t } from "../../i18n";
import { findLabel } from "../context";

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

/** What an area is called, and its colour: by its own label, or by what was chosen for it. Reading it listens. */
export function areaName(
  store: AnswerStore,
  area: BoxRegion,
  suggestions?: Suggestions,
): { readonly text: string; readonly colour: string } {
  const own = { question: area.question, label: area.label };
  const all = area.label ? [own] : labelsOf(store, area, suggestions);
  const found = all.map(({ question, label }) => findLabel(store.question(question), label));
  const { label, index } = found[0] ?? findLabel(store.question(area.question), area.label);
  return {
    text: found.map((one) => one.label.text).join(t("list.comma")),
    colour: labelColour(label, index),
  };
}

/** An area in words: its label and where it is. */
export function areaLine(store: AnswerStore, area: BoxRegion, suggestions?: Suggestions): string {
  const { text: name } = areaName(store, area, suggestions);
  const text = whereOf(area);
  return name ? t("words.named", { name, text }) : text;
}

/** What is drawn by a question whose areas have no label of its own. */
export function drawWords(question: Question): string {
  return t(drawsPolygons(question) ? "area.draw.polygon" : "area.draw.box");
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
