"""Which labels were said of which item, and how often: only pairs that occur, whatever the number of labels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.replay.board import Board, Codes


@dataclass(frozen=True, eq=False)
class Pairs:
    """Items with labels, a row each: parallel arrays, sorted by item and label. `label` is as `Board.said` counts."""

    item: Codes
    label: Codes

    def sizes(self, items: int) -> Codes:
        """(items,): how many labels each item has here."""
        return np.bincount(self.item, minlength=items)


@dataclass(frozen=True, eq=False)
class Tally:
    """How often each label was said of each item: `count` (pairs,) beside `pairs`; of so many `items`."""

    items: int
    pairs: Pairs
    count: Codes

    @classmethod
    def of(cls, board: Board) -> Tally:
        """What a board has revealed."""
        rows = board.revealed
        classes = max(board.classes, 1)
        cell, count = np.unique(board.item[rows] * classes + board.said[rows], return_counts=True)
        return cls(board.items, Pairs(cell // classes, cell % classes), count.astype(np.int64))

    @property
    def top(self) -> Codes:
        """(items,): how often the most frequent label of each item was said; 0 for an item without labels."""
        most = np.zeros(self.items, dtype=np.int64)
        np.maximum.at(most, self.pairs.item, self.count)
        return most

    @property
    def leading(self) -> Pairs:
        """The most frequent labels of each item; several where they tie."""
        first = self.count == self.top[self.pairs.item]
        return Pairs(self.pairs.item[first], self.pairs.label[first])

    @property
    def lead(self) -> Codes:
        """(items,): by how much each item's most frequent label leads the next; 0 where several tie."""
        top, first = self.top, self.count == self.top[self.pairs.item]
        second = np.zeros(self.items, dtype=np.int64)
        np.maximum.at(second, self.pairs.item[~first], self.count[~first])
        tied = self.leading.sizes(self.items) > 1
        return np.where(tied, 0, top - second)

    def patterns(self) -> list[tuple[int, ...]]:
        """Of each item how often its labels were said, the most frequent first."""
        order = np.lexsort((-self.count, self.pairs.item))
        found: list[list[int]] = [[] for _ in range(self.items)]
        for item, times in zip(self.pairs.item[order].tolist(), self.count[order].tolist(), strict=True):
            found[item].append(times)
        return [tuple(one) for one in found]


def tied_of(belief: NDArray[np.float64], classes: int, tie: float) -> Pairs:
    """The most probable of the first `classes` columns of each item, from its probabilities (items, columns)."""
    item, label = np.nonzero(belief[:, :classes] >= belief.max(axis=1, keepdims=True) - tie)
    return Pairs(item, label)
