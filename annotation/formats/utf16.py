"""Offsets in Unicode code points (ours) and in UTF-16 code units (JavaScript's, Label Studio's)."""

from __future__ import annotations

import re
from bisect import bisect_left

_WIDE = re.compile("[\U00010000-\U0010ffff]")


class OffsetSplitsCharacter(ValueError):
    """A UTF-16 offset between the two halves of one character."""


class Utf16Offsets:
    """Converts offsets over one text. A character above U+FFFF has two UTF-16 units and is one code point."""

    def __init__(self, text: str) -> None:
        """Looks at the text once; each conversion then costs the logarithm of its two-unit characters."""
        self._length = len(text)
        self._wide = [] if text.isascii() else [found.start() for found in _WIDE.finditer(text)]
        self._wide_units = [at + before for before, at in enumerate(self._wide)]

    @property
    def units(self) -> int:
        """The text's length in UTF-16 code units."""
        return self._length + len(self._wide)

    def to_utf16(self, offset: int) -> int:
        """A code point offset in UTF-16 units; raises ValueError outside the text."""
        if not 0 <= offset <= self._length:
            raise ValueError(f"offset {offset} lies outside a text of {self._length} code points")
        return offset + bisect_left(self._wide, offset)

    def from_utf16(self, units: int) -> int:
        """A UTF-16 offset in code points; raises ValueError outside the text, OffsetSplitsCharacter within a pair."""
        if not 0 <= units <= self.units:
            raise ValueError(f"offset {units} lies outside a text of {self.units} UTF-16 units")
        before = bisect_left(self._wide_units, units)
        if before and self._wide_units[before - 1] + 1 == units:
            raise OffsetSplitsCharacter(f"offset {units} splits a character")
        return units - before
