"""May a decision rest on this figure? A gate reads the lower end of the interval, and asks for enough items, and
where they belong to documents for enough of those.

    passes(statistic, 0.8)                 # the lower end is at least 0.8, on 100 pairable items or more
    passes(statistic, 0.8, waived=True)    # the same on fewer items, because a lead said so

A value may reach a floor by luck, the lower end of its 95 % interval does so in about one sample of forty. Below 100
items the interval itself is wide and its level less sure, so that no gate passes there on its own. Of fewer than
FEW_DOCUMENTS documents the level is not known well enough whatever the number of items: no gate passes, waived or not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from annotation.algorithms.statistic import FEW_ITEMS, Statistic


class Because(StrEnum):
    """Why a gate passed or did not. The sentence for a person is made where the language is known."""

    REACHED = "reached"
    WAIVED = "waived"
    NO_VALUE = "no_value"
    NO_INTERVAL = "no_interval"
    FEW_ITEMS = "few_items"
    FEW_DOCUMENTS = "few_documents"
    BELOW = "below"


@dataclass(frozen=True)
class Verdict:
    """Whether it passed and why, with what was compared: `low` against `floor`, `items` against `least_items`."""

    passed: bool
    because: Because
    floor: float
    least_items: int
    low: float | None
    items: int


def passes(
    statistic: Statistic, floor: float, *, least_items: int = FEW_ITEMS, waived: bool = False
) -> Verdict:
    """Whether the lower end of `statistic` is at least `floor` on at least `least_items` items.

    `waived` is a lead's word that fewer items will do; it waives nothing else: a figure without value or interval, or
    of too few documents, does not pass. Raises ValueError for a floor or a number of items that nothing can be compared
    with.
    """
    if not math.isfinite(floor) or least_items < 1:
        raise ValueError(f"a floor of {floor} on {least_items} items")

    def verdict(passed: bool, because: Because) -> Verdict:
        return Verdict(passed, because, floor, least_items, statistic.low, statistic.items)

    if statistic.value is None:
        return verdict(False, Because.NO_VALUE)
    if statistic.low is None or math.isnan(statistic.low):
        return verdict(False, Because.NO_INTERVAL)
    if any(caution.code == "few_documents" for caution in statistic.warnings):
        return verdict(False, Because.FEW_DOCUMENTS)
    few = statistic.items < least_items
    if few and not waived:
        return verdict(False, Because.FEW_ITEMS)
    if statistic.low < floor:
        return verdict(False, Because.BELOW)
    return verdict(True, Because.WAIVED if few else Because.REACHED)
