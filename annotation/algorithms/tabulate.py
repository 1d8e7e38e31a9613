"""Items by pattern of labels, counted in a few passes over the labels.

Every item's labels are written as one whole number, and the numbers are counted. With q categories and m labels on
every item the number is the labels one after another, in base q (q^m cells, few of them: the cells of one pattern are
added up afterwards). Where items have at most m labels, m are read of each, those beyond its own as well, and before
them stands how many are its own ((m + 1) q^m cells; what is not its own is dropped from the few cells). Else it is the
sum over labels of (m + 1)^label, which is one number for each pattern, where that fits 63 bits. Where neither does, it
is a sum of random numbers, one for each category, modulo 2^64: two patterns of a million meet with a chance of about
10^-7, and that is checked.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]

_CELLS = 1 << 16  # as many numbers are counted in a table; more are sorted
_BITS = 63
_DIGITS = 16  # labels of an item that are read one after another
_FEW = 4  # cells an item, up to which a table is faster than sorting


def tabulated(item: Codes, value: Codes, categories: int) -> tuple[Codes, Codes]:
    """Patterns (patterns, categories) as how often each label is in them, and how many items have each (patterns,).

    `item` and `value` (labels,) are codes, sorted by item, at least one. Patterns come in the order of their rows.
    """
    each = _rectangle(item)
    if each and categories**each <= _CELLS:
        return _in_order(*_ordered(value.reshape(-1, each).T, categories))
    first = np.flatnonzero(np.append(True, item[1:] != item[:-1]))
    size = np.diff(first, append=value.size)
    most = int(size.max())
    if most <= _DIGITS and (most + 1) * categories**most <= _FEW * _CELLS:
        return _in_order(*_padded(value, first, size, categories))
    if categories * np.log2(most + 1) < _BITS:
        return _in_order(*_by_sum(value, first, most + 1, categories))
    return _in_order(*_by_hash(value, first, size, categories))


def _rectangle(item: Codes) -> int:
    """How many labels every item has, or 0 where they differ."""
    each = int(np.searchsorted(item, item[0], side="right"))
    if item.size % each or (item[::each] != item[each - 1 :: each]).any():
        return 0
    heads = item[::each]
    return each if (heads[1:] != heads[:-1]).all() else 0


def _ordered(columns: Codes, categories: int) -> tuple[Codes, Codes]:
    """`columns` (labels, items) as numbers in base `categories`, counted."""
    code = columns[0].astype(np.int32)
    for column in columns[1:]:
        code *= categories
        code += column.astype(np.int32)
    return _spelled(code, len(columns), categories)


def _spelled(code: NDArray[np.int32], digits: int, base: int) -> tuple[Codes, Codes]:
    """How often each digit is in each number that occurs, (numbers, base), and how often the number does."""
    counts = np.bincount(code)
    found = np.flatnonzero(counts)
    times = np.zeros((len(found), base), dtype=np.int64)
    rest, row = found, np.arange(len(found))
    for _ in range(digits):
        rest, digit = np.divmod(rest, base)
        times[row, digit] += 1
    return times, counts[found]


def _padded(value: Codes, first: Codes, size: Codes, categories: int) -> tuple[Codes, Codes]:
    """As many labels of each item as the fullest one has, counted by their order and by how many are its own."""
    most = int(size.max())
    narrow = np.int8 if categories <= 128 else np.int32
    labels = np.append(value.astype(narrow), np.zeros(most, dtype=narrow))
    code = size.astype(np.int32)
    for at in range(most):
        code *= categories
        code += labels[at:].take(first)
    counts = np.bincount(code)
    found = np.flatnonzero(counts)
    own = found // categories**most
    times = np.zeros((len(found), categories), dtype=np.int64)
    rest = found
    for at in reversed(range(most)):
        rest, digit = np.divmod(rest, categories)
        rows = np.flatnonzero(at < own)
        times[rows, digit[rows]] += 1
    return times, counts[found]


def _by_sum(value: Codes, first: Codes, base: int, categories: int) -> tuple[Codes, Codes]:
    """Sums over an item's labels of `base` to the power of the label, counted."""
    weights = base ** np.arange(categories, dtype=np.int64)
    keys = _added(weights.take(value), first)
    if base**categories <= _FEW * len(keys):
        table = np.bincount(keys)
        found = np.flatnonzero(table)
        counts = table[found]
    else:
        found, counts = np.unique(keys, return_counts=True)
    return found[:, None] // weights % base, counts


def _by_hash(value: Codes, first: Codes, size: Codes, categories: int) -> tuple[Codes, Codes]:
    """Sums of random numbers; each one's pattern is that of the first item that has it.

    Raises ValueError when another item's is not the same by a second sum.
    """
    keys, again = (_added(_random(seed, categories).take(value), first) for seed in (0, 1))
    _, example, place, counts = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    if (again != again[example][place]).any() or (size != size[example][place]).any():
        raise ValueError("two patterns of labels have one key")
    reach = size[example]
    row = np.repeat(np.arange(len(example)), reach)
    at = np.arange(len(row)) + np.repeat(first[example] - (np.cumsum(reach) - reach), reach)
    cells = row * categories + value[at]
    times = np.bincount(cells, minlength=len(example) * categories).reshape(-1, categories)
    return times, counts


def _added(numbers: Codes, first: Codes) -> Codes:
    """The sum from each place in `first` to the next, modulo 2^64: of running sums, four times faster than reduceat."""
    last = np.append(first[1:], len(numbers)) - 1
    return np.diff(np.cumsum(numbers)[last], prepend=0)


def _random(seed: int, categories: int) -> Codes:
    return np.random.default_rng(seed).integers(-(1 << 63), (1 << 63) - 1, size=categories)


def _in_order(times: Codes, counts: Codes) -> tuple[Codes, Codes]:
    """Rows sorted from the first column on, equal ones as one."""
    order = np.lexsort(times.T[::-1])
    rows = times[order]
    first = np.flatnonzero(np.append(True, (rows[1:] != rows[:-1]).any(axis=1)))
    return rows[first], np.add.reduceat(counts[order], first)
