"""Grades (Assay's own): every criterion of a rubric, in the config or in the item, is given points."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from annotation.formats.answer_place import AnswerInvalid, Place
from annotation.formats.config_attributes import (
    childless,
    data_key,
    invalid,
    misplaced,
    needed,
    number,
    said,
    whole,
)
from annotation.formats.config_xml import ConfigInvalid, Node
from annotation.formats.schema import Criterion, Kind, Question
from annotation.formats.shown import Shown
from annotation.formats.tags.family import Control, Family
from annotation.formats.tags.rubric import MAX_CRITERIA

_MOST_POINTS = 100
_PLACES = 6


def _read(control: Control) -> Question:
    node = control.node
    lines = tuple(_criterion(child, node) for child in node.children)
    key = data_key(node, "value") if said(node, "value") else ""
    if len({line.text for line in lines}) != len(lines):
        raise ConfigInvalid("criterion_twice", tag=node.tag, line=node.line)
    if not lines and not key:
        raise ConfigInvalid("labels_missing", tag=node.tag, line=node.line, child="Criterion")
    if len(lines) > MAX_CRITERIA:
        raise ConfigInvalid("labels_too_many", tag=node.tag, line=node.line, limit=MAX_CRITERIA)
    return control.question(Kind.NUMBER, "grades", criteria=lines, key_of_data=key)


def _criterion(node: Node, parent: Node) -> Criterion:
    if node.tag.lower() != "criterion":
        raise misplaced(node, parent)
    childless(node)
    weight = number(node, "weight")
    if weight == 0:
        raise invalid(node, "weight", "1, 0.5, -2, …")
    return Criterion(
        needed(node, "value").strip(),
        1 if weight is None else weight,
        whole(node, "most", maximum=_MOST_POINTS) or 1,
    )


def criteria_of(question: Question, data: Mapping[str, Any]) -> tuple[Criterion, ...]:
    """The criteria in force for an item: those of the config, then those that the item brings."""
    given = data.get(question.key_of_data) if question.key_of_data else None
    found = [_from_data(one) for one in given] if isinstance(given, list) else []
    return (*question.criteria, *(one for one in found if one is not None))


def check_criteria(question: Question, data: Mapping[str, Any]) -> None:
    """Check the criteria that an item brings; raises AnswerInvalid."""
    key = question.key_of_data
    if not key:
        return
    if key not in data:
        raise AnswerInvalid("field_missing", {"key": key}, key)
    given = data[key]
    if not isinstance(given, list) or not 1 <= len(given) <= MAX_CRITERIA:
        raise AnswerInvalid("criteria_wrong", {"key": key}, key)
    for at, one in enumerate(given):
        if _from_data(one) is None:
            raise AnswerInvalid("criteria_wrong", {"key": key}, f"{key}[{at}]")
    criteria = criteria_of(question, data)
    if not _weighs(criteria) or len({one.text for one in criteria}) != len(criteria):
        raise AnswerInvalid("criteria_wrong", {"key": key}, key)


def _from_data(one: Any) -> Criterion | None:
    if not isinstance(one, dict):
        return None
    text, weight, most = one.get("text"), one.get("weight", 1), one.get("most", 1)
    sound = (
        isinstance(text, str)
        and text.strip()
        and isinstance(weight, int | float)
        and not isinstance(weight, bool)
        and math.isfinite(weight)
        and weight
        and isinstance(most, int)
        and not isinstance(most, bool)
        and 1 <= most <= _MOST_POINTS
    )
    return Criterion(text, weight, most) if sound and isinstance(text, str) else None


def _weighs(criteria: Sequence[Criterion]) -> float:
    """The most that can be reached: criteria with a negative weight take away."""
    return sum(one.weight * one.most for one in criteria if one.weight > 0)


def _one(shown: Shown, question: Question, place: Place, value: Mapping[str, Any]) -> float:
    here = place.at("grades")
    criteria = criteria_of(question, shown.data)
    given = list(_given(shown, here, value.get("grades")))
    known = [one.text for one in criteria]
    if [text for text, _ in given] != known and (shown.complete or not _begun(given, known)):
        params = {"count": len(given), "all": len(criteria)}
        raise AnswerInvalid("grades_incomplete", params, here)
    by_text = dict(zip(known, criteria, strict=True))
    for at, (text, points) in enumerate(given):
        if not 0 <= points <= by_text[text].most:
            raise AnswerInvalid(
                "points_out_of_range", {"maximum": by_text[text].most}, here.at(at).at("points")
            )
    reached = sum(by_text[text].weight * points for text, points in given)
    score = round(reached / (_weighs(criteria) or 1), _PLACES)
    return int(score) if score == int(score) else score


def _given(shown: Shown, place: Place, given: object) -> Iterator[tuple[str, float]]:
    """What is graded; a draft may hold criteria that are not yet."""
    for at, one in enumerate(place.items(given)):
        line = place.at(at).mapping(one)
        if shown.complete or line.get("points") is not None:
            yield _points(place.at(at), line)


def _begun(given: Sequence[tuple[str, float]], known: Sequence[str]) -> bool:
    texts = [text for text, _ in given]
    return set(texts) <= set(known) and len(set(texts)) == len(texts)


def _points(place: Place, line: Mapping[str, Any]) -> tuple[str, float]:
    return place.at("text").string(line.get("text")), place.at("points").number(line.get("points"))


def _own(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"grades": [{"text": line.get("text"), "points": line.get("points")} for line in value["grades"]]}


# A score does not say which points led to it: nothing writes it back.
GRADES = Family("grades", ("grades",), _read, None, one=_one, own=_own)
