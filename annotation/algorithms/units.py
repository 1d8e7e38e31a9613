"""Kinds of items and how often each holds each label: what the measures that ignore who said what read.

The cells of a table kinds x categories that are not 0, so that a question with 100,000 different numbers needs no more
room than its labels do. Without documents a kind is a pattern of labels; with them every item is a kind of its own,
because items of one document are resampled together.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

import numpy as np

from annotation.algorithms.bootstrap import Floats, Sums, clustered
from annotation.algorithms.canonical import sort_key
from annotation.algorithms.counts import Codes, Counts
from annotation.algorithms.order import Order, alike, apart
from annotation.algorithms.patterns import Patterns
from annotation.algorithms.scalars import as_label, as_labels
from annotation.algorithms.statistic import Reason
from annotation.algorithms.study import Study

NARROW = 64
"""With up to this many categories a dense table kinds x categories is made."""


@dataclass(frozen=True, eq=False)
class Units:
    """`times[i]` labels of category `code[i]` in a kind `unit[i]`, sorted by kind; `items` (kinds,): how many items.

    `group` (kinds,), where there is one, is the document of each kind, which then is a single item. `alone` says that
    all labels are one rater's, where that is known.
    """

    categories: tuple[Hashable, ...]
    unit: Codes
    code: Codes
    times: Codes
    items: Codes
    group: Codes | None = None
    alone: bool = False

    @classmethod
    def of(cls, source: Source, categories: Sequence[Hashable] = ()) -> Units:
        """From a study, a stored table of patterns, or counts; `categories` is the scale where the source has none."""
        if isinstance(source, Units):
            return source
        if isinstance(source, Patterns):
            return _from_patterns(source, categories)
        if isinstance(source, Counts):
            return _from_counts(source)
        dense = source.group is None and len(source.categories) <= NARROW
        found = _from_counts(source.counts) if dense else _from_items(source)
        return replace(found, alone=len(source.raters) == 1)

    @property
    def nothing_shared(self) -> Reason:
        """Why there is no value where no item has two labels."""
        if not self.items.any():
            return Reason.NO_LABELS
        return Reason.ONE_ANNOTATOR if self.alone else Reason.NO_SHARED_ITEMS

    @cached_property
    def labels(self) -> Floats:
        """How many labels an item of each kind has, (kinds,)."""
        return self.summed(np.ones(len(self.categories)))

    @cached_property
    def table(self) -> Floats:
        """The dense table (kinds, categories), for few categories."""
        dense = np.zeros((len(self.items), len(self.categories)))
        dense[self.unit, self.code] = self.times
        return dense

    @cached_property
    def totals(self) -> Floats:
        """How often each category was given, (categories,)."""
        weights = self.times * self.items[self.unit]
        return np.bincount(self.code, weights, minlength=len(self.categories)).astype(np.float64)

    def summed(self, of_category: Floats) -> Floats:
        """Per kind: the sum over its labels of a number of their category, (kinds,)."""
        weights = self.times * of_category[self.code]
        return np.bincount(self.unit, weights, minlength=len(self.items)).astype(np.float64)

    def pairable(self) -> Units:
        """Only the kinds with two labels or more."""
        return self.only(self.labels > 1)

    def with_unanimous(self) -> Units:
        """The same with kinds of 0 items: all labels alike, for each category that was given but never by all.

        They could have been seen, and an interval has to reckon with them (see `bootstrap`).
        """
        width = len(self.categories)
        if not self.items.any() or width > NARROW:
            return self
        single = np.bincount(self.unit, minlength=len(self.items)) == 1
        missing = np.setdiff1d(np.flatnonzero(self.totals), self.code[single[self.unit]])
        first, new = len(self.items), len(missing)
        times = max(2, round(float(self.totals.sum() / self.items.sum())))
        group = self.group
        if group is not None:
            group = np.append(group, np.arange(new) + group.max(initial=-1) + 1)
        return replace(
            self,
            unit=np.append(self.unit, np.arange(first, first + new)),
            code=np.append(self.code, missing),
            times=np.append(self.times, np.full(new, times)),
            items=np.append(self.items, np.zeros(new, dtype=np.int64)),
            group=group,
        )

    def in_own_order(self) -> Units:
        """The same with kinds and categories in an order that does not depend on what categories are called."""
        if not self.unit.size:
            return self
        columns = [self.unit, self.code]
        colours = [apart(self.items), alike(len(self.categories))]
        if self.group is not None:
            columns.append(self.group[self.unit])
            colours.append(alike(int(self.group.max()) + 1))
        order = Order(columns, colours, self.times)
        order.settle([1])
        unit, code = order.places(0), order.places(1)
        cells = np.lexsort((code[self.code], unit[self.unit]))
        kinds, labels = np.argsort(unit), np.argsort(code)
        return replace(
            self,
            categories=tuple(self.categories[at] for at in labels.tolist()),
            unit=unit[self.unit][cells],
            code=code[self.code][cells],
            times=self.times[cells],
            items=self.items[kinds],
            group=None if self.group is None else self.group[kinds],
        )

    def only(self, kept: np.typing.NDArray[np.bool_]) -> Units:
        """Only some kinds, (kinds,) of truth values."""
        if kept.all():
            return self
        cells = kept[self.unit]
        place = np.cumsum(kept) - 1
        group = None if self.group is None else self.group[kept]
        return replace(
            self,
            unit=place[self.unit[cells]],
            code=self.code[cells],
            times=self.times[cells],
            items=self.items[kept],
            group=group,
        )

    def on_scale(self, categories: Sequence[Hashable]) -> Units:
        """The same with `categories` first, used or not, and those of its own that are missing there after them."""
        scale = tuple(dict.fromkeys((*as_labels(categories), *self.categories)))
        place = {label: at for at, label in enumerate(scale)}
        code = np.array([place[label] for label in self.categories], dtype=np.int64)[self.code]
        return replace(self, categories=scale, code=code)

    def collapsed(self, label: Hashable) -> Units:
        """One label (True) against all others together (False)."""
        label, labels = as_label(label), as_labels(self.categories)
        mine = labels.index(label) if label in labels else -1
        of = np.column_stack([self.labels, self.summed(np.arange(len(self.categories)) == mine)]).astype(
            np.int64
        )
        of[:, 0] -= of[:, 1]
        unit, code = np.nonzero(of)
        return replace(self, categories=(False, True), unit=unit, code=code, times=of[unit, code])

    def sums(self, features: Floats, evaluate: Callable[[Floats], Floats]) -> Sums:
        """`evaluate` as a function of sums of features (kinds, columns) over what is resampled: items, or documents."""
        return clustered(features, self.items, self.group, evaluate)


def mean_of_second(sums: Floats) -> Floats:
    """The mean of a column of features whose first column counts items."""
    return np.asarray(sums[..., 1] / sums[..., 0], dtype=np.float64)


Source = Study | Patterns | Counts | Units
"""What the measures that ignore who said what are made of."""


def _from_counts(counts: Counts) -> Units:
    unit, code = np.nonzero(counts.times)
    times = counts.times[unit, code].astype(np.int64)
    return Units(counts.categories, unit, code, times, counts.items.astype(np.int64))


def _from_patterns(patterns: Patterns, categories: Sequence[Hashable]) -> Units:
    rows = [row for row in patterns.counts.items() if row[0] and row[1]]
    kept = [pattern for pattern, _ in rows]
    said, often = zip(*chain.from_iterable(kept), strict=True) if kept else ((), ())
    scale = tuple(dict.fromkeys((*as_labels(categories), *sorted(set(said), key=sort_key))))
    column = {label: at for at, label in enumerate(scale)}
    size = np.array(list(map(len, kept)), dtype=np.int64)
    code = np.array(list(map(column.__getitem__, said)), dtype=np.int64)
    times = np.array(often, dtype=np.int64)
    items = np.array([items for _, items in rows], dtype=np.int64)
    order = _order(size, code, times, len(scale))
    size, start = size[order], (np.cumsum(size) - size)[order]
    cell = np.repeat(start - (np.cumsum(size) - size), size) + np.arange(len(code))
    return Units(scale, np.repeat(np.arange(len(rows)), size), code[cell], times[cell], items[order])


def _order(size: Codes, code: Codes, times: Codes, categories: int) -> Codes:
    """An order of patterns that depends on their labels alone, whatever order they come in."""
    if not size.size:
        return size
    # Whole numbers that wrap: sums of them are the same in any order.
    factors = np.random.default_rng(0).integers(1 << 62, size=categories)
    key = np.add.reduceat(factors[code] * (2 * times + 1), np.cumsum(size) - size)
    return np.argsort(key, kind="stable")


def _from_items(study: Study) -> Units:
    width = max(1, len(study.categories))
    cells, times = np.unique(study.item * width + study.value, return_counts=True)
    unit, code = np.divmod(cells, width)
    items = np.ones(len(study.items), dtype=np.int64)
    return Units(study.categories, unit, code, times.astype(np.int64), items, study.group)
