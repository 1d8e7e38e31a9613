"""Pairwise: which of two fields is better."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotation.formats.answer_place import AnswerInvalid, Place
from annotation.formats.config_attributes import childless
from annotation.formats.config_xml import ConfigInvalid
from annotation.formats.schema import Kind, Label, Question
from annotation.formats.shown import Shown
from annotation.formats.tags.family import Control, Family

SIDES = (Label("left", "Left"), Label("right", "Right"))


def _read(control: Control) -> Question:
    childless(control.node)
    if len(control.fields) != 2:
        raise ConfigInvalid("target_not_two", tag=control.node.tag, line=control.node.line)
    return control.question(Kind.CHOICE, "pairwise", labels=SIDES)


def _one(_shown: Shown, question: Question, place: Place, value: Mapping[str, Any]) -> str:
    side = place.at("selected").string(value.get("selected"))
    if side not in question.by_label:
        raise AnswerInvalid("unknown_label", {"label": side, "question": question.key}, place.at("selected"))
    return side


def _write(_shown: Shown, _question: Question, value: Any) -> list[dict[str, Any]]:
    return [{"selected": value}]


def _own(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"selected": value["selected"]}


PAIRWISE = Family("pairwise", ("pairwise",), _read, _write, one=_one, several=True, own=_own)
