"""Regions of a picture in COCO's numbers: pixels from the top left corner.

Label Studio gives percent of the picture's width and height; a rotated rectangle turns around its top left corner.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from annotation.formats.label_studio_export.shapes import is_number

Shape = dict[str, Any]


def rectangle(value: Mapping[str, Any]) -> Shape | None:
    """The upright box around a rectangle, or None where a number is missing."""
    given = [value.get(name) for name in ("x", "y", "width", "height", "original_width", "original_height")]
    turned = value.get("rotation", 0)
    if not all(is_number(one) for one in (*given, turned)):
        return None
    x, y, width, height, across, down = map(float, given)  # type: ignore[arg-type]  # looked at above
    angle = math.radians(turned)
    right, below = width * math.cos(angle), width * math.sin(angle)
    aside, deep = -height * math.sin(angle), height * math.cos(angle)
    xs, ys = (x, x + right, x + aside, x + right + aside), (y, y + below, y + deep, y + below + deep)
    left, top = min(xs) * across / 100, min(ys) * down / 100
    wide, tall = (max(xs) - min(xs)) * across / 100, (max(ys) - min(ys)) * down / 100
    return _shape([], [left, top, wide, tall], wide * tall)


def polygon(value: Mapping[str, Any], across: float, down: float) -> Shape | None:
    """A polygon on a picture of that size, with its area by the shoelace formula, or None where points are missing."""
    points = value.get("points")
    if not isinstance(points, list) or not points or not all(map(_is_point, points)):
        return None
    xs = [x / 100 * across for x, _ in points]
    ys = [y / 100 * down for _, y in points]
    area = abs(sum(x * ys[at - 1] - y * xs[at - 1] for at, (x, y) in enumerate(zip(xs, ys, strict=True)))) / 2
    box = [min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)]
    return _shape([[one for point in zip(xs, ys, strict=True) for one in point]], box, area)


def keypoints(values: Sequence[Mapping[str, Any]], order: Sequence[str], name: str) -> Shape:
    """Key points of one picture as (x, y, 2) by the order of their labels, (0, 0, 0) for one that is not set."""
    found: dict[str, tuple[int, int]] = {}
    for value in values:
        given = [value.get(one) for one in ("x", "y", "original_width", "original_height")]
        if all(map(is_number, given)):
            x, y, across, down = map(float, given)  # type: ignore[arg-type]  # looked at above
            at = round(x / 100 * across), round(y / 100 * down)
            found |= {label: at for label in value.get(name) or () if label in order}
    xs, ys = [x for x, _ in found.values()], [y for _, y in found.values()]
    box = [min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)] if found else [0, 0, 0, 0]
    flat = [number for label in order for number in ((*found[label], 2) if label in found else (0, 0, 0))]
    return {"keypoints": flat, "num_keypoints": len(found), "bbox": box, "iscrowd": 0}


def _shape(segmentation: list[list[float]], box: list[float], area: float) -> Shape:
    return {"segmentation": segmentation, "bbox": box, "ignore": 0, "iscrowd": 0, "area": area}


def _is_point(point: object) -> bool:
    return isinstance(point, list | tuple) and len(point) == 2 and all(map(is_number, point))
