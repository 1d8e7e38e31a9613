"""The log of the gamma function, and probabilities of the beta distribution, for arrays.

Abramowitz, M. and Stegun, I. A. (1964). Handbook of Mathematical Functions: 6.1.41 (Stirling's series) and 26.5.8
(the continued fraction of the incomplete beta function).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from annotation.algorithms.truth.labels import Floats

_SHIFT = 8
_STEPS = 300


def log_gamma(x: ArrayLike) -> Floats:
    """log Gamma(x) for x > 0, to 1e-11."""
    z = np.asarray(x, dtype=np.float64)
    product = np.ones_like(z)
    for step in range(
        _SHIFT
    ):  # Gamma(x) = Gamma(x + 8) / (x (x+1) ... (x+7)), and Stirling is exact enough there
        product = product * (z + step)
    y = z + _SHIFT
    series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * y * y)) / (y * y)) / (y * y)) / y
    return np.asarray((y - 0.5) * np.log(y) - y + 0.5 * np.log(2 * np.pi) + series - np.log(product))


def digamma(x: ArrayLike) -> Floats:
    """The derivative of log Gamma(x) for x > 0, to 1e-12 (6.3.5 and 6.3.18)."""
    z = np.asarray(x, dtype=np.float64)
    shift = np.zeros_like(z)
    for step in range(_SHIFT):
        shift = shift + 1 / (z + step)
    y = z + _SHIFT
    square = 1 / (y * y)
    series = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square / 132))))
    return np.asarray(np.log(y) - 0.5 / y - series - shift)


def beta_below(x: ArrayLike, a: ArrayLike, b: ArrayLike) -> Floats:
    """P(X <= x) of Beta(a, b), for 0 <= x <= 1 and a, b > 0."""
    x, a, b = (np.asarray(each, dtype=np.float64) for each in np.broadcast_arrays(x, a, b))
    turn = x > (a + 1) / (a + b + 2)  # the fraction converges fast below the mean
    y, one, two = np.where(turn, 1 - x, x), np.where(turn, b, a), np.where(turn, a, b)
    inner = np.clip(y, 1e-300, 1 - 1e-16)
    front = one * np.log(inner) + two * np.log1p(-inner) - np.log(one)
    front = front + log_gamma(one + two) - log_gamma(one) - log_gamma(two)
    below = np.where(y <= 0, 0.0, np.exp(front) * _fraction(inner, one, two))
    return np.clip(np.where(turn, 1 - below, below), 0.0, 1.0)


def beta_quantile(share: float, a: ArrayLike, b: ArrayLike) -> Floats:
    """The x below which Beta(a, b) has the given share, by halving."""
    a, b = (np.asarray(each, dtype=np.float64) for each in np.broadcast_arrays(a, b))
    low, high = np.zeros_like(a), np.ones_like(a)
    for _ in range(40):
        middle = (low + high) / 2
        under = beta_below(middle, a, b) < share
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    return (low + high) / 2


def _fraction(x: Floats, a: Floats, b: Floats) -> Floats:
    """The continued fraction, by Lentz's method."""
    tiny = 1e-300
    c = np.ones_like(x)
    d = 1 / _away(1 - (a + b) * x / (a + 1), tiny)
    product = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        change = np.ones_like(x)
        for term in (even, odd):
            d = 1 / _away(1 + term * d, tiny)
            c = _away(1 + term / c, tiny)
            change = change * c * d
        product = product * change
        if np.all(np.abs(change - 1) < 1e-14):
            break
    return product


def _away(value: Floats, tiny: float) -> Floats:
    return np.where(np.abs(value) > tiny, value, tiny)
