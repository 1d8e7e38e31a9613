"""Which units can stand together in a best alignment: all groups worth looking at, and what each of them saves.

A unitary alignment of n annotators holds a unit or nothing of each. With c = n (n - 1) / 2 pairs, it costs the mean
over pairs of their dissimilarity, and a pair with nothing in it costs `empty`; so a unit alone costs `empty`, and a
group of k units with dissimilarities d

    cost = (sum d + (c - k (k - 1) / 2) empty) / c        saving = k empty - cost

Splitting a group in parts of k' and k'' units changes the sum of costs only by what lies between the parts, so a group
is part of some best alignment only if, for every unit of it,

    sum of d to the other units <= (c + k - 1) empty

Groups that fail this, or save less than nothing, are never needed. Where a unit can as well stand alone, it stands with
the others: so that gamma-cat, which reads the alignment, does not depend on how it was found.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from annotation.algorithms.bootstrap import Floats
from annotation.algorithms.gamma.marks import Codes, Continuum, Weights, dissimilarity

MOST_GROUPS = 200_000
_NONE = -1
_SLACK = 1e-9  # what sums may be off by
_TIE = 1e-8  # of two alignments with the same cost the one is better whose groups are larger


class TooLarge(Exception):
    """The text has more units close together than can be aligned exactly in reasonable time."""


@dataclass(frozen=True)
class Groups:
    """Groups of two units or more: `units` (groups, annotators), -1 for none, and the `saving` (groups,) of each.

    `worth` is the saving with what settles ties.
    """

    units: Codes
    saving: Floats
    worth: Floats


def useful_groups(text: Continuum, weights: Weights) -> Groups:
    """Every group that a best alignment may need. Units are numbered through the text, annotator by annotator.

    Raises TooLarge above MOST_GROUPS.
    """
    raters, pairs = len(text), len(text) * (len(text) - 1) / 2
    first = np.cumsum([0, *(len(marks) for marks in text)])
    between = {(a, b): dissimilarity(text[a], text[b], weights) for a, b in combinations(range(raters), 2)}
    at, apart = _alone(len(text[0]), raters)
    for rater in range(1, raters):
        at, apart = _extended(at, apart, rater, between, (pairs + raters - 1) * weights.empty + _SLACK)
    size = (at != _NONE).sum(axis=1)
    limit = (pairs + size - 1) * weights.empty + _SLACK
    useful = (size > 1) & np.all((at == _NONE) | (apart <= limit[:, None]), axis=1)
    at, apart, size = at[useful], apart[useful], size[useful]
    cost = (apart.sum(axis=1) / 2 + (pairs - size * (size - 1) / 2) * weights.empty) / pairs
    saving = size * weights.empty - cost
    units = np.where(at == _NONE, _NONE, at + first[:-1])
    kept = saving > -_SLACK
    return Groups(units[kept], saving[kept], saving[kept] + _TIE * weights.empty * size[kept])


def _alone(units: int, raters: int) -> tuple[Codes, Floats]:
    """Groups of the first annotator: one for each unit, and the empty one."""
    at = np.full((units + 1, raters), _NONE, dtype=np.int64)
    at[:units, 0] = np.arange(units)
    return at, np.zeros((units + 1, raters))


def _extended(
    at: Codes, apart: Floats, rater: int, between: dict[tuple[int, int], Floats], limit: float
) -> tuple[Codes, Floats]:
    """All groups with and without a unit of the next annotator.

    `apart` is each member's sum of dissimilarities to the others: it only grows, so that what reaches the limit of the
    largest group is out.
    """
    units = between[0, rater].shape[1]
    to = np.zeros((len(at), rater, units))  # from each member so far to each unit
    for member in range(rater):
        there = at[:, member] != _NONE
        to[there, member] = between[member, rater][at[there, member]]
    grown = apart[:, :rater, None] + to
    own = to.sum(axis=1)
    group, unit = np.nonzero((own <= limit) & np.all(grown <= limit, axis=1))
    if len(at) + group.size > MOST_GROUPS:
        raise TooLarge
    new, sums = at[group], apart[group]
    new[:, rater] = unit
    sums[:, :rater] = np.where(new[:, :rater] == _NONE, 0.0, grown[group, :, unit])
    sums[:, rater] = own[group, unit]
    return np.concatenate([at, new]), np.concatenate([apart, sums])
