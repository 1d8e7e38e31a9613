"""A release as Label Studio's JSON: a list of tasks, offsets in UTF-16 units.

Each task's first annotation is the gold answer (`ground_truth`), the experts' own follow. Numbers count
from 1 in the order of the rows, since Label Studio wants whole numbers; the item's own id stands in
`meta`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotation.algorithms.canonical import canonical_json
from annotation.formats.gold_result import merged
from annotation.formats.label_studio_result import Memo, OnItem, Region
from annotation.formats.release.format import Out, View
from annotation.formats.release.json_list import JsonList
from annotation.formats.release.rows import ReleasedAnnotation, ReleaseRow, Result

_ANNOTATIONS_PER_TASK = 1000  # room between the numbers of two tasks' annotations


class LabelStudioJson:
    """The `label_studio` format."""

    key = "label_studio"
    folder = "label_studio"
    ending = ".json"

    def misfit(self, view: View) -> str:
        """It can say everything."""
        return ""

    def open(self, out: Out, view: View) -> JsonList:
        """A list of tasks, one a line."""
        memo: Memo = {}  # of a million rows each asks the same of the schema
        return JsonList(out, lambda row: [canonical_json(task(row, memo))])


def task(row: ReleaseRow, memo: Memo | None = None, *, own: bool = True) -> dict[str, Any]:
    """One task; without `own` only with its gold answer. `memo` may be shared by rows of one release."""
    item, first = OnItem(row.asked, row.data, memo), (row.number + 1) * _ANNOTATIONS_PER_TASK
    gold = [_gold(first, row, item)] if row.gold else []
    said = row.annotations if own else ()
    return {
        "id": row.number + 1,
        "data": dict(row.data),
        "meta": {"assay": _meta(row)},
        "annotations": gold + [_annotation(first + at, one, item) for at, one in enumerate(said, start=1)],
        "predictions": [],
    }


def _meta(row: ReleaseRow) -> dict[str, Any]:
    return {
        "item": row.item,
        "language": row.language,
        "source": row.source,
        "licence": row.licence,
        "group": row.group,
        "settled": {gold.question: gold.how for gold in row.gold},
        "chance": {gold.question: gold.chance for gold in row.gold if gold.chance is not None},
        "soft": {
            gold.question: [[value, share] for value, share in gold.soft.distribution]
            for gold in row.gold
            if gold.soft is not None
        },
    }


def _gold(number: int, row: ReleaseRow, item: OnItem) -> dict[str, Any]:
    return {
        "id": number,
        "result": item.to_label_studio(_with_ids(merged(row))),
        "ground_truth": True,
        "was_cancelled": False,
        "created_at": max(gold.settled_at for gold in row.gold),
        "created_username": "gold",
    }


def _annotation(number: int, annotation: ReleasedAnnotation, item: OnItem) -> dict[str, Any]:
    return {
        "id": number,
        "result": item.to_label_studio(_with_ids(annotation.result)),
        "ground_truth": False,
        "was_cancelled": False,
        "created_at": annotation.submitted_at,
        "created_username": annotation.annotator,
        "lead_time": annotation.seconds,
    }


def _with_ids(regions: Result) -> Sequence[Region]:
    """Regions with an id each; Label Studio drops those without."""
    if all(region.get("id") for region in regions):
        return regions
    return [{**region, "id": region.get("id") or f"r{at}"} for at, region in enumerate(regions)]
