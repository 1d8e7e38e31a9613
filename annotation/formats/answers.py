"""The shape of an answer: a result checked against schema and item, and turned into judgement values.

A result is a list of regions as Label Studio writes them, with offsets in Unicode code points. A judgement
value is what the statistics read: `choice` and `datetime` a string, `choices` a sorted list of strings, `spans` a
sorted list of `[start, end, label]`, `rating` and `number` a number, `text` a list of strings, `ranking` and
`relations` lists in the forms that ARCHITECTURE.md gives, `boxes` a list that is only collected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotation.formats.answer_place import AnswerInvalid, Place
from annotation.formats.item_fields import check_field
from annotation.formats.offered import check_offers
from annotation.formats.region_place import marks_regions
from annotation.formats.schema import Kind, Question, Schema
from annotation.formats.shown import Shown
from annotation.formats.stored_region import stored_region
from annotation.formats.tags import BY_TAG, MARKING, per_region
from annotation.formats.tags.family import Given, Marks
from annotation.formats.tags.grades import check_criteria
from annotation.formats.text import content_hash, find_lone_surrogate, find_unstorable, text_hash
from annotation.formats.visible import Visible, check_complete

__all__ = [
    "AnswerInvalid",
    "Checked",
    "check",
    "check_item",
    "compare",
    "content_hash",
    "find_lone_surrogate",
    "read_answer",
    "rests_on",
    "text_hash",
]

MAX_REGIONS = 100_000


@dataclass(frozen=True)
class Checked:
    """`values`: judgement values by question key. `result`: the regions as they are stored (`stored_region`)."""

    values: dict[str, Any]
    result: list[dict[str, Any]]


def check(schema: Schema, data: Mapping[str, Any], result: object, *, complete: bool) -> dict[str, Any]:
    """The judgement values of a result by question key, checked as by `read_answer`."""
    return _judged(Shown(schema, data, complete=complete), result)[0]


def read_answer(schema: Schema, data: Mapping[str, Any], result: object, *, complete: bool) -> Checked:
    """Check a result; unanswered questions have no value.

    `complete` also demands an answer to every required question that is shown, and none to one that is not. Raises
    AnswerInvalid; every other exception is a defect of this module, whatever JSON value `result` is.
    """
    shown = Shown(schema, data, complete=complete)
    values, given, marks = _judged(shown, result)
    return Checked(values, [stored_region(shown, question, one, marks) for question, one in given])


def _judged(shown: Shown, result: object) -> tuple[dict[str, Any], list[tuple[Question, Given]], Marks]:
    """What a result says, its regions in their order, and what it marks."""
    schema = shown.schema
    if not isinstance(result, list):
        raise AnswerInvalid("result_not_list", where="result")
    if len(result) > MAX_REGIONS:
        raise AnswerInvalid("too_many_regions", {"count": len(result), "limit": MAX_REGIONS}, "result")
    if unstorable := find_unstorable(result):
        raise AnswerInvalid(unstorable[0], where=f"result{unstorable[1]}")
    given = list(_regions(schema, result))
    regions: dict[str, list[Given]] = defaultdict(list)
    for question, one in given:
        regions[question.key].append(one)
    marks = Marks(strict=any(one.per_region or one.tag == "relations" for one in schema.questions))
    found: dict[str, Any] = {}
    for question in sorted(schema.questions, key=_turn):
        if question.key in regions:
            value = _judge(shown, question, regions[question.key], marks)
            if value not in ([], None):
                found[question.key] = value
    values = {one.key: found[one.key] for one in schema.questions if one.key in found}
    if shown.complete:
        check_complete(Visible(shown, marks, values), regions)
    return values, given, marks


def check_item(schema: Schema, data: Mapping[str, Any]) -> None:
    """Check that an item's data holds what the schema shows and offers; raises AnswerInvalid."""
    for field in schema.fields:
        check_field(field, data)
    check_offers(schema, data)
    for question in schema.questions:
        if question.tag == "grades":
            check_criteria(question, data)


def compare(kind: Kind | str, one: Any, other: Any) -> bool:
    """Whether two judgement values of a question say the same; None is no answer.

    Sets (`choices`, `spans`, `relations`) are equal in any order. Texts and rankings must be equal as they stand.
    """
    if one is None or other is None:
        return one is other
    if kind == Kind.CHOICES:
        return set(one) == set(other)
    if kind == Kind.SPANS:
        return {tuple(span) for span in one} == {tuple(span) for span in other}
    if kind == Kind.RELATIONS:
        return set(map(repr, one)) == set(map(repr, other))
    return bool(one == other)


def rests_on(schema: Schema, question: Question) -> frozenset[str]:
    """The questions whose regions answers to this one are about: the marks that it relates, or asks about."""
    if not question.per_region and question.tag != "relations":
        return frozenset()
    fields = {question.field, *question.also}
    return frozenset(
        one.key
        for one in schema.questions
        if one.field in fields and one.key != question.key and marks_regions(one)
    )


def _turn(question: Question) -> int:
    """What others are about comes first: messages that are written, then marks."""
    if question.tag == "chat":
        return 0
    if question.per_region:
        return 2
    return 1 if question.tag in MARKING else 3


def _judge(shown: Shown, question: Question, regions: list[Given], marks: Marks) -> Any:
    family = BY_TAG[question.tag]
    if question.per_region:
        return per_region.judge(shown, question, family, regions, marks)
    if family.every is not None:
        return family.every(shown, question, regions, marks)
    if len(regions) > 1:
        raise AnswerInvalid("answered_twice", {"question": question.key}, str(regions[1].place))
    return family.only(shown, question, regions[0].place, regions[0].value)


def _regions(schema: Schema, result: list[object]) -> Iterator[tuple[Question, Given]]:
    for at, given in enumerate(result):
        place = Place(f"result[{at}]")
        region = place.mapping(given)
        key = region.get("from_name")
        question = schema.by_key.get(key) if isinstance(key, str) else None
        if question is None:
            key = place.at("from_name").string(key)
            raise AnswerInvalid("unknown_question", {"question": key}, f"{place}.from_name")
        if not isinstance(region.get("id", ""), str):
            place.at("id").string(region["id"])
        if region.get("to_name") != question.to_name:
            _differs("wrong_field", question, question.to_name, region.get("to_name"), place.at("to_name"))
        if region.get("type") != question.region_type:
            _differs("wrong_type", question, question.region_type, region.get("type"), place.at("type"))
        value = place.at("value")
        yield question, Given(value, value.mapping(region.get("value")), region)


def _differs(code: str, question: Question, wanted: str, given: object, place: Place) -> None:
    """Relations may name one of the fields whose regions they join."""
    said = place.string(given)
    if code == "wrong_field" and question.tag == "relations" and said in (question.field, *question.also):
        return
    raise AnswerInvalid(code, {"question": question.key, "wanted": wanted, "given": given}, str(place))
