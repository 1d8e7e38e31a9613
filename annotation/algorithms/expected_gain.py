"""What one more vote on a question is expected to tell: the worth of asking, before anybody is asked.

    nats    = H(truth | votes) - sum_l P(l | votes) H(truth | votes and l)
    points  = sum_l P(l | votes) max_t P(t | votes and l) - max_t P(t | votes)

where l is what the next voter may say. The first is the mutual information of their vote and the truth (Lindley 1956,
doi:10.1214/aoms/1177728069), the second how much more often the likeliest label is right afterwards. A vote may tell
something and yet not turn the answer by itself: then `points` is 0 and `nats` is not.
"""

import math
from collections.abc import Hashable, Sequence
from typing import NamedTuple

from annotation.algorithms.posterior import evidence, size_of

STOP_AT = 0.85
PRICE_NATS = 0.06
PRICE_POINTS = 0.1
"""A vote that is expected to bring neither is not worth a person's time, where being STOP_AT sure is enough."""

_FINE = 1e-3
_ANOTHER = object()  # a label that nobody said yet


class Gain(NamedTuple):
    """What a vote brings: nats of the truth, and the part of answers that it turns right."""

    nats: float
    points: float

    def worth_it(self, stop_at: float = STOP_AT) -> bool:
        """Whether it is worth its price, for who wants to be so sure."""
        nats, points = prices(stop_at)
        return self.nats >= nats or self.points >= points


def prices(stop_at: float) -> tuple[float, float]:
    """What a vote must bring, in nats and in points: who wants half the doubt pays a vote for half as much.

    Who is content with more doubt than that pays no more.
    """
    part = min((1 - stop_at) / (1 - STOP_AT), 1.0)
    return PRICE_NATS * part, PRICE_POINTS * part


def expected_gain(votes: Sequence[tuple[Hashable, float]], labels: int, reliability: float) -> Gain:
    """What one more vote, of somebody right in `reliability` of all items, is expected to bring.

    `votes` and `labels` are as `posterior` takes them; where any value may be said, the next vote may be a value that
    nobody said. Without votes every label is as probable as another.
    """
    size = size_of(votes, labels)
    now, top = _shares(votes, size)
    seen = list(dict.fromkeys(label for label, _ in votes))
    options: list[tuple[Hashable, int]] = [*((label, 1) for label in seen), (_ANOTHER, size - len(seen))]
    left, right = 0.0, 0.0
    for option, times in options:
        if times:
            after, total = _shares([*votes, (option, reliability)], size)
            chance = times * math.exp(total - top)
            left += chance * _entropy(after)
            right += chance * max(after)
    return Gain(max(_entropy(now) - left, 0.0), max(right - max(now), 0.0))


def least_worth_it(
    votes: Sequence[tuple[Hashable, float]], labels: int, stop_at: float, reliable: float
) -> float:
    """How reliable the next voter must be for their vote to be worth its price, in [0, reliable], by halving.

    The vote of somebody `reliable` is worth it (the caller has asked); what a vote tells grows with its voter's
    reliability. 0 where anybody's is. Three digits: it is compared with estimates.
    """
    low, high = 0.0, reliable
    while high - low > _FINE:
        middle = (low + high) / 2
        if expected_gain(votes, labels, middle).worth_it(stop_at):
            high = middle
        else:
            low = middle
    return high if low else 0.0


def _shares(votes: Sequence[tuple[Hashable, float]], size: int) -> tuple[list[float], float]:
    """Each label's probability, those nobody said one by one; and the logarithm of the votes' own probability."""
    chances, rest, top = evidence(votes, size)
    unsaid = size - len(chances)
    every = [*chances.values(), *([rest / unsaid] * unsaid if unsaid else [])]
    total = math.fsum(every)
    return [one / total for one in every], math.log(total) + top


def _entropy(shares: Sequence[float]) -> float:
    return -math.fsum(share * math.log(share) for share in shares if share > 0)
