"""Labels of one question as the arrays that every method of truth inference reads."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.canonical import sort_key

Codes = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Labels:
    """N items, W annotators and K classes, and L labels as three parallel arrays of codes into them.

    Rows are sorted by item, annotator and class, so that no result depends on the order in which labels came.
    Somebody's second label of an item is one more label (as in the paper of 1979). An item may have no label.
    """

    items: tuple[Hashable, ...]
    annotators: tuple[Hashable, ...]
    classes: tuple[Hashable, ...]
    item: Codes
    annotator: Codes
    value: Codes

    @classmethod
    def from_codes(
        cls,
        items: Sequence[Hashable],
        annotators: Sequence[Hashable],
        classes: Sequence[Hashable],
        item: Iterable[int] | Codes,
        annotator: Iterable[int] | Codes,
        value: Iterable[int] | Codes,
    ) -> Labels:
        """Labels from codes in any order of rows. Raises ValueError for a code that names nothing."""
        columns = [np.asarray(column, dtype=np.int64).reshape(-1) for column in (item, annotator, value)]
        for column, names in zip(columns, (items, annotators, classes), strict=True):
            if column.size != columns[0].size:
                raise ValueError("the columns differ in length")
            if column.size and not 0 <= column.min() <= column.max() < len(names):
                raise ValueError("a code names nothing")
        order = np.lexsort((columns[2], columns[1], columns[0]))
        ordered = (column[order] for column in columns)
        return cls(tuple(items), tuple(annotators), tuple(classes), *ordered)

    @classmethod
    def from_triples(
        cls, triples: Iterable[tuple[Hashable, Hashable, Hashable]], *, classes: Sequence[Hashable] = ()
    ) -> Labels:
        """Labels from (item, annotator, label) triples; `classes` are those of the scale, used or not."""
        given = list(triples)
        names: list[tuple[Any, ...]] = [
            tuple(sorted({triple[at] for triple in given}, key=sort_key)) for at in range(3)
        ]
        names[2] = tuple(dict.fromkeys((*classes, *names[2])))
        index = [{name: code for code, name in enumerate(column)} for column in names]
        codes = [[index[at][triple[at]] for triple in given] for at in range(3)]
        return cls.from_codes(*names, *codes)

    @property
    def shape(self) -> tuple[int, int, int]:
        """N, W and K."""
        return len(self.items), len(self.annotators), len(self.classes)

    @cached_property
    def votes(self) -> Floats:
        """How many labels of each class an item has, N x K."""
        n, _, k = self.shape
        return np.bincount(self.item * k + self.value, minlength=n * k).astype(np.float64).reshape(n, k)

    @cached_property
    def shares(self) -> Floats:
        """The share of an item's labels that each class has, N x K; equal shares for an item without labels."""
        size = self.votes.sum(axis=1, keepdims=True)
        return np.where(size > 0, self.votes / np.maximum(size, 1), 1 / max(self.shape[2], 1))

    @cached_property
    def given(self) -> Floats:
        """How many labels each annotator gave, W."""
        given: Floats = np.bincount(self.annotator, minlength=self.shape[1]).astype(np.float64)
        return given

    @cached_property
    def cell(self) -> Codes:
        """Each label's row of a table (annotator, class said), L."""
        return self.annotator * self.shape[2] + self.value

    @cached_property
    def own(self) -> Floats:
        """How many labels of the item are by the label's own annotator, L (1 without repeats)."""
        return _multiplicity(self.item * self.shape[1] + self.annotator)

    @cached_property
    def own_alike(self) -> Floats:
        """How many of these say the same, L."""
        return _multiplicity((self.item * self.shape[1] + self.annotator) * self.shape[2] + self.value)

    @cached_property
    def begins(self) -> Codes:
        """The first row of each item that has labels."""
        return np.flatnonzero(np.diff(self.item, prepend=-1))

    @cached_property
    def people(self) -> Codes:
        """How many different annotators labelled each item, N."""
        alone = np.unique(self.item * max(self.shape[1], 1) + self.annotator) // max(self.shape[1], 1)
        return np.bincount(alone, minlength=self.shape[0])

    def by_item(self, rows: Floats) -> Floats:
        """Sums of a value of each label (L x ...) over the labels of each item (N x ...)."""
        if self.begins.size == self.shape[0]:
            return (
                np.asarray(np.add.reduceat(rows, self.begins, axis=0)) if rows.size else np.zeros_like(rows)
            )
        sums = np.zeros((self.shape[0], *rows.shape[1:]))
        if self.begins.size:
            sums[self.item[self.begins]] = np.add.reduceat(rows, self.begins, axis=0)
        return sums

    def own_sums(self, rows: Floats) -> Floats:
        """Sums of rows (L x K) over the labels of a label's item by its own annotator, L x K (itself, but for
        repeats)."""
        if self.own.max(initial=1.0) == 1.0:
            return rows
        _, group = np.unique(self.item * self.shape[1] + self.annotator, return_inverse=True)
        sums = np.stack([np.bincount(group, weights=rows[:, at]) for at in range(rows.shape[1])], axis=1)
        return np.asarray(sums[group])

    def by_annotator(self, rows: Floats) -> Floats:
        """Sums of a value of each label (L) over the labels of each annotator (W)."""
        return np.asarray(
            np.bincount(self.annotator, weights=rows, minlength=self.shape[1]), dtype=np.float64
        )

    def tables(self, posterior: Floats) -> Floats:
        """Expected counts n[w, t, v] of labels v by annotator w on items of true class t, W x K x K."""
        _, w, k = self.shape
        counts = np.empty((w, k, k))
        columns = np.ascontiguousarray(posterior.T)
        for true in range(k):
            weights = np.take(columns[true], self.item)
            counts[:, true, :] = np.bincount(self.cell, weights=weights, minlength=w * k).reshape(w, k)
        return counts


def _multiplicity(key: Codes) -> Floats:
    _, inverse, counts = np.unique(key, return_inverse=True, return_counts=True)
    return counts[inverse].astype(np.float64)
