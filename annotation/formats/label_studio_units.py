"""In which units a script counted: Label Studio's editor counts UTF-16 units, many a script counts characters.

A region that says which words it marks tells: where they stand at its offsets counted as code points, and not at those
counted as UTF-16 units, code points are meant. Both are the same up to the first character above U+FFFF.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotation.formats.utf16 import Utf16Offsets


def in_units(text: str, offsets: Utf16Offsets, value: Mapping[str, Any]) -> tuple[int, int]:
    """The place of a region in code points of `text`. `value` has `start`, `end` and perhaps `text`.

    Raises ValueError for what is no place in the text, or begins or ends within a character.
    """
    given = [value[name] for name in ("start", "end")]
    if not all(isinstance(one, int) and not isinstance(one, bool) for one in given):
        raise ValueError(f"{given!r} are no offsets")
    start, end = given
    said = value.get("text")
    if not isinstance(said, str) or offsets.units == len(text):
        return offsets.from_utf16(start), offsets.from_utf16(end)
    try:
        place = offsets.from_utf16(start), offsets.from_utf16(end)
        if text[place[0] : place[1]] == said:
            return place
    except ValueError:
        if text[start:end] != said:
            raise
    return (start, end) if 0 <= start <= end and text[start:end] == said else place
