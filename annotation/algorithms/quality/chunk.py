"""What the steps look at and what they say: texts in, figures and findings out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from annotation.algorithms.quality.grams import Hashes, hashes_of, tokens_of
from annotation.algorithms.quality.normal import Normal, normalise

Figures = Mapping[str, Any]
"""Numbers by name, and such mappings by name: those of two chunks add up to those of both."""


@dataclass(frozen=True)
class Text:
    """One item's text; `number` is the item's, `language` the stated one (may be empty).

    Of a very long text `text` is the beginning, and `rest` tells what follows from what follows another.
    """

    number: int
    text: str
    language: str = ""
    rest: bytes = b""

    @cached_property
    def normal(self) -> Normal:
        """The text as it is compared."""
        return normalise(self.text)

    @cached_property
    def tokens(self) -> list[str]:
        """Its words, and each sign of scripts without spaces."""
        return tokens_of(self.normal.text)

    @cached_property
    def hashes(self) -> Hashes:
        """A number for each token."""
        return hashes_of(self.tokens)


@dataclass(frozen=True)
class Found:
    """One flag: on which item, its code, and what fills the code's sentence."""

    number: int
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """What a step says of one chunk."""

    figures: Figures = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)


def added(one: Figures, other: Figures) -> dict[str, Any]:
    """The figures of both: numbers are added, mappings merged in the same way."""
    result: dict[str, Any] = dict(one)
    for name, value in other.items():
        if isinstance(value, Mapping):
            result[name] = added(result.get(name, {}), value)
        else:
            result[name] = result.get(name, 0) + value
    return result
