"""A release as Label Studio's JSON: a list of tasks, offsets in UTF-16 units.

Each task's first annotation is the gold answer (`ground_truth`), the experts' own follow. Numbers count
from 1 in the order of the rows, since Label Studio wants whole numbers; the item's own id stands in
`meta`.
"""

from __future__ import annotations

from typing import Any

from annotation.algorithms.canonical import canonical_json
from annotation.formats.gold_result import merged
from annotation.formats.label_studio_result import Region, to_label_studio
from annotation.formats.release.format import Out, View
from annotation.formats.release.rows import ReleasedAnnotation, ReleaseRow

_ANNOTATIONS_PER_TASK = 1000  # room between the numbers of two tasks' annotations


class LabelStudioJson:
    """The `label_studio` format."""

    key = "label_studio"
    folder = "label_studio"
    ending = ".json"

    def misfit(self, view: View) -> str:
        """It can say everything."""
        return ""

    def open(self, out: Out, view: View) -> Tasks:
        """A list of tasks, one a line."""
        return Tasks(out)


class Tasks:
    """An open file of tasks."""

    def __init__(self, out: Out) -> None:
        self._out = out
        self._before = b"[\n"

    def write(self, row: ReleaseRow) -> int:
        """One task."""
        self._out.write(self._before + encode(row))
        self._before = b",\n"
        return 1

    def close(self) -> None:
        """The list's end."""
        self._out.write((b"[\n" if self._before == b"[\n" else b"") + b"\n]\n")


def encode(row: ReleaseRow) -> bytes:
    """One task."""
    first = (row.number + 1) * _ANNOTATIONS_PER_TASK
    own = [_annotation(first + at, annotation, row) for at, annotation in enumerate(row.annotations, start=1)]
    return canonical_json(
        {
            "id": row.number + 1,
            "data": dict(row.data),
            "meta": {"assay": _meta(row)},
            "annotations": [_gold(first, row), *own] if row.gold else own,
            "predictions": [],
        }
    )


def _meta(row: ReleaseRow) -> dict[str, Any]:
    return {
        "item": row.item,
        "language": row.language,
        "source": row.source,
        "licence": row.licence,
        "group": row.group,
        "settled": {gold.question: gold.how for gold in row.gold},
    }


def _gold(number: int, row: ReleaseRow) -> dict[str, Any]:
    return {
        "id": number,
        "result": to_label_studio(_with_ids(merged(row)), row.asked, row.data),
        "ground_truth": True,
        "was_cancelled": False,
        "created_at": max(gold.settled_at for gold in row.gold),
        "created_username": "gold",
    }


def _annotation(number: int, annotation: ReleasedAnnotation, row: ReleaseRow) -> dict[str, Any]:
    return {
        "id": number,
        "result": to_label_studio(_with_ids(annotation.result), row.asked, row.data),
        "ground_truth": False,
        "was_cancelled": False,
        "created_at": annotation.submitted_at,
        "created_username": annotation.annotator,
        "lead_time": annotation.seconds,
    }


def _with_ids(regions: Any) -> list[Region]:
    """Regions with an id each; Label Studio drops those without."""
    return [{**region, "id": region.get("id") or f"r{at}"} for at, region in enumerate(regions)]
