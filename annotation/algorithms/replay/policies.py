"""The policies by their names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TypeVar

from annotation.algorithms.expected_gain import STOP_AT
from annotation.algorithms.replay.adaptive import MOST, Adaptive
from annotation.algorithms.replay.policy import Policy
from annotation.algorithms.replay.simple import Fixed, LeadOfTwo
from annotation.algorithms.replay.threshold import STOP_AT as SURE
from annotation.algorithms.replay.threshold import DawidSkene

DEFAULT = "adaptive"
LEAST = 2
NAMES = (DEFAULT, "lead-of-two", "dawid-skene", "fixed3", "fixed5")

Number = TypeVar("Number", int, float)


class PolicyRefused(ValueError):
    """No such policy, or limits that it cannot keep to.

    `code` is `unknown`, `no_labels` (fixed at less than one), `least` (below one), `most` (below the least), `chance`
    (no probability above 0) or `not_taken` (a limit that the policy does not know); `params` are what it is about.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(f"{code}: {params}")
        self.code, self.params = code, params


@dataclass(frozen=True)
class Limits:
    """What a policy is allowed: labels an item at least and at most, and the posterior at which it may stop asking.
    None: the policy's own.
    """

    least: int | None = None
    most: int | None = None
    stop_at: float | None = None


def policy_of(name: str, limits: Limits) -> Policy:
    """The policy of that name (`fixedK` or `fixed-K` for any K from 1). Raises PolicyRefused: a limit that it does not
    know is never passed over.
    """
    _check(limits)
    if found := re.fullmatch(r"fixed-?(\d{1,4})", name):
        _takes(name, limits, ())
        if not int(found[1]):
            raise PolicyRefused("no_labels", policy=name)
        return Fixed(int(found[1]))
    if name not in _MAKERS:
        raise PolicyRefused("unknown", policy=name)
    make, takes = _MAKERS[name]
    _takes(name, limits, takes)
    return make(limits)


def _check(limits: Limits) -> None:
    least = _or(limits.least, LEAST)
    if least < 1:
        raise PolicyRefused("least", least=least)
    if limits.most is not None and limits.most < least:
        raise PolicyRefused("most", least=least, most=limits.most)
    if limits.stop_at is not None and not 0 < limits.stop_at <= 1:
        raise PolicyRefused("chance", chance=limits.stop_at)


def _takes(name: str, limits: Limits, known: tuple[str, ...]) -> None:
    for limit in (one.name for one in fields(Limits)):
        if getattr(limits, limit) is not None and limit not in known:
            raise PolicyRefused("not_taken", policy=name, limit=limit)


def _or(given: Number | None, otherwise: Number) -> Number:
    return otherwise if given is None else given


def _adaptive(limits: Limits) -> Policy:
    least = _or(limits.least, LEAST)
    return Adaptive(
        least,
        _or(limits.most, max(MOST, least)),
        _or(limits.stop_at, STOP_AT),
    )


def _dawid_skene(limits: Limits) -> Policy:
    return DawidSkene(_or(limits.least, LEAST), limits.most, _or(limits.stop_at, SURE))


def _lead_of_two(limits: Limits) -> Policy:
    return LeadOfTwo(_or(limits.least, LEAST), limits.most)


_MAKERS: dict[str, tuple[Callable[[Limits], Policy], tuple[str, ...]]] = {
    DEFAULT: (_adaptive, ("least", "most", "stop_at")),
    "dawid-skene": (_dawid_skene, ("least", "most", "stop_at")),
    "lead-of-two": (_lead_of_two, ("least", "most")),
}
"""Each policy's maker, and the limits that it knows."""
