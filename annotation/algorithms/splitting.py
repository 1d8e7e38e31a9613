"""Draw groups of items into splits: each goes where its kind of item is furthest behind its share. Pure.

What was drawn before stays; the counts of it are handed in and kept up. A group goes to the split for which the sum of
squares of what is missing, in each of its strata and over all, is least afterwards: so the shares hold in every stratum to
within about a group, and over many small strata together (purely by stratum, each label that occurs once would go to the
largest split). This is the iterative stratification of Sechidis et al. for a stream: one group after the other.

Sechidis, K., Tsoumakas, G., & Vlahavas, I. (2011). On the stratification of multi-label data. doi:10.1007/978-3-642-23808-6_10
"""

from __future__ import annotations

import hashlib
import hmac
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

_DIGITS = 6  # two splits are as far behind as each other whatever the last digits of their shares


@dataclass
class Counts:
    """How many items each split holds: over all, and in each stratum, by (stratum, split)."""

    whole: Counter[str] = field(default_factory=Counter)
    strata: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, split: str, items: Mapping[str, int]) -> None:
        """So many items, by stratum, are in that split."""
        for stratum, count in items.items():
            self.whole[split] += count
            self.strata[stratum, split] += count


def draw(
    groups: Mapping[str, Mapping[str, int]], shares: Mapping[str, float], seed: int, counts: Counts
) -> dict[str, str]:
    """The split of each group that is new: group -> how many of its items are in each stratum. `counts` is kept up.

    `shares` (split -> at least 0, adding up to 1) are those wanted of all items; a split without a share gets none. The
    order in which the groups are given makes no difference: they are taken by a hash that the seed keys, and so are ties
    decided. Raises ValueError for shares that are none.
    """
    wanted = check_shares(shares)
    key = str(seed).encode()
    drawn = {}
    for group in sorted(groups, key=lambda one: (_hash(key, one), one)):
        items = groups[group]
        behind = {split: round(_behind(split, share, items, counts), _DIGITS) for split, share in wanted.items()}
        most = max(behind.values())
        even = [split for split, value in behind.items() if value == most]
        split = min(even, key=lambda one: (_hash(key, f"{group}\n{one}"), one))
        counts.add(split, items)
        drawn[group] = split
    return drawn


def check_shares(shares: Mapping[str, float]) -> dict[str, float]:
    """Those above 0. Raises ValueError where one is below, or they do not add up to 1."""
    if any(not math.isfinite(share) or share < 0 for share in shares.values()):
        raise ValueError("a share below 0")
    if abs(math.fsum(shares.values()) - 1) > 10**-_DIGITS:
        raise ValueError("shares that do not add up to 1")
    return {split: share for split, share in shares.items() if share > 0}


def _behind(split: str, share: float, items: Mapping[str, int], counts: Counts) -> float:
    """By how much more than in another split the items would be missed in this one."""
    size = sum(items.values())
    missed = size * (share * (counts.whole.total() + size) - counts.whole[split])
    for stratum, count in items.items():
        there = sum(counts.strata[stratum, one] for one in _SPLITS_OF(counts))
        missed += count * (share * (there + count) - counts.strata[stratum, split])
    return missed


def _hash(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), hashlib.sha256)
