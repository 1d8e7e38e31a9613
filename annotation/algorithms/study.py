"""A study: items by raters, with missing labels, in the form the measures read."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.canonical import inputs_hash, sort_key
from annotation.algorithms.counts import Codes, Counts
from annotation.algorithms.patterns import Label, Patterns
from annotation.algorithms.scalars import as_labels, one_way
from annotation.algorithms.weights import are_numbers, as_floats

Floats = NDArray[np.float64]
Repeats = Literal["first", "last", "keep"]


@dataclass(frozen=True, eq=False)
class Study:
    """Labels as three parallel arrays of codes into `items`, `raters` and `categories`, sorted by item and
    rater.

    A pair (item, rater) that is absent is a missing label. A label is a JSON scalar; a set or a ranking is a
    tuple of them (a set sorted); marked spans are a sorted tuple of `(start, end, label)`; relations likewise.
    `categories` stands in the order of the scale (ordinal measures read it), used or not.
    `group` gives each item the code of the document (or party) it belongs to: items of one group are resampled
    together. `extent` is the length of each item's text in code points, which measures of spans need.
    """

    items: tuple[Hashable, ...]
    raters: tuple[Hashable, ...]
    categories: tuple[Label, ...]
    item: Codes
    rater: Codes
    value: Codes
    group: Codes | None = None
    extent: Codes | None = None

    @classmethod
    def from_triples(
        cls,
        triples: Iterable[tuple[Hashable, Hashable, Label | None]],
        *,
        repeats: Repeats = "last",
        categories: Sequence[Label] = (),
        groups: Mapping[Hashable, Hashable] | None = None,
        extents: Mapping[Hashable, int] | None = None,
    ) -> Study:
        """Build a study from (item, rater, label) triples in the order in which the labels were given.

        None is a missing label; `True` is another label than `1` (`scalars.Boolean`), and `1.0` the same. `repeats`
        says what becomes of a rater's second label on an item: the `last` one counts (a correction), the `first` one
        does, or both are kept as if two raters had given them. Measures that compare one rater with another (Cohen's,
        Scott's, Light's and Conger's kappa, forms 2 and 3 of ICC, Kendall's W) then have the reason
        `repeated_labels`.
        """
        given = [triple for triple in triples if triple[2] is not None]
        columns = zip(*given, strict=True) if given else ((), (), ())
        items_given, raters_given, labels_given = columns
        (items, item), (raters, rater) = _coded(items_given), _coded(raters_given)
        labels, value = _coded(as_labels(labels_given))
        labels = tuple(map(one_way, labels))
        if repeats != "keep":
            counting = _counting(item, rater, repeats)
            item, rater, value = item[counting], rater[counting], value[counting]
        used = np.unique(value)
        scale = tuple(
            dict.fromkeys((*map(one_way, as_labels(categories)), *(labels[code] for code in used.tolist())))
        )
        place = {label: code for code, label in enumerate(scale)}
        onto = np.array([place[labels[code]] for code in used.tolist()], dtype=np.int64)
        value = onto[np.searchsorted(used, value)] if used.size else value
        group = None if groups is None else _group_codes(items, groups)
        extent = None if extents is None else np.array([extents[one] for one in items], dtype=np.int64)
        order = np.lexsort((value, rater, item))
        return cls(items, raters, scale, item[order], rater[order], value[order], group, extent)

    @cached_property
    def counts(self) -> Counts:
        """This study's items by pattern of labels, as arrays over all its categories."""
        return Counts.of_labels(self.item, self.value, self.categories)

    @cached_property
    def numbers(self) -> Floats:
        """The categories as numbers. Raises ValueError when one is not a number."""
        if not are_numbers(self.categories):
            raise ValueError("the labels are not numbers")
        return as_floats(self.categories)

    @cached_property
    def repeating(self) -> Codes:
        """The raters who have two labels on one item (`repeats="keep"`), for which some measures have no place."""
        same = (np.diff(self.item) == 0) & (np.diff(self.rater) == 0)
        found: Codes = np.unique(self.rater[1:][same])
        return found

    def patterns(self) -> Patterns:
        """The table of this study's items by pattern of labels."""
        return self.counts.patterns()

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


def _coded(column: Sequence[Hashable]) -> tuple[tuple[Hashable, ...], Codes]:
    """The different keys of a column in canonical order, and which of them each row has."""
    met: dict[Hashable, int] = {}
    codes = np.array([met.setdefault(key, len(met)) for key in column], dtype=np.int64)
    keys = sorted(met, key=sort_key)
    place = np.empty(len(keys), dtype=np.int64)
    place[[met[key] for key in keys]] = np.arange(len(keys))
    return tuple(keys), place[codes] if codes.size else codes


def _counting(item: Codes, rater: Codes, repeats: Repeats) -> Codes:
    """Of every rater's labels on an item the row that counts."""
    order = np.lexsort((rater, item))  # stable: what a rater gave first on an item comes first
    differs = (np.diff(item[order]) != 0) | (np.diff(rater[order]) != 0)
    edge = np.ones(min(1, order.size), dtype=bool)
    found: Codes = order[np.concatenate([differs, edge] if repeats == "last" else [edge, differs])]
    return found


def _group_codes(items: tuple[Hashable, ...], groups: Mapping[Hashable, Hashable]) -> Codes:
    named = [groups.get(item, ("", item)) for item in items]
    index = {group: code for code, group in enumerate(dict.fromkeys(named))}
    return np.array([index[group] for group in named], dtype=np.int64)
