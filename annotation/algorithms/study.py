"""A study: items by raters, with missing labels, in the form the measures read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.canonical import inputs_hash, sort_key
from annotation.algorithms.patterns import Label, Pattern, Patterns

Codes = NDArray[np.int64]
Repeats = Literal["first", "last", "keep"]

_BLOCK_CELLS = 4_000_000  # bounds the dense item x category table that patterns() makes at a time


@dataclass(frozen=True, eq=False)
class Study:
    """Labels as three parallel arrays of codes into `items`, `raters` and `categories`, sorted by item and
    rater.

    A pair (item, rater) that is absent is a missing label.
    """

    items: tuple[Hashable, ...]
    raters: tuple[Hashable, ...]
    categories: tuple[Label, ...]
    item: Codes
    rater: Codes
    value: Codes

    @classmethod
    def from_triples(
        cls, triples: Iterable[tuple[Hashable, Hashable, Label | None]], *, repeats: Repeats = "last"
    ) -> Study:
        """Build a study from (item, rater, label) triples in the order in which the labels were given.

        None is a missing label. `repeats` says what becomes of a rater's second label on an item: the
        `last` one counts (a correction), the `first` one does, or both are kept as if two raters had given
        them.
        """
        given = [triple for triple in triples if triple[2] is not None]
        if repeats != "keep":
            ordered = given if repeats == "last" else reversed(given)
            latest = {(item, rater): value for item, rater, value in ordered}
            given = [(item, rater, value) for (item, rater), value in latest.items()]
        columns = [tuple(sorted({triple[at] for triple in given}, key=sort_key)) for at in range(3)]
        index = [{key: code for code, key in enumerate(column)} for column in columns]
        codes = np.array(
            sorted((index[0][item], index[1][rater], index[2][value]) for item, rater, value in given),
            dtype=np.int64,
        ).reshape(-1, 3)
        return cls(columns[0], columns[1], columns[2], codes[:, 0], codes[:, 1], codes[:, 2])

    def patterns(self) -> Patterns:
        """The table of this study's items by pattern of labels."""
        width = max(1, len(self.categories))
        step = max(1, _BLOCK_CELLS // width)
        total: Counter[Pattern] = Counter()
        for first in range(0, len(self.items), step):
            size = min(step, len(self.items) - first)
            low, high = np.searchsorted(self.item, (first, first + size))
            cells = (self.item[low:high] - first) * width + self.value[low:high]
            table = np.bincount(cells, minlength=size * width).reshape(size, width)
            rows, counts = np.unique(table, axis=0, return_counts=True)
            for row, count in zip(rows, counts, strict=True):
                seen = np.flatnonzero(row)
                total[tuple((self.categories[c], int(row[c])) for c in seen)] += int(count)
        return Patterns(total)

    def pair_table(self, first: Hashable, second: Hashable) -> NDArray[np.int64]:
        """Counts of shared items by (label of `first`, label of `second`), categories x categories.

        Raises KeyError for an unknown rater, ValueError when a rater has two labels on one item.
        """
        one, two = (self._labels_of(rater) for rater in (first, second))
        table = np.zeros((len(self.categories),) * 2, dtype=np.int64)
        for item in one.keys() & two.keys():
            table[one[item], two[item]] += 1
        return table

    @cached_property
    def inputs_hash(self) -> str:
        """A hash of the labels, whatever order they came in."""
        return inputs_hash(
            (self.items[i], self.raters[r], self.categories[v])
            for i, r, v in zip(self.item.tolist(), self.rater.tolist(), self.value.tolist(), strict=True)
        )

    def _labels_of(self, rater: Hashable) -> dict[int, int]:
        if rater not in self.raters:
            raise KeyError(rater)
        mine = self.rater == self.raters.index(rater)
        items, values = self.item[mine].tolist(), self.value[mine].tolist()
        if len(set(items)) < len(items):
            raise ValueError("a rater has two labels on one item; reduce repeats first")
        return dict(zip(items, values, strict=True))
