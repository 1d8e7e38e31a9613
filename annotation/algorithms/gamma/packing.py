"""The groups that save most, no unit in two of them: an exact set packing.

Written as a partition: every unit is in exactly one column, a group or the unit alone (which saves nothing). The linear
relaxation (`simplex.py`) bounds what any packing can save. Where its solution is fractional, one unit's columns are
tried in turn, those only whose price allows them to beat the best packing so far. What falls apart into parts without
a common unit is solved part by part.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.bootstrap import Floats
from annotation.algorithms.gamma.clusters import Groups, TooLarge
from annotation.algorithms.gamma.marks import Codes
from annotation.algorithms.gamma.simplex import relax

MOST_NODES = 5_000
_EPS = 1e-9


def best_packing(groups: Groups, units: int) -> list[int]:
    """The rows of `groups` that are worth most together. Raises TooLarge after MOST_NODES relaxations."""
    chosen: list[int] = []
    for rows in _parts(groups.units, units):
        chosen += [int(rows[at]) for at in _solve(groups.units[rows], groups.worth[rows])]
    return sorted(chosen)


def _parts(members: Codes, units: int) -> list[Codes]:
    """The rows of `members` by connected part."""
    root = np.arange(units + 1)
    filled = np.where(members < 0, members.max(axis=1, initial=-1, keepdims=True), members)
    while True:
        lowest = root[filled].min(axis=1, initial=units)
        before = root.copy()
        for column in filled.T:
            np.minimum.at(root, column, lowest)
        root = root[root]
        if np.array_equal(root, before):
            break
    part = root[filled[:, 0]] if filled.size else np.zeros(0, dtype=np.int64)
    return [np.flatnonzero(part == name) for name in np.unique(part)]


def _solve(members: Codes, saving: Floats) -> list[int]:
    """The best rows of one connected part."""
    if len(members) == 1:
        return [0]
    units = np.unique(members[members >= 0])
    filled = np.where(members < 0, units.size, np.searchsorted(units, members))
    alone = np.full((units.size, members.shape[1]), units.size, dtype=np.int64)
    alone[:, 0] = np.arange(units.size)
    columns, gains = np.concatenate([filled, alone]), np.concatenate([saving, np.zeros(units.size)])
    search = _Search(columns, gains, units.size)
    search.branch(np.arange(len(columns)), [], 0.0)
    return [row for row in search.chosen if row < len(members)]


@dataclass
class _Search:
    """Branch and bound over `columns`, (columns, annotators) of units, the number of units standing for none.

    `chosen` is the best packing so far and `value` its saving; `nodes` counts the relaxations solved.
    """

    columns: Codes
    gains: Floats
    units: int
    value: float = -1.0
    chosen: list[int] = field(default_factory=list)
    nodes: int = 0

    def branch(self, rows: Codes, fixed: list[int], base: float) -> None:
        """Search the packings that hold the `fixed` columns, which save `base`, and else only `rows`."""
        if not rows.size:
            self._note(base, fixed)
            return
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise TooLarge
        inner, gains = _renumbered(self.columns[rows], self.units), self.gains[rows]
        found = relax(inner, gains)
        if base + found.value <= self.value + _EPS:
            return
        rounded = _greedy(inner, np.lexsort((-gains, -found.solution)))
        self._note(base + float(gains[rounded].sum()), fixed + rows[rounded].tolist())
        hope = base + found.value + found.reduced > self.value + _EPS
        if not hope[(found.solution > _EPS)].any():
            return
        # Units alone stay, so that what is left can always be covered; those without hope cost nothing in the bound.
        kept = hope | (inner[:, 1:] == inner.max()).all(axis=1)
        mine = _columns_of_torn_unit(inner, found.solution, hope)
        for at in mine[np.argsort(-found.solution[mine], kind="stable")].tolist():
            if base + found.value + found.reduced[at] > self.value + _EPS:
                taken = inner[at][inner[at] < inner.max()]
                free = kept & ~np.isin(inner, taken).any(axis=1)
                row = int(rows[at])
                self.branch(rows[free], [*fixed, row], base + float(self.gains[row]))

    def _note(self, value: float, chosen: list[int]) -> None:
        if value > self.value + _EPS:
            self.value, self.chosen = value, chosen


def _renumbered(columns: Codes, none: int) -> Codes:
    """The same columns with their units numbered from 0, and none as the highest number."""
    units = np.unique(columns[columns < none])
    return np.where(columns == none, units.size, np.searchsorted(units, columns))


def _greedy(columns: Codes, order: Codes) -> list[int]:
    """Columns in this order, leaving out those of which a unit is taken, until none is left."""
    none = int(columns.max())
    free, left, chosen = [True] * none + [True], none, []
    for at in order.tolist():
        column = [unit for unit in columns[at].tolist() if unit < none]
        if all(free[unit] for unit in column):
            for unit in column:
                free[unit] = False
            chosen.append(at)
            left -= len(column)
            if not left:
                break
    return chosen


def _columns_of_torn_unit(columns: Codes, solution: Floats, hope: NDArray[np.bool_]) -> Codes:
    """Of the units in fractional columns take the one with the fewest columns with hope: these columns."""
    none = int(columns.max())
    torn = np.unique(columns[(solution > 1e-6) & (solution < 1 - 1e-6)])
    open_for = np.bincount(columns[hope].ravel(), minlength=none + 1)
    unit = min(torn[torn < none].tolist(), key=lambda one: int(open_for[one]))
    return np.flatnonzero(np.any(columns == unit, axis=1) & hope)
