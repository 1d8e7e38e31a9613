"""Areas of pictures as COCO's instances: boxes in pixels from the top left corner, outlines as polygons.

An image a settled item. Images, annotations and categories have the same numbers in every file of a release: an
image is the row's number and one, categories count the labels of the schema in their order. A turned rectangle has
its four corners as outline and the upright box around them. `file_name` is the picture's path in the release where that
holds files, else its name in the item; `asset` is its key there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from tempfile import SpooledTemporaryFile
from typing import Any

from annotation.algorithms.canonical import canonical_json
from annotation.formats.messages import FormatError
from annotation.formats.release.format import Out, View
from annotation.formats.release.reading import gold_of, names_of
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.schema import Field, FieldKind, Kind, Question

_PER_IMAGE = 100_000  # room between the numbers of two images' annotations, as many as an answer may have
_IN_MEMORY = 1 << 22
_SIZES = (("original_width", "width"), ("original_height", "height"))
Points = list[tuple[float, float]]


class Coco:
    """The `coco` format."""

    key = "coco"
    folder = "coco"
    ending = ".json"

    def misfit(self, view: View) -> str:
        """It needs areas that are marked on a picture."""
        return "" if _asked(view) else "release_no_picture"

    def open(self, out: Out, view: View) -> Instances:
        """Images, then annotations, then categories."""
        return Instances(out, view)


class Instances:
    """An open file. Annotations wait in a temporary one, since images stand before them."""

    def __init__(self, out: Out, view: View) -> None:
        self._out, self._view, self._asked = out, view, _asked(view)
        self._field = view.schema.by_name[self._asked[0].field]
        self._categories = {
            name: number for number, name in enumerate(dict.fromkeys(_names(view, self._asked)), start=1)
        }
        self._kept = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (closed with the file)
        self._images = self._annotations = 0
        out.write(b'{"images":[')

    def write(self, row: ReleaseRow) -> int:
        """One image with its areas."""
        gold = [found for one in self._asked if (found := gold_of(row, one.key)) is not None]
        if not gold:
            return 0
        size = _size(self._field, row, [region for one in gold for region in one.result])
        keys = {one.key for one in self._asked}
        regions = [region for one in gold for region in one.result if region.get("from_name") in keys]
        number = row.number + 1
        self._out.write(_comma(self._images) + canonical_json(_image(self._field, row, size)))
        self._images += 1
        for at, region in enumerate(regions):
            said = {
                "id": number * _PER_IMAGE + at,
                "image_id": number,
                "category_id": self._category(row, region),
                **_shape(region["value"], size),
            }
            self._kept.write(_comma(self._annotations) + canonical_json(said))
            self._annotations += 1
        return 1

    def close(self) -> None:
        """The annotations, and the categories."""
        self._out.write(b'\n],\n"annotations":[')
        self._kept.seek(0)
        for content in iter(lambda: self._kept.read(1 << 16), b""):
            self._out.write(content)
        self._kept.close()
        categories = [{"id": number, "name": name} for name, number in self._categories.items()]
        info = {"description": self._view.name}
        self._out.write(
            b'\n],\n"categories":%b,\n"info":%b,\n"licenses":[]}\n'
            % (canonical_json(categories), canonical_json(info))
        )

    def _category(self, row: ReleaseRow, region: Mapping[str, Any]) -> int:
        labels = region["value"].get(region["type"]) or [region["from_name"]]
        if labels[0] not in self._categories:
            params = {"label": labels[0], "question": region["from_name"], "item": row.item}
            raise FormatError("release_label_unknown", params, where=row.item)
        return self._categories[labels[0]]


def _asked(view: View) -> list[Question]:
    """The questions that mark areas of the first picture that is marked."""
    found = [
        one
        for one in view.schema.questions
        if one.kind is Kind.BOXES and not one.per_region and one.tag != "relations"
        if view.schema.by_name[one.field].kind is FieldKind.IMAGE
    ]
    return [one for one in found if one.field == found[0].field]


def _names(view: View, asked: list[Question]) -> Iterator[str]:
    """What areas may be called; one without labels is called as its question."""
    for question in asked:
        yield from names_of(view, question) or (question.key,)


def _comma(before: int) -> bytes:
    return b",\n" if before else b"\n"


def _size(field: Field, row: ReleaseRow, regions: list[Mapping[str, Any]]) -> tuple[float, float]:
    """Width and height in pixels: the item's, else what a region says; raises FormatError where neither does."""
    shown = row.data.get(field.key)
    for source in (shown, *regions):
        if isinstance(source, Mapping):
            across, down = (source.get(name) or source.get(short) for name, short in _SIZES)
            if isinstance(across, int | float) and isinstance(down, int | float) and min(across, down) > 0:
                return across, down
    raise FormatError("release_picture_size", {"item": row.item}, where=row.item)


def _image(field: Field, row: ReleaseRow, size: tuple[float, float]) -> dict[str, Any]:
    shown = row.data.get(field.key)
    asset = shown.get("asset") if isinstance(shown, Mapping) else None
    own = (shown.get("file") or shown.get("name") or asset) if isinstance(shown, Mapping) else shown
    name = row.files.get(asset, own) if asset else own
    found = {"id": row.number + 1, "file_name": name, "width": size[0], "height": size[1], "item": row.item}
    return {**found, "asset": asset} if asset else found


def _shape(value: Mapping[str, Any], size: tuple[float, float]) -> dict[str, Any]:
    """An area in pixels; its measure is the polygon's, by the shoelace formula."""
    points = corners(value, size)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    area = abs(sum(x * ys[at - 1] - y * xs[at - 1] for at, (x, y) in enumerate(points))) / 2
    return {
        "bbox": [min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)],
        "segmentation": [[side for point in points for side in point]],
        "area": area,
        "iscrowd": 0,
    }


def corners(value: Mapping[str, Any], size: tuple[float, float]) -> Points:
    """An area in percent as pixels of a picture of that size; a rectangle turns around its top left corner."""
    across, down = size[0] / 100, size[1] / 100
    if "points" in value:
        return [(x * across, y * down) for x, y in value["points"]]
    left, top = value["x"] * across, value["y"] * down
    wide, tall = value["width"] * across, value["height"] * down
    turned = math.radians(value.get("rotation", 0))
    cos, sin = math.cos(turned), math.sin(turned)
    return [
        (left + x * cos - y * sin, top + x * sin + y * cos)
        for x, y in ((0, 0), (wide, 0), (wide, tall), (0, tall))
    ]
