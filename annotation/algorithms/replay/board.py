"""The board of a replay: what was offered, what has been asked, and nothing of what has not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Offers:
    """All labels there are, a row each: parallel arrays of codes for the item, the worker and the label.

    The rows keep the order of the file. A worker who labelled an item twice is asked once, and says what the last of
    those rows says; the rows before it are never revealed.
    """

    items: int
    workers: int
    item: Codes
    worker: Codes
    label: Codes

    def last_rows(self) -> Codes:
        """The row that counts for every (item, worker), in file order."""
        pair = self.item * self.workers + self.worker
        _, from_behind = np.unique(pair[::-1], return_index=True)
        return np.sort(len(pair) - 1 - from_behind)


class Board:
    """One run. Policies read `item`, `worker`, `order`, `start` and `given`, and the labels of revealed rows only.

    item, worker  (rows,) codes of every row: who may be asked about what
    order         (asked once each,) rows by item, those of one item in an order drawn with the seed
    start         (items + 1,) where each item's rows begin in `order`
    turn          (items,) the items in an order drawn with the seed
    said          (rows,) the label of a revealed row, -1 of any other
    given         (items,) how many labels of each item have been revealed
    names         the labels' codes as `Offers` has them, in the order in which they were first revealed: `said` counts
                  along it, so that a policy cannot learn from a code how many labels there are
    """

    def __init__(self, offers: Offers, seed: int) -> None:
        rng = np.random.default_rng(seed)
        rows = rng.permutation(offers.last_rows())
        self.item, self.worker = offers.item, offers.worker
        self.workers = offers.workers
        self.order: Codes = rows[np.argsort(offers.item[rows], kind="stable")]
        counts = np.bincount(offers.item[rows], minlength=offers.items)
        self.start: Codes = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        self.turn: Codes = rng.permutation(offers.items)
        self.said: Codes = np.full(len(offers.item), -1, dtype=np.int64)
        self.given: Codes = np.zeros(offers.items, dtype=np.int64)
        self.names: list[int] = []
        self._label = offers.label
        self._counts = np.zeros(len(offers.item), dtype=np.bool_)
        self._counts[rows] = True
        self._seen: dict[int, int] = {}
        self._revealed: list[Codes] = []

    @property
    def items(self) -> int:
        """How many items there are."""
        return len(self.given)

    @property
    def classes(self) -> int:
        """How many different labels have been revealed."""
        return len(self.names)

    @property
    def offered(self) -> Codes:
        """How many people may be asked about each item, those who were asked counted in."""
        return np.diff(self.start)

    @property
    def revealed(self) -> Codes:
        """The rows that were asked, in the order in which they were."""
        return np.concatenate(self._revealed) if self._revealed else np.zeros(0, dtype=np.int64)

    def reveal(self, rows: Codes) -> None:
        """Ask for these rows. Raises ValueError for a row that was asked before, or that does not count."""
        if len(np.unique(rows)) != len(rows) or (self.said[rows] >= 0).any():
            raise ValueError("a row is asked twice")
        if not self._counts[rows].all():
            raise ValueError("a person is asked twice about one item")
        for code in self._label[rows].tolist():
            if code not in self._seen:
                self._seen[code] = len(self.names)
                self.names.append(code)
        self.said[rows] = [self._seen[code] for code in self._label[rows].tolist()]
        np.add.at(self.given, self.item[rows], 1)
        self._revealed.append(rows)

    def next_rows(self, items: Codes) -> Codes:
        """Each item's next row in the order drawn, for a run that never chose another. The item must have one."""
        rows: Codes = self.order[self.start[items] + self.given[items]]
        return rows
