"""Bootstrap intervals for any smooth function of sums over items.

Items with equal features are exchangeable, so drawing N items with replacement is one multinomial draw
over the kinds of item, and its cost depends on the number of kinds, not of items.

The interval is the bias-corrected and accelerated one (BCa; Efron 1987,
doi:10.1080/01621459.1987.10478410), whose acceleration comes from leaving out one item of each kind. The
plain percentile interval is too short near 1 with few items. When every draw gives the same value, a
bootstrap has nothing to say (ten unanimous items would give [1, 1]): an exact binomial bound takes over.
With N items of the kinds seen, the share p of kinds not seen is at most 1 - (a/2)^(1/N) at confidence 1 -
a, and the value can have moved by at most p times `reach`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DRAWS = 1000
_CELLS = 8_000_000  # bounds the memory of one block of draws


@dataclass(frozen=True)
class Sums:
    """A statistic written as a function of sums over items.

    `features` has a row for each kind of item and a column for each sum, `counts` the number of items of
    each kind, and `evaluate` turns an array (..., columns) of sums into values (...), with NaN where there
    is none.
    """

    features: Floats
    counts: NDArray[np.int64]
    evaluate: Callable[[Floats], Floats]

    @property
    def totals(self) -> Floats:
        """The sums over all items."""
        return np.asarray(self.counts @ self.features, dtype=np.float64)


@dataclass(frozen=True)
class Interval:
    """Bounds with how they were made; both are None when more than half of the draws were undefined."""

    low: float | None
    high: float | None
    method: str | None
    draws: int
    undefined: int


def interval(
    sums: Sums,
    *,
    seed: int,
    reach: float,
    bounds: tuple[float, float],
    confidence: float = 0.95,
    draws: int = DRAWS,
) -> Interval:
    """An interval for `sums`, whose value on all items must be defined.

    `reach` is the most the value moves per unit share of items of an unseen kind; `bounds` are the least
    and greatest values the statistic can take.
    """
    value = float(sums.evaluate(sums.totals))
    drawn = _draw(sums, np.random.default_rng(seed), draws)
    defined = np.sort(drawn[~np.isnan(drawn)])
    undefined = draws - defined.size
    tail = (1 - confidence) / 2
    if np.all(np.isclose(defined, value, rtol=0, atol=1e-12)):
        unseen = 1 - tail ** (1 / int(sums.counts.sum()))
        low, high, method = value - unseen * reach, value + unseen * reach, "exact"
    elif undefined * 2 > draws:
        return Interval(None, None, None, draws, undefined)
    else:
        levels = _bca_levels(value, defined, _acceleration(sums, value), (tail, 1 - tail))
        low, high = np.quantile(defined, levels)
        method = "bca"
    return Interval(max(float(low), bounds[0]), min(float(high), bounds[1]), method, draws, undefined)


def _draw(sums: Sums, random: np.random.Generator, draws: int) -> Floats:
    items = int(sums.counts.sum())
    shares = sums.counts / items
    block = max(1, _CELLS // len(shares))
    parts = [
        sums.evaluate(random.multinomial(items, shares, size=min(block, draws - done)) @ sums.features)
        for done in range(0, draws, block)
    ]
    return np.concatenate(parts)


def _acceleration(sums: Sums, value: float) -> float:
    """A sixth of the skewness of the values with one item left out (Efron 1987, equation 6.6)."""
    without = sums.evaluate(sums.totals - sums.features)
    pull = np.where(np.isnan(without), 0.0, value - without)
    pull = pull - np.average(pull, weights=sums.counts)
    spread = float(sums.counts @ pull**2)
    return float(sums.counts @ pull**3) / (6 * spread**1.5) if spread > 0 else 0.0


def _bca_levels(value: float, drawn: Floats, acceleration: float, levels: tuple[float, float]) -> list[float]:
    # Draws are discrete: half of those equal to the value count as below it.
    below = float(np.searchsorted(drawn, [value - 1e-12, value + 1e-12]).mean()) / drawn.size
    edge = 1 / (2 * drawn.size)
    normal = NormalDist()
    bias = normal.inv_cdf(min(max(below, edge), 1 - edge))
    shifted = [bias + normal.inv_cdf(level) for level in levels]
    # The formula has a pole; beyond it (a few items, one of them extreme) the outermost draw is the answer.
    return [normal.cdf(bias + shift / max(1 - acceleration * shift, 0.05)) for shift in shifted]
