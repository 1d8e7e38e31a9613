"""Ranker: a list is put into order, or sorted into buckets; or, on another field, the config's own labels are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotation.formats.answer_place import AnswerInvalid, Place
from annotation.formats.config_attributes import misplaced, needed, said, truth
from annotation.formats.config_xml import ConfigInvalid
from annotation.formats.schema import FieldKind, Kind, Label, Question
from annotation.formats.shown import Shown
from annotation.formats.tags.family import Control, Family
from annotation.formats.tags.labels import labels_of

_INTERNAL = "_"  # Label Studio keeps here what was put into no bucket


def _read(control: Control) -> Question:
    node = control.node
    on_list = control.fields[0].kind is FieldKind.LIST
    names = {child.tag.lower() for child in node.children}
    if not on_list and "bucket" in names:
        child = next(child for child in node.children if child.tag.lower() == "bucket")
        raise misplaced(child, node)
    if on_list:
        return control.question(Kind.RANKING, "ranker", buckets=_buckets(control))
    found = labels_of(control, "choice")
    if any(label.selected for label in found.all):
        control.note("not_begun", node)
    return control.question(Kind.RANKING, "ranker", title=found.title, labels=found.all)


def _buckets(control: Control) -> tuple[Label, ...]:
    buckets: dict[str, Label] = {}
    for child in control.node.children:
        if child.tag.lower() == "style":
            continue
        if child.tag.lower() != "bucket":
            raise misplaced(child, control.node)
        name = needed(child, "name").strip()
        if name in buckets or name == _INTERNAL:
            raise ConfigInvalid("label_duplicate", tag=child.tag, line=child.line, value=name)
        buckets[name] = Label(name, said(child, "title") or name, selected=truth(child, "default"))
    if sum(bucket.selected for bucket in buckets.values()) > 1:
        raise ConfigInvalid("bucket_defaults", tag=control.node.tag, line=control.node.line)
    return tuple(buckets.values())


def _ids(shown: Shown, question: Question) -> list[str]:
    return [label.key for label in question.labels] if question.labels else shown.ids(question.field)


def _one(shown: Shown, question: Question, place: Place, value: Mapping[str, Any]) -> list[Any]:
    here = place.at("ranker")
    given = here.mapping(value.get("ranker"))
    names = [bucket.key for bucket in question.buckets] or [question.key]
    known, seen = set(_ids(shown, question)), set[str]()
    for name, ids in given.items():
        if name not in names and not (name == _INTERNAL and question.buckets):
            raise AnswerInvalid("unknown_bucket", {"bucket": name, "question": question.key}, here.at(name))
        for at, each in enumerate(here.at(name).strings(ids)):
            if each not in known:
                raise AnswerInvalid("unknown_ranked", {"id": each}, here.at(name).at(at))
            if each in seen:
                raise AnswerInvalid("ranked_twice", {"id": each}, here.at(name).at(at))
            seen.add(each)
    everything = not question.buckets or any(bucket.selected for bucket in question.buckets)
    if shown.complete and everything and seen and len(seen) != len(known):
        raise AnswerInvalid("ranking_incomplete", {"count": len(seen), "all": len(known)}, here)
    if not question.buckets:
        return list(given.get(question.key, []))
    filled = [[name, *given.get(name, [])] for name in names]
    return filled if any(len(bucket) > 1 for bucket in filled) else []


def _write(_shown: Shown, question: Question, value: Any) -> list[dict[str, Any]]:
    if not question.buckets:
        return [{"ranker": {question.key: list(value)}}]
    return [{"ranker": {bucket[0]: list(bucket[1:]) for bucket in value}}]


RANKER = Family("ranker", ("ranker",), _read, _write, one=_one)
