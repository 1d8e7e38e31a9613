/** Areas of a picture: boxes and polygons, in percent of its size. Each command makes at most one undoable step. */

import { removeRegion } from "./about";
import type { Question } from "./contracts";
import { begunOf } from "./offered";
import { type BoxRegion, newId, type Region } from "./regions";
import type { AnswerStore } from "./store";
import { tagOf } from "./tags/tag";

export type Point = readonly [number, number];
export type Shape = Pick<BoxRegion, "x" | "y" | "width" | "height" | "rotation" | "points">;
type Original = NonNullable<BoxRegion["original"]>;

/** A smaller box was a slip of the hand. */
export const SMALLEST = 0.4;

/** Whether a question's areas have corners of their own. */
export function drawsPolygons(question: Question): boolean {
  const tag = tagOf(question);
  return tag === "polygonlabels" || tag === "polygon";
}

function kept(value: number, least = 0, most = 100): number {
  return Math.round(Math.min(Math.max(value, least), most) * 1000) / 1000;
}

/** The box between two corners, or null when there is hardly any. */
export function boxBetween([ax, ay]: Point, [bx, by]: Point): Shape | null {
  const [x, y] = [kept(Math.min(ax, bx)), kept(Math.min(ay, by))];
  const [width, height] = [kept(Math.max(ax, bx)) - x, kept(Math.max(ay, by)) - y];
  return width < SMALLEST || height < SMALLEST
    ? null
    : { x, y, width: kept(width), height: kept(height), rotation: 0 };
}

/** The polygon with these corners, or null when it has no inside. */
export function polygonOf(points: readonly Point[]): Shape | null {
  const corners = points.map(([x, y]) => [kept(x), kept(y)] as const);
  if (corners.length < 3) return null;
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [kept(Math.max(...xs) - x), kept(Math.max(...ys) - y)];
  return width < SMALLEST || height < SMALLEST ? null : { x, y, width, height, rotation: 0, points: corners };
}

/** @param about what is said of the new area in the same step */
export function addArea(
  store: AnswerStore,
  question: string,
  label: string,
  shape: Shape,
  original: Original | null,
  page?: number,
  about: (area: BoxRegion) => Region | null = () => null,
): BoxRegion {
  const area: BoxRegion = {
    id: newId(),
    question,
    kind: "boxes",
    label,
    ...shape,
    ...(page === undefined ? {} : { page }),
    ...(original ? { original } : {}),
  };
  const said = about(area);
  store.commit({ before: [], after: [area, ...(said ? [said] : []), ...begunOf(store, area)] });
  return area;
}

function change(store: AnswerStore, area: BoxRegion, shape: Partial<Shape>, merge: string): BoxRegion {
  const changed = { ...area, ...shape };
  store.commit({ before: [area], after: [changed], merge: `${merge}:${area.id}` });
  return changed;
}

/** Moves an area, which stays on the picture. */
export function moveArea(store: AnswerStore, area: BoxRegion, dx: number, dy: number): BoxRegion {
  const x = kept(area.x + dx, 0, Math.max(0, 100 - area.width));
  const y = kept(area.y + dy, 0, Math.max(0, 100 - area.height));
  if (x === area.x && y === area.y) return area;
  const points = area.points?.map(([px, py]) => [kept(px + x - area.x), kept(py + y - area.y)] as const);
  return change(store, area, points ? { x, y, points } : { x, y }, "move");
}

/** Makes a box larger or smaller at its lower right corner; a polygon grows with it. */
export function sizeArea(store: AnswerStore, area: BoxRegion, dw: number, dh: number): BoxRegion {
  const width = kept(area.width + dw, SMALLEST, 100 - area.x);
  const height = kept(area.height + dh, SMALLEST, 100 - area.y);
  if (width === area.width && height === area.height) return area;
  const points = area.points?.map(
    ([px, py]) =>
      [
        kept(area.x + ((px - area.x) * width) / area.width),
        kept(area.y + ((py - area.y) * height) / area.height),
      ] as const,
  );
  return change(store, area, points ? { width, height, points } : { width, height }, "size");
}

/** Gives an area another outline. */
export function reshapeArea(store: AnswerStore, area: BoxRegion, shape: Shape): BoxRegion {
  return change(store, area, { ...shape, rotation: area.rotation }, "shape");
}

export function relabelArea(store: AnswerStore, area: BoxRegion, label: string): boolean {
  if (area.label === label) return false;
  store.commit({ before: [area], after: [{ ...area, label }] });
  return true;
}

/** Takes an area away, with the answers about it. */
export function removeArea(store: AnswerStore, area: BoxRegion): void {
  removeRegion(store, area);
}

/** The areas on one field, or on one page of it, of all its questions: by page, from top to bottom, from the left. */
export function areasOn(store: AnswerStore, field: string, page?: number): readonly BoxRegion[] {
  return store.schema.questions
    .filter((question) => question.field === field)
    .flatMap((question) => store.regions(question.key).value)
    .filter((region): region is BoxRegion => region.kind === "boxes")
    .filter((region) => page === undefined || region.page === page)
    .sort((a, b) => (a.page ?? 0) - (b.page ?? 0) || a.y - b.y || a.x - b.x);
}

/** What is being drawn by keys: a box that arrows move and size, or corners that are put down one by one. */
export type Sketch =
  | {
      readonly kind: "box";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    }
  | { readonly kind: "polygon"; readonly at: Point; readonly points: readonly Point[] };

/** A sketch in the middle of what is seen, a quarter as wide. */
export function beginSketch(polygon: boolean, [x, y]: Point, size: number): Sketch {
  if (polygon) return { kind: "polygon", at: [kept(x), kept(y)], points: [] };
  const width = Math.min(size, 100);
  return {
    kind: "box",
    x: kept(x - width / 2, 0, 100 - width),
    y: kept(y - width / 2, 0, 100 - width),
    width,
    height: width,
  };
}

/** @param sizing whether the box is made larger or smaller instead. */
export function steerSketch(sketch: Sketch, dx: number, dy: number, sizing: boolean): Sketch {
  if (sketch.kind === "polygon") return { ...sketch, at: [kept(sketch.at[0] + dx), kept(sketch.at[1] + dy)] };
  const { x, y, width, height } = sketch;
  return sizing
    ? { ...sketch, width: kept(width + dx, SMALLEST, 100 - x), height: kept(height + dy, SMALLEST, 100 - y) }
    : { ...sketch, x: kept(x + dx, 0, 100 - width), y: kept(y + dy, 0, 100 - height) };
}

/** Puts a corner down. */
export function putCorner(sketch: Sketch): Sketch {
  return sketch.kind === "polygon" ? { ...sketch, points: [...sketch.points, sketch.at] } : sketch;
}

export function shapeOf(sketch: Sketch): Shape | null {
  if (sketch.kind === "polygon") return polygonOf(sketch.points);
  const { x, y, width, height } = sketch;
  return { x, y, width, height, rotation: 0 };
}
