"""The labels that a replay has revealed, as the models of the adaptive policy read them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.replay.board import Board, Codes

Floats = NDArray[np.float64]

BALLAST = 0.01
"""Added to every count where shares are made of them: a label nobody gave is improbable, not impossible."""


@dataclass(frozen=True, eq=False)
class Ballots:
    """L labels of I items by W people in K classes: parallel arrays of codes."""

    items: int
    workers: int
    classes: int
    item: Codes
    worker: Codes
    label: Codes

    @classmethod
    def of(cls, board: Board) -> Ballots:
        """What a board has revealed. There are at least two classes: of one, nothing could be doubted."""
        rows = board.revealed
        classes = max(board.classes, 2)
        return cls(
            board.items, board.workers, classes, board.item[rows], board.worker[rows], board.said[rows]
        )

    @cached_property
    def counts(self) -> Floats:
        """(I, K): how often each label was given of each item."""
        cells = self.items * self.classes
        return (
            np.bincount(self.item * self.classes + self.label, minlength=cells)
            .reshape(self.items, self.classes)
            .astype(np.float64)
        )

    @cached_property
    def labelled(self) -> NDArray[np.bool_]:
        """(I,): the items with a label."""
        return np.asarray(self.counts.any(axis=1))

    @cached_property
    def shares(self) -> Floats:
        """(I, K): each label's share of its item's labels, the uniform for an item without."""
        filled = self.counts + BALLAST
        return np.asarray(filled / filled.sum(axis=1, keepdims=True))

    def by_item(self, values: Floats) -> Floats:
        """(I,): the sum over each item's labels of one value a label."""
        return np.asarray(np.bincount(self.item, weights=values, minlength=self.items), dtype=np.float64)

    def by_worker(self, values: Floats) -> Floats:
        """(W,): the sum over each person's labels of one value a label."""
        return np.asarray(np.bincount(self.worker, weights=values, minlength=self.workers), dtype=np.float64)
