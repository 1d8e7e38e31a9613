"""Coincidences of segments: what the four coefficients of 2016 for unitized texts are computed from.

Krippendorff, K., Mathet, Y., Bouvry, S. & Widlöcher, A. (2016). On the reliability of unitizing textual continua:
further developments. Quality & Quantity 50, 2347-2364, doi:10.1007/s11135-015-0266-1; and Krippendorff (2018), Content
Analysis, 4th edition, section 12.6. Every annotator cuts the text into segments, each with a label or a gap (g). With
L(S) the length of a segment and S & S' the intersection of two,

    l_ck = sum_(i != j) sum_(S of i with c) sum_(S' of j with k) L(S & S') / (m - 1)
    e_ck = (l_c l_k - [c = k] s_c) / (l - s / l)       s_c = sum_(S with c) L(S)^2, but L(S) for gaps; s = sum_c s_c

for l the sum of all and l_c that of a row: a unit is paired as a whole and never with itself, and a gap is no unit. The
same over what both of a pair have labelled (marked *), for the coding alone: there s_c sums, over ordered pairs of
annotators, the squared length of each unit's part that the other has labelled too, divided by m - 1.

All terms add up over texts. Values are coded 0 for a gap, then 1 to v - 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations

import numpy as np

from annotation.algorithms.bootstrap import Floats

Segment = tuple[int, int, int]
"""Start, end, value."""


def coincidences(cuts: Sequence[Sequence[Segment]], values: int) -> Floats:
    """Of one text, cut by m >= 2 annotators: l_ck, s_c and s*_c in one row of v v + 2 v sums."""
    matrix = np.zeros((values, values))
    whole, coded = np.zeros(values), np.zeros(values)
    weight = 1 / (len(cuts) - 1)
    for mine, theirs in permutations(cuts, 2):
        at = 0
        for start, end, value in mine:
            while theirs[at][1] <= start:
                at += 1
            labelled, to = 0, at
            while to < len(theirs) and theirs[to][0] < end:
                common = min(end, theirs[to][1]) - max(start, theirs[to][0])
                matrix[value, theirs[to][2]] += weight * common
                labelled += common if theirs[to][2] else 0
                to += 1
            coded[value] += weight * labelled**2 if value else 0.0
    for mine in cuts:
        for start, end, value in mine:
            whole[value] += (end - start) ** 2 if value else end - start
    return np.concatenate([matrix.ravel(), whole, coded])


def segments(units: Sequence[tuple[int, int, str]], length: int) -> list[tuple[int, int, tuple[str, ...]]]:
    """A whole text as segments (start, end, labels), from units of which those of one label do not overlap.

    Where units of different labels overlap, the piece that lies in them has all their labels, sorted, and is cut where
    one of them begins or ends. A gap has none.
    """
    edges = sorted({0, length, *(edge for start, end, _ in units for edge in (start, end))})
    return [
        (start, end, tuple(sorted(label for low, high, label in units if low <= start and end <= high)))
        for start, end in pairwise(edges)
    ]


@dataclass(frozen=True)
class Tables:
    """Sums (..., v v + 2 v) as tables: `l` and `e` over all segments, `l_coded` and `e_coded` over what is labelled."""

    l: Floats  # noqa: E741
    e: Floats
    l_coded: Floats
    e_coded: Floats

    @classmethod
    def of(cls, sums: Floats) -> Tables:
        """The observed and expected coincidences; NaN where there is nothing to pair."""
        values = round((sums.shape[-1] + 1) ** 0.5) - 1
        matrix = sums[..., : values * values].reshape(*sums.shape[:-1], values, values)
        whole, coded = sums[..., -2 * values : -values], sums[..., -values:]
        inner = matrix[..., 1:, 1:]
        return cls(matrix, _expected(matrix, whole), inner, _expected(inner, coded[..., 1:]))


def _expected(matrix: Floats, alone: Floats) -> Floats:
    rows = matrix.sum(axis=-1)
    total = rows.sum(axis=-1)[..., None, None]
    product = rows[..., :, None] * rows[..., None, :] - alone[..., None] * np.eye(matrix.shape[-1])
    with np.errstate(divide="ignore", invalid="ignore"):
        found = product / (total - alone.sum(axis=-1)[..., None, None] / total)
    # Where everything there is is one unit, there is nothing to pair it with.
    return np.where(np.isfinite(found), found, 0.0)
