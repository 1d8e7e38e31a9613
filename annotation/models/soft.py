"""What the answers to a question come to beside its hard label: a distribution, and how reliable who gave them is."""

import math
from collections import Counter
from typing import Any

from annotation.algorithms.canonical import canonical_json
from annotation.algorithms.posterior import size_of
from annotation.formats.schema import Kind, Question
from annotation.models.weighing import UNTESTED, Weighed, labels_of

MOST_UNSAID = 100
"""So many values that nobody said are listed at most: of a tree of thousands of labels none is."""
_COUNTED = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.RATING, Kind.NUMBER, Kind.DATETIME, Kind.RANKING})
_DIGITS = 9  # values are as likely as each other whatever their last digits

Distribution = list[list[Any]]


def soft_of(each: Weighed) -> tuple[Distribution | None, dict[str, float] | None]:
    """`GoldLabel.soft` and `reliabilities` of a question's answers, those of a decision about it left out.

    Plain votes give their shares. Where they are weighed it is the posterior, which gives values that nobody said a
    chance too; those are listed where the question has a known number of them. Both are None for what is not counted.
    """
    deciding = each.deciding.annotations
    if each.question.kind not in _COUNTED or not deciding:
        return None, None
    said: dict[bytes, Any] = {}
    for one in deciding:
        said.setdefault(each.key_of(one), each.deciding.said(one))
    if not each.trust:
        votes = Counter(each.key_of(one) for one in deciding)
        return _listed(said, {key: float(count) for key, count in votes.items()}), {}
    trust = {one.uid: each.trust.get(one.uid, UNTESTED) for one in deciding}
    chances = dict(each.chances)
    unsaid = _unsaid(each, said)
    if len(unsaid) <= MOST_UNSAID:
        size = size_of([(each.key_of(one), trust[one.uid]) for one in deciding], labels_of(each.question))
        rest = 1 - math.fsum(chances.values())
        chances.update(dict.fromkeys(unsaid, max(rest, 0.0) / max(size - len(said), 1)))
        said.update(unsaid)
    return _listed(said, chances), trust


def _listed(said: dict[bytes, Any], weights: dict[bytes, float]) -> Distribution:
    """The likeliest first; they add up to 1."""
    total = math.fsum(weights.values())
    order = sorted(weights, key=lambda key: (-round(weights[key] / total, _DIGITS), key))
    return [[said[key], weights[key] / total] for key in order]


def _unsaid(each: Weighed, said: dict[bytes, Any]) -> dict[bytes, Any]:
    """The values that might have been said and were not, where their number is known."""
    question = each.question
    if not labels_of(question):
        return {}
    values = [canonical_json(value) for value in _values(question)]
    return {key: value for key, value in zip(values, _values(question), strict=True) if key not in said}


def _values(question: Question) -> list[Any]:
    known: list[Any] = (
        list(range(1, (question.max_rating or 5) + 1))
        if question.kind == Kind.RATING
        else [label.key for label in question.labels]
    )
    return known if question.required else [*known, None]
