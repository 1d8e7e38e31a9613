"""The shapes of known answers: what a judgement value must look like before it can be turned into regions."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from annotation.formats.schema import Kind, Question

EXAMPLES: Mapping[Kind, str] = {
    Kind.CHOICE: '"label"',
    Kind.CHOICES: '["label", "label"]',
    Kind.SPANS: '[[0, 5, "label"]]',
    Kind.RATING: "4",
    Kind.NUMBER: "12.5",
    Kind.TEXT: '["text"]',
    Kind.DATETIME: '"2026-11-20T10:00"',
    Kind.RANKING: '["first", "second"]',
    Kind.RELATIONS: '[[[0, 5, "label"], [9, 12, "label"], "relation", "right"]]',
    Kind.BOXES: "null",
}
"""A value of each kind, for people."""


def fits(question: Question, value: object) -> bool:
    """Whether a value has the shape of a judgement of the question; what it says is not looked at."""
    of_tag = _BY_TAG.get(question.tag)
    return _BY_KIND[question.kind](value) and (of_tag is None or of_tag(question, value))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _are_spans(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, list)
        and len(one) == 3
        and _is_whole(one[0])
        and _is_whole(one[1])
        and _is_text(one[2])
        for one in value
    )


def _is_ranking(value: object) -> bool:
    return _are_texts(value) or (isinstance(value, list) and all(map(_are_texts, value)))


def _are_relations(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, list)
        and len(one) == _RELATION
        and _are_spans(one[:2])
        and _is_text(one[2])
        and one[3] in ("right", "bi")
        for one in value
    )


def _no_shape(_value: object) -> bool:
    return False  # areas are collected: no known answer names any


_RELATION = 4
_BY_KIND: Mapping[Kind, Callable[[object], bool]] = {
    Kind.CHOICE: _is_text,
    Kind.CHOICES: _are_texts,
    Kind.SPANS: _are_spans,
    Kind.RATING: _is_number,
    Kind.NUMBER: _is_number,
    Kind.TEXT: _are_texts,
    Kind.DATETIME: _is_text,
    Kind.RANKING: _is_ranking,
    Kind.RELATIONS: _are_relations,
    Kind.BOXES: _no_shape,
}


def _is_figure(said: str) -> bool:
    try:
        return math.isfinite(float(said))
    except ValueError:
        return False


def _are_figures(question: Question, value: Any) -> bool:
    """Of each region a figure, in digits."""
    return not question.per_region or all(_is_figure(one[2]) for one in value)


def _are_ranked(question: Question, value: Any) -> bool:
    """Buckets with their names first, each once; without buckets, ids."""
    if not question.buckets:
        return _are_texts(value)
    if not all(isinstance(bucket, list) and bucket for bucket in value):
        return False
    names = [bucket[0] for bucket in value]
    return len(set(names)) == len(names)


_BY_TAG: Mapping[str, Callable[[Question, Any], bool]] = {
    "rating": _are_figures,
    "number": _are_figures,
    "ranker": _are_ranked,
    "rubric": lambda _, value: all(_is_figure(said.partition(" ")[0]) for said in value),
    "chat": lambda _, value: all(": " in said for said in value),
}
"""What families ask of a value beyond its kind."""
