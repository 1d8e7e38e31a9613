"""A panel: who gave which label to which item, as codes, and what is resampled of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from annotation.algorithms.bootstrap import Floats, Sums, clustered
from annotation.algorithms.counts import Codes
from annotation.algorithms.order import Order, alike, apart
from annotation.algorithms.study import Study
from annotation.algorithms.units import NARROW, mean_of_second

WIDE = 500
"""Sums beyond which an item stands for the value it adds."""

CELLS = 4_000_000
"""Items times sums beyond which it does."""

Evaluate = Callable[[Floats], Floats]


@dataclass(frozen=True, eq=False)
class Panel:
    """Labels as codes (labels,) of `items`, `raters` and `categories`, which are numbers of them."""

    item: Codes
    rater: Codes
    value: Codes
    items: int
    raters: int
    categories: int
    group: Codes | None

    @classmethod
    def of(cls, study: Study) -> Panel:
        """A study's labels."""
        sizes = len(study.items), len(study.raters), len(study.categories)
        return cls(study.item, study.rater, study.value, *sizes, study.group)

    @property
    def margins(self) -> Floats:
        """How often each rater gave each label, (raters, categories)."""
        cells = self.rater * self.categories + self.value
        size = self.raters * self.categories
        return np.bincount(cells, minlength=size).astype(np.float64).reshape(self.raters, -1)

    @property
    def table(self) -> Floats:
        """How often an item has each label, (items, categories)."""
        cells = self.item * self.categories + self.value
        size = self.items * self.categories
        return np.bincount(cells, minlength=size).astype(np.float64).reshape(self.items, -1)

    @property
    def unseen(self) -> Codes:
        """Labels that were given, and that no item with two labels or more has all through."""
        times = np.bincount(self.item, minlength=self.items)
        first = np.full(self.items, -1, dtype=np.int64)
        first[self.item[::-1]] = self.value[::-1]
        other = np.bincount(self.item, self.value != first[self.item], minlength=self.items)
        found: Codes = np.setdiff1d(self.value, first[(times > 1) & (other == 0)])
        return found if self.categories <= NARROW else found[:0]

    def fits(self, width: int) -> bool:
        """Whether `width` sums over the items are few enough to be held for every one."""
        return width <= WIDE and width * self.items <= CELLS

    def sums(self, features: Floats, unseen: Floats, evaluate: Evaluate) -> Sums:
        """Sums of `features` (items, columns) over items or documents, and rows of what was not seen."""
        rows = np.concatenate([features, unseen])
        items = np.repeat(np.array([1, 0]), [self.items, len(unseen)])
        group = self.group
        if group is not None:
            group = np.append(group, np.arange(len(unseen)) + group.max(initial=-1) + 1)
        return clustered(rows, items, group, evaluate)

    def to_first_order(self, each: Floats, totals: Floats, unseen: Floats, evaluate: Evaluate) -> Sums:
        """The mean of `each` (items,), and what one item of a row of `unseen` would add to it."""
        value = float(evaluate(totals[None])[0])
        more = value + self.items * (evaluate(totals + unseen) - value)
        rows = [np.column_stack([np.ones(len(part)), part]) for part in (each, more)]
        return self.sums(rows[0], rows[1], mean_of_second)

    def in_own_order(self, weights: Floats) -> Panel:
        """The same in an order that depends on no name; labels keep theirs where the weights know more of two labels
        than whether they are the same, and raters where it matters who is first."""
        plain, sided = np.array_equal(weights, np.eye(len(weights))), not np.array_equal(weights, weights.T)
        columns = [self.item, self.value, self.rater]
        labels = alike(self.categories) if plain else apart(np.arange(self.categories))
        raters = apart(np.arange(self.raters)) if sided else alike(self.raters)
        colours = [alike(self.items), labels, raters]
        if self.group is not None:
            columns.append(self.group[self.item])
            colours.append(alike(int(self.group.max()) + 1))
        order = Order(columns, colours)
        order.settle([1, 2])
        item = order.places(0)[self.item]
        rater = self.rater if sided else order.places(2)[self.rater]
        value = order.places(1)[self.value] if plain else self.value
        rows = np.lexsort((rater, item))
        group = None if self.group is None else self.group[np.argsort(order.places(0))]
        return replace(self, item=item[rows], rater=rater[rows], value=value[rows], group=group)
