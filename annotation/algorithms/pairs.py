"""The items two raters share."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

import numpy as np

from annotation.algorithms.counts import Codes
from annotation.algorithms.order import Order, alike, apart
from annotation.algorithms.study import Study

NARROW = 64
"""More labels that were never agreed on than these are not looked at one by one."""


@dataclass(frozen=True, eq=False)
class Shared:
    """Kinds of shared items: codes of the labels of the `first` and `second` rater, how many `items` there are of each.

    All are (kinds,). `group` is the document of each kind, which then is one item; `item` its code in the study.
    """

    first: Codes
    second: Codes
    items: Codes
    group: Codes | None
    item: Codes | None = None


def shared_items(study: Study, first: Hashable, second: Hashable) -> Shared:
    """One kind for each item that both labelled.

    Raises KeyError for an unknown rater, ValueError when one has two labels on one item.
    """
    return _shared(study, _labels_of(study, first), _labels_of(study, second))


def every_pair(study: Study) -> Iterator[tuple[Hashable, Hashable, Shared]]:
    """`shared_items` of every two raters, in the order of the study. Raises ValueError as it does."""
    order = np.argsort(study.rater, kind="stable")
    ends = np.searchsorted(study.rater[order], np.arange(len(study.raters) + 1))
    rows = [order[low:high] for low, high in pairwise(ends)]
    given = [_unrepeated(study.item[mine], study.value[mine]) for mine in rows]
    for one, two in combinations(range(len(study.raters)), 2):
        yield study.raters[one], study.raters[two], _shared(study, given[one], given[two])


def merged(shared: Shared, width: int) -> Shared:
    """The same with equal kinds together, where no documents keep them apart."""
    if shared.group is not None:
        return shared
    cells, which = np.unique(shared.first * width + shared.second, return_inverse=True)
    items = np.bincount(which, shared.items, minlength=len(cells)).astype(np.int64)
    return Shared(cells // width, cells % width, items, None)


def in_own_order(shared: Shared, width: int, *, named: bool, sided: bool) -> Shared:
    """The same with kinds, labels and raters in an order that does not depend on who is first.

    Nor on what the `width` labels are called, unless they are `named` by their place; raters keep theirs if `sided`.
    """
    if not len(shared.items):
        return shared
    kind, side = (code.ravel() for code in np.indices((len(shared.items), 2)))
    label = np.column_stack([shared.first, shared.second])
    columns = [kind, label.ravel(), side]
    colours = [
        apart(shared.items),
        apart(np.arange(width)) if named else alike(width),
        apart(np.arange(2)) if sided else alike(2),
    ]
    if shared.group is not None:
        columns.append(np.repeat(shared.group, 2))
        colours.append(alike(int(shared.group.max()) + 1))
    order = Order(columns, colours)
    order.settle([1, 2])
    kinds, sides = np.argsort(order.places(0)), np.argsort(order.places(2))
    given = label if named else order.places(1)[label]
    first, second = given[kinds][:, sides].T
    group = None if shared.group is None else shared.group[kinds]
    return Shared(first, second, shared.items[kinds], group)


def with_unanimous(shared: Shared) -> Shared:
    """The same with kinds of 0 items: both give the same label, for each that was given but never by both.

    They could have been seen, and an interval has to reckon with them (see `bootstrap`).
    """
    agreed = shared.first[shared.first == shared.second]
    new = np.setdiff1d(np.union1d(shared.first, shared.second), agreed)
    if len(new) > NARROW:
        return shared
    group = shared.group
    if group is not None:
        group = np.append(group, np.arange(len(new)) + group.max(initial=-1) + 1)
    items = np.append(shared.items, np.zeros(len(new), dtype=np.int64))
    return Shared(np.append(shared.first, new), np.append(shared.second, new), items, group)


def repeat(study: Study, *raters: Hashable) -> bool:
    """Whether one of some raters has two labels on one item. Raises KeyError for an unknown rater."""
    return any(_code(study, rater) in study.repeating for rater in raters)


def only_of(study: Study, *raters: Hashable) -> Study:
    """The labels of some raters on the items that all of them labelled. Raises KeyError for an unknown rater."""
    codes = [_code(study, rater) for rater in raters]
    theirs = np.isin(study.rater, codes)
    enough = np.bincount(study.item[theirs], minlength=len(study.items)) >= len(codes)
    kept = theirs & enough[study.item]
    return replace(study, item=study.item[kept], rater=study.rater[kept], value=study.value[kept])


def _labels_of(study: Study, rater: Hashable) -> tuple[Codes, Codes]:
    mine = study.rater == _code(study, rater)
    return _unrepeated(study.item[mine], study.value[mine])


def _unrepeated(items: Codes, values: Codes) -> tuple[Codes, Codes]:
    if len(items) > 1 and (items[1:] == items[:-1]).any():
        raise ValueError("a rater has two labels on one item; reduce repeats first")
    return items, values


def _shared(study: Study, first: tuple[Codes, Codes], second: tuple[Codes, Codes]) -> Shared:
    both, one, two = np.intersect1d(first[0], second[0], assume_unique=True, return_indices=True)
    group = None if study.group is None else study.group[both]
    return Shared(first[1][one], second[1][two], np.ones(len(both), dtype=np.int64), group, both)


def _code(study: Study, rater: Hashable) -> int:
    if rater not in study.raters:
        raise KeyError(rater)
    return study.raters.index(rater)
