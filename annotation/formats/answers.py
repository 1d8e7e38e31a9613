"""The shape of an answer: a result checked against schema and item, and turned into judgement values.

A result is a list of regions as Label Studio writes them, with offsets in Unicode code points. A judgement
value is what the statistics read: `choice` a string, `choices` a sorted list of strings, `spans` a sorted
list of `[start, end, label]`, `rating` and `number` a number, `text` a list of strings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from annotation.formats.answer_values import VALUE_READERS, AnswerInvalid, Place, Region
from annotation.formats.schema import REGION_TYPES, Kind, Question, Schema
from annotation.formats.text import content_hash, find_lone_surrogate, find_unstorable, text_hash

__all__ = [
    "AnswerInvalid",
    "check",
    "check_item",
    "compare",
    "content_hash",
    "find_lone_surrogate",
    "text_hash",
]

MAX_REGIONS = 20_000


def check(schema: Schema, data: Mapping[str, Any], result: object, *, complete: bool) -> dict[str, Any]:
    """Check a result and return its judgement values by question key; unanswered questions are absent.

    `complete` also demands an answer to every required question. Raises AnswerInvalid; every other
    exception is a defect of this module, whatever JSON value `result` is.
    """
    if not isinstance(result, list):
        raise AnswerInvalid("result_not_list", where="result")
    if len(result) > MAX_REGIONS:
        raise AnswerInvalid("too_many_regions", {"count": len(result), "limit": MAX_REGIONS}, "result")
    if unstorable := find_unstorable(result):
        raise AnswerInvalid(unstorable[0], where=f"result{unstorable[1]}")
    regions = _by_question(schema, result)
    values = {}
    for question in schema.questions:
        if question.key in regions:
            text = _text(schema, question, data) if question.kind is Kind.SPANS else ""
            value = VALUE_READERS[question.kind](question, text, regions[question.key])
            if value not in ([], None):
                values[question.key] = value
    if complete:
        _check_required(schema, values)
    return values


def check_item(schema: Schema, data: Mapping[str, Any]) -> None:
    """Check that an item's data holds every text the schema shows; raises AnswerInvalid."""
    for key in dict.fromkeys(schema.data_keys.values()):
        if key not in data:
            raise AnswerInvalid("field_missing", {"key": key}, key)
        if not isinstance(data[key], str):
            raise AnswerInvalid("field_not_text", {"key": key}, key)
        if not data[key].strip():
            raise AnswerInvalid("field_empty", {"key": key}, key)


def compare(kind: Kind | str, one: Any, other: Any) -> bool:
    """Whether two judgement values of a question say the same; None is no answer.

    Sets (`choices`, `spans`) are equal in any order. Texts must be equal as they stand.
    """
    if one is None or other is None:
        return one is other
    if kind == Kind.CHOICES:
        return set(one) == set(other)
    if kind == Kind.SPANS:
        return {tuple(span) for span in one} == {tuple(span) for span in other}
    return bool(one == other)


def _by_question(schema: Schema, result: list[object]) -> dict[str, list[Region]]:
    regions: dict[str, list[Region]] = defaultdict(list)
    for at, given in enumerate(result):
        place = Place(f"result[{at}]")
        region = place.mapping(given)
        key = place.at("from_name").string(region.get("from_name"))
        question = schema.by_key.get(key)
        if question is None:
            raise AnswerInvalid("unknown_question", {"question": key}, f"{place}.from_name")
        place.at("id").string(region.get("id", ""))
        _check_equal("wrong_field", question, question.field, region.get("to_name"), place.at("to_name"))
        _check_equal(
            "wrong_type", question, REGION_TYPES[question.kind], region.get("type"), place.at("type")
        )
        value = place.at("value")
        regions[key].append((value, value.mapping(region.get("value"))))
    return regions


def _check_equal(code: str, question: Question, wanted: str, given: object, place: Place) -> None:
    if place.string(given) != wanted:
        raise AnswerInvalid(code, {"question": question.key, "wanted": wanted, "given": given}, str(place))


def _text(schema: Schema, question: Question, data: Mapping[str, Any]) -> str:
    key = schema.data_keys[question.field]
    text = data.get(key)
    if not isinstance(text, str):
        raise AnswerInvalid("text_missing", {"key": key}, f"data.{key}")
    return text


def _check_required(schema: Schema, values: Mapping[str, Any]) -> None:
    for question in schema.questions:
        if question.required and question.key not in values:
            title = question.title or question.key
            raise AnswerInvalid(
                "required_missing", {"title": title, "message": question.required_message}, question.key
            )
