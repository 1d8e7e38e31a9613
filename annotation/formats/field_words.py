"""What a field says, in words: for excerpts, and to find items like it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotation.formats.brought_words import card_words
from annotation.formats.field_text import field_text
from annotation.formats.grid import Grid
from annotation.formats.schema import Field, FieldKind


def field_words(field: Field, data: Mapping[str, Any]) -> str:
    """The words of a field, whatever kind it is; a picture has its name."""
    value = data.get(field.key)
    if field.kind is FieldKind.TABLE:
        grid = Grid(value)
        return " ".join(words for cell in range(grid.cells) if (words := grid.words(cell)))
    if field.kind is FieldKind.LIST:
        things = value if isinstance(value, list) else []
        return " ".join(words for thing in things for words in card_words(thing) if words)
    if field.kind is FieldKind.IMAGE:
        return str(value.get("name", "")) if isinstance(value, Mapping) else ""
    return field_text(field, data)


def quote(field: Field, data: Mapping[str, Any], start: int, end: int) -> str:
    """What a marked region says: a piece of the field's text, or a cell of a table."""
    if field.kind is FieldKind.TABLE:
        return Grid(data.get(field.key)).words(start)
    return field_text(field, data)[start:end]
