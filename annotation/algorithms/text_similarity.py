"""How alike two texts are: four similarities between 0 and 1, symmetric, 1 for equal texts."""

from __future__ import annotations

import unicodedata
from collections import Counter

import numpy as np

ORDER = 6
"""chrF reads runs of one to six characters."""


def normalised(text: str) -> str:
    """NFKC, case folded, without punctuation, and one space between words."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(" " if unicodedata.category(sign).startswith("P") else sign for sign in folded)
    return " ".join(kept.split())


def exact(one: str, other: str) -> float:
    """Whether the texts are equal, code point by code point after NFC."""
    return float(unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other))


def alike(one: str, other: str) -> float:
    """Whether the texts are equal once `normalised`."""
    return float(normalised(one) == normalised(other))


def edits(one: str, other: str) -> float:
    """1 - Levenshtein distance / length of the longer text, in code points; 1 for two empty texts.

    Levenshtein, V. I. (1966). Binary codes capable of correcting deletions, insertions, and reversals. Soviet Physics
    Doklady 10(8), 707-710.
    """
    longer = max(len(one), len(other))
    return 1 - distance(one, other) / longer if longer else 1.0


def distance(one: str, other: str) -> int:
    """How many code points must be put in, taken out or changed to make one text the other."""
    if len(one) < len(other):
        one, other = other, one
    signs = np.array([ord(sign) for sign in other], dtype=np.int64)
    steps = np.arange(len(other) + 1)
    row = steps.copy()
    for at, sign in enumerate(one, start=1):
        above = np.empty_like(row)
        above[0] = at
        above[1:] = np.minimum(row[1:] + 1, row[:-1] + (signs != ord(sign)))
        # Putting in: the least of what lies to the left, plus the steps from there.
        row = np.minimum.accumulate(above - steps) + steps
    return int(row[-1])


def ngrams(one: str, other: str) -> float:
    """chrF1: the mean, over runs of 1 to 6 characters, of F1 of the runs both texts have; spaces left out.

    Popović, M. (2015). chrF: character n-gram F-score for automatic MT evaluation. WMT, doi:10.18653/v1/W15-3049. With
    beta 1, so that neither text is the reference. Lengths that neither text reaches are left out; two texts without
    characters are alike, one without is unlike any other.
    """
    first, second = "".join(one.split()), "".join(other.split())
    if not first or not second:
        return float(first == second)
    scores = []
    for size in range(1, min(ORDER, max(len(first), len(second))) + 1):
        mine, theirs = _runs(first, size), _runs(second, size)
        both = (mine & theirs).total()
        scores.append(2 * both / (mine.total() + theirs.total()))
    return sum(scores) / len(scores)


def _runs(text: str, size: int) -> Counter[str]:
    return Counter(text[at : at + size] for at in range(len(text) - size + 1))
