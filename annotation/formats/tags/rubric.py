"""Rubric (Assay's own): weighted criteria are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotation.formats.answer_place import AnswerInvalid, Place
from annotation.formats.config_attributes import childless, whole
from annotation.formats.schema import Kind, Question
from annotation.formats.shown import Shown
from annotation.formats.tags.family import Control, Family
from annotation.formats.tags.textarea import bounded

MAX_CRITERIA = 100


def _read(control: Control) -> Question:
    childless(control.node)
    most = whole(control.node, "maxCriteria", maximum=MAX_CRITERIA)
    return control.question(Kind.TEXT, "rubric", max_texts=most)


def _one(shown: Shown, question: Question, place: Place, value: Mapping[str, Any]) -> list[str]:
    here = place.at("rubric")
    lines = here.items(value.get("rubric"))
    most = question.max_texts or MAX_CRITERIA
    if len(lines) > most:
        raise AnswerInvalid(
            "too_many_texts", {"question": question.key, "limit": most, "count": len(lines)}, here
        )
    return [_line(shown, here.at(at), line) for at, line in enumerate(lines)]


def _line(shown: Shown, place: Place, given: object) -> str:
    line = place.mapping(given)
    text = bounded(place.at("text"), place.at("text").string(line.get("text")))
    weight = place.at("weight").number(line.get("weight", 1))
    if shown.complete and not text.strip():
        raise AnswerInvalid("criterion_empty", {}, place.at("text"))
    if shown.complete and not weight:
        raise AnswerInvalid("criterion_weight", {}, place.at("weight"))
    return f"{weight} {text}"


def _write(_shown: Shown, _question: Question, value: Any) -> list[dict[str, Any]]:
    lines = []
    for said in value:
        weight, _, text = said.partition(" ")
        number = float(weight)
        lines.append({"text": text, "weight": int(number) if number.is_integer() else number})
    return [{"rubric": lines}]


def _own(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"rubric": [{"text": line["text"], "weight": line.get("weight", 1)} for line in value["rubric"]]}


RUBRIC = Family("rubric", ("rubric",), _read, _write, one=_one, own=_own)
