"""What several answers to one question come to: settled, and how, or disputed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotation.algorithms.canonical import canonical_json

ANY_DIFFERENCE = "any_difference"
NO_MAJORITY = "no_majority"
COLLECTED = frozenset({"text", "boxes"})
"""Kinds of question whose answers are collected, never compared."""
SETS = frozenset({"choices", "spans", "relations"})
"""Kinds whose values are sets."""


@dataclass(frozen=True)
class Verdict:
    """`how` is `single`, `unanimous`, `majority`, `collected` or `disputed`; `winners` are who stands behind `value`.

    For `collected` (free text, areas of pictures) everybody wins and `value` lists each once, in the order of the
    annotators.
    """

    how: str
    value: Any
    winners: tuple[str, ...]


def judge(kind: str, answers: Mapping[str, Any], *, rule: str) -> Verdict:
    """Compare the answers (annotator -> judgement value, None where unanswered) to one question.

    `kind` is the question's kind; free text and areas of pictures are collected, never compared. Sets (`choices`,
    `spans`, `relations`) are equal whatever their order. `rule` is ANY_DIFFERENCE or NO_MAJORITY (more than half of all
    must say the same). Raises ValueError without an answer.
    """
    if not answers:
        raise ValueError("nobody answered")
    people = tuple(answers)
    if kind in COLLECTED:
        return Verdict("collected", _collect(list(answers.values())), people)
    if len(people) == 1:
        return Verdict("single", answers[people[0]], people)
    same: dict[bytes, list[str]] = {}
    for person in people:
        same.setdefault(canonical_value(kind, answers[person]), []).append(person)
    counts = Counter({key: len(who) for key, who in same.items()})
    best, size = counts.most_common(1)[0]
    winners = tuple(same[best])
    if size == len(people):
        return Verdict("unanimous", answers[winners[0]], winners)
    if rule == NO_MAJORITY and 2 * size > len(people):
        return Verdict("majority", answers[winners[0]], winners)
    return Verdict("disputed", None, ())


def canonical_value(kind: str, value: Any) -> bytes:
    """A judgement value in a form that is equal for equal answers: sets whatever their order."""
    if kind in SETS and value is not None:
        value = sorted(value)
    return canonical_json(value)


def _collect(values: Sequence[list[Any] | None]) -> list[Any] | None:
    found = {canonical_json(one): one for value in reversed(values) if value for one in reversed(value)}
    return list(found.values())[::-1] or None
