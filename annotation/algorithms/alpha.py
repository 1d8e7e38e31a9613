"""The parts of Krippendorff's alpha: disagreement on each kind of item, in all, and as sums to resample.

With n_uc the labels c of item u, m_u all its labels, n_c those of all pairable items, n = sum_c n_c and d the (squared)
distance of two labels:

    o_u = sum_ck n_uc n_uk d_ck / (m_u - 1)             observed = sum_u o_u / n
    expected = sum_ck n_c n_k d_ck / (n (n - 1))        alpha = 1 - observed / expected

Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania. The standard error,
conditional on raters, is Gwet's: Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th edition, chapter 5.
With r the mean of m_u, D the expected disagreement with replacement, e_u = sum_c n_uc sum_k d_ck n_k / n, N items:

    x_u = 1 + ((1 - 1/n) observed (m_u - r) - o_u) / (r D) - 2 observed (D m_u - e_u) / (r D^2)
    SE^2 = sum_u (x_u - (1 - observed / D))^2 / (N (N - 1))          items of one document together: `asymptotic`

Where distances depend on the labels given (Krippendorff's ordinal ones) it takes them as they were found.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from annotation.algorithms.asymptotic import Error, error_of_mean
from annotation.algorithms.bootstrap import Floats
from annotation.algorithms.distances import Between, Metric, interval, numbers, ranked
from annotation.algorithms.units import NARROW, Units

_BLOCK = 500_000  # distances held at a time: few enough for a processor's cache


@dataclass(frozen=True, eq=False)
class Parts:
    """Of pairable units (kinds,): `labels` m_u, `observed` o_u, `chance` e_u. `expected` is with replacement.

    `greatest` is the greatest distance between two labels that were given. `positions` (categories,) are there when the
    distance is the squared difference of them.
    """

    units: Units
    labels: Floats
    observed: Floats
    chance: Floats
    greatest: float
    positions: Floats | None = None
    between: Between | None = None

    @property
    def unvaried(self) -> bool:
        """Whether all labels that can be paired are at no distance from one another."""
        return np.count_nonzero(self.units.totals) < 2 or self.greatest == 0

    @property
    def n(self) -> float:
        """All pairable labels."""
        return float(self.units.totals.sum())

    @property
    def disagreement(self) -> float:
        """Observed disagreement, in [0, greatest distance]."""
        return float(self.units.items @ self.observed) / self.n

    @property
    def expected(self) -> float:
        """Expected disagreement, pairs drawn without replacement."""
        return float(self.units.items @ self.chance) / (self.n - 1)

    @property
    def standard_error(self) -> Error:
        """Conditional on raters, for two items or more."""
        items, n = self.units.items, self.n
        size = int(items.sum())
        mean, expected = n / size, self.expected * (n - 1) / n
        uneven = (1 - 1 / n) * self.disagreement * (self.labels - mean) - self.observed
        x = 1 + uneven / (mean * expected)
        x -= 2 * self.disagreement * (expected * self.labels - self.chance) / (mean * expected**2)
        return error_of_mean(x - (1 - self.disagreement / expected), items, self.units.group)


def parts(units: Units, metric: Metric | None) -> Parts:
    """The parts of pairable units for a metric, or for Krippendorff's ordinal one (None).

    Raises ValueError when the metric does not fit the labels.
    """
    if metric is None:
        return _by_position(units, ranked(units.totals))
    if metric is interval:
        x = numbers(units.categories)
        return _by_position(units, x - np.average(x, weights=units.totals) if units.totals.any() else x)
    return _by_distance(units, metric(units.categories))


def _by_position(units: Units, x: Floats) -> Parts:
    m = units.labels
    mean = units.summed(x) / m
    apart = units.times * (x[units.code] - mean[units.unit]) ** 2
    within = np.bincount(units.unit, apart, minlength=len(m))
    share = units.totals / max(1.0, units.totals.sum())
    middle = float(share @ x)
    chance = (x - middle) ** 2 + float(share @ (x - middle) ** 2)
    used = x[units.totals > 0]
    greatest = float(np.ptp(used) ** 2) if used.size else 0.0
    return Parts(units, m, 2 * m * within / (m - 1), units.summed(chance), greatest, positions=x)


def _by_distance(units: Units, between: Between) -> Parts:
    m = units.labels
    q = len(units.categories)
    if q <= NARROW:
        codes = np.arange(q)
        table = between(codes[:, None], codes[None, :])
        pairs = (units.table * (units.table @ table)).sum(axis=1)
    else:
        pairs = _pairs(units, between)
    share = units.totals / max(1.0, units.totals.sum())
    chance, greatest = _from_all(between, share)
    return Parts(units, m, pairs / (m - 1), units.summed(chance), greatest, between=between)


def _from_all(between: Between, share: Floats) -> tuple[Floats, float]:
    """Per category the mean distance to a label drawn with these shares, (categories,), and the greatest distance
    between two labels that were given; in blocks of rows."""
    used = np.flatnonzero(share)
    chance, greatest = np.zeros(share.size), 0.0
    step = max(1, _BLOCK // max(1, used.size))
    for first in range(0, share.size if used.size else 0, step):
        rows = np.arange(first, min(first + step, share.size))
        apart = between(rows[:, None], used[None, :])
        chance[rows] = apart @ share[used]
        greatest = max(greatest, float(apart[share[rows] > 0].max(initial=0.0)))
    return chance, greatest


def _pairs(units: Units, between: Between) -> Floats:
    """Per kind: the sum of distances over ordered pairs of its labels, for categories too many for a table."""
    total = np.zeros(len(units.items))
    shift = 1
    while True:
        first = np.flatnonzero(units.unit[shift:] == units.unit[:-shift])
        if not first.size:
            return 2 * total
        for low in range(0, first.size, _BLOCK):
            one = first[low : low + _BLOCK]
            two = one + shift
            apart = between(units.code[one], units.code[two]) * units.times[one] * units.times[two]
            total += np.bincount(units.unit[one], apart, minlength=total.size)
        shift += 1
