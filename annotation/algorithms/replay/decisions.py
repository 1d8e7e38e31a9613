"""What the adaptive policy says of every item: `stopping.Decision` item by item, kept as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.replay.asking import Worth, ranked
from annotation.algorithms.replay.ballots import Floats
from annotation.algorithms.replay.belief import Belief
from annotation.algorithms.replay.board import Board, Codes
from annotation.algorithms.replay.tally import Pairs
from annotation.algorithms.stopping import CONTENDERS, Decision, Outcome, Wanted


@dataclass(frozen=True, eq=False)
class Decisions:
    """One round's decisions, with what they rest on (`belief` is None where everybody is trusted alike).

    asking      the items that are worth one more label, the most telling first
    adjudicate  (items,) whether an item is handed to an adjudicator
    probability (items,) of each item's best answer
    best        the best answers of each item; several where they tie
    contenders  by item (of those asking), the labels that lead
    """

    board: Board
    belief: Belief | None
    asking: Codes
    adjudicate: NDArray[np.bool_]
    probability: Floats
    best: Pairs
    contenders: dict[int, tuple[int, ...]]

    def of(self, item: int) -> Decision:
        """The decision on one item; the people and the labels are codes of the board."""
        if item in self.contenders:
            rows = ranked(self.board, self.belief, np.array([item]))
            people = tuple(self.board.worker[rows].tolist())
            wanted = Wanted(self.contenders[item], people=people)
            return Decision(Outcome.ASK, float(self.probability[item]), wanted)
        outcome = Outcome.ADJUDICATE if self.adjudicate[item] else Outcome.SETTLED
        return Decision(outcome, float(self.probability[item]))


def leading(belief: Belief, items: Codes) -> dict[int, tuple[int, ...]]:
    """The labels that lead on each of the items, the likeliest first."""
    order = np.argsort(-belief.truth[items], axis=1, kind="stable")[:, :CONTENDERS]
    return {item: tuple(labels) for item, labels in zip(items.tolist(), order.tolist(), strict=True)}


def most_telling(items: Codes, worth: Worth, wanted: NDArray[np.bool_]) -> Codes:
    """Those of the items that are wanted, the most telling first."""
    order = np.argsort(-worth.nats, kind="stable")
    chosen: Codes = items[order[wanted[order]]]
    return chosen
