"""A known answer: what a control item's answer is, as judgement values by question, and as regions for the editor.

A question that the known answer does not name is not asked about; null says that it is rightly left unanswered. Free
text may be given, as a model to read: it is never compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from annotation.formats.answers import check, compare
from annotation.formats.messages import FormatError
from annotation.formats.schema import REGION_TYPES, Kind, Question, Schema
from annotation.formats.strict_json import strict_loads
from annotation.formats.text import find_unstorable


class KnownAnswerInvalid(FormatError):
    """A known answer that does not fit the questions or the text."""


@dataclass(frozen=True)
class KnownAnswer:
    """`values`: judgement value by question key, None where it is rightly unanswered. `result`: the same as regions."""

    values: dict[str, Any]
    result: list[dict[str, Any]]


def read_known(schema: Schema, data: Mapping[str, Any], given: object) -> KnownAnswer:
    """Check a known answer, an object or its JSON text (a cell of a table), against questions and the item's data.

    Raises FormatError: KnownAnswerInvalid, or AnswerInvalid where no expert could give the value either (an unknown
    label, a span outside of the text, a required question left out).
    """
    if isinstance(given, str):
        given = strict_loads(given.encode())
    if not isinstance(given, dict) or not given:
        raise KnownAnswerInvalid("known_not_object")
    if unstorable := find_unstorable(given):
        raise KnownAnswerInvalid(unstorable[0])
    for key, value in given.items():
        question = schema.by_key.get(key)
        if question is None:
            raise KnownAnswerInvalid("unknown_question", {"question": key})
        if value is not None and not _SHAPES[question.kind](value):
            raise KnownAnswerInvalid("known_shape", {"question": key, "shape": _EXAMPLES[question.kind]})
    result = regions_of(schema, data, given)
    values = check(schema, data, result, complete=True)
    named = {key: values.get(key) for key in given}
    if all(schema.by_key[key].kind is Kind.TEXT for key in named):
        raise KnownAnswerInvalid("known_nothing")
    return KnownAnswer(named, result)


def regions_of(schema: Schema, data: Mapping[str, Any], values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Judgement values as regions, in the order of the questions; `answers.check` turns them back."""
    regions: list[dict[str, Any]] = []
    for question in schema.questions:
        value = values.get(question.key)
        if value not in (None, []):
            text = data.get(schema.data_keys[question.field], "")
            for part in _values(question, text, value):
                regions.append(
                    {
                        "id": f"known-{len(regions) + 1}",
                        "from_name": question.key,
                        "to_name": question.field,
                        "type": REGION_TYPES[question.kind],
                        "value": part,
                    }
                )
    return regions


def comparable(schema: Schema, known: Mapping[str, Any]) -> list[Question]:
    """The questions of the schema that a known answer can be held against, free text left out."""
    return [
        question
        for question in schema.questions
        if question.key in known
        and question.kind is not Kind.TEXT
        and (known[question.key] is None or _SHAPES[question.kind](known[question.key]))
    ]


def wrong_in(schema: Schema, known: Mapping[str, Any], said: Mapping[str, Any]) -> list[str]:
    """The questions that were answered otherwise than the known answer says, in the order of the schema.

    Compared exactly (`answers.compare`): spans must have the same ends and labels. A question that the schema asks no
    more, or whose known answer no longer fits its kind, is left out.
    """
    return [
        question.key
        for question in comparable(schema, known)
        if not compare(question.kind, said.get(question.key), known[question.key])
    ]


def _values(question: Question, text: str, value: Any) -> list[dict[str, Any]]:
    match question.kind:
        case Kind.CHOICE:
            return [{"choices": [value]}]
        case Kind.CHOICES:
            return [{"choices": list(value)}]
        case Kind.RATING:
            return [{"rating": value}]
        case Kind.NUMBER:
            return [{"number": value}]
        case Kind.TEXT:
            return [{"text": list(value)}]
        case Kind.SPANS:
            return [_span(text, *span) for span in value]


def _span(text: str, start: int, end: int, label: str) -> dict[str, Any]:
    return {"start": start, "end": end, "text": text[start:end], "labels": [label]}


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _are_spans(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, list)
        and len(one) == 3
        and _is_whole(one[0])
        and _is_whole(one[1])
        and _is_text(one[2])
        for one in value
    )


_SHAPES: Mapping[Kind, Callable[[object], bool]] = {
    Kind.CHOICE: _is_text,
    Kind.CHOICES: _are_texts,
    Kind.SPANS: _are_spans,
    Kind.RATING: _is_number,
    Kind.NUMBER: _is_number,
    Kind.TEXT: _are_texts,
}
_EXAMPLES: Mapping[Kind, str] = {
    Kind.CHOICE: '"label"',
    Kind.CHOICES: '["label", "label"]',
    Kind.SPANS: '[[0, 5, "label"]]',
    Kind.RATING: "4",
    Kind.NUMBER: "12.5",
    Kind.TEXT: '["text"]',
}
