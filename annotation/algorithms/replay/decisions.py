"""What the adaptive policy says of every item, kept as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.replay.asking import Worth
from annotation.algorithms.replay.ballots import Floats
from annotation.algorithms.replay.belief import Belief
from annotation.algorithms.replay.board import Codes
from annotation.algorithms.replay.tally import Pairs


@dataclass(frozen=True, eq=False)
class Decisions:
    """One round's decisions, with what they rest on (`belief` is None where everybody is trusted alike).

    asking      the items that are worth one more label, the most telling first
    adjudicate  (items,) whether an item is handed to an adjudicator
    probability (items,) of each item's best answer
    best        the best answers of each item; several where they tie
    """

    belief: Belief | None
    asking: Codes
    adjudicate: NDArray[np.bool_]
    probability: Floats
    best: Pairs


def most_telling(items: Codes, worth: Worth, wanted: NDArray[np.bool_]) -> Codes:
    """Those of the items that are wanted, the most telling first."""
    order = np.argsort(-worth.nats, kind="stable")
    chosen: Codes = items[order[wanted[order]]]
    return chosen
