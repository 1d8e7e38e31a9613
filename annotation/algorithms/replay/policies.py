"""The policies by their names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from annotation.algorithms.replay.policy import Policy
from annotation.algorithms.replay.simple import Fixed, LeadOfTwo

NAMES = ("fixed1", "fixed2", "fixed3", "fixed4", "fixed5", "lead-of-two")
DEFAULT = "lead-of-two"


@dataclass(frozen=True)
class Limits:
    """What a policy is allowed: labels an item at least and at most, and the posterior at which it may stop."""

    least: int = 2
    most: int | None = None
    stop_at: float | None = None


def policy_of(name: str, limits: Limits) -> Policy:
    """The policy of that name (`fixedK` for any K from 1). Raises ValueError for another name or for odd limits."""
    if limits.least < 1 or (limits.most is not None and limits.most < limits.least):
        raise ValueError(f"from {limits.least} to {limits.most} labels")
    if limits.stop_at is not None and not 0.5 <= limits.stop_at < 1:
        raise ValueError(f"a stop at {limits.stop_at}")
    if found := re.fullmatch(r"fixed-?([1-9]\d{0,3})", name):
        return Fixed(int(found[1]))
    make = _MAKERS.get(name)
    if make is None:
        raise ValueError(f"no policy is called {name!r}")
    return make(limits)


_MAKERS: dict[str, Callable[[Limits], Policy]] = {
    "lead-of-two": lambda limits: LeadOfTwo(limits.least, limits.most),
}
