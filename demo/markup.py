"""Inline markup of the example's source texts: `{P|the Supplier}`, nested at will, becomes text and spans.

Offsets are code points into the text without the markup; spans are half-open `[start, end, label]`.
"""

from __future__ import annotations

import re

Span = tuple[int, int, str]


class MarkupError(ValueError):
    """The markup is not balanced, or names a label nobody declared."""


_OPEN = re.compile(r"\{([A-Z])\|")


def parse(marked: str, codes: dict[str, str]) -> tuple[str, list[Span]]:
    """Split `marked` into its text and its spans; `codes` maps a one-letter code to a label key.

    Raises MarkupError for an unknown code, a brace that is never closed or one that closes nothing.
    """
    out: list[str] = []
    length = 0
    opened: list[tuple[int, str]] = []
    spans: list[Span] = []
    position = 0
    while position < len(marked):
        match = _OPEN.match(marked, position)
        if match:
            if match.group(1) not in codes:
                raise MarkupError(f"unknown code {match.group(1)!r} in {marked[position : position + 30]!r}")
            opened.append((length, codes[match.group(1)]))
            position = match.end()
        elif marked[position] == "}":
            if not opened:
                raise MarkupError(f"a brace closes nothing before {marked[position : position + 30]!r}")
            start, label = opened.pop()
            spans.append((start, length, label))
            position += 1
        else:
            out.append(marked[position])
            length += 1
            position += 1
    if opened:
        raise MarkupError(f"{len(opened)} braces are not closed in {marked[:40]!r}")
    return "".join(out), sorted(spans)


def find_terms(text: str, terms: list[str], label: str) -> list[Span]:
    """Every mention of `terms` in `text`, the longest term first, as spans of `label`.

    A Latin term must stand alone, and not before another capitalised word ("Subscriber Data" names
    data, not the Subscriber). Case is ignored, because a sentence may begin with the term.
    """
    found: list[Span] = []
    for term in sorted(terms, key=len, reverse=True):
        escaped = re.escape(term)
        latin = rf"(?<!\w){escaped}(?!\w)(?! (?-i:[A-Z][a-z]))"
        for match in re.finditer(latin if term.isascii() else escaped, text, re.IGNORECASE):
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), label))
    return found
