"""A policy to compare with: smoothed Dawid-Skene, and a label more while no class reaches a posterior.

It is what is usually done. It trusts its posterior as it is, and asks whoever comes next in the drawn order.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from annotation.algorithms.replay.board import Board, Codes
from annotation.algorithms.replay.policy import Endings
from annotation.algorithms.replay.reading import too_large
from annotation.algorithms.replay.tally import Pairs
from annotation.algorithms.truth.dawid_skene import smoothed
from annotation.algorithms.truth.labels import Floats, Labels
from annotation.algorithms.truth.methods import TooManyClasses

STOP_AT = 0.9
GROWTH, LEAST_ROUND = 0.15, 40


@dataclass
class DawidSkene:
    """Ask until the posterior of the smoothed model reaches `stop_at`, between a least and a most number of labels.

    Raises TooManyClasses where the model's tables would be too large.
    """

    least: int = 2
    most: int | None = None
    stop_at: float = STOP_AT
    _sure: float = field(default=0.0, repr=False)

    def ask(self, board: Board) -> Codes:
        """The next label of every item that has too few, then of those in doubt, a round at a time."""
        most = board.offered if self.most is None else np.minimum(board.offered, self.most)
        begin = np.flatnonzero(board.given < np.minimum(most, self.least))
        if len(begin):
            return board.next_rows(begin)
        sure = _posterior(board).max(axis=1) >= self.stop_at
        self._sure = float(np.mean(sure | (board.given >= most)))
        doubtful = board.turn[(~sure & (board.given < most))[board.turn]]
        return board.next_rows(doubtful[: max(LEAST_ROUND, int(GROWTH * board.given.sum()))])

    def progress(self, board: Board) -> float:
        """By the items that are sure, or have no more labels."""
        return self._sure

    def end(self, board: Board) -> Endings:
        """The most probable class of every item."""
        posterior = _posterior(board)
        answer = posterior.argmax(axis=1)
        tied = Pairs(np.arange(board.items), answer)
        return Endings(np.zeros(board.items, dtype=np.bool_), answer, posterior.max(axis=1), tied)


def _posterior(board: Board) -> Floats:
    if too_large(board):
        raise TooManyClasses(f"{board.classes:,} classes")
    rows = board.revealed
    labels = Labels.from_codes(
        range(board.items),
        range(board.workers),
        range(board.classes),
        board.item[rows],
        board.worker[rows],
        board.said[rows],
    )
    return smoothed(labels).posterior
