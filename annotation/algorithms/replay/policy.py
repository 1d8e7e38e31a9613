"""What a policy of a replay does: it asks for rows until it has enough, then says what every item has ended with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.replay.board import Board, Codes
from annotation.algorithms.replay.tally import Pairs


@dataclass(frozen=True, eq=False)
class Endings:
    """What every item ended with: settled by its labels, or handed to an adjudicator, which costs one label more.

    adjudicate  (items,) whether it is handed to an adjudicator
    answer      (items,) the label, as the board counts them; -1 for an item without labels
    posterior   (items,) how probable it is that the answer is right
    tied        the labels that are equally good, the answer among them: a tie scores in fractions
    """

    adjudicate: NDArray[np.bool_]
    answer: Codes
    posterior: NDArray[np.float64]
    tied: Pairs


class Policy(Protocol):
    """A way of asking. It sees the board and nothing else, so it cannot see what has not been revealed."""

    def ask(self, board: Board) -> Codes:
        """The rows to reveal next; none when it has enough."""
        ...

    def progress(self, board: Board) -> float:
        """About which share of its work is done, in [0, 1]; shown to who waits, and nothing else."""
        ...

    def end(self, board: Board) -> Endings:
        """What every item ended with, from what has been revealed."""
        ...


def first_of(board: Board, tied: Pairs) -> Codes:
    """The answer of each item: of labels that are equally good the first in the order of their codes; -1 for none.

    By the labels' own codes and not by when they were seen: a tie is broken alike whatever other items hold.
    """
    names = np.array(board.names or [0])
    order = np.lexsort((names[tied.label], tied.item))
    item, first = np.unique(tied.item[order], return_index=True)
    answer: Codes = np.full(board.items, -1, dtype=np.int64)
    answer[item] = tied.label[order][first]
    return answer


def run(board: Board, policy: Policy, show: Callable[[float], None] = lambda _: None) -> Endings:
    """Ask until the policy has enough. `show` is told about which share of the work is done."""
    while len(rows := policy.ask(board)):
        board.reveal(rows)
        show(policy.progress(board))
    return policy.end(board)
