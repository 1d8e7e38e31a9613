"""What several formats read of a schema and of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from annotation.algorithms.canonical import canonical_json
from annotation.formats.field_text import field_text
from annotation.formats.grid import Grid
from annotation.formats.offered import offers
from annotation.formats.release.format import View
from annotation.formats.release.rows import GoldAnswer, ReleaseRow
from annotation.formats.schema import Field, FieldKind, Kind, Question, Schema

WORDED = frozenset({FieldKind.TEXT, FieldKind.HTML, FieldKind.DIALOGUE, FieldKind.CHAT, FieldKind.PAGES})
"""Fields with one text over which offsets count."""


def gold_of(row: ReleaseRow, question: str) -> GoldAnswer | None:
    """The settled answer to a question; None where the item has none."""
    return next((gold for gold in row.gold if gold.question == question), None)


def json_text(value: Any) -> str:
    """A JSON value in one spelling."""
    return canonical_json(value).decode()


def words_of(field: Field, data: Mapping[str, Any]) -> str:
    """What a field says: its text, or as JSON what has none; a number in place of a text in digits."""
    if field.kind in WORDED and (said := field_text(field, data)):
        return said
    given = data.get(field.key)
    return given if isinstance(given, str) else "" if given is None else json_text(given)


def marks_on(field: Field | None, data: Mapping[str, Any]) -> Callable[[int, int], str]:
    """What stands at a place of a field: a piece of its text, or a table's cell. Reads the text once."""
    if field is None:
        return lambda _start, _end: ""
    if field.kind is FieldKind.TABLE:
        grid = Grid(data.get(field.key))
        return lambda start, _end: grid.words(start)
    text = field_text(field, data)
    return lambda start, end: text[start:end]


def names_of(view: View, question: Question) -> tuple[str, ...]:
    """The labels that answers to a question may have, in their order; empty where items bring their own."""
    if offers(question):
        return ()
    if question.tag == "pairwise":
        return ("left", "right")
    told = view.labels.get(question.key, ())
    return tuple(dict.fromkeys((*(label.key for label in question.labels), *told)))


def span_questions(schema: Schema) -> list[Question]:
    """The questions that mark pieces of the first text that is marked."""
    found = [one for one in schema.questions if marks_text(schema, one)]
    return [one for one in found if one.field == found[0].field]


def marks_text(schema: Schema, question: Question) -> bool:
    """Whether a question marks pieces of a text."""
    field = schema.by_name.get(question.field)
    return (
        question.kind is Kind.SPANS and not question.per_region and field is not None and field.kind in WORDED
    )


def chosen_questions(schema: Schema) -> list[Question]:
    """The questions about the whole item whose answers are labels."""
    return [one for one in schema.questions if one.kind in (Kind.CHOICE, Kind.CHOICES) and not one.per_region]


class Names:
    """Gives out column names once each; a name that is taken gets a prefix."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)

    def give(self, name: str, prefix: str) -> str:
        """The name, or the first with prefixes that is free."""
        while name in self._taken:
            name = prefix + name
        self._taken.add(name)
        return name
