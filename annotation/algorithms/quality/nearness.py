"""Which of many texts are nearly the same as one of another group, by their sketches alone: 300 bytes a text in memory.

Texts are compared that agree in one of eight bands of their sketches, as `sketches.py` does with whole keys. Of a band
that more than MOST_OF_A_BAND texts of a group share, each text is compared with the first of them: the work grows with
the number of texts and not with its square.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.quality.sketches import ALIKE, BANDS, PLACES, ROWS

MOST_OF_A_BAND = 64


@dataclass(frozen=True)
class Rows:
    """Texts in their order: `items` are numbers, `splits` places in `names`, `keys` equal for equal texts.

    `sketches` is (texts, PLACES).
    """

    items: NDArray[np.int64]
    splits: NDArray[np.int8]
    names: tuple[str, ...]
    keys: NDArray[np.int64]
    sketches: NDArray[np.uint16]


def rows_of(found: Iterable[tuple[int, str, int | None, bytes | memoryview[int]]]) -> Rows:
    """Item, split, key and sketch of each text, as arrays."""
    items, splits, keys, sketches = list[int](), list[int](), list[int](), bytearray()
    names: dict[str, int] = {}
    for item, split, key, sketch in found:
        items.append(item)
        splits.append(names.setdefault(split, len(names)))
        keys.append(key or 0)
        sketches += sketch
    return Rows(
        np.array(items, np.int64),
        np.array(splits, np.int8),
        tuple(names),
        np.array(keys, np.int64),
        np.frombuffer(sketches, "<u2").reshape(-1, PLACES),
    )


def across(rows: Rows) -> dict[int, tuple[int, float]]:
    """By its place in `rows`, each text that is nearly the same as one of another split: which, and how like.

    Equal texts (the same key) are told of elsewhere.
    """
    found: dict[int, tuple[int, float]] = {}
    for band in range(BANDS):
        part = np.ascontiguousarray(rows.sketches[:, band * ROWS : (band + 1) * ROWS])
        _, which = np.unique(part.view([("", part.dtype)] * ROWS), return_inverse=True)
        order = np.argsort(which.ravel(), kind="stable")
        ends = np.flatnonzero(np.diff(which.ravel()[order], append=-1)) + 1
        begin = 0
        for end in ends.tolist():
            if end - begin > 1:
                _compare(rows, order[begin:end], found)
            begin = end
    return dict(sorted(found.items()))


def _compare(rows: Rows, among: NDArray[np.int64], found: dict[int, tuple[int, float]]) -> None:
    """Each of those that share a band with the first of every other split."""
    splits = rows.splits[among]
    if (splits == splits[0]).all():
        return
    firsts = np.concatenate([among[splits == split][:MOST_OF_A_BAND] for split in np.unique(splits)])
    for one in among.tolist():
        others = firsts[(rows.splits[firsts] != rows.splits[one]) & (rows.keys[firsts] != rows.keys[one])]
        if one in found or not len(others):
            continue
        alike = (rows.sketches[others] == rows.sketches[one]).mean(axis=1)
        best = int(alike.argmax())
        if alike[best] >= ALIKE:
            found[one] = (int(others[best]), float(alike[best]))
