"""A row's values as they are stored: HTML cleaned, structures decoded that a table could only hold as text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotation.formats.html_nesting import MOST_DEPTH, TooDeep
from annotation.formats.html_text import Unstable, sanitise
from annotation.formats.messages import FormatError
from annotation.formats.row_types import Position, row_of
from annotation.formats.schema import Field, FieldKind, Schema
from annotation.formats.strict_json import strict_loads

_STRUCTURED = (FieldKind.DIALOGUE, FieldKind.CHAT, FieldKind.TABLE, FieldKind.LIST)
_NOWHERE = Position(0, 0)


def take_in(schema: Schema, data: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """The data to store, and how many values of HTML were changed. Raises FormatError."""
    taken, changed = dict(data), 0
    for field in {field.key: field for field in schema.fields if field.key in data}.values():
        value = taken[field.key]
        if field.kind in _STRUCTURED:
            value = _decoded(value)
        if field.kind is FieldKind.HTML and isinstance(value, str):
            cleaned = _cleaned(field, value)
            changed += cleaned != value
            value = cleaned
        if field.kind is FieldKind.LIST and isinstance(value, list):
            things = [_thing(field, thing) for thing in value]
            changed += sum(_html_of(new) != _html_of(old) for new, old in zip(things, value, strict=True))
            value = things
        taken[field.key] = value
    return taken, changed


def _decoded(value: Any) -> Any:
    """A cell of a CSV holds text only: what looks like JSON is read as such, under a row's rules."""
    if not isinstance(value, str) or not value.lstrip().startswith(("[", "{")):
        return value
    return row_of(0, {"value": strict_loads(value.strip().encode())}, _NOWHERE).data["value"]


def _cleaned(field: Field, value: str) -> str:
    try:
        return sanitise(value)
    except Unstable as error:
        raise FormatError("html_unstable", {"key": field.key}, field.key) from error
    except TooDeep as error:
        raise FormatError("html_too_deep", {"key": field.key, "limit": MOST_DEPTH}, field.key) from error


def _thing(field: Field, thing: Any) -> Any:
    """A thing of a list: its id is text, since answers name it, and its HTML is cleaned."""
    if not isinstance(thing, dict):
        return thing
    found = dict(thing)
    if type(found.get("id")) is int:
        found["id"] = str(found["id"])
    if isinstance(found.get("html"), str):
        found["html"] = _cleaned(field, found["html"])
    return found


def _html_of(thing: Any) -> Any:
    return thing.get("html") if isinstance(thing, dict) else None
