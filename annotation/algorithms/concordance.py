"""Kendall's W: how alike raters rank the items.

Kendall, M. G. and Babington Smith, B. (1939). The problem of m rankings. doi:10.1214/aoms/1177732186. Siegel, S. and
Castellan, N. J. (1988). Nonparametric Statistics, chapter 9. Each of m raters' labels of n items become ranks, ties
their mean rank; with R_i the sum of ranks of item i and T_j = sum over the ties of rater j of t^3 - t,

    W = 12 sum_i (R_i - mean R)^2 / (m^2 (n^3 - n) - m sum_j T_j)        chi^2 = m (n - 1) W, n - 1 degrees
    mean Spearman correlation of two raters = (m W - 1) / (m - 1)

The expected W of raters who rank by chance is 1 / m, not 0. Items that a rater has not labelled are left out, with a
caution. All labels the same, one item, one annotator, no shared items, no complete item, two labels of one rater on an
item: no value. Identical rankings
are 1. The interval resamples items, the ranks moving to first order (its influence function).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from annotation.algorithms.bootstrap import Floats, clustered
from annotation.algorithms.complete import complete, started
from annotation.algorithms.distributions import chi_square_above
from annotation.algorithms.estimate import with_interval
from annotation.algorithms.statistic import Reason, Statistic
from annotation.algorithms.study import Study
from annotation.algorithms.units import mean_of_second


def kendall_w(study: Study, *, correct_ties: bool = True, seed: int, confidence: float = 0.95) -> Statistic:
    """Kendall's coefficient of concordance over the items that every rater labelled.

    Labels are read in the order of the study's categories. Without `correct_ties` sum_j T_j is taken to be 0. `details`
    has `chi_square`, `df`, the `mean_spearman`, and unless items belong to documents `p`.
    """
    if study.repeating.size and len(study.raters) > 1:
        found = Statistic(kind="kendall_w", reason=Reason.REPEATED_LABELS, inputs_hash=study.inputs_hash)
        return replace(found, chance_corrected=False)
    table = complete(study, same_raters=True)
    empty = started("kendall_w", study, table)
    if empty.reason:
        return replace(empty, chance_corrected=False)
    n, m = table.numbers.shape
    place = np.column_stack([centred_ranks(column) for column in table.numbers.T]) / n
    spread = m * float((place**2).sum())
    if not spread > 0:
        return replace(empty, reason=Reason.NO_VARIATION, chance_corrected=False)
    summed = float((place.sum(axis=1) ** 2).sum())
    value = summed / (spread if correct_ties else m * m * (1 - 1 / n**2) * n / 12)
    chi_square = m * (n - 1) * value
    details = {
        "chi_square": chi_square,
        "df": float(n - 1),
        "p": chi_square_above(chi_square, n - 1),
        "mean_spearman": (m * value - 1) / (m - 1),
    }
    if study.group is not None:  # chi-square takes items to be independent
        del details["p"]
    found = replace(empty, value=value, details=details, chance_corrected=False)
    each = _influence(place, summed / n, spread / n) * (value * spread / summed if summed else 1.0)
    features = np.column_stack([np.ones(n), each])
    group = None if study.group is None else study.group[table.items]
    sums = clustered(features, np.ones(n, dtype=np.int64), group, mean_of_second)
    return with_interval(found, sums, seed=seed, confidence=confidence, reach=1.0, bounds=(0.0, 1.0))


def centred_ranks(x: Floats) -> Floats:
    """Ranks of (n,) numbers, ties their mean rank, less (n + 1) / 2."""
    _, place, times = np.unique(x, return_inverse=True, return_counts=True)
    ends = np.cumsum(times)
    return np.asarray((ends - (times - 1) / 2 - (len(x) + 1) / 2)[place], dtype=np.float64)


def _influence(place: Floats, summed: float, spread: float) -> Floats:
    """Per item the value it adds to the mean that W = summed / spread is to first order, (n,).

    An item counts by its own ranks, and by moving up those of all items above it.
    """
    n, m = place.shape
    total = place.sum(axis=1)
    of_sum, of_spread = total**2 - summed, m * (place**2).sum(axis=1) - spread
    for column in place.T:
        of_sum = of_sum + 2 * _moved(column, total) / n
        of_spread = of_spread + 2 * m * _moved(column, column) / n
    value = summed / spread
    return np.asarray(value + (of_sum - value * of_spread) / spread, dtype=np.float64)


def _moved(column: Floats, weight: Floats) -> Floats:
    """Per item: the sum of `weight` over items above it in `column`, those beside it by half; less its mean."""
    _, place = np.unique(column, return_inverse=True)
    beside = np.bincount(place, weight)
    above = beside.sum() - np.cumsum(beside) + beside / 2
    found = above[place]
    return np.asarray(found - found.mean(), dtype=np.float64)
