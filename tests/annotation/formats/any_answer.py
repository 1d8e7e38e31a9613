"""Answers to any schema, drawn at random: sound ones, and the same with stray parts and odd values."""

import copy
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from annotation.formats.region_place import marks_regions
from annotation.formats.schema import FieldKind, Question, Schema
from annotation.formats.shown import TURNS, Shown
from annotation.formats.tags.grades import criteria_of

Region = dict[str, Any]
_BOX = {"x": 10, "y": 20.5, "width": 30, "height": 40, "rotation": 0}
_CORNERS = {"points": [[1, 2], [30, 4], [5, 60.5]], "closed": True}
_DAYS = ("2026-11-20", "2026-11", "2026", "10:00", "2026-11-20T10:00")
_PLACE = ("start", "end", "row", "column", "x", "y", "width", "height", "rotation", "points", "closed")
_BESIDE = ("item_index", "original_width")
_STRAY = (
    *_PLACE,
    *_BESIDE,
    "text",
    "labels",
    "chatmessage",
    "junk",
    "direction",
    "id",
    "page",
    "rectanglelabels",
)
_ODD: tuple[Any, ...] = (
    None, True, -1, 0, 1, 1.5, 1e308, 2**60, "", "q", "0", [], [[]], ["q"], {}, {"role": 1}, [[1, 2], ["a", 3]], [0, 1],
)  # fmt: skip


def answer(schema: Schema, data: Mapping[str, Any], rng: Random) -> list[Region]:
    """A sound answer to some of the questions, marks first."""
    shown = Shown(schema, data, complete=False)
    said: list[Region] = []
    asked = rng.sample(schema.questions, min(len(schema.questions), rng.randint(2, 6)))
    for question in sorted(asked, key=lambda one: (one.tag == "relations", one.per_region)):
        for _ in range(rng.randint(1, 2) if marks_regions(question) else 1):
            said += _region(shown, question, said, rng)
    return said


def spoilt(result: list[Region], rng: Random) -> list[Region]:
    """The same with a few parts that are stray, odd or gone."""
    found = copy.deepcopy(result)
    for _ in range(rng.randint(1, 3)):
        if not found:
            break
        region = rng.choice(found)
        part = region if rng.random() < 0.2 else region["value"]
        name = rng.choice((*part, *_STRAY)) if isinstance(part, dict) else ""
        if isinstance(part, dict) and rng.random() < 0.9:
            part[name] = copy.deepcopy(rng.choice(_ODD))
        elif isinstance(part, dict):
            part.pop(name, None)
        if not isinstance(region.get("value"), dict):
            found.remove(region)
    return found


def _region(shown: Shown, question: Question, said: list[Region], rng: Random) -> list[Region]:
    value, beside = _own(shown, question, said, rng), {}
    id_ = f"{question.key}-{len(said)}"
    if value is None:
        return []
    if question.per_region:
        marks = [one for one in said if one["to_name"] == question.field and one["type"] not in _WHOLE]
        if not marks:
            return []
        mark = rng.choice(marks)
        place = {name: mark["value"][name] for name in (*_PLACE, "chatmessage") if name in mark["value"]}
        value, id_ = {**place, **value}, mark["id"]
        beside = {name: mark[name] for name in _BESIDE if name in mark}
    elif shown.field(question.field).kind is FieldKind.PAGES and ("x" in value or "points" in value):
        beside = {"item_index": 0, "original_width": 612}
    names = {"id": id_, "from_name": question.key, "to_name": question.to_name, "type": question.region_type}
    return [{**names, **beside, "value": value}]


_WHOLE = frozenset({"choices", "taxonomy", "rating", "number", "datetime", "textarea", "relation", "ranker"})


_OWN: Mapping[str, Callable[[Shown, Question, Random], dict[str, Any]]] = {
    "pairwise": lambda _, __, rng: {"selected": rng.choice(("left", "right"))},
    "rating": lambda _, asked, rng: {"rating": rng.randint(1, asked.max_rating or 5)},
    "number": lambda _, __, rng: {"number": rng.choice((0, 3, 12.5))},
    "datetime": lambda _, __, rng: {"datetime": rng.choice(_DAYS)},
    "textarea": lambda _, __, ___: {"text": ["so 😀"]},
    "chat": lambda _, asked, rng: {"chatmessage": {"role": rng.choice(asked.roles), "content": "Again?"}},
    "rubric": lambda _, __, rng: {"rubric": [{"text": "short", "weight": rng.choice((1, -0.5))}]},
    "grades": lambda shown, asked, _: {
        "grades": [{"text": one.text, "points": 1} for one in criteria_of(asked, shown.data)]
    },
    "ranker": lambda shown, asked, rng: {"ranker": _ranked(shown, asked, rng)},
}


def _own(shown: Shown, question: Question, said: list[Region], rng: Random) -> dict[str, Any] | None:
    """The part of a value that answers the question, with its place where it marks one."""
    if question.tag == "relations":
        return _related(said, rng)
    if question.tag in _OWN:
        return _OWN[question.tag](shown, question, rng)
    return {**_place(shown, question, rng), **_labels(shown, question, rng)}


def _ranked(shown: Shown, question: Question, rng: Random) -> dict[str, list[str]]:
    ids = [label.key for label in question.labels] or shown.ids(question.field)
    rng.shuffle(ids)
    return {question.buckets[0].key if question.buckets else question.key: ids}


def _related(said: list[Region], rng: Random) -> dict[str, Any] | None:
    ids = list(dict.fromkeys(one["id"] for one in said if one["type"] not in _WHOLE))
    if len(ids) < 2:
        return None
    one, other = rng.sample(ids, 2)
    return {"from_id": one, "to_id": other, "direction": rng.choice(("left", "right", "bi")), "labels": []}


def _labels(shown: Shown, question: Question, rng: Random) -> dict[str, Any]:
    keys = list(shown.labels(question))
    if not keys:
        return {}
    key = rng.choice(keys)
    return {question.region_type: [list(shown.tree(question).paths[key]) if shown.nested(question) else key]}


def _place(shown: Shown, question: Question, rng: Random) -> dict[str, Any]:
    field = shown.field(question.field)
    if question.per_region or question.tag in ("choices", "taxonomy"):
        return {}
    if question.tag.startswith("polygon"):
        return copy.deepcopy(_CORNERS)
    if question.tag.startswith("rectangle"):
        return dict(_BOX)
    if field.kind is FieldKind.TABLE:
        grid = shown.grid(field.name)
        row, column = grid.place(rng.randrange(grid.cells)) or (0, "")
        return {"row": row, "column": column}
    if field.kind in TURNS:
        turn = rng.choice(shown.turns(field.name))
        return {"start": turn.start, "end": turn.end}
    start = rng.randrange(max(1, len(shown.text(field.name)) - 4))
    return {"start": start, "end": start + rng.randint(1, 3)}
