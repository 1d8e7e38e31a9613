import { html, nothing, svg, type TemplateResult } from "lit";
import { type Point, type Shape, type Sketch, shapeOf } from "../../core/areas";
import type { LabelKey } from "../../core/keymap";
import { labelColour } from "../../core/palette";
import type { BoxRegion } from "../../core/regions";
import { type AnswerContext, findLabel } from "../context";
import { tint } from "../parts";
import { cornersOf } from "./area-drag";
import { areaName } from "./area-words";
import { placed } from "./placed";

/** The size of a picture in its own pixels, in which its areas are drawn. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How an area is shown. */
export interface AreaLook {
  readonly selected: boolean;
  /** It is suggested, not accepted. */
  readonly offered: boolean;
}

function classes(name: string, { selected, offered }: AreaLook): string {
  return `${name} ${selected ? "is-selected" : ""} ${offered ? "is-suggested" : ""}`;
}

/** The colour of what is being drawn: of the label that it will have. */
function colourOf({ store, desk }: AnswerContext, drawn: LabelKey): string {
  const held = drawn.label ? null : desk.areaLabel.value;
  const { label, index } = findLabel(store.question((held ?? drawn).question), (held ?? drawn).label);
  return labelColour(label, index);
}

function pixels(points: readonly Point[], { width, height }: Size): string {
  return points.map(([x, y]) => `${(x * width) / 100},${(y * height) / 100}`).join(" ");
}

/** The outline of an area. @param shape the area as it is, or as a drag would leave it */
export function outline(
  context: AnswerContext,
  area: BoxRegion,
  shape: Shape,
  size: Size,
  shown: AreaLook,
): TemplateResult {
  // A box is turned about its upper left corner, as it is stored.
  const turn = area.rotation
    ? `rotate(${area.rotation} ${(shape.x * size.width) / 100} ${(shape.y * size.height) / 100})`
    : nothing;
  const { colour } = areaName(context.store, area, context.desk.suggestions);
  return svg`<polygon class=${classes("area", shown)} data-area=${area.id} points=${pixels(cornersOf(shape), size)} transform=${turn} ${tint(colour)}></polygon>`;
}

/** The name of an area's label, at its corner. */
export function chip(
  context: AnswerContext,
  area: BoxRegion,
  shown: AreaLook,
): TemplateResult | typeof nothing {
  const { text, colour } = areaName(context.store, area, context.desk.suggestions);
  if (!text) return nothing;
  return html`<span class=${classes("chip area-chip", shown)} data-area=${area.id} ${tint(colour)} ${placed(area.x, area.y)}>${text}</span>`;
}

/** What a pointer takes an area's corners by; a turned box has none. @param chosen the corner that keys move */
export function handles(shape: Shape, chosen: number | null): readonly TemplateResult[] {
  if (shape.rotation) return [];
  return cornersOf(shape).map(
    ([x, y], at) =>
      html`<span class="area-handle ${at === chosen ? "is-chosen" : ""}" data-corner=${at} ${placed(x, y)}></span>`,
  );
}

/** What is being drawn. @param drawn by keys or corner by corner; else `preview` is what a drag would make */
export function unfinished(
  context: AnswerContext,
  label: LabelKey,
  drawn: Sketch | null,
  preview: Shape | null,
  size: Size,
): TemplateResult | typeof nothing {
  const colour = colourOf(context, label);
  if (drawn?.kind === "polygon") return openPolygon(drawn.points, drawn.at, size, colour);
  const shape = drawn ? shapeOf(drawn) : preview;
  if (!shape) return nothing;
  return svg`<polygon class="area is-open" points=${pixels(cornersOf(shape), size)} ${tint(colour)}></polygon>`;
}

function openPolygon(points: readonly Point[], at: Point, size: Size, colour: string): TemplateResult {
  const [x, y] = [(at[0] * size.width) / 100, (at[1] * size.height) / 100];
  const arm = size.width / 60;
  return svg`<g ${tint(colour)}>
    <polyline class="area is-open" points=${pixels([...points, at], size)}></polyline>
    <path class="area-cross" d="M${x - arm} ${y}H${x + arm}M${x} ${y - arm}V${y + arm}"></path>
  </g>`;
}
