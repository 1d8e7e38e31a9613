"""Rating and Number: a figure is given."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from annotation.formats.answer_place import MAX_NUMBER, AnswerInvalid, Place
from annotation.formats.config_attributes import childless, invalid, number, whole
from annotation.formats.schema import Kind, Question
from annotation.formats.shown import Shown
from annotation.formats.tags.family import Control, Family

_MAX_RATING = 100
_STEP_SLACK = 1e-6  # 0.3 is no exact multiple of 0.1 in binary


def _read_rating(control: Control) -> Question:
    childless(control.node)
    control.refuse("defaultValue")
    most = whole(control.node, "maxRating", maximum=_MAX_RATING) or 5
    return control.question(Kind.RATING, "rating", max_rating=most)


def _read_number(control: Control) -> Question:
    node = control.node
    childless(node)
    control.refuse("defaultValue")
    minimum, maximum, step = (number(node, name) for name in ("min", "max", "step"))
    if minimum is not None and maximum is not None and minimum > maximum:
        raise invalid(node, "max", f">= {minimum}")
    if step is not None and step <= 0:
        raise invalid(node, "step", "> 0")
    return control.question(Kind.NUMBER, "number", minimum=minimum, maximum=maximum, step=step)


def _rating(_shown: Shown, question: Question, place: Place, value: Mapping[str, Any]) -> float:
    rating = place.at("rating").number(value.get("rating"))
    most = question.max_rating or 5
    if not isinstance(rating, int) or not 1 <= rating <= most:
        raise AnswerInvalid("rating_out_of_range", {"maximum": most}, place.at("rating"))
    return rating


def _number(_shown: Shown, question: Question, place: Place, value: Mapping[str, Any]) -> float:
    found = place.at("number").number(value.get("number"))
    least = -MAX_NUMBER if question.minimum is None else question.minimum
    most = MAX_NUMBER if question.maximum is None else question.maximum
    if not least <= found <= most:
        raise AnswerInvalid("number_out_of_range", {"minimum": least, "maximum": most}, place.at("number"))
    start = question.minimum or 0
    if question.step and abs(math.remainder(found - start, question.step)) > question.step * _STEP_SLACK:
        raise AnswerInvalid("number_off_step", {"step": question.step, "start": start}, place.at("number"))
    return found


def _write(_shown: Shown, question: Question, value: Any) -> list[dict[str, Any]]:
    return [{question.region_type: value}]


RATING = Family("rating", ("rating",), _read_rating, _write, one=_rating, per_region=True, several=True)
NUMBER = Family("number", ("number",), _read_number, _write, one=_number, per_region=True, several=True)
