"""The standard error of a value that is a mean to first order, and the interval and test that follow from one."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from annotation.algorithms.counts import Codes
from annotation.algorithms.distributions import t_below, t_quantile
from annotation.algorithms.sample import Floats


@dataclass(frozen=True)
class Error:
    """A standard error with its degrees of freedom; both None where one document holds everything."""

    value: float | None
    freedom: float | None

    def known(self, value: float, confidence: float) -> dict[str, float]:
        """The asymptotic interval and test of a value with this error, by Student's t."""
        if self.value is None:
            return {}
        return asymptotic(value, self.value, confidence, freedom=self.freedom)


def error_of_mean(apart: Floats, items: Codes, group: Codes | None) -> Error:
    """The standard error of a mean over items.

    `apart` (kinds,) is what an item of each kind is off the mean, `items` (kinds,) how many items are of a kind. With d
    for `apart` and n items it is sqrt(sum d^2 / (n (n - 1))). Items of one document are not independent: where there is
    a `group` (kinds,), what they are off is summed first, and with G documents

        SE^2 = G / (G - 1) sum_g (sum_{i in g} d_i / n)^2

    with G - 1 degrees of freedom, which is the same where every document is one item (Liang, K.-Y. and Zeger, S. L.
    1986. Longitudinal data analysis using generalized linear models. doi:10.1093/biomet/73.1.13).
    """
    n = int(items.sum())
    if group is None:
        return Error(float(np.sqrt(items @ apart**2 / (n * (n - 1)))), n - 1)
    seen = items > 0
    _, place = np.unique(group[seen], return_inverse=True)
    together = np.bincount(place, (apart * items)[seen]) / n
    documents = len(together)
    if documents < 2:
        return Error(None, None)
    return Error(float(np.sqrt(documents / (documents - 1) * (together @ together))), documents - 1)


def asymptotic(
    value: float, error: float, confidence: float, *, freedom: float | None = None, top: float = 1.0
) -> dict[str, float]:
    """`asymptotic_low`, `asymptotic_high`, and the two-sided `p` of `value` / `error` against 0.

    By Student's t with `freedom` degrees, else by the normal distribution. Empty when the error is 0: there is nothing
    to go by, and [1, 1] for a few unanimous items would be wrong. The upper end is at most `top`.
    """
    if not error > 0:
        return {}
    level = (1 + confidence) / 2
    reach = error * (NormalDist().inv_cdf(level) if freedom is None else t_quantile(level, freedom))
    ratio = abs(value / error)
    tail = NormalDist().cdf(-ratio) if freedom is None else t_below(-ratio, freedom)
    return {"asymptotic_low": value - reach, "asymptotic_high": min(top, value + reach), "p": 2 * tail}
