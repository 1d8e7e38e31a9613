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
from annotation.formats.schema import Kind, Question, Schema
from annotation.formats.shown import Shown
from annotation.formats.strict_json import strict_loads
from annotation.formats.tags import BY_TAG, MARKING, per_region
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
    if not any(schema.by_key[key].kind.compared for key in named):
        raise KnownAnswerInvalid("known_nothing")
    return KnownAnswer(named, result)


def regions_of(schema: Schema, data: Mapping[str, Any], values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Judgement values as regions, marks first; `answers.check` turns them back.

    Relations and answers about regions name marks by the ids that these get here.
    """
    shown = Shown(schema, data)
    regions: list[dict[str, Any]] = []
    ids: dict[str, str] = {}
    for question in sorted(schema.questions, key=_after):
        value = values.get(question.key)
        if value in (None, []):
            continue
        for at, part in enumerate(_parts(shown, question, value)):
            id_ = f"known-{len(regions) + 1}"
            if question.tag == "relations":
                part |= {name: ids.get(repr(part[name]), "") for name in ("from_id", "to_id")}
            elif question.per_region:
                id_ = ids.get(_place_of(part), id_)
            elif question.kind is Kind.SPANS:
                ids.setdefault(repr(list(value[at])), id_)
                ids.setdefault(_place_of(part), id_)
            regions.append(_region(question, id_, part))
    return regions


def _parts(shown: Shown, question: Question, value: Any) -> list[dict[str, Any]]:
    family = BY_TAG[question.tag]
    return (
        per_region.write(shown, question, family, value)
        if question.per_region and question.kind is Kind.SPANS
        else family.write(shown, question, value)
    )


def _region(question: Question, id_: str, value: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": id_,
        "from_name": question.key,
        "to_name": question.to_name,
        "type": question.region_type,
        "value": value,
    }


def _after(question: Question) -> int:
    """Marks before what is about them; the others keep their order before both."""
    if question.tag == "relations":
        return 3
    if question.per_region:
        return 2
    return 1 if question.tag in MARKING else 0


def _place_of(part: Mapping[str, Any]) -> str:
    return repr([part.get(name) for name in ("start", "end", "row", "column")])


def comparable(schema: Schema, known: Mapping[str, Any]) -> list[Question]:
    """The questions of the schema that a known answer can be held against; what is only collected is left out."""
    return [
        question
        for question in schema.questions
        if question.key in known
        and question.kind.compared
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


def _is_ranking(value: object) -> bool:
    return isinstance(value, list) and (
        _are_texts(value) or all(_are_texts(bucket) and bucket for bucket in value)
    )


def _are_relations(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, list)
        and len(one) == _RELATION
        and _are_spans(one[:2])
        and _is_text(one[2])
        and one[3] in ("right", "bi")
        for one in value
    )


def _no_shape(_value: object) -> bool:
    return False  # areas are collected: no known answer names any


_RELATION = 4
_SHAPES: Mapping[Kind, Callable[[object], bool]] = {
    Kind.CHOICE: _is_text,
    Kind.CHOICES: _are_texts,
    Kind.SPANS: _are_spans,
    Kind.RATING: _is_number,
    Kind.NUMBER: _is_number,
    Kind.TEXT: _are_texts,
    Kind.DATETIME: _is_text,
    Kind.RANKING: _is_ranking,
    Kind.RELATIONS: _are_relations,
    Kind.BOXES: _no_shape,
}
_EXAMPLES: Mapping[Kind, str] = {
    Kind.CHOICE: '"label"',
    Kind.CHOICES: '["label", "label"]',
    Kind.SPANS: '[[0, 5, "label"]]',
    Kind.RATING: "4",
    Kind.NUMBER: "12.5",
    Kind.TEXT: '["text"]',
    Kind.DATETIME: '"2026-11-20T10:00"',
    Kind.RANKING: '["first", "second"]',
    Kind.RELATIONS: '[[[0, 5, "label"], [9, 12, "label"], "relation", "right"]]',
    Kind.BOXES: "null",
}
