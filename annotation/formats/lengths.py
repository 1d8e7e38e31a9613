"""How long the place is in which a field's regions lie: its text in code points, or a table's number of cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotation.algorithms.tokens import tokens_of
from annotation.formats.field_text import field_text
from annotation.formats.grid import Grid
from annotation.formats.schema import Field, FieldKind


def length_of(field: Field, data: Mapping[str, Any]) -> int:
    """The end of the last place that a region can name."""
    if field.kind is FieldKind.TABLE:
        return Grid(data.get(field.key)).cells
    return len(field_text(field, data))


def units_of(field: Field, data: Mapping[str, Any]) -> list[tuple[int, int]]:
    """What people tell apart in it: the tokens of a text, the cells of a table."""
    if field.kind is FieldKind.TABLE:
        return [(cell, cell + 1) for cell in range(Grid(data.get(field.key)).cells)]
    return tokens_of(field_text(field, data))
