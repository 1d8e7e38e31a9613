"""An order of items, annotators and labels that depends on who gave what to which item, and on no name.

Draws are made in the order of what is drawn from. So that an interval is the same whatever labels, items and annotators
are called, they are put into an order of their own first. Everything starts alike; then, again and again, each takes up
the numbers of the rows that it is in (colour refinement: Weisfeiler, B. and Leman, A. 1968, The reduction of a graph to
canonical form). What is still alike after that is either the same under a change of names, or is told apart by setting
one of them off and going on. Numbers are 64 bits and wrap; two that differ meet with a chance of about 10^-13.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
Colours = NDArray[np.uint64]

_ROUNDS = 30
_SET_OFF = 64  # so many that are alike are set off from one another; of more the given order stays
_FACTORS = np.random.default_rng(0).integers(1 << 62, size=16, dtype=np.uint64) * np.uint64(2) + np.uint64(1)


class Order:
    """Columns of codes (rows,), all of one table, whose codes stand for things to be put in order.

    `colours` of a column are equal for what is alike; they may start different, for what has an order of its own.
    `times` (rows,) is what else a row holds.
    """

    def __init__(
        self, columns: Sequence[Codes], colours: Sequence[Colours], times: Codes | None = None
    ) -> None:
        self.columns = columns
        self.colours = list(colours)
        self._times = np.uint64(0) if times is None else mixed(times.astype(np.uint64))

    def settle(self, those: Sequence[int]) -> None:
        """Tell apart what can be in the columns `those`; all others follow."""
        self._refine(those)
        for _ in range(_SET_OFF):
            found = next(((at, codes) for at in those if (codes := self._alike(at)).size), None)
            if found is None:
                break
            column, codes = found
            self.colours[column][codes[0]] = mixed(self.colours[column][codes[:1]] + _FACTORS[0])[0]
            self._refine(those)
        for _ in range(len(self.columns) - 1):  # till all others have heard of it
            self._round()

    def places(self, column: int) -> Codes:
        """The place in the order of each code of a column; of those alike the lower code first."""
        order = np.argsort(self.colours[column], kind="stable")
        places = np.empty(len(order), dtype=np.int64)
        places[order] = np.arange(len(order))
        return places

    def _refine(self, those: Sequence[int]) -> None:
        number = -1
        for _ in range(_ROUNDS):
            self._round()
            if not any(self._alike(at).size for at in those):
                break
            found = sum(len(np.unique(colours)) for colours in self.colours)
            if found == number:
                break
            number = found

    def _round(self) -> None:
        total = np.full(len(self.columns[0]), self._times, dtype=np.uint64)
        for at, codes in enumerate(self.columns):
            total += self.colours[at][codes] * _FACTORS[2 + at]
        row = mixed(total)
        for at, codes in enumerate(self.columns):
            taken = np.zeros(len(self.colours[at]), dtype=np.uint64)
            np.add.at(taken, codes, row)
            self.colours[at] = mixed(self.colours[at] * _FACTORS[1] + taken)

    def _alike(self, column: int) -> Codes:
        """Codes that are in a row, of the lowest colour that two of them have."""
        used = np.unique(self.columns[column])
        colours, times = np.unique(self.colours[column][used], return_counts=True)
        if not (times > 1).any():
            return used[:0]
        lowest: Codes = used[self.colours[column][used] == colours[np.argmax(times > 1)]]
        return lowest


def alike(number: int) -> Colours:
    """Colours of things that have nothing but names."""
    return np.zeros(number, dtype=np.uint64)


def apart(codes: Codes) -> Colours:
    """Colours of things by numbers of their own: places on a scale, counts."""
    return mixed(codes.astype(np.uint64))


def mixed(numbers: Colours) -> Colours:
    """Numbers scattered over 64 bits (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195)."""
    x = numbers + np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        x ^= x >> np.uint64(shift)
        x *= np.uint64(factor)
    return x ^ (x >> np.uint64(31))
