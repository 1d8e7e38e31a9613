"""COCO: a zip with `result.json`, and the folder `images`, which stays empty as in Label Studio's export of that name.

Label Studio names pictures that it has not fetched as if they lay in that folder; here `file_name` is the address in
the task's data, and `info.description` says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from annotation.formats.label_studio_export.answered import Answered, answered
from annotation.formats.label_studio_export.coco_categories import Categories, keypoint_order
from annotation.formats.label_studio_export.coco_shapes import Shape, keypoints, polygon, rectangle
from annotation.formats.label_studio_export.packed import packed
from annotation.formats.label_studio_export.shapes import Config, Task, data_keys, is_number

_IN_MEMORY = 1 << 22
_LABELLED = ("rectanglelabels", "polygonlabels", "keypointlabels", "labels")
_NOT_INCLUDED = "The pictures are not included: file_name is the address in the item's data."

Value = Mapping[str, Any]


def write_coco(tasks: Iterable[Task], config: Config, made: datetime) -> Iterator[bytes]:
    """The archive. A task annotated twice gives two images, each with its own annotations, as in Label Studio."""
    return packed(["images/"], "result.json", _result(tasks, config, made), made)


def _result(tasks: Iterable[Task], config: Config, made: datetime) -> Iterator[bytes]:
    """Images come before annotations in the file, so the annotations wait in a temporary one."""
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as kept:
        coco, before = _Coco(config, kept), ""
        yield b'{"images": ['
        for row in answered(tasks, config):
            if image := coco.take(row):
                yield f"{before}\n{json.dumps(image, ensure_ascii=False)}".encode()
                before = ","
        categories = json.dumps(coco.categories.rows, ensure_ascii=False)
        yield f'\n],\n"categories": {categories},\n"annotations": ['.encode()
        kept.seek(0)
        yield from iter(lambda: kept.read(1 << 16), b"")
        yield f'\n],\n"info": {json.dumps(_info(made))}}}\n'.encode()


def _info(made: datetime) -> dict[str, Any]:
    return {
        "year": made.year,
        "version": "1.0",
        "description": _NOT_INCLUDED,
        "contributor": "Assay",
        "url": "",
        "date_created": made.isoformat(sep=" "),
    }


class _Coco:
    """Numbers images, annotations and categories as they come, from 0."""

    def __init__(self, config: Config, kept: IO[bytes]) -> None:
        self.categories = Categories(config)
        self._order = keypoint_order(config)
        self._key = next(iter(data_keys(config)), "")
        self._kept = kept
        self._images = self._annotations = 0

    def take(self, row: Answered) -> dict[str, Any] | None:
        """Keep a row's annotations; its image, or None where regions do not tell the picture's size."""
        regions = [value for values in row.values.values() for value in values]
        named = [(value, name) for value in regions if (name := _name_of(value)) is not None]
        size = next(filter(None, (_size_of(value) for value, _ in named)), None)
        if regions and size is None:
            return None
        across, down = size or (None, None)
        points = [value for value, _ in named if _is_keypoint(value)]
        for value, name in named:
            category = self.categories.number(name)
            if size and not _is_keypoint(value) and (shape := _shape_of(value, size)):
                self._keep({"category_id": category}, shape)
        if points:
            order = self._order or [name for value, name in named if _is_keypoint(value)]
            self._keep(
                {"category_id": self.categories.number(order[0])}, keypoints(points, order, "keypointlabels")
            )
        self._images += 1
        return {
            "width": across,
            "height": down,
            "id": self._images - 1,
            "file_name": row.data.get(self._key),
        }

    def _keep(self, category: dict[str, int], shape: Shape) -> None:
        whole = {"id": self._annotations, "image_id": self._images, **category, **shape}
        separator = ",\n" if self._annotations else "\n"
        self._kept.write(f"{separator}{json.dumps(whole)}".encode())
        self._annotations += 1


def _name_of(value: Value) -> str | None:
    given = next((value[key] for key in _LABELLED if isinstance(value.get(key), list) and value[key]), None)
    return str(given[0]) if given else None


def _size_of(value: Value) -> tuple[float, float] | None:
    across, down = value.get("original_width"), value.get("original_height")
    return (across, down) if across and down and is_number(across) and is_number(down) else None


def _is_keypoint(value: Value) -> bool:
    return "keypointlabels" in value and not {"rectanglelabels", "polygonlabels", "labels"} & value.keys()


def _shape_of(value: Value, size: tuple[float, float]) -> Shape | None:
    if "rectanglelabels" in value or "labels" in value:
        return rectangle(value)
    return polygon(value, *size)
