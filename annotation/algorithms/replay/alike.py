"""Everybody is trusted alike: what is done where people cannot be told apart.

Who gave few labels has shown little of themselves: what a model says of them is what it supposed. Of a crowd of such
people not even the mean can be learned: labels alone do not tell a crowd that is right from one that errs together, and
models that try take a frequent label, or their own first answers, for the truth. There everybody counts as a project's
live rule counts who was never tested, and the live rule itself (`stopping.stands`) says when to stop. The answer is
the most frequent label, so it is never worse than a majority of the same labels.

The votes of people who are trusted alike differ by their labels only, so the decision depends on the pattern of an
item's counts; each pattern is decided once. Nothing here is as large as items x labels.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.expected_gain import expected_gain
from annotation.algorithms.replay.board import Board
from annotation.algorithms.replay.tally import Tally
from annotation.algorithms.stopping import NEXT, Outcome, Votes, stands

FEW = 25
"""So many labels of a person weigh as much as what is supposed of them: five errors (`one_coin.FIRM`) at the supposed
rate of one in five."""
CROWD = 3
"""Of fewer people nothing tells who is right where they differ."""

Pattern = tuple[int, ...]


def alike(board: Board) -> bool:
    """Whether people are too few, or give too few labels each, to be told apart: of all labels that may be asked for,
    the half comes from people who may be asked for fewer than FEW."""
    given = np.bincount(board.worker[board.order], minlength=board.workers)
    typical = float(np.median(given[board.worker[board.order]])) if len(board.order) else 0.0
    return too_few(board) or typical < FEW


def too_few(board: Board) -> bool:
    """Whether fewer than `CROWD` people may be asked."""
    return len(np.unique(board.worker[board.order])) < CROWD


def decide(
    board: Board, tally: Tally, stop_at: float, most: NDArray[np.int64]
) -> list[tuple[Outcome, float, float]]:
    """Of every item how it stands by the live rule, its best answer's probability, and the nats that one more label
    would tell.

    `most` (items,) is how many labels each may get.
    """
    size = max(board.classes, 2)

    @cache
    def decided(pattern: Pattern, most: int) -> tuple[Outcome, float, float]:
        votes = votes_of(pattern)
        return *stands(votes, size, most, stop_at), expected_gain(votes, size, NEXT).nats

    return [decided(*one) for one in zip(tally.patterns(), most.tolist(), strict=True)]


def votes_of(pattern: Pattern) -> Votes:
    """A pattern's votes, by people who are trusted as who was never tested."""
    return [(label, NEXT) for label, times in enumerate(pattern) for _ in range(times)]
