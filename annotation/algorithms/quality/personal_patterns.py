"""Where personal data stand in a text."""

from __future__ import annotations

from annotation.algorithms.quality.personal_contacts import CONTACTS
from annotation.algorithms.quality.personal_kind import Place
from annotation.algorithms.quality.personal_numbers import NUMBERS

_ALL = {**NUMBERS, **CONTACTS}
KINDS = tuple(_ALL)
"""Codes of the kinds, in the order in which they claim a place."""
# What looks the same is read the same; sign by sign, so that places stay where they are.
_ALIKE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    **dict.fromkeys((0x00A0, 0x2007, 0x202F, 0x3000), 0x20),
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2212), 0x2D),
}


def places_of(text: str) -> dict[str, list[Place]]:
    """The places of each kind that the text holds, in its order; a place is of one kind only."""
    if not text.isascii():
        text = text.translate(_ALIKE)
    taken: list[Place] = []
    found: dict[str, list[Place]] = {}
    for code, kinds in _ALL.items():
        for kind in kinds:
            for begin, end in kind.places(text):
                if all(end <= first or begin >= last for first, last in taken):
                    taken.append((begin, end))
                    found.setdefault(code, []).append((begin, end))
    return {code: sorted(places) for code, places in found.items()}
