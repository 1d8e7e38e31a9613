"""Relations: two marked regions belong together, with a direction and labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotation.formats.answer_place import AnswerInvalid, Place
from annotation.formats.config_attributes import said
from annotation.formats.schema import Kind, Question
from annotation.formats.shown import Shown
from annotation.formats.tags.choices import chosen, only_label
from annotation.formats.tags.family import DRAWN, Control, Family, Given, Mark, Marks
from annotation.formats.tags.labels import labels_of

DIRECTIONS = ("right", "left", "bi")


def _read(control: Control) -> Question:
    named = any(child.tag.lower() == "relation" for child in control.node.children)
    found = labels_of(control, "relation") if named else None
    return control.question(
        Kind.BOXES if control.fields[0].kind in DRAWN else Kind.RELATIONS,
        "relations",
        title=found.title if found else "",
        labels=found.all if found else (),
        multiple=said(control.node, "choice").lower() == "multiple",
    )


def _every(shown: Shown, question: Question, regions: Sequence[Given], marks: Marks) -> list[list[Any]]:
    found: set[tuple[str, str]] = set()
    told: list[list[Any]] = []
    for given in regions:
        one, other = (_end(question, marks, given, name) for name in ("from_id", "to_id"))
        ends = given.value["from_id"], given.value["to_id"]
        if ends[0] == ends[1]:
            raise AnswerInvalid("relation_itself", {}, given.place)
        direction = given.place.at("direction").string(given.value.get("direction", "right"))
        if direction not in DIRECTIONS:
            raise AnswerInvalid("relation_direction", {"given": direction[:40]}, given.place.at("direction"))
        said = {ends} if direction == "right" else {ends[::-1]} if direction == "left" else {ends, ends[::-1]}
        if said & found:
            raise AnswerInvalid("relation_twice", {}, given.place)
        found |= said
        labels = _labels(shown, question, given.place, given.value)
        told += [_judgement(one, other, direction, label) for label in labels]
    return sorted(told, key=repr)


def _end(question: Question, marks: Marks, given: Given, name: str) -> Mark:
    here = given.place.at(name)
    mark = marks.by_id.get(here.string(given.value.get(name)))
    if mark is None or mark.field not in (question.field, *question.also):
        raise AnswerInvalid("relation_end", {"id": str(given.value.get(name))[:80]}, here)
    return mark


def _labels(shown: Shown, question: Question, place: Place, value: Mapping[str, Any]) -> list[str]:
    given = value.get("labels") or []  # null says none too
    here = place.at("labels")
    if not here.items(given) or not question.labels:
        if given:
            raise AnswerInvalid(
                "unknown_label", {"label": str(given[0])[:80], "question": question.key}, here
            )
        return [""]
    keys = chosen(shown, question, here, given)
    return keys if question.multiple else [only_label(question, here, keys)]


def _judgement(one: Mark, other: Mark, direction: str, label: str) -> list[Any]:
    ends = [_said(one), _said(other)]
    if direction == "left" or (direction == "bi" and repr(ends[1]) < repr(ends[0])):
        ends.reverse()
    return [*ends, label, "bi" if direction == "bi" else "right"]


def _said(mark: Mark) -> list[Any]:
    return [*mark.place, mark.labels[0] if mark.labels else ""]


def _write(_shown: Shown, _question: Question, value: Any) -> list[dict[str, Any]]:
    """Ends stand as places: `known_answer.regions_of` puts the ids of marked regions there."""
    merged: dict[str, dict[str, Any]] = {}
    for one, other, label, direction in value:
        found = merged.setdefault(
            repr((one, other, direction)),
            {"from_id": one, "to_id": other, "direction": direction, "labels": []},
        )
        if label:
            found["labels"].append(label)
    return list(merged.values())


def _own(value: Mapping[str, Any]) -> dict[str, Any]:
    ends = {name: value[name] for name in ("from_id", "to_id")}
    return {**ends, "direction": value.get("direction", "right"), "labels": value.get("labels") or []}


RELATIONS = Family("relations", ("relations",), _read, _write, every=_every, own=_own)
