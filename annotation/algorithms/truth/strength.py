"""How alike annotators are: the strength of the prior that they share, from their own counts.

An annotator's counts n (of K outcomes, or of right and wrong) are draws with probabilities that are themselves drawn
from a Dirichlet distribution with mean m and strength s (how many labels the mean is worth). s is where the marginal
(Polya) likelihood is highest:

    log P(n | s m) = log G(s) - log G(s + sum n) + sum_v [log G(s m_v + n_v) - log G(s m_v)]

Minka, T. (2000). Estimating a Dirichlet distribution. https://tminka.github.io/papers/dirichlet/
"""

from __future__ import annotations

import numpy as np

from annotation.algorithms.truth.labels import Floats
from annotation.algorithms.truth.special import log_gamma

WEAKEST, STRONGEST = 1.0, 2000.0
"""A single label is never worth more than what is known of the crowd; beyond 2,000 people are alike."""
SAME = 1e-6
"""Log likelihoods that differ by less are alike: single labels say nothing of s but by rounding."""
_FINE = 9


def strength(counts: Floats, mean: Floats) -> float:
    """The strength s of the prior `mean` (... x K, sums to 1) for rows of counts (... x K), between the bounds.

    The last of the best on a grid of logarithms, refined once: labels that say nothing of how people differ leave
    them alike.
    """
    rows = counts.reshape(-1, counts.shape[-1])
    means = np.broadcast_to(mean, counts.shape).reshape(rows.shape)
    size = rows.sum(axis=1)
    rows, means, size = rows[size > 0], means[size > 0], size[size > 0]
    at = rows > 1e-12
    low, high = np.log(WEAKEST), np.log(STRONGEST)
    for _ in range(2):
        grid = np.exp(np.linspace(low, high, _FINE))
        found = np.array([_polya(rows[at], means[at], size, s) for s in grid])
        best = int(np.flatnonzero(found >= found.max() - SAME)[-1])
        low, high = np.log(grid[max(best - 1, 0)]), np.log(grid[min(best + 1, len(grid) - 1)])
    return float(grid[best])


def _polya(counts: Floats, means: Floats, size: Floats, s: float) -> float:
    rising = log_gamma(s * means + counts) - log_gamma(s * means)
    return float(rising.sum() - (log_gamma(s + size) - log_gamma(np.float64(s))).sum())
