"""Distances between two labels: what Krippendorff's alpha calls the difference function.

Krippendorff, K. (2019). Content Analysis, 4th edition, chapter 12. All are squared, and 0 for the same label:

    nominal   1 if c /= k
    interval  (c - k)^2
    ratio     ((c - k) / (c + k))^2                  of numbers from 0 up
    polar     (c - k)^2 / ((c + k - 2 least) (2 most - c - k))
    circular  sin(pi (c - k) / U)^2,  U = most - least + 1

His ordinal one depends on how often each label was given (`ranked`). Sets: `jaccard`, `masi`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.scalars import as_json
from annotation.algorithms.weights import are_numbers, as_floats

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Between = Callable[[Codes, Codes], Floats]
"""Distances of categories by their codes, elementwise with broadcasting."""

_DENSE = 30_000_000  # cells of the table sets x members, in 4 bytes each

Metric = Callable[[Sequence[Hashable]], Between]
"""From the categories in the order of the scale to their distances. Raises ValueError when they do not fit."""


def nominal(categories: Sequence[Hashable]) -> Between:
    """1 between any two."""
    return lambda one, two: np.asarray(one != two, dtype=np.float64)


def interval(categories: Sequence[Hashable]) -> Between:
    """The squared difference of numbers."""
    x = numbers(categories)
    return lambda one, two: np.asarray((x[one] - x[two]) ** 2, dtype=np.float64)


def ratio(categories: Sequence[Hashable]) -> Between:
    """The squared ratio of difference and sum. Two zeros are at no distance."""
    x = numbers(categories)
    return lambda one, two: _share((x[one] - x[two]) ** 2, (x[one] + x[two]) ** 2)


def polar(categories: Sequence[Hashable]) -> Between:
    """For scales with two poles: differences weigh more near the poles."""
    x = numbers(categories)
    least, most = (float(x.min()), float(x.max())) if x.size else (0.0, 0.0)
    return lambda one, two: _share(
        (x[one] - x[two]) ** 2, (x[one] + x[two] - 2 * least) * (2 * most - x[one] - x[two])
    )


def circular(categories: Sequence[Hashable]) -> Between:
    """For scales that end where they begin, such as hours, in steps of 1 from the least to the greatest."""
    x = numbers(categories)
    around = float(x.max() - x.min()) + 1 if x.size else 1.0
    return lambda one, two: np.asarray(np.sin(np.pi * (x[one] - x[two]) / around) ** 2, dtype=np.float64)


def jaccard(categories: Sequence[Hashable]) -> Between:
    """1 - |A and B| / |A or B| of sets written as tuples; two empty sets are at no distance.

    Jaccard, P. (1912). doi:10.1111/j.1469-8137.1912.tb05611.x
    """
    overlap = _overlaps(categories)

    def between(one: Codes, two: Codes) -> Floats:
        shared, union = overlap(one, two)
        return np.asarray(1 - _share(shared, union, empty=1.0), dtype=np.float64)

    return between


def masi(categories: Sequence[Hashable], *, part: float = 2 / 3, crossing: float = 1 / 3) -> Between:
    """1 - J M: Jaccard's share times 1 for equal sets, `part` when one is in the other, `crossing` when they share
    something, 0 when not.

    Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and pragmatic annotation. LREC.
    """
    overlap = _overlaps(categories)
    size = _sizes(categories)

    def between(one: Codes, two: Codes) -> Floats:
        shared, union = overlap(one, two)
        step = np.where(shared == np.minimum(size[one], size[two]), part, crossing)
        step[shared == union] = 1.0
        return np.asarray(1 - _share(shared, union, empty=1.0) * step, dtype=np.float64)

    return between


def from_matrix(matrix: Sequence[Sequence[float]] | NDArray[Any]) -> Metric:
    """Distances as given, rows and columns in the order of the categories."""

    def metric(categories: Sequence[Hashable]) -> Between:
        table = np.asarray(matrix, dtype=np.float64)
        if table.shape != (len(categories),) * 2:
            raise ValueError(f"distances of shape {table.shape} do not fit {len(categories)} categories")
        if not np.isfinite(table).all() or (table < 0).any() or np.diagonal(table).any():
            raise ValueError("distances are finite, from 0 up, and 0 from a label to itself")
        if not np.allclose(table, table.T):
            raise ValueError("distances are the same both ways")
        return lambda one, two: np.asarray(table[one, two], dtype=np.float64)

    return metric


def from_function(distance: Callable[[Any, Any], float]) -> Metric:
    """Distances by a function of two labels, asked once for each pair of categories."""

    def metric(categories: Sequence[Hashable]) -> Between:
        given = [as_json(label) for label in categories]
        return from_matrix([[distance(one, two) for two in given] for one in given])(categories)

    return metric


LEVELS: dict[str, Metric] = {
    "nominal": nominal,
    "interval": interval,
    "ratio": ratio,
    "polar": polar,
    "circular": circular,
    "jaccard": jaccard,
    "masi": masi,
}

NUMERIC = frozenset({interval, ratio, polar, circular})
"""Those that only numbers have."""


def numbers(categories: Sequence[Hashable]) -> Floats:
    """The categories as numbers. Raises ValueError when one is not a number."""
    if not are_numbers(categories):
        raise ValueError("the labels are not numbers")
    return as_floats(categories)


def ranked(times: Floats) -> Floats:
    """Positions (..., q) of categories given (..., q) times each, such that Krippendorff's ordinal distance is the
    squared difference of positions: half a category's own labels and all below it, as a share of all.

        d_ck^2 = (sum of n_g from c to k - (n_c + n_k) / 2)^2
    """
    below = np.cumsum(times, axis=-1) - times / 2
    total = times.sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(below, total, out=np.zeros_like(below), where=total > 0), dtype=np.float64)


def _share(part: Floats, whole: Floats, empty: float = 0.0) -> Floats:
    part, whole = np.broadcast_arrays(part, whole)
    quotient = np.divide(part, whole, out=np.full(part.shape, empty), where=whole > 0)
    return np.asarray(quotient, dtype=np.float64)


def _members(label: Hashable) -> tuple[Hashable, ...]:
    if not isinstance(label, tuple | frozenset):
        raise ValueError("the labels are not sets")
    return tuple(label)


def _sizes(categories: Sequence[Hashable]) -> Floats:
    return np.array([len(set(_members(label))) for label in categories], dtype=np.float64)


def _overlaps(categories: Sequence[Hashable]) -> Callable[[Codes, Codes], tuple[Floats, Floats]]:
    """How many members two sets share, and how many they have together.

    Of every row with every column that is a product of tables sets x members, unless there are too many members; else
    sets are bits of 64-bit words.
    """
    sets = [_members(label) for label in categories]
    place = {member: at for at, member in enumerate(dict.fromkeys(m for label in sets for m in label))}
    words = np.zeros((len(sets), max(1, -(-len(place) // 64))), dtype=np.uint64)
    for row, label in enumerate(sets):
        for member in label:
            words[row, place[member] // 64] |= np.uint64(1 << place[member] % 64)
    size = _sizes(categories)
    table = np.zeros(
        (len(sets), len(place)) if len(sets) * len(place) <= _DENSE else (0, 0), dtype=np.float32
    )
    if table.size:
        for row, label in enumerate(sets):
            table[row, [place[member] for member in label]] = 1

    def overlap(one: Codes, two: Codes) -> tuple[Floats, Floats]:
        if table.size and one.ndim == 2 and one.shape[1] == 1:
            shared = (table[one[:, 0]] @ table[two.reshape(-1)].T).astype(np.float64)
        else:
            shared = np.bitwise_count(words[one] & words[two]).sum(axis=-1, dtype=np.float64)
        return shared, np.asarray(size[one] + size[two] - shared, dtype=np.float64)

    return overlap
