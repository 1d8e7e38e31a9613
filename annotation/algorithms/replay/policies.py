"""The policies by their names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from annotation.algorithms.expected_gain import STOP_AT
from annotation.algorithms.replay.adaptive import ADJUDICATE_BELOW, MOST, Adaptive
from annotation.algorithms.replay.policy import Policy
from annotation.algorithms.replay.simple import Fixed, LeadOfTwo
from annotation.algorithms.replay.threshold import STOP_AT as SURE
from annotation.algorithms.replay.threshold import DawidSkene

DEFAULT = "adaptive"
NAMES = (DEFAULT, "lead-of-two", "dawid-skene", "fixed3", "fixed5")

Number = TypeVar("Number", int, float)


@dataclass(frozen=True)
class Limits:
    """What a policy is allowed: labels an item at least and at most, the posterior at which it may stop asking, and the
    one below which an item without more labels to ask for goes to an adjudicator. None: the policy's own.
    """

    least: int = 2
    most: int | None = None
    stop_at: float | None = None
    adjudicate_below: float | None = None


def policy_of(name: str, limits: Limits) -> Policy:
    """The policy of that name (`fixedK` for any K from 1). Raises ValueError for another name or for odd limits."""
    if limits.least < 1 or (limits.most is not None and limits.most < limits.least):
        raise ValueError(f"from {limits.least} to {limits.most} labels")
    for chance in (limits.stop_at, limits.adjudicate_below):
        if chance is not None and not 0 <= chance <= 1:
            raise ValueError(f"a probability of {chance}")
    if found := re.fullmatch(r"fixed-?([1-9]\d{0,3})", name):
        return Fixed(int(found[1]))
    make = _MAKERS.get(name)
    if make is None:
        raise ValueError(f"no policy is called {name!r}")
    return make(limits)


def _or(given: Number | None, otherwise: Number) -> Number:
    return otherwise if given is None else given


_MAKERS: dict[str, Callable[[Limits], Policy]] = {
    DEFAULT: lambda limits: Adaptive(
        limits.least,
        _or(limits.most, max(MOST, limits.least)),
        _or(limits.stop_at, STOP_AT),
        _or(limits.adjudicate_below, ADJUDICATE_BELOW),
    ),
    "dawid-skene": lambda limits: DawidSkene(limits.least, limits.most, _or(limits.stop_at, SURE)),
    "lead-of-two": lambda limits: LeadOfTwo(limits.least, limits.most),
}
