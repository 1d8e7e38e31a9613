"""A routing score: how well an expert and an item fit, as the weighted mean of parts between 0 and 1.

Each part is a number that a person can check: no part is learned, and the assignment stores them all.
"""

import math
from collections.abc import Mapping
from typing import Final

Parts = Mapping[str, float]
"""Part name -> value in [0, 1]. A part that is absent counts as 0."""

DEFAULT_WEIGHTS: Final[Mapping[str, float]] = {
    "speciality": 3.0,
    "jurisdiction": 2.0,
    "language": 2.0,
    "reliability": 2.0,
    "load": 1.0,
    "rate": 0.0,
    "deadline": 2.0,
    "waiting": 1.0,
}
"""Part name -> its weight. The rate is 0: what somebody costs counts only where a project says so."""

MOST_WEIGHT = 10.0
USUAL_HOURS = 10.0  # a week's hours of an expert who has not said
DEADLINE_DAYS = 3.0  # a deadline this many days away counts a half
WAITING_HOURS = 24.0
_LEVELS: Final[Mapping[str, float]] = {
    "native": 1.0,
    "C2": 0.95,
    "C1": 0.85,
    "B2": 0.7,
    "B1": 0.4,
    "A2": 0.2,
    "A1": 0.1,
}


def score(parts: Parts, weights: Mapping[str, float]) -> float:
    """The weighted mean of the parts whose weight is above 0, in [0, 1]; 0 when no weight is."""
    counted = {name: weight for name, weight in weights.items() if weight > 0}
    total = math.fsum(counted.values())
    if not total:
        return 0.0
    mean = math.fsum(weight * parts.get(name, 0.0) for name, weight in counted.items()) / total
    return _clip(mean)  # a sum of floats may pass 1 by its last digit


def checked_weights(weights: Mapping[str, object]) -> dict[str, float]:
    """The weights as floats.

    Raises ValueError with the part's name where it is unknown or its weight no number from 0 to 10, and with `all`
    where every weight is 0.
    """
    numbers: dict[str, float] = {}
    for name, weight in weights.items():
        if name not in DEFAULT_WEIGHTS:
            raise ValueError(name)
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= MOST_WEIGHT:
            raise ValueError(name)  # NaN is not between 0 and 10 either
        numbers[name] = float(weight)
    if not any(numbers.values()):
        raise ValueError("all")
    return numbers


def match(verified: bool, declared: bool) -> float:
    """A speciality or jurisdiction: 1 where a credential was verified, 0.6 where the expert only says so, else 0."""
    if verified:
        return 1.0
    return 0.6 if declared else 0.0


def language(level: str | None) -> float:
    """How well an expert knows the item's language: a level of the Common European Framework, or `native`."""
    return _LEVELS.get(level, 0.0) if level else 0.0


def reliability(right: int, asked: int) -> float:
    """The share of right answers, smoothed by one right and one wrong (Laplace's rule of succession)."""
    return (right + 1) / (asked + 2)


def load(taken_this_week: float, hours_per_week: float | None) -> float:
    """Falls with the items taken this week, more slowly for those who offer more hours: fairness of load."""
    return 1 / (1 + taken_this_week / (hours_per_week or USUAL_HOURS))


def rate(asked: float | None, ceiling: float | None) -> float:
    """1 for an expert who asks nothing, 0 for one at the project's ceiling or above; 1 where either is unknown."""
    if asked is None or not ceiling:
        return 1.0
    return _clip(1 - asked / ceiling)


def deadline(days_left: float | None) -> float:
    """1 when the item is due or past it, a half three days before, 0 without a deadline."""
    if days_left is None:
        return 0.0
    return 1 / (1 + max(days_left, 0.0) / DEADLINE_DAYS)


def waiting(hours: float) -> float:
    """Rises from 0 towards 1 with the hours an item has been open: 0.63 after a day."""
    return -math.expm1(-max(hours, 0.0) / WAITING_HOURS)


def _clip(value: float) -> float:
    return min(max(value, 0.0), 1.0)
