"""A release as a table: one row an item, a column a field of the item and a question, and how each was settled.

Columns are told by the schema alone, so that every shard of a release has the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from annotation.formats.messages import FormatError
from annotation.formats.release.column_types import REAL, TEXT, WHOLE, ColumnType, Many, OneOf, Struct
from annotation.formats.release.format import View
from annotation.formats.release.reading import Names, gold_of, json_text, marks_on, names_of, words_of
from annotation.formats.release.rows import ReleaseRow
from annotation.formats.schema import Field, FieldKind, Kind, Question

Read = Callable[[ReleaseRow], Any]


@dataclass(frozen=True)
class Column:
    """A column: `read` gives a row's value, None where there is none."""

    name: str
    type: ColumnType
    read: Read


_SPAN = Struct({"start": WHOLE, "end": WHOLE, "label": TEXT, "text": TEXT})
_RELATION = Struct({"head": _SPAN, "tail": _SPAN, "label": TEXT, "direction": TEXT})
_PLAIN: Mapping[Kind, ColumnType] = {
    Kind.RATING: WHOLE,
    Kind.NUMBER: REAL,
    Kind.TEXT: Many(TEXT),
    Kind.DATETIME: TEXT,
    Kind.BOXES: TEXT,
    Kind.SPANS: Many(_SPAN),
    Kind.RELATIONS: Many(_RELATION),
}
_SETTLED = Struct(
    {
        "question": TEXT,
        "how": TEXT,
        "chance": REAL,
        "settled_at": TEXT,
        "rationale": TEXT,
        "clause": TEXT,
        "adjudicator": TEXT,
        "adjudicator_class": TEXT,
    }
)
_SOFT = Struct({"question": TEXT, "value": TEXT, "probability": REAL})
_DISSENT = Struct({"question": TEXT, "annotator": TEXT, "value": TEXT})
_ANNOTATION = Struct(
    {
        "annotator": TEXT,
        "credential_class": TEXT,
        "submitted_at": TEXT,
        "seconds": REAL,
        "values": TEXT,
        "schema_version": WHOLE,
        "guideline_version": WHOLE,
    }
)
ALWAYS = ("id", "language", "source", "licence", "group", "settled", "soft", "dissent", "annotations", "more")


def columns(view: View) -> list[Column]:
    """The columns of a release's table. A name that is taken becomes `data_…` or `label_…`."""
    names = Names(ALWAYS)
    fields = [_field(names.give(one.key, "data_"), one) for one in _fields(view)]
    questions = [_question(names.give(one.key, "label_"), one, view) for one in view.schema.questions]
    shown = {one.key for one in view.schema.fields}
    return [
        Column("id", TEXT, lambda row: row.item),
        *fields,
        *questions,
        Column("language", TEXT, lambda row: row.language),
        Column("source", TEXT, lambda row: row.source),
        Column("licence", TEXT, lambda row: row.licence),
        Column("group", TEXT, lambda row: row.group),
        Column("settled", Many(_SETTLED), _settled),
        Column("soft", Many(_SOFT), _soft),
        Column("dissent", Many(_DISSENT), _dissent),
        Column("annotations", Many(_ANNOTATION), _annotations),
        Column("more", TEXT, lambda row: json_text({k: v for k, v in row.data.items() if k not in shown})),
    ]


def _fields(view: View) -> list[Field]:
    """Fields by their keys, each key once."""
    return list({one.key: one for one in reversed(view.schema.fields)}.values())[::-1]


def _field(name: str, field: Field) -> Column:
    if field.kind in (FieldKind.TEXT, FieldKind.HTML):
        return Column(name, TEXT, lambda row: _verbatim(row.data.get(field.key)))
    if field.kind in (FieldKind.DIALOGUE, FieldKind.CHAT):
        spoken = field.kind is FieldKind.DIALOGUE
        who, words = (field.name_key, field.text_key) if spoken else ("role", "content")
        return Column(
            name,
            Many(Struct({who: TEXT, words: TEXT})),
            lambda row: _turns(row.data.get(field.key), who, words),
        )
    return Column(
        name, TEXT, lambda row: words_of(Field(field.name, field.key, FieldKind.TABLE), row.data) or None
    )


def _verbatim(given: Any) -> str | None:
    return given if given is None or isinstance(given, str) else json_text(given)


def _turns(given: Any, *parts: str) -> list[dict[str, Any]] | None:
    if not isinstance(given, list):
        return None
    return [
        {part: _verbatim(one.get(part)) if isinstance(one, Mapping) else None for part in parts}
        for one in given
    ]


def _question(name: str, question: Question, view: View) -> Column:
    type_, write = _type_of(question, view)

    def read(row: ReleaseRow) -> Any:
        gold = gold_of(row, question.key)
        return None if gold is None or gold.value is None else write(row, gold.value)

    return Column(name, type_, read)


Write = Callable[[ReleaseRow, Any], Any]


def _type_of(question: Question, view: View) -> tuple[ColumnType, Write]:
    field = view.schema.by_name.get(question.field)
    if question.kind in (Kind.CHOICE, Kind.CHOICES):
        names = names_of(view, question)
        one: ColumnType = OneOf(names) if names else TEXT
        number = _numbered(question, names)
        if question.kind is Kind.CHOICE:
            return one, number
        return Many(one), lambda row, value: [number(row, each) for each in value]
    if question.kind is Kind.RANKING:
        type_: ColumnType = Many(TEXT)
        return (Many(type_) if question.buckets else type_), lambda _row, value: value
    write: Mapping[Kind, Write] = {
        Kind.SPANS: lambda row, value: _each(_span, value, marks_on(field, row.data)),
        Kind.RELATIONS: lambda row, value: _each(_relation, value, marks_on(field, row.data)),
        Kind.BOXES: lambda _row, value: json_text(value),
        Kind.NUMBER: lambda _row, value: float(value),
    }
    return _PLAIN[question.kind], write.get(question.kind, lambda _row, value: value)


def _numbered(question: Question, names: tuple[str, ...]) -> Write:
    """A label's place among the names; where items bring their labels, the label."""
    places = {name: at for at, name in enumerate(names)}

    def number(row: ReleaseRow, value: Any) -> Any:
        if not names:
            return value
        if value not in places:
            params = {"label": value, "question": question.title or question.key, "item": row.item}
            raise FormatError("release_label_unknown", params, where=row.item)
        return places[value]

    return number


Words = Callable[[int, int], str]


def _each(write: Callable[[Any, Words], Any], value: Any, words: Words) -> list[Any]:
    return [write(one, words) for one in value]


def _span(span: Any, words: Words) -> dict[str, Any]:
    start, end, label = span
    return {"start": start, "end": end, "label": label, "text": words(start, end)}


def _relation(relation: Any, words: Words) -> dict[str, Any]:
    head, tail, label, direction = relation
    return {
        "head": _span(head, words),
        "tail": _span(tail, words),
        "label": label,
        "direction": direction,
    }


def _settled(row: ReleaseRow) -> list[dict[str, Any]]:
    return [{name: getattr(gold, name) for name in _SETTLED.parts} for gold in row.gold]


def _soft(row: ReleaseRow) -> list[dict[str, Any]]:
    return [
        {"question": gold.question, "value": _verbatim(value), "probability": share}
        for gold in row.gold
        if gold.soft is not None
        for value, share in gold.soft.distribution
    ]


def _dissent(row: ReleaseRow) -> list[dict[str, Any]]:
    return [
        {"question": gold.question, "annotator": one.annotator, "value": _verbatim(one.value)}
        for gold in row.gold
        for one in gold.dissent
    ]


def _annotations(row: ReleaseRow) -> list[dict[str, Any]]:
    return [
        {name: getattr(one, name) for name in _ANNOTATION.parts if name != "values"}
        | {"values": json_text(dict(one.values))}
        for one in row.annotations
    ]
