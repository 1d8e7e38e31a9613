"""Draw groups of items into splits: each goes where items of its kind are furthest behind their share. Pure.

What was drawn before stays; the counts of it are handed in and kept up. A group goes to the split for which the squares
of what each split lacks, in each of the group's strata and over all, add up to least afterwards. So the shares hold in
every stratum to within a few groups, and over many small strata together: by stratum alone, each label that occurs once
would go to the largest split. This is the iterative stratification of Sechidis et al. for a stream, group by group.

Sechidis, K., Tsoumakas, G., & Vlahavas, I. (2011). On the stratification of multi-label data. ECML PKDD 2011.
doi:10.1007/978-3-642-23808-6_10
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
class Group:
    """What stays together: how many items it has, and how many of them are in each stratum (none, one or several)."""

    items: int = 0
    strata: Counter[str] = field(default_factory=Counter)


@dataclass
class Counts:
    """How many items each split holds, over all and in each stratum; `drawn` and `sizes` are the sums over splits."""

    drawn: int = 0
    splits: Counter[str] = field(default_factory=Counter)
    sizes: Counter[str] = field(default_factory=Counter)
    strata: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, split: str, group: Group) -> None:
        """The group is in that split."""
        self.drawn += group.items
        self.splits[split] += group.items
        for stratum, count in group.strata.items():
            self.sizes[stratum] += count
            self.strata[stratum, split] += count

    def behind(self, split: str, share: float, group: Group) -> float:
        """How much the group is missed in a split that is to hold this share."""
        missed = group.items * (share * (self.drawn + group.items) - self.splits[split])
        for stratum, count in group.strata.items():
            missed += count * (share * (self.sizes[stratum] + count) - self.strata[stratum, split])
        return missed


def draw(
    groups: Mapping[str, Group], shares: Mapping[str, float], seed: int, counts: Counts
) -> dict[str, str]:
    """The split of each of these groups, which are new; `counts` of what is drawn is kept up.

    `shares` (split -> at least 0, adding up to 1) are those wanted of all items, drawn before or now; a split with a
    share of 0 gets none. The order in which the groups are given makes no difference: they are taken in the order of a
    hash that the seed keys, and so are ties decided. Raises ValueError for shares that are none.
    """
    wanted = check_shares(shares)
    key = str(seed).encode()
    drawn = {}
    for group in sorted(groups, key=lambda one: _hash(key, one)):
        one = groups[group]
        behind = {split: round(counts.behind(split, share, one), _DIGITS) for split, share in wanted.items()}
        most = max(behind.values())
        even = [split for split, value in behind.items() if value == most]
        split = min(even, key=lambda name, group=group: _hash(key, f"{group}\n{name}"))  # type: ignore[misc]
        counts.add(split, one)
        drawn[group] = split
    return drawn


def check_shares(shares: Mapping[str, float]) -> dict[str, float]:
    """Those above 0. Raises ValueError where one is below, or where they do not add up to 1."""
    if not all(math.isfinite(share) and share >= 0 for share in shares.values()):
        raise ValueError("a share below 0")
    if abs(math.fsum(shares.values()) - 1) > 10**-_DIGITS:
        raise ValueError("shares that do not add up to 1")
    return {split: share for split, share in shares.items() if share > 0}


def _hash(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), hashlib.sha256)
