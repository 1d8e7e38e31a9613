"""What a region's place is: told by its question and the kind of its field, not guessed from what a value holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from annotation.formats.schema import Field, FieldKind, Kind, Question


class PlaceKind(StrEnum):
    """A piece of a text, a cell of a table, an area of a picture or a page, a message that the answer writes."""

    TEXT = "text"
    CELL = "cell"
    AREA = "area"
    MESSAGE = "message"


@dataclass(frozen=True)
class StandsAt:
    """A place of a field, in a form that is equal for equal places."""

    field: str
    kind: PlaceKind
    at: tuple[Any, ...]


_ABOUT: Mapping[FieldKind, tuple[PlaceKind, ...]] = {
    FieldKind.TABLE: (PlaceKind.CELL,),
    FieldKind.IMAGE: (PlaceKind.AREA,),
    FieldKind.PAGES: (PlaceKind.TEXT, PlaceKind.AREA),
    FieldKind.CHAT: (PlaceKind.MESSAGE, PlaceKind.TEXT),
    FieldKind.LIST: (),
}
"""Where regions stand that a question asked of regions can be about; in fields of other kinds in the text."""


_CORNERS = ("x", "y", "width", "height")
_NAMING: Mapping[PlaceKind, tuple[frozenset[str], ...]] = {
    PlaceKind.TEXT: (frozenset(("start", "end")),),
    PlaceKind.CELL: (frozenset(("row", "column")),),
    PlaceKind.MESSAGE: (frozenset(("chatmessage",)),),
    PlaceKind.AREA: (frozenset(("points",)), frozenset(_CORNERS)),
}
"""What a value holds that names a place of the kind."""


def place_kind(marking: Question, field: Field) -> PlaceKind:
    """Of a question that marks regions: which places they have."""
    if marking.tag == "chat":
        return PlaceKind.MESSAGE
    if marking.kind is Kind.BOXES:
        return PlaceKind.AREA
    return PlaceKind.CELL if field.kind is FieldKind.TABLE else PlaceKind.TEXT


def place_of(question: Question, field: Field, region: Mapping[str, Any]) -> StandsAt | None:
    """Where a stored region stands; None when its question is about the whole, or relates regions."""
    value = region.get("value")
    if not isinstance(value, Mapping):
        return None
    for kind in kinds_of(question, field):
        at = _at(kind, value)
        if at is not None:
            page = (region.get("item_index", 0),) if field.kind is FieldKind.PAGES else ()
            return StandsAt(field.name, kind, (*at, *page) if kind is PlaceKind.AREA else at)
    return None


def kinds_of(question: Question, field: Field) -> tuple[PlaceKind, ...]:
    """The kinds of place that a region of the question may have on the field; the first that its value names counts."""
    if question.per_region:
        return _ABOUT.get(field.kind, (PlaceKind.TEXT,))
    return (place_kind(question, field),) if marks_regions(question) else ()


def kind_named(kinds: tuple[PlaceKind, ...], value: Mapping[str, Any]) -> PlaceKind | None:
    """The first of these kinds of place that a region's value names."""
    for kind in kinds:
        for names in _NAMING[kind]:
            if names <= value.keys():
                return kind
    return None


def marks_regions(question: Question) -> bool:
    """Whether other questions can be about its regions: it marks, draws or writes them."""
    if question.per_region or question.tag == "relations":
        return False
    return question.kind in (Kind.SPANS, Kind.BOXES) or question.tag == "chat"


def _at(kind: PlaceKind, value: Mapping[str, Any]) -> tuple[Any, ...] | None:
    if kind is PlaceKind.TEXT:
        return _named(value, "start", "end")
    if kind is PlaceKind.CELL:
        return _named(value, "row", "column")
    if kind is PlaceKind.MESSAGE:
        return _named(value, "chatmessage")
    corners = _named(value, *_CORNERS)
    return _named(value, "points") or (corners and (*corners, value.get("rotation", 0)))


def _named(value: Mapping[str, Any], *names: str) -> tuple[Any, ...] | None:
    return tuple(_plain(value[name]) for name in names) if all(name in value for name in names) else None


def _plain(part: Any) -> Any:
    """A JSON value that can be a key."""
    if isinstance(part, list):
        return tuple(map(_plain, part))
    return (
        tuple(sorted((name, _plain(one)) for name, one in part.items())) if isinstance(part, dict) else part
    )
