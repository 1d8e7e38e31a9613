"""What the adaptive policy believes after what it saw: the mean of two models, each fitted on from where it stood."""

from __future__ import annotations

from dataclasses import dataclass

from annotation.algorithms.replay.ballots import Ballots
from annotation.algorithms.replay.belief import Belief, mean_of
from annotation.algorithms.replay.board import Board
from annotation.algorithms.replay.confusions import confusions, frequencies
from annotation.algorithms.replay.one_coin import one_coin

FIRST_ROUNDS, LATER_ROUNDS = 30, 8
LARGEST = 5e6
"""So many numbers the tables of people x labels x labels, or of items x labels, may hold."""
MOST_CLASSES = 200
"""What one more label would tell takes the square of the number of labels to work out, for each person and item."""


def too_large(board: Board) -> bool:
    """Whether there are too many labels, of those seen so far, for the models and their tables."""
    cells = board.classes * max(board.workers * board.classes, board.items)
    return board.classes > MOST_CLASSES or cells > LARGEST


@dataclass
class Reader:
    """Keeps what each model believed in the last round: the careful one, and the knowing one."""

    beliefs: tuple[Belief, Belief] | None = None

    def read(self, board: Board) -> Belief:
        """Fit the models to what has been revealed. Something must be."""
        ballots = Ballots.of(board)
        careful, knowing = (old.truth for old in self.beliefs) if self.beliefs else (None, None)
        rounds = LATER_ROUNDS if self.beliefs else FIRST_ROUNDS
        coin = one_coin(ballots, careful, rounds)
        matrices = confusions(ballots, frequencies(ballots, coin.truth), knowing, rounds)
        self.beliefs = coin, matrices
        return mean_of(self.beliefs)
