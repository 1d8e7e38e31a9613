"""Other people's words in Markdown: shown as they were written, whatever marks they hold."""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile(r"([\\`*_\[\]<>|~&$])")
_BEGINS = re.compile(r"^([#+\-=>:]|\d+(?=[.)](?:\s|$)))")
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn text round: a name with one could make the rest of a line say something else."""


def line(text: str) -> str:
    """A text as one line without control characters or marks of direction; not escaped."""
    kept = "".join(_kept(sign) for sign in text)
    return " ".join(kept.split())


def escaped(text: str) -> str:
    """A text as one line that Markdown shows as it stands: in a paragraph, a cell or a line of a list."""
    marked = _MARKS.sub(r"\\\1", line(text))
    begins = _BEGINS.match(marked)
    if begins is None:
        return marked
    found = begins[1]
    if found.isdecimal():  # "1." begins a list: its full stop is what is escaped
        return f"{found}\\{marked[len(found) :]}"
    return f"\\{marked}"


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each escaped."""
    pieces = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return [piece for piece in map(escaped, pieces) if piece]


def _kept(sign: str) -> str:
    if sign in _DIRECTIONS:
        return ""
    return " " if unicodedata.category(sign) in {"Cc", "Zl", "Zp", "Cs"} else sign
