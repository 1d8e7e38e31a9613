"""Krippendorff's alpha for unitizing one category: the terms of its formulas, and the formulas.

Krippendorff, K. (1995). On the reliability of unitizing continuous data. Sociological Methodology 25, 47-76,
doi:10.2307/271061; and Content Analysis, 2nd edition (2004), section 11.6. A text of length L is cut by each of m
annotators into units of the category and the gaps between them. Two annotators' units that overlap differ by the
squares of the distances of their starts and of their ends; a unit that lies in the other's gap differs from it by the
square of its length:

    observed = squares, summed over ordered pairs of annotators / (m (m - 1) L^2)

    expected = 2/L sum_units [(N - 1)/3 (2 l^3 - 3 l^2 + l) + l^2 sum_gaps (l' - l + 1)]
               / (m L (m L - 1) - sum_units l (l - 1))

with N units of lengths l and the gaps' lengths l' >= l; alpha = 1 - observed / expected.

Several texts are one continuum whose gaps end with each text. Where not every text has the same number of annotators,
T = sum_texts m_t L_t takes the place of m L, and a text's squares are divided by m_t - 1: the formulas above when m is
the same everywhere.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from annotation.algorithms.bootstrap import Floats
from annotation.algorithms.quotient import quotient

Unit = tuple[int, int]
MOST_KNOTS = 128
"""So many different lengths of units are told apart exactly; of more, the interval (never the value) interpolates."""

_SCALARS = 6  # columns before those of the knots
_NOTHING = 1e-12  # of the square of what was read
_LEAST = 1e-100  # characters squared


@dataclass(frozen=True)
class Continuum:
    """One text of `length`, and the units of each annotator: half-open, in order, without overlaps."""

    length: int
    units: tuple[tuple[Unit, ...], ...]

    def gaps(self) -> list[int]:
        """The lengths of what lies between the units of each annotator; units that touch have nothing between them."""
        found = []
        for mine in self.units:
            edges = [0, *(edge for unit in mine for edge in unit), self.length]
            found += [end - start for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]
        return found


@dataclass(frozen=True)
class AlphaU:
    """Alpha and its terms."""

    value: float
    observed: float
    expected: float


def alpha_u(
    units: Iterable[tuple[int, int, int, str]], begin: int, length: int, category: str, raters: int
) -> AlphaU | None:
    """Alpha of one text that starts at `begin`, from units (start, length, annotator 0 to raters - 1, category).

    None when nothing is expected: nobody marked the category. Raises ValueError for fewer than two annotators,
    overlapping units of one annotator, and a unit that does not lie in the text.
    """
    by_rater: list[list[Unit]] = [[] for _ in range(raters)]
    for start, size, rater, named in units:
        if named == category:
            by_rater[rater].append((start - begin, start - begin + size))
    text = Continuum(length, tuple(tuple(sorted(mine)) for mine in by_rater))
    _check(text)
    if not any(text.units):
        return None
    knots = knots_of([text])
    observed, expected = disagreements(features([text], knots).sum(axis=0))
    if not expected > 0:
        return None
    return AlphaU(float(1 - observed / expected), float(observed), float(expected))


def squares(text: Continuum) -> float:
    """The squared differences summed over ordered pairs of annotators, each pair of segments in both orders."""
    total = 0
    for mine, theirs in permutations(text.units, 2):
        ends = [end for _, end in theirs]
        for start, end in mine:
            first = at = bisect_right(ends, start)
            while at < len(theirs) and theirs[at][0] < end:
                total += (theirs[at][0] - start) ** 2 + (theirs[at][1] - end) ** 2
                at += 1
            if at == first:
                total += 2 * (end - start) ** 2  # against the gap it lies in, and the gap against it
    return float(total)


def knots_of(texts: Sequence[Continuum], most: int | None = None) -> Floats:
    """The different lengths of units, in order; `most` of them, evenly spread over the units, when there are more."""
    lengths = np.array(
        [end - start for text in texts for mine in text.units for start, end in mine], dtype=np.float64
    )
    knots = np.unique(lengths)
    if most is not None and knots.size > most:
        knots = np.unique(np.quantile(lengths, np.linspace(0, 1, most)))
    return knots


def features(texts: Sequence[Continuum], knots: Floats) -> Floats:
    """What the formulas need of each text, (texts, 6 + 2 knots), such that rows add up.

    Length read, length, squares / (m - 1), units, 2 l^3 - 3 l^2 + l, l (l - 1); then by length of unit the units' l^2,
    and by the same lengths sum_gaps (l' - l + 1). A length between two knots is shared out between them.
    """
    rows = np.zeros((len(texts), _SCALARS + 2 * knots.size))
    for row, text in zip(rows, texts, strict=True):
        raters = len(text.units)
        lengths = np.array([end - start for mine in text.units for start, end in mine], dtype=np.float64)
        gaps = np.array(text.gaps(), dtype=np.float64)
        row[:_SCALARS] = (
            raters * text.length,
            text.length,
            squares(text) / (raters - 1),
            lengths.size,
            (2 * lengths**3 - 3 * lengths**2 + lengths).sum(),
            (lengths * (lengths - 1)).sum(),
        )
        _share_out(row[_SCALARS : _SCALARS + knots.size], lengths, knots)
        row[_SCALARS + knots.size :] = np.maximum(gaps[:, None] - knots + 1, 0).sum(axis=0)
    return rows


def disagreements(sums: Floats) -> tuple[Floats, Floats]:
    """Observed and expected from sums (..., 6 + 2 knots) of `features`; NaN where nothing can be compared."""
    read, length, squared, units, cubes, products = (sums[..., at] for at in range(_SCALARS))
    knots = (sums.shape[-1] - _SCALARS) // 2
    against_gaps = (sums[..., _SCALARS : _SCALARS + knots] * sums[..., _SCALARS + knots :]).sum(axis=-1)
    below = read * (read - 1) - products
    # So it is for any whole text; a tilted sample may weigh as good as nothing.
    known = below > _NOTHING * read**2
    observed = quotient(squared, read * length, _LEAST)
    expected = quotient(2 * ((units - 1) / 3 * cubes + against_gaps), np.where(known, length * below, 0.0))
    return observed, expected


def _share_out(columns: Floats, lengths: Floats, knots: Floats) -> None:
    """Add each unit's l^2 to the knot of its length, or to the two it lies between, nearer ones more."""
    if not lengths.size:
        return
    above = np.searchsorted(knots, lengths)
    below = np.where(knots[above] == lengths, above, above - 1)
    width = knots[above] - knots[below]
    part = np.divide(lengths - knots[below], width, out=np.zeros_like(lengths), where=width > 0)
    np.add.at(columns, below, lengths**2 * (1 - part))
    np.add.at(columns, above, lengths**2 * part)


def _check(text: Continuum) -> None:
    if len(text.units) < 2:
        raise ValueError("alpha needs two annotators")
    for mine in text.units:
        edges = [0, *(edge for unit in mine for edge in unit), text.length]
        if edges != sorted(edges):
            raise ValueError("units of one annotator overlap, or lie outside the text")
