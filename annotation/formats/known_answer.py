"""A known answer: what a control item's answer is, as judgement values by question, and as regions for the editor.

A question that the known answer does not name is not asked about; null says that it is rightly left unanswered. Free
text may be given, as a model to read: it is never compared, and nothing that is only collected has to be given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from annotation.formats.answers import check, compare
from annotation.formats.known_shapes import EXAMPLES, fits
from annotation.formats.messages import FormatError
from annotation.formats.region_place import StandsAt, marks_regions, place_of
from annotation.formats.schema import Kind, Question, Schema
from annotation.formats.shown import Shown
from annotation.formats.strict_json import strict_loads
from annotation.formats.tags import BY_TAG, per_region
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
    label, a span outside of the text, a required question left out that can be known).
    """
    if isinstance(given, str):
        given = strict_loads(given.encode())
    if not isinstance(given, dict) or not given:
        raise KnownAnswerInvalid("known_not_object")
    if unstorable := find_unstorable(given):
        raise KnownAnswerInvalid(unstorable[0])
    for key, value in given.items():
        _check_shape(schema, key, value)
    result = regions_of(schema, data, given)
    values = check(_lenient(schema), data, result, complete=True)
    for key, value in given.items():
        if value not in (None, []) and key not in values:
            raise _misshapen(schema.by_key[key])
    named = {key: values.get(key) for key in given}
    if not any(can_be_known(schema.by_key[key]) for key in named):
        raise KnownAnswerInvalid("known_nothing")
    return KnownAnswer(named, result)


def can_be_known(question: Question) -> bool:
    """Whether a known answer can say what the question is answered with, and answers can be held against it."""
    return question.kind.compared and BY_TAG[question.tag].write is not None


def _check_shape(schema: Schema, key: str, value: object) -> None:
    question = schema.by_key.get(key)
    if question is None:
        raise KnownAnswerInvalid("unknown_question", {"question": key})
    if value is None:
        return
    if question.kind is Kind.BOXES or BY_TAG[question.tag].write is None:
        raise KnownAnswerInvalid("known_unwritable", {"question": key})
    if not fits(question, value):
        raise _misshapen(question)


def _misshapen(question: Question) -> KnownAnswerInvalid:
    return KnownAnswerInvalid("known_shape", {"question": question.key, "shape": EXAMPLES[question.kind]})


def _lenient(schema: Schema) -> Schema:
    """The schema without demands on what is only collected."""
    questions = (
        one if can_be_known(one) else replace(one, required=False, min_messages=None)
        for one in schema.questions
    )
    return replace(schema, questions=tuple(questions))


def regions_of(schema: Schema, data: Mapping[str, Any], values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Judgement values as regions, marks first; `answers.check` turns them back.

    Relations and answers about regions name marks by the ids that these get here.
    """
    shown = Shown(schema, data)
    regions: list[dict[str, Any]] = []
    ids: dict[str, str] = {}
    at_place: dict[StandsAt | None, str] = {}
    for question in sorted(schema.questions, key=_after):
        value = values.get(question.key)
        if value in (None, []):
            continue
        for at, part in enumerate(_parts(shown, question, value)):
            id_ = f"known-{len(regions) + 1}"
            if question.tag == "relations":
                part |= {name: ids.get(repr(part[name]), "") for name in ("from_id", "to_id")}
            stands = place_of(question, schema.by_name[question.field], {"value": part})
            if question.per_region:
                id_ = at_place.get(stands, id_)
            elif question.kind is Kind.SPANS:
                ids.setdefault(repr(list(value[at])), id_)
                at_place.setdefault(stands, id_)
            regions.append(_region(question, id_, part))
    return regions


def _parts(shown: Shown, question: Question, value: Any) -> list[dict[str, Any]]:
    family = BY_TAG[question.tag]
    if question.per_region and question.kind is Kind.SPANS:
        return per_region.write(shown, question, family, value)
    return family.regions(shown, question, value)


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
    return 1 if marks_regions(question) else 0


def comparable(schema: Schema, known: Mapping[str, Any]) -> list[Question]:
    """The questions of the schema that a known answer can be held against; what is only collected is left out."""
    return [
        question
        for question in schema.questions
        if question.key in known
        and can_be_known(question)
        and (known[question.key] is None or fits(question, known[question.key]))
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
