"""Items by pattern of labels, as arrays: what the measures that ignore who said what compute from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.canonical import sort_key
from annotation.algorithms.patterns import Pattern, Patterns
from annotation.algorithms.scalars import as_labels
from annotation.algorithms.tabulate import tabulated

Codes = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Counts:
    """`times` (patterns, categories): how often a pattern holds a label. `items` (patterns,): how many items have it.

    Patterns of a single label are kept; an item without a label is in none.
    """

    categories: tuple[Hashable, ...]
    times: Codes
    items: Codes

    @classmethod
    def of_labels(cls, item: Codes, value: Codes, categories: tuple[Hashable, ...]) -> Counts:
        """From codes sorted by item."""
        if not value.size:
            return cls(
                categories,
                np.zeros((0, max(1, len(categories))), dtype=np.int64),
                np.zeros(0, dtype=np.int64),
            )
        times, counts = tabulated(item, value, len(categories))
        return cls(categories, times, counts)

    @classmethod
    def of_patterns(cls, patterns: Patterns, categories: tuple[Hashable, ...] = ()) -> Counts:
        """From a stored table; `categories` is the scale in its order, other labels follow."""
        scale = tuple(dict.fromkeys((*as_labels(categories), *patterns.categories)))
        column = {label: at for at, label in enumerate(scale)}
        rows = [(pattern, items) for pattern, items in patterns.sorted() if items]
        times = np.zeros((len(rows), len(scale)), dtype=np.int64)
        for at, (pattern, _) in enumerate(rows):
            for label, count in pattern:
                times[at, column[label]] = count
        return cls(scale, times, np.array([items for _, items in rows], dtype=np.int64))

    def patterns(self) -> Patterns:
        """The same as a table that can be stored and added to another."""
        total: Counter[Pattern] = Counter()
        order = sorted(range(len(self.categories)), key=lambda at: sort_key(self.categories[at]))
        for row, items in zip(self.times.tolist(), self.items.tolist(), strict=True):
            total[tuple((self.categories[at], row[at]) for at in order if row[at])] += items
        return Patterns(total)
