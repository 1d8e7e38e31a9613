"""Marked spans as tags of tokens: BIO and BILOU, and what is lost on the way.

A token is a word, a sign, or a character of a writing without spaces between words, after Unicode; white space is
none. A span that begins or ends within a token is widened to the whole token, since leaving it out would teach that
nothing is there. Of spans that share a token the one that begins first is kept, of those the longest; the others
are left out. Both are listed with the row and counted.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

Span = tuple[int, int, str]
"""Half-open in code points, and its label."""

_SINGLE = (
    r"\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}"
    r"\p{Script=Myanmar}"
)
_TOKEN = rf"[{_SINGLE}][\p{{M}}\uFE00-\uFE0F]*|[\w--[{_SINGLE}]]+|\S"


@cache
def _pattern() -> Any:
    import regex  # late: web processes read the registry and tokenise nothing

    return regex.compile(_TOKEN, regex.V1)


def tokens_of(text: str) -> list[tuple[int, int]]:
    """Half-open (start, end) in code points, in order; together they cover all but white space."""
    return [found.span() for found in _pattern().finditer(text)]


@dataclass
class Tagged:
    """`placed` are spans as (first token, last token left out, label), `adjusted` and `left_out` spans as they were."""

    placed: list[tuple[int, int, str]] = field(default_factory=list)
    adjusted: list[Span] = field(default_factory=list)
    left_out: list[Span] = field(default_factory=list)

    def tags(self, count: int, *, bilou: bool = False) -> list[str]:
        """A tag for each of `count` tokens."""
        found = ["O"] * count
        for first, last, label in self.placed:
            found[first:last] = [f"I-{label}"] * (last - first)
            found[first] = f"B-{label}"
            if bilou:
                found[last - 1] = f"{'U' if last - first == 1 else 'L'}-{label}"
        return found


def place(tokens: Sequence[tuple[int, int]], spans: Sequence[Span]) -> Tagged:
    """Spans on tokens, each token to one span at most."""
    starts, ends = [start for start, _ in tokens], [end for _, end in tokens]
    found, free = Tagged(), 0
    for span in sorted(spans, key=lambda one: (one[0], -one[1], one[2])):
        first, last = bisect_right(ends, span[0]), bisect_left(starts, span[1])
        if first >= last or first < free:
            found.left_out.append(span)
            continue
        found.placed.append((first, last, span[2]))
        free = last
        if (starts[first], ends[last - 1]) != span[:2]:
            found.adjusted.append(span)
    return found
