"""A text as it is compared, and how often each kind of thing differs from what is stored. The stored one stays."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")
# Joiners (U+200C, U+200D) have a meaning in emoji and in several scripts: they are left alone.
_ZERO_WIDTH = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Letters and digits only: wide punctuation is how Chinese is written.
_FULL_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
# Linear in every text: no part of it is looked at twice.
_ODD_SPACE = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SPACES = re.compile(f"[ {_ODD_SPACE}]{{2,}}|[{_ODD_SPACE}]")
_NARROW = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}


@dataclass(frozen=True)
class Normal:
    """The text as it is compared, and how many places of each kind differ."""

    text: str
    changes: Mapping[str, int]


def normalise(text: str) -> Normal:
    """Composed (NFC), lines ended by a line feed, no invisible signs, narrow letters and digits, single spaces."""
    changes: dict[str, int] = {}

    def replaced(kind: str, pattern: re.Pattern[str], by: str) -> None:
        nonlocal text
        text, count = pattern.subn(by, text)
        if count:
            changes[kind] = count

    is_plain = text.isascii()
    if not is_plain and not unicodedata.is_normalized("NFC", text):
        composed = unicodedata.normalize("NFC", text)
        changes["not_composed"] = max(1, abs(len(text) - len(composed)))
        text = composed
    replaced("line_ends", _LINE_ENDS, "\n")
    if not is_plain:
        replaced("zero_width", _ZERO_WIDTH, "")
        if found := len(_FULL_WIDTH.findall(text)):
            changes["full_width"] = found
            text = text.translate(_NARROW)
    replaced("spaces", _SPACES, " ")
    return Normal(text.strip(), changes)
