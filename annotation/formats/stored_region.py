"""A checked region with what somebody reads of it, and nothing else: what a caller of the API sent besides is left out.

What the editor writes comes out as it went in, so that a draft that was stored is the draft that was sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotation.formats.region_place import PlaceKind, marks_regions, place_kind
from annotation.formats.schema import Field, FieldKind, Question
from annotation.formats.shown import Shown
from annotation.formats.tags import BY_TAG, per_region
from annotation.formats.tags.family import Given, Marks

_NAMES = ("id", "from_name", "to_name", "type")
_SIZES = ("original_width", "original_height")


def stored_region(shown: Shown, question: Question, given: Given, marks: Marks) -> dict[str, Any]:
    """The region as it is kept, its defaults filled in."""
    value, field = given.value, shown.field(question.field)
    kind = _place_kind(shown, question, given, marks)
    return {
        **{name: given.region[name] for name in _NAMES if name in given.region},
        **(_beside(given.region, field) if kind is PlaceKind.AREA else {}),
        "value": {**_place(kind, value, field), **_own(question, value)},
    }


def _place_kind(shown: Shown, question: Question, given: Given, marks: Marks) -> PlaceKind | None:
    if question.per_region:
        return per_region.stands_on(shown, question, marks.about[question.key, given.id])
    return place_kind(question, shown.field(question.field)) if marks_regions(question) else None


def _place(kind: PlaceKind | None, value: Mapping[str, Any], field: Field) -> dict[str, Any]:
    if kind is None:
        return {}
    if kind is PlaceKind.CELL:
        return _named(value, "row", "column", "text")
    if kind is PlaceKind.AREA:
        return _area(value)
    if kind is PlaceKind.MESSAGE and "chatmessage" in value:
        said = value["chatmessage"]
        return {"chatmessage": _named(said, "role", "content")} if isinstance(said, Mapping) else {}
    page = _named(value, "page") if field.kind is FieldKind.PAGES and type(value.get("page")) is int else {}
    return {**_named(value, "start", "end", "text"), **page}


def _area(value: Mapping[str, Any]) -> dict[str, Any]:
    if "points" in value:
        return {"points": value["points"], "closed": True}
    return {**_named(value, "x", "y", "width", "height"), "rotation": value.get("rotation", 0)}


def _beside(region: Mapping[str, Any], field: Field) -> dict[str, Any]:
    """What stands beside the value of an area: the size of its picture, and which page it is on."""
    turned = {"image_rotation": 0} if "image_rotation" in region else {}
    page = {"item_index": region.get("item_index", 0)} if field.kind is FieldKind.PAGES else {}
    return {**_named(region, *_SIZES), **turned, **page}


def _own(question: Question, value: Mapping[str, Any]) -> dict[str, Any]:
    own = BY_TAG[question.tag].own
    return own(value) if own is not None else _named(value, question.region_type)


def _named(value: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value[name] for name in names if name in value}
