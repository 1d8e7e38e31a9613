"""A release as Label Studio's JSON-MIN: a record an item, its data and the gold answers by control.

Offsets are UTF-16 units, as in Label Studio.
"""

from __future__ import annotations

from typing import Any

from annotation.algorithms.canonical import canonical_json
from annotation.formats.label_studio_export.answered import answered
from annotation.formats.label_studio_export.plain import plain
from annotation.formats.label_studio_export.shapes import Config
from annotation.formats.release.format import Out, View
from annotation.formats.release.json_list import JsonList
from annotation.formats.release.label_studio import task
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.schema import Schema

_UNWRAPPED = {"choices": "Choices", "textarea": "TextArea", "chat": "Chat"}
"""Tags of which one answer alone stands as itself, as a config names them."""


class LabelStudioMin:
    """The `label_studio_min` format."""

    key = "label_studio_min"
    folder = "label_studio_min"
    ending = ".json"

    def misfit(self, view: View) -> str:
        """It can say everything but relations, which JSON-MIN leaves out."""
        return ""

    def open(self, out: Out, view: View) -> JsonList:
        """A list of records, one a line."""
        config = _config(view.schema)
        return JsonList(out, lambda row: _records(row, config))


def _config(schema: Schema) -> Config:
    return {one.key: {"type": _UNWRAPPED.get(one.tag, one.tag), "inputs": []} for one in schema.questions}


def _records(row: ReleaseRow, config: Config) -> list[bytes]:
    if not row.gold:
        return []
    return [canonical_json(_record(each.values, row)) for each in answered([task(row, own=False)], config)]


def _record(values: dict[str, Any], row: ReleaseRow) -> dict[str, Any]:
    """Later keys win where names collide, as in Label Studio."""
    return {
        **row.data,
        "id": row.number + 1,
        **{name: plain(said) for name, said in values.items()},
        "annotator": "gold",
        "annotation_id": (row.number + 1) * 1000,
        "created_at": max(gold.settled_at for gold in row.gold),
        "item": row.item,
    }
