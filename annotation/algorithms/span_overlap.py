"""How far two annotators' spans of one text match: span by span, or position by position."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from annotation.algorithms.span_items import Span

Extents = dict[str, list[tuple[int, int]]]


def matched(mine: Sequence[Span], theirs: Sequence[Span], share: float | None, *, typed: bool) -> int:
    """How many of my spans match at least one of theirs.

    With `share` None a match has the same start and end. Else the overlap, in code points, must be positive and
    at least `share` of what the two cover together. With `typed` the labels must be equal as well.
    """
    if share is None:
        known = {(start, end, label if typed else "") for start, end, label in theirs}
        return sum((start, end, label if typed else "") in known for start, end, label in mine)
    return sum(
        any(near(one, other, share) and (not typed or one[2] == other[2]) for other in theirs) for one in mine
    )


def covered(spans: Sequence[Span], *, typed: bool) -> Extents:
    """The positions that spans cover, by label ("" for all when not `typed`): disjoint intervals in order."""
    by_label: Extents = defaultdict(list)
    for start, end, label in sorted(spans):
        merged = by_label[label if typed else ""]
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        elif start < end:
            merged.append((start, end))
    return by_label


def on_tokens(spans: Sequence[Span], tokens: Sequence[tuple[int, int]]) -> list[Span]:
    """The same spans counted in tokens: a token belongs to a span that covers a code point of it.

    `tokens` are half-open, disjoint and in order. A span that covers no token is left out.
    """
    starts, ends = [start for start, _ in tokens], [end for _, end in tokens]
    counted = (
        (bisect_right(ends, start), bisect_left(starts, end), label)
        for start, end, label in spans
        if start < end
    )
    return [span for span in counted if span[0] < span[1]]


def size(extents: Extents) -> int:
    """How many positions are covered, a position under two labels counted twice."""
    return sum(end - start for merged in extents.values() for start, end in merged)


def shared(mine: Extents, theirs: Extents) -> int:
    """How many positions are covered by both under the same label."""
    return sum(_common(mine[label], theirs[label]) for label in mine.keys() & theirs.keys())


def _common(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> int:
    total = at = to = 0
    while at < len(one) and to < len(other):
        total += max(0, min(one[at][1], other[to][1]) - max(one[at][0], other[to][0]))
        if one[at][1] < other[to][1]:
            at += 1
        else:
            to += 1
    return total


def near(one: Span, other: Span, share: float) -> bool:
    """Whether two spans overlap, by at least `share` of what they cover together; equal ones always do."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    together = max(one[1], other[1]) - min(one[0], other[0])
    return (both > 0 and both >= share * together) or one[:2] == other[:2]
