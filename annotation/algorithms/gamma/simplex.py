"""The linear relaxation of a set partition, by the revised simplex method.

    maximise sum_j gain_j x_j    where for every unit the x_j of its columns add up to 1, and x >= 0

Every unit has a column of its own without gain, so there is a basis to begin with: the columns of a greedy packing, and
for the other units their own. Such programmes are degenerate: with right-hand sides that differ by a millionth every
step gains something, and the basis found is optimal for the true ones too, whose solutions are multiples of small
fractions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from annotation.algorithms.bootstrap import Floats
from annotation.algorithms.gamma.clusters import TooLarge
from annotation.algorithms.gamma.marks import Codes

_SPREAD = 1e-6
_EPS = 1e-10
_STEPS_A_UNIT = 200
_FEW = 400
_GOLDEN = 0.6180339887498949


@dataclass(frozen=True)
class Relaxed:
    """The optimum: its `value`, the `solution` (columns,), and `reduced` (columns,): what taking a column whole would
    change at most, 0 or less."""

    value: float
    solution: Floats
    reduced: Floats


def relax(columns: Codes, gains: Floats) -> Relaxed:
    """Solve for `columns` (columns, width) of units 0 to n - 1, n standing for none; `gains` (columns,).

    Every unit must have a column of its own, which holds it in the first place. Raises TooLarge where it does not end.
    """
    units = int(columns.max())
    sides = 1 + _SPREAD * np.modf(_GOLDEN * np.arange(1, units + 1))[0]
    basis, inverse = _start(columns, gains, sides)
    at = inverse @ sides
    few: Codes = np.zeros(0, dtype=np.int64)  # the columns that promised most when all were last priced
    for _ in range(_STEPS_A_UNIT * (units + 1)):
        prices = np.append(gains[basis] @ inverse, 0.0)
        promise = gains[few] - prices[columns[few]].sum(axis=1)
        if promise.max(initial=0.0) <= _EPS:
            reduced = gains - prices[columns].sum(axis=1)
            if reduced.max() <= _EPS:
                return _solved(basis, inverse, gains, reduced)
            few = np.argsort(-reduced, kind="stable")[:_FEW]
            promise = reduced[few]
        enter = few[np.argmax(promise)]
        column = columns[enter]
        step = inverse[:, column[column < units]].sum(axis=1)
        ratio = np.divide(at, step, out=np.full(units, np.inf), where=step > _EPS)
        leave = int(np.argmin(ratio))
        at -= ratio[leave] * step
        at[leave] = ratio[leave]
        inverse[leave] /= step[leave]
        step[leave] = 0.0
        inverse -= np.outer(step, inverse[leave])
        basis[leave] = enter
    raise TooLarge


def _start(columns: Codes, gains: Floats, sides: Floats) -> tuple[Codes, Floats]:
    """The basis of a greedy packing and its inverse; a group stands in the place of its unit of the smallest side."""
    units = sides.size
    alone = np.flatnonzero((columns[:, 1:] == units).all(axis=1))
    basis = np.zeros(units, dtype=np.int64)
    basis[columns[alone, 0]] = alone
    inverse = np.eye(units)
    free = np.ones(units + 1, dtype=np.bool_)
    for at in np.argsort(-gains, kind="stable").tolist():
        if gains[at] <= 0:
            break
        members = columns[at][columns[at] < units]
        if free[members].all():
            free[members] = False
            least = members[np.argmin(sides[members])]
            basis[least] = at
            inverse[members[members != least], least] = -1.0
    return basis, inverse


def _solved(basis: Codes, inverse: Floats, gains: Floats, reduced: Floats) -> Relaxed:
    shares = np.clip(inverse.sum(axis=1), 0.0, 1.0)
    solution = np.zeros(gains.size)
    solution[basis] = shares
    return Relaxed(float(gains[basis] @ shares), solution, np.minimum(reduced, 0.0))
