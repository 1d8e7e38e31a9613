"""One end of a bootstrap tilting interval.

The data are the shares p_k of kinds of item. The least favourable family through them (Efron 1981) is

    p_k(t) = p_k exp(t l_k) / sum_j p_j exp(t l_j)

with l_k the influence of kind k on the value. An end of the interval is the value at that p(t) under which a sample
would be as far out as the one seen, or further, with probability a / 2: the test of Clopper and Pearson, inverted, for
any function of sums. One set of draws from p serves every t, since a draw with A = sum of l over its items has the
weight exp(t A) / (sum_k p_k exp(t l_k))^N. Draws that tie with the value count half (the mid-p rule).

Where p(t) itself gives, with probability a / 2 or more, a sample at the very bound of the scale (no disagreement at
all), the interval's other end cannot err there, and all of a is spent on this one (Blaker 2000). There is then no
sample for which both ends are wrong, and the ends are not longer than the level asks for.

Efron, B. (1981). Nonparametric standard errors and confidence intervals. doi:10.2307/3314608
DiCiccio, T. J. and Romano, J. P. (1990). Nonparametric confidence limits by resampling methods and least favorable
families. International Statistical Review 58, 59-76. doi:10.2307/1403474
Hesterberg, T. (1999). Bootstrap tilting confidence intervals. Research report 84, MathSoft.
Blaker, H. (2000). Confidence curves and improved exact confidence intervals. doi:10.2307/3315916
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_DOUBLINGS, _HALVINGS = 30, 14  # the end is found to 2e-4 of a standard error
_MOST = 600.0  # exponents beyond are cut, so that none overflows


@dataclass(frozen=True, eq=False)
class Tilted:
    """Draws from `shares` (kinds,) of `items` items, and what tilting them by `influence` (kinds,) needs.

    `along` (draws,) is the sum of influences over a draw; `beyond` (draws,) says whether a draw is at least as far
    out as the sample (a half where it ties), NaN where the statistic has no value; `inside` (kinds,) marks kinds
    without which a sample is at the bound of the scale. `influence` points to the end that is sought.
    """

    shares: Floats
    items: int
    influence: Floats
    along: Floats
    beyond: Floats
    inside: NDArray[np.bool_]

    def end(self, side: float, whole: float) -> Floats:
        """The shares (kinds,) at the end of the interval, for a `side` level of a / 2 and a `whole` one of a."""
        low, high = 0.0, 2.5 / np.sqrt(self.items)
        for _ in range(_DOUBLINGS):
            if self._rejected(high, side, whole):
                break
            low, high = high, 2 * high
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            low, high = (low, middle) if self._rejected(middle, side, whole) else (middle, high)
        return self._shares(high)[0]

    def _rejected(self, t: float, side: float, whole: float) -> bool:
        shares, log_total = self._shares(t)
        weights = np.exp(np.minimum(t * self.along - self.items * log_total, _MOST)) / len(self.along)
        nowhere = np.isnan(self.beyond)
        defined = 1 - min(0.5, float(weights[nowhere].sum()))
        tail = float(weights @ np.where(nowhere, 0.0, self.beyond)) / defined
        if tail <= side:
            return True
        at_bound = (
            (1 - min(1.0, float(shares[self.inside].sum()))) ** self.items if self.inside.any() else 0.0
        )
        return at_bound >= whole / 2 and tail <= whole

    def _shares(self, t: float) -> tuple[Floats, float]:
        exponent = t * self.influence
        most = float(exponent.max())
        shares = self.shares * np.exp(exponent - most)
        total = float(shares.sum())
        return shares / total, float(np.log(total)) + most
