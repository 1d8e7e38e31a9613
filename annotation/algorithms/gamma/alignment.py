"""The best alignment of a text: every unit in one unitary alignment, at the least cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from annotation.algorithms.bootstrap import Floats
from annotation.algorithms.gamma.clusters import useful_groups
from annotation.algorithms.gamma.marks import Codes, Continuum, Weights, mean_units
from annotation.algorithms.gamma.packing import best_packing


@dataclass(frozen=True)
class Alignment:
    """`groups` (groups, annotators) holds unit numbers by annotator, -1 for none; units in no group stand alone.

    `cost` is the sum over unitary alignments, `disorder` that by the mean number of units an annotator marked.
    """

    groups: Codes
    cost: float
    disorder: float


def best_alignment(text: Continuum, weights: Weights) -> Alignment:
    """The alignment of least disorder, exactly.

    Raises ValueError for one annotator or a text without units, TooLarge for a text that is too crowded for it.
    """
    units = sum(len(marks) for marks in text)
    if len(text) < 2 or not units:
        raise ValueError("an alignment needs two annotators and a unit")
    groups = useful_groups(text, weights)
    chosen = best_packing(groups, units)
    cost = units * weights.empty - float(groups.saving[chosen].sum())
    first: Floats = np.cumsum([0, *(len(marks) for marks in text)])[:-1]
    members = groups.units[chosen]
    own = np.where(members < 0, -1, members - first).astype(np.int64)
    return Alignment(own, max(cost, 0.0), max(cost, 0.0) / mean_units(text))
