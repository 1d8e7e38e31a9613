"""How people go wrong with spans: an edge off by a word, or by a character or two in Chinese."""

from __future__ import annotations

import re
from random import Random

from demo.markup import Span

_WORD_AFTER = re.compile(r"[^\w\r\n]{1,2}[^\W\u3400-\u9fff]+")
_WORD_BEFORE = re.compile(r"[^\W\u3400-\u9fff]+[^\w\r\n]{1,2}\Z")
_CJK = re.compile(r"[\u3400-\u9fff]")


def slip(text: str, span: Span, rng: Random) -> Span:
    """`span` with one edge moved outwards or inwards; unchanged where no edge can move."""
    start, end, label = span
    moved = [(low, high) for low, high in _moves(text, start, end) if 0 <= low < high <= len(text)]
    if not moved:
        return span
    low, high = rng.choice(moved)
    return low, high, label


def stray(text: str, label: str, rng: Random) -> Span | None:
    """A word (two or three characters in Chinese) marked without reason; None for a text without words."""
    words = [match.span() for match in re.finditer(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]+", text)]
    if not words:
        return None
    start, end = rng.choice(words)
    if _CJK.match(text[start]):
        start = rng.randrange(start, max(start + 1, end - 1))
        end = min(end, start + rng.choice((2, 3)))
    return start, end, label


def _moves(text: str, start: int, end: int) -> list[tuple[int, int]]:
    moves: list[tuple[int, int]] = []
    if _CJK.match(text[end - 1]):
        moves += [(start, end + by) for by in (1, 2) if _letters(text[end : end + by], by)]
        moves += [(start, end - 1)]
    else:
        if after := _WORD_AFTER.match(text, end):
            moves.append((start, after.end()))
        moves.append((start, start + len(_drop_last(text[start:end]))))
    if _CJK.match(text[start]):
        moves += [(start - by, end) for by in (1, 2) if _letters(text[max(0, start - by) : start], by)]
        moves += [(start + 1, end)]
    else:
        if before := _WORD_BEFORE.search(text, 0, start):
            moves.append((before.start(), end))
        moves.append((end - len(_drop_first(text[start:end])), end))
    return moves


def _letters(piece: str, count: int) -> bool:
    return len(piece) == count and piece.isalnum()


def _drop_last(marked: str) -> str:
    return re.sub(r"\W+\w+\W*$", "", marked) if re.search(r"\w\W+\w+\W*$", marked) else ""


def _drop_first(marked: str) -> str:
    return re.sub(r"^\W*\w+\W+", "", marked) if re.search(r"^\W*\w+\W+\w", marked) else ""
