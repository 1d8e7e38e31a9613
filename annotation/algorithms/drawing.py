"""Drawing items with replacement, as sums.

Items with equal features are exchangeable, so drawing N items is one multinomial draw over the kinds of item. Its cost
grows with the number of kinds. Where they are many the ones that pull most are drawn exactly, and the sums over all
the others, which then are sums over many items none of which matters much, from the normal distribution with their
mean and covariance (the central limit theorem; their number is drawn exactly).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

EXACT = 32
"""Up to this many kinds of item every one is drawn by itself; of a thousand items or fewer, up to `EXACT_OF_FEW`."""

EXACT_OF_FEW, _FEW = 128, 1_000

_GREATEST = 16  # kinds drawn by themselves where there are more


def draw_sums(
    rows: Floats, shares: Floats, items: int, pull: Floats, draws: int, random: np.random.Generator
) -> Floats:
    """Sums of `rows` (kinds, columns) over `items` drawn with `shares` (kinds,), (draws, columns).

    `pull` (kinds,) says how much each kind matters: the greatest by size are drawn exactly.
    """
    if len(shares) <= (EXACT_OF_FEW if items <= _FEW else EXACT):
        return np.asarray(random.multinomial(items, shares, size=draws) @ rows, dtype=np.float64)
    order = np.argpartition(-np.abs(pull), _GREATEST)
    first, others = order[:_GREATEST], order[_GREATEST:]
    of_others = float(shares[others].sum())
    times = random.multinomial(items, np.append(shares[first], of_others), size=draws)
    within = shares[others] / of_others
    middle = within @ rows[others]
    apart = (rows[others] - middle) * np.sqrt(within)[:, None]
    spread, axes = np.linalg.eigh(apart.T @ apart)
    root = axes * np.sqrt(np.maximum(spread, 0))
    number = times[:, -1:].astype(np.float64)
    noise = random.standard_normal((draws, rows.shape[1])) @ root.T
    return np.asarray(times[:, :-1] @ rows[first] + number * middle + np.sqrt(number) * noise)
