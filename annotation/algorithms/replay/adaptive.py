"""The adaptive policy: labels where they change an answer, from those who say most, while it is worth its price.

Two models read all that has been revealed (`one_coin`, careful, and `confusions`, knowing); their mean is believed.
Labels are asked for in rounds, each a share of what has been revealed before, and the models are fitted again before
every round:

1. Every item gets its least number of labels, item after item in the drawn order.
2. Then one more for the items in doubt: those whose best answer is less probable than `stop_at`, where the best person
   left is worth asking. That is so when their label is expected to say enough of the truth (the mutual information of
   their label and the truth, in nats), or to make the answer right enough more often: `expected_gain.prices`, by which
   a project's live rule stops too. The most telling come first.
3. At the end nothing is left that is worth asking. What is still likelier wrong than `adjudicate_below` goes to an
   adjudicator.

Of the people left for an item, those are asked whose label is expected to say most; but nobody is asked more than LOAD
times as often as they would be if people were drawn at random, unless an item has nobody else.

An item is settled when the run ends: a later round may find that an answer is less sure than it was, and ask again.

Sources: Lindley (1956), On a measure of the information provided by an experiment, doi:10.1214/aoms/1177728069, for
what a label is expected to say; Sheng, Provost and Ipeirotis (2008), Get another label?, doi:10.1145/1401890.1401965.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from annotation.algorithms.expected_gain import STOP_AT, prices
from annotation.algorithms.replay.asking import Ask, Worth, pick, worth
from annotation.algorithms.replay.ballots import Ballots
from annotation.algorithms.replay.belief import Belief, mean_of
from annotation.algorithms.replay.board import Board, Codes
from annotation.algorithms.replay.confusions import confusions
from annotation.algorithms.replay.one_coin import one_coin
from annotation.algorithms.replay.policy import Endings, first_of

MOST = 8
ADJUDICATE_BELOW = 1 / 3
"""An answer that is wrong twice as often as it is right: guesses of the crowd, which a named person should settle."""
GROWTH, LEAST_ROUND = 0.15, 40
FIRST_ROUNDS, LATER_ROUNDS = 30, 8
TIE = 1e-9
CROWD = 3
"""Of fewer people nothing tells who is right where they differ: they are trusted alike."""
LARGEST = 2e7
"""So many numbers the confusion matrices may hold; beyond, the one-coin model is believed alone."""


@dataclass
class Adaptive:
    """The policy with its limits; it keeps what it believes between rounds."""

    least: int = 2
    most: int = MOST
    stop_at: float = STOP_AT
    adjudicate_below: float = ADJUDICATE_BELOW
    _beliefs: list[Belief] = field(default_factory=list, repr=False)

    def ask(self, board: Board) -> Codes:
        """The next round: the beginnings first, then what is in doubt."""
        most = np.minimum(board.offered, self.most)
        least = np.minimum(most, self.least)
        size = max(LEAST_ROUND, int(GROWTH * board.given.sum()))
        belief = self._read(board)
        missing = (least - board.given)[board.turn]
        begin = board.turn[missing > 0][: max(size // max(self.least, 1), 1)]
        if len(begin):
            return pick(board, belief, Ask(begin, (least - board.given)[begin]))
        if belief is None:
            return np.zeros(0, dtype=np.int64)
        doubtful = np.flatnonzero((board.given < most) & (belief.truth.max(axis=1) < self.stop_at))
        best = worth(board, belief, doubtful)
        return pick(board, belief, Ask.one_each(self._worth_it(doubtful, best)[:size]))

    def progress(self, board: Board) -> float:
        """By the items that have their least number of labels, and then by those not in doubt."""
        begun = float(np.mean(board.given >= np.minimum(board.offered, self.least)))
        if begun < 1 or not self._beliefs:
            return 0.7 * float(begun**0.4)  # the first rounds are small
        sure = (mean_of(self._beliefs).truth.max(axis=1) >= self.stop_at) | (board.given > self.least)
        return 0.7 + 0.3 * float(sure.mean())

    def end(self, board: Board) -> Endings:
        """The most probable class of every item by all that was revealed."""
        belief = self._read(board)
        if belief is None:
            raise ValueError("nothing was revealed")
        top = belief.truth.max(axis=1)
        tied = belief.truth[:, : board.classes] >= top[:, None] - TIE
        return Endings(top < self.adjudicate_below, first_of(board, tied), top, tied)

    def _read(self, board: Board) -> Belief | None:
        """Fit the models to what has been revealed, from where they stood."""
        if not board.given.any():
            return None
        ballots = Ballots.of(board)
        models = [one_coin, confusions] if _can_learn(ballots) else [one_coin]
        before = self._beliefs if len(self._beliefs) == len(models) else [None] * len(models)
        self._beliefs = [
            model(ballots, None if old is None else old.truth, LATER_ROUNDS if old else FIRST_ROUNDS)
            for model, old in zip(models, before, strict=True)
        ]
        return mean_of(self._beliefs)

    def _worth_it(self, items: Codes, best: Worth) -> Codes:
        """The items whose next label is worth its price, the most telling first."""
        nats, points = prices(self.stop_at)
        wanted = (best.nats >= nats) | (best.points >= points)
        order = np.argsort(-best.nats, kind="stable")
        chosen: Codes = items[order[wanted[order]]]
        return chosen


def _can_learn(ballots: Ballots) -> bool:
    """Whether there are people enough to know what each takes for what, and room for it."""
    return len(np.unique(ballots.worker)) >= CROWD and ballots.workers * ballots.classes**2 <= LARGEST
