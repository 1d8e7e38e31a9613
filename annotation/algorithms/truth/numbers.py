"""Numbers given by several people as the arrays that the numeric methods read, and what those methods find."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from annotation.algorithms.canonical import sort_key
from annotation.algorithms.truth.labels import Codes, Floats


@dataclass(frozen=True, eq=False)
class Numbers:
    """N items, W annotators, and L numbers as three parallel arrays, sorted by item, annotator and number."""

    items: tuple[Hashable, ...]
    annotators: tuple[Hashable, ...]
    item: Codes
    annotator: Codes
    value: Floats

    @classmethod
    def from_codes(
        cls,
        items: Sequence[Hashable],
        annotators: Sequence[Hashable],
        item: Iterable[int] | Codes,
        annotator: Iterable[int] | Codes,
        value: Iterable[float] | Floats,
    ) -> Numbers:
        """Numbers from codes in any order of rows. Raises ValueError for a value that is not finite."""
        one, two = (np.asarray(column, dtype=np.int64).reshape(-1) for column in (item, annotator))
        given = np.asarray(value, dtype=np.float64).reshape(-1)
        if not np.all(np.isfinite(given)):
            raise ValueError("a number is not finite")
        order = np.lexsort((given, two, one))
        return cls(tuple(items), tuple(annotators), one[order], two[order], given[order])

    @classmethod
    def from_triples(cls, triples: Iterable[tuple[Hashable, Hashable, float]]) -> Numbers:
        """Numbers from (item, annotator, number) triples."""
        given = list(triples)
        items, people = (tuple(sorted({row[at] for row in given}, key=sort_key)) for at in (0, 1))
        index = [{name: code for code, name in enumerate(names)} for names in (items, people)]
        codes = [[index[at][row[at]] for row in given] for at in (0, 1)]
        return cls.from_codes(items, people, codes[0], codes[1], [row[2] for row in given])

    @cached_property
    def size(self) -> Floats:
        """How many numbers each item has, N."""
        return self.by_item(np.ones(self.value.size))

    @cached_property
    def given(self) -> Floats:
        """How many numbers each annotator gave, W."""
        return self.by_annotator(np.ones(self.value.size))

    def by_item(self, rows: Floats) -> Floats:
        """Sums of a value of each row (L) over each item (N)."""
        return np.asarray(np.bincount(self.item, weights=rows, minlength=len(self.items)), dtype=np.float64)

    def by_annotator(self, rows: Floats) -> Floats:
        """Sums of a value of each row (L) over each annotator (W)."""
        sums = np.bincount(self.annotator, weights=rows, minlength=len(self.annotators))
        return np.asarray(sums, dtype=np.float64)


@dataclass(frozen=True, eq=False)
class NumericFit:
    """`value` (N) is each item's number and `error` (N) its standard error, NaN where the method has none or the item
    no numbers. `bias` (W) is what an annotator adds, and `spread` (W) the standard deviation of what they give."""

    numbers: Numbers
    method: str
    value: Floats
    error: Floats
    bias: Floats
    spread: Floats
    iterations: int = 0
    converged: bool = True


def off_by(found: Floats, known: Floats) -> tuple[float, float]:
    """Mean absolute error and root mean squared error; NaN without anything to compare."""
    gaps = found - known
    if not gaps.size:
        return float("nan"), float("nan")
    return float(np.abs(gaps).mean()), float(np.sqrt((gaps * gaps).mean()))
