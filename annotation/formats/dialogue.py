"""The turns of a dialogue (Label Studio's Paragraphs) and the messages of a chat, as texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

BETWEEN = "\n"
"""What stands between two turns in the one text over which offsets count."""


def turn_texts(turns: Any, text_key: str) -> list[str]:
    """The words of each turn; what is no turn, or has none, is empty."""
    if not isinstance(turns, Sequence) or isinstance(turns, str):
        return []
    return [_words(turn, text_key) for turn in turns]


def _words(turn: Any, text_key: str) -> str:
    words = turn.get(text_key) if isinstance(turn, Mapping) else None
    return words if isinstance(words, str) else ""


def starts(texts: Sequence[str]) -> list[int]:
    """Where each turn begins in the joined text, in code points."""
    found, at = [], 0
    for text in texts:
        found.append(at)
        at += len(text) + len(BETWEEN)
    return found
