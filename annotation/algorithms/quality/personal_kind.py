"""What a kind of personal data is found by: a pattern, a check of what it matched, and a hint to skip most texts.

Precision first: a plain number needs a word beside it. Every pattern is bounded, so that no text takes long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Place = tuple[int, int]
"""Half-open, in code points."""
GAP = r"[^\d\n+]{0,16}?"
_DIGITS = re.compile(r"\d[ .()/-]{0,3}\d[ .()/-]{0,3}\d")


@dataclass(frozen=True)
class Kind:
    """`hint` stands in every text that has one, `it` is the group of `pattern` that is the data itself."""

    hint: Callable[[str], bool]
    pattern: re.Pattern[str]
    holds: Callable[[str], bool] = lambda _text: True

    def places(self, text: str) -> Iterator[Place]:
        """Where it stands."""
        if self.hint(text):
            for match in self.pattern.finditer(text):
                if self.holds(match["it"]):
                    yield match.span("it")


def has_digits(text: str) -> bool:
    """Whether some digits stand close together in it."""
    return _DIGITS.search(text) is not None


def has(*words: str) -> Callable[[str], bool]:
    """The hint that one of these stands in a text, as it is written here."""
    return lambda text: any(one in text for one in words)


def word(english: str, chinese: str, flags: str = "i") -> str:
    """Words of the context: English ones stand by themselves, Chinese ones stand anywhere."""
    return rf"(?{flags}:(?<![A-Za-z])(?:{english})(?![A-Za-z])|{chinese})"
