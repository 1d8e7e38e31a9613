"""The adaptive policy: labels where they change an answer, from those who say most, while it is worth its price.

Two models read all that has been revealed (`one_coin`, careful, and `confusions`, knowing); their mean is believed.
Labels are asked for in rounds, each a share of what has been revealed before, and the models are fitted again before
every round:

1. Every item gets its least number of labels, item after item in the drawn order.
2. Then one more for the items in doubt: those whose best answer is less probable than `stop_at`, where the best person
   left is worth asking. That is so when their label is expected to say enough of the truth (the mutual information of
   their label and the truth, in nats), or to make the answer right enough more often: `expected_gain.prices`, by which
   a project's live rule stops too. The most telling come first.
3. At the end nothing is left that is worth asking. What is less likely than ADJUDICATE_BELOW goes to an adjudicator.

Of the people left for an item, those are asked whose label is expected to say most; but nobody is asked more than LOAD
times as often as they would be if people were drawn at random, unless an item has nobody else.

Where people cannot be told apart (`alike`), or the models would be too large (`reading.too_large`), everybody is
trusted alike and the live rule says what is in doubt; what is asked, and in which order, is the same.

An item is settled when the run ends: a later round may find that an answer is less sure than it was, and ask again.

Sources: Lindley (1956), On a measure of the information provided by an experiment, doi:10.1214/aoms/1177728069, for
what a label is expected to say; Sheng, Provost and Ipeirotis (2008), Get another label?, doi:10.1145/1401890.1401965.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from annotation.algorithms.expected_gain import STOP_AT, prices
from annotation.algorithms.replay import alike
from annotation.algorithms.replay.asking import Ask, Worth, pick, worth
from annotation.algorithms.replay.board import Board, Codes
from annotation.algorithms.replay.decisions import Decisions, most_telling
from annotation.algorithms.replay.policy import Endings, first_of
from annotation.algorithms.replay.reading import Reader, too_large
from annotation.algorithms.replay.tally import Tally, tied_of
from annotation.algorithms.stopping import Outcome

MOST = 8
ADJUDICATE_BELOW = 1 / 3
"""An answer that is wrong twice as often as it is right: guesses of the crowd, which a named person should settle."""
GROWTH, LEAST_ROUND = 0.15, 40
TIE = 1e-9


@dataclass
class Adaptive:
    """The policy with its limits; it keeps what it believes, and what it said last, between rounds."""

    least: int = 2
    most: int = MOST
    stop_at: float = STOP_AT
    _reader: Reader = field(default_factory=Reader, repr=False)
    _said: Decisions | None = field(default=None, repr=False)
    _alike: bool | None = field(default=None, repr=False)

    def ask(self, board: Board) -> Codes:
        """The next round: the beginnings first, then what is in doubt."""
        least = np.minimum(self._most(board), self.least)
        size = max(LEAST_ROUND, int(GROWTH * board.given.sum()))
        missing = (least - board.given)[board.turn]
        begin = board.turn[missing > 0][: max(size // max(self.least, 1), 1)]
        if len(begin):
            belief = self._reader.read(board) if board.given.any() and not self.trusts_alike(board) else None
            return pick(board, belief, Ask(begin, (least - board.given)[begin]))
        if not board.given.any():
            return np.zeros(0, dtype=np.int64)
        self._said = self.decide(board)
        return pick(board, self._said.belief, Ask.one_each(self._said.asking[:size]))

    def decide(self, board: Board) -> Decisions:
        """What is said of every item from what has been revealed. Raises ValueError where nothing was."""
        if not board.given.any():
            raise ValueError("nothing was revealed")
        return self._trusting_alike(board) if self.trusts_alike(board) else self._modelled(board)

    def trusts_alike(self, board: Board) -> bool:
        """Whether people cannot be told apart here, by how many labels each may give; or by the labels' number."""
        if self._alike is None:
            self._alike = alike.alike(board)
        self._alike = self._alike or too_large(board)  # labels become more, never fewer
        return self._alike

    def progress(self, board: Board) -> float:
        """By the items that have their least number of labels, and then by those not in doubt."""
        begun = float(np.mean(board.given >= np.minimum(board.offered, self.least)))
        if begun < 1 or self._said is None:
            return 0.7 * float(begun**0.4)  # the first rounds are small
        sure = (self._said.probability >= self.stop_at) | (board.given > self.least)
        return 0.7 + 0.3 * float(sure.mean())

    def end(self, board: Board) -> Endings:
        """The most probable class of every item by all that was revealed."""
        said = self.decide(board)
        return Endings(said.adjudicate, first_of(board, said.best), said.probability, said.best)

    def _most(self, board: Board) -> Codes:
        return np.minimum(board.offered, self.most)

    def _modelled(self, board: Board) -> Decisions:
        belief = self._reader.read(board)
        top = belief.truth.max(axis=1)
        doubtful = np.flatnonzero((board.given < self._most(board)) & (top < self.stop_at))
        best = worth(board, belief, doubtful)
        nats, points = prices(self.stop_at)
        asking = most_telling(doubtful, best, (best.nats >= nats) | (best.points >= points))
        tied = tied_of(belief.truth, board.classes, TIE)
        return Decisions(belief, asking, top < ADJUDICATE_BELOW, top, tied)

    def _trusting_alike(self, board: Board) -> Decisions:
        tally = Tally.of(board)
        found = alike.decide(board, tally, self.stop_at, self._most(board))
        items = np.flatnonzero([outcome is Outcome.ASK for outcome, _, _ in found])
        told = Worth(np.array([found[item][2] for item in items.tolist()]), np.zeros(len(items)))
        asking = most_telling(items, told, np.ones(len(items), dtype=np.bool_))
        top = np.array([probability for _, probability, _ in found])
        return Decisions(None, asking, top < ADJUDICATE_BELOW, top, tally.leading)
