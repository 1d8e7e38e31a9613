"""Words of any length in a place for short ones."""

import unicodedata
from collections.abc import Iterator

MOST = 60
"""Characters as a reader sees them."""
_JOINER = "\u200d"
_JOINED = frozenset({"Mn", "Me", "Mc"})
_REGION = range(0x1F1E6, 0x1F200)
_TONE = range(0x1F3FB, 0x1F400)


def cut(text: str, most: int = MOST) -> str:
    """The text on one line, its end replaced by an ellipsis where it has more than `most` characters.

    A character is what a reader takes for one: with its accents, and with all that is joined to it (Unicode Annex 29,
    without the rules for Hangul jamo, which stored texts hardly have).
    """
    line = " ".join(text[: 40 * most].split()) if len(text) > most else text
    starts = [at for _, at in zip(range(most + 1), _starts(line), strict=False)]
    return line if len(starts) <= most else line[: starts[most - 1]].rstrip() + "…"


def _starts(text: str) -> Iterator[int]:
    """Where each character begins."""
    regions = 0
    for at, sign in enumerate(text):
        before = text[at - 1] if at else ""
        regions = regions + 1 if ord(sign) in _REGION else 0
        joined = _JOINER in (sign, before) or ord(sign) in _TONE
        if at and (joined or unicodedata.category(sign) in _JOINED or (regions and regions % 2 == 0)):
            continue
        yield at
