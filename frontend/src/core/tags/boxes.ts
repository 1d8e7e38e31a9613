import type { Question, WireRegion } from "../contracts";
import type { BoxRegion, Texts } from "../regions";
import { type Codec, finite, oneLabel, type Value } from "./codec";
import { labelsName } from "./tag";

function points(value: unknown): readonly (readonly [number, number])[] | null {
  if (!Array.isArray(value)) return null;
  const read = value.map((one) => {
    const [x, y] = Array.isArray(one) ? one : [];
    return finite(x) === null || finite(y) === null ? null : ([x, y] as const);
  });
  return read.length > 2 && read.every((one) => one !== null) ? read : null;
}

function bounds(
  all: readonly (readonly [number, number])[],
): Pick<BoxRegion, "x" | "y" | "width" | "height"> {
  const xs = all.map(([x]) => x);
  const ys = all.map(([, y]) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

function shape(value: Value): Omit<BoxRegion, "id" | "question" | "of" | "label" | "kind"> | null {
  if ("points" in value) {
    const read = points(value.points);
    return read ? { ...bounds(read), rotation: 0, points: read } : null;
  }
  const [x, y, width, height] = [value.x, value.y, value.width, value.height].map(finite);
  if (x == null || y == null || width == null || height == null) return null;
  return { x, y, width, height, rotation: finite(value.rotation) ?? 0 };
}

/** The page of a document's area: whole, from 0; the first when nothing is said. Of a picture none. */
function pageOf(wire: WireRegion, question: Question, texts: Texts): Pick<BoxRegion, "page"> {
  if (texts.field(question.field).kind !== "pages") return {};
  const { item_index: page } = wire as unknown as Value;
  return { page: typeof page === "number" && Number.isInteger(page) && page >= 0 ? page : 0 };
}

/** Rectangles and polygons on a picture or a page, in percent of its size. */
export const boxes: Codec = {
  read: (wire, question, texts) => {
    const label = oneLabel(question, wire.value[labelsName(question)]);
    const read = shape(wire.value);
    if (label === null || !read) return null;
    const { original_width: width, original_height: height } = wire as unknown as Value;
    const original =
      typeof width === "number" && typeof height === "number" ? { original: { width, height } } : {};
    return { kind: "boxes", label, ...read, ...pageOf(wire, question, texts), ...original };
  },
  place: (region) => {
    const { x, y, width, height, rotation, points: corners } = region as BoxRegion;
    return corners ? { points: corners, closed: true } : { x, y, width, height, rotation };
  },
  write: (region, question, texts) => {
    const { label } = region as BoxRegion;
    return {
      ...boxes.place?.(region, question, texts),
      ...(label ? { [labelsName(question)]: [label] } : {}),
    };
  },
  beside: (region) => {
    const { original, page } = region as BoxRegion;
    return {
      ...(original
        ? { original_width: original.width, original_height: original.height, image_rotation: 0 }
        : {}),
      ...(page === undefined ? {} : { item_index: page }),
    };
  },
};
