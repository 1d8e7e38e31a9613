"""What one item's answers to a question put into the stored tables: pattern, pairs of people, boundaries, entropy.

Pure and without numpy. All of it is a function of `said`, the list of (who, value) in the order in which the answers
were given: so what an item has put in can be computed again from it, and taken out. The shapes of patterns are told in
`annotation.models.pattern`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from itertools import combinations
from typing import Any

from annotation.algorithms.canonical import canonical_json, sha256_hex
from annotation.algorithms.patterns import Label, pattern_of
from annotation.algorithms.scalars import as_json

_NOTHING = object()

Said = Sequence[tuple[Any, Any]]
"""(who, judgement value) of one item. Who said nothing is left out; who was asked for spans and marked none said []."""

PAIRED = frozenset({"choice", "choices", "rating"})
"""The kinds of question of which pairs of people are counted."""

FAR = 50
"""Boundaries that differ by this many code points or more are counted together."""


def label_of(value: Any) -> Label:
    """A judgement value as a label that can be a key: a set, or a list, becomes a tuple."""
    return tuple(label_of(part) for part in value) if isinstance(value, list | tuple) else value


def pattern(kind: str, said: Said) -> Any:
    """The pattern of a question of this kind as a JSON value; the same for any order of the answers."""
    if kind == "spans":
        return _span_pattern([{tuple(span) for span in value} for _, value in said])
    return [[_json(label), times] for label, times in pattern_of(label_of(value) for _, value in said)]


def digest(value: Any) -> str:
    """The first 32 hexadecimal digits of the SHA-256 of a value's canonical JSON."""
    return sha256_hex(canonical_json(value))[:32]


def entropy(kind: str, found: Any) -> float:
    """How much the answers of a pattern differ: Shannon's entropy in bits; of spans the share of marks without a
    match.
    """
    if kind == "spans":
        matches, spans = found["all"]
        return float(1 - matches / spans) if spans else 0.0
    total = sum(times for _, times in found)
    if len(found) < 2:
        return 0.0
    return float(-sum(times / total * math.log2(times / total) for _, times in found))


def changed(old: Said, new: Said) -> frozenset[Any]:
    """Who said something else, or nothing, or something for the first time: other pairs are as they were."""
    before, after = dict(old), dict(new)
    return frozenset(
        who
        for who in before.keys() | after.keys()
        if who not in before or before.get(who) != after.get(who, _NOTHING)
    )


def pairs(kind: str, said: Said, of: Container[Any] | None = None) -> Iterator[tuple[Any, Any, Any, Any]]:
    """(first, second, what the first said, what the second said) for each two people, the lower id first.

    Only pairs with one of the people `of`, where it is given.
    """
    if kind in PAIRED:
        for (first, one), (second, two) in combinations(sorted(said, key=lambda each: each[0]), 2):
            if of is None or first in of or second in of:
                yield first, second, one, two


def boundaries(kind: str, said: Said, of: Container[Any] | None = None) -> Counter[tuple[str, str, int, int]]:
    """How two people's overlapping spans differ: (label, label, start, end) with the labels sorted, and how often.

    Of each two people the spans are joined one to one, those with most in common first. Only pairs with one of the
    people `of`, where it is given.
    """
    found: Counter[tuple[str, str, int, int]] = Counter()
    if kind == "spans":
        for (first, mine), (second, theirs) in combinations(said, 2):
            if of is not None and first not in of and second not in of:
                continue
            for one, two in _joined(mine, theirs):
                labels = sorted((one[2], two[2]))
                edges = (min(abs(one[at] - two[at]), FAR) for at in (0, 1))
                found[(labels[0], labels[1], *edges)] += 1
    return found


def _json(label: Label) -> Any:
    return [_json(part) for part in label] if isinstance(label, tuple) else as_json(label)


def _span_pattern(marked: list[set[Any]]) -> dict[str, Any]:
    """Of all spans and of each label: twice the matches, and the spans of both, summed over pairs of annotators."""
    labels = sorted({span[2] for spans in marked for span in spans})
    by_label = {
        label: _f1_sums([{span for span in spans if span[2] == label} for spans in marked])
        for label in labels
    }
    return {"answers": len(marked), "all": _f1_sums(marked), "labels": by_label}


def _f1_sums(marked: list[set[Any]]) -> list[int]:
    matches = sum(len(one & two) for one, two in combinations(marked, 2))
    return [2 * matches, sum(len(spans) for spans in marked) * (len(marked) - 1)]


def _joined(mine: Sequence[Any], theirs: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    met = []
    for one in mine:
        for two in theirs:
            common = min(one[1], two[1]) - max(one[0], two[0])
            if common > 0:
                apart = max(one[1], two[1]) - min(one[0], two[0]) - common
                met.append((-common, apart, one[2] != two[2], tuple(one), tuple(two)))
    used_mine, used_theirs = set(), set()
    for *_, one, two in sorted(met):
        if one not in used_mine and two not in used_theirs:
            used_mine.add(one)
            used_theirs.add(two)
            yield one, two
