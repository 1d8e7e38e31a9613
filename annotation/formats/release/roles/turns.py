"""The turns of a dialogue or chat with what an answer about them says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotation.formats.release.roles.names import verdict
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.schema import Schema
from annotation.formats.shown import Shown, Turn


def turns_of(schema: Schema, field: str, row: ReleaseRow) -> list[Turn]:
    """The turns of a field, with their places in its text."""
    return Shown(schema, row.data, complete=False).turns(field)


def verdicts(turns: Sequence[Turn], spans: Sequence[Sequence[Any]]) -> list[bool | None]:
    """Of each turn whether it is good; None where nobody says, two disagree, or a part of it is judged on its own.

    Linear in turns and spans together, both being in order: a span covers whole turns, or touches what it judges.
    """
    said: list[set[bool | None]] = [set() for _ in turns]
    first = 0
    for start, end, label in spans:  # sorted by their start
        while first < len(turns) and turns[first].end <= start and turns[first].start < start:
            first += 1
        for at in range(first, len(turns)):
            turn = turns[at]
            if turn.start >= end:
                break
            if turn.end > start:
                said[at].add(verdict(str(label)) if start <= turn.start and turn.end <= end else None)
    return [next(iter(one)) if len(one) == 1 else None for one in said]


def place_of(value: Mapping[str, Any]) -> tuple[Any, Any]:
    """Where an answer about a turn stands."""
    return value.get("start"), value.get("end")
