"""Probabilities and quantiles of the F, t and chi-square distributions.

Abramowitz, M. and Stegun, I. A. (1964). Handbook of Mathematical Functions, chapters 6 and 26. The two incomplete
functions are the continued fraction 26.5.8, by Lentz's method, and the series 6.5.29 with the continued fraction
6.5.31; quantiles are found by halving, which cannot miss, in at most 200 steps.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

_TINY = 1e-300
_STEPS = 10_000
_LARGE = 60


def beta_share(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), for a, b > 0; 0 below x = 0, 1 above x = 1."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = math.exp(
        a * math.log(x) + b * math.log1p(-x) - math.lgamma(a) - math.lgamma(b) + math.lgamma(a + b)
    )
    # The fraction converges fast below the mean; above it the other tail does.
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(x, a, b) / a
    return 1 - front * _beta_fraction(1 - x, b, a) / b


def gamma_share(x: float, a: float) -> float:
    """The regularised lower incomplete gamma function P(a, x), for a > 0; 0 below x = 0."""
    return _gamma_parts(x, a)[0]


def f_below(x: float, first: float, second: float) -> float:
    """P(F <= x) with `first` and `second` degrees of freedom."""
    return beta_share(first * x / (first * x + second), first / 2, second / 2) if x > 0 else 0.0


def f_quantile(share: float, first: float, second: float) -> float:
    """The x with P(F <= x) = share, for 0 < share < 1."""
    return _inverse(lambda x: f_below(x, first, second), share)


def t_below(x: float, freedom: float) -> float:
    """P(T <= x) of Student's t."""
    tail = beta_share(freedom / (freedom + x * x), freedom / 2, 0.5) / 2
    return 1 - tail if x > 0 else tail


def t_quantile(share: float, freedom: float) -> float:
    """The x with P(T <= x) = share, for 0 < share < 1."""
    if share < 0.5:
        return -t_quantile(1 - share, freedom)
    if freedom >= _LARGE:
        return _t_series(NormalDist().inv_cdf(share), freedom)
    return _inverse(lambda x: t_below(x, freedom), share)


def _t_series(z: float, n: float) -> float:
    """Abramowitz and Stegun 26.7.5, from the normal quantile; from 60 degrees of freedom on to 1e-8 in the
    middle 99 %, to 1e-6 beyond."""
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    fourth = (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160
    return z + (first + (second + (third + fourth / n) / n) / n) / n


def chi_square_above(x: float, freedom: float) -> float:
    """P(X > x) of the chi-square distribution."""
    return _gamma_parts(x / 2, freedom / 2)[1]


def chi_square_quantile(share: float, freedom: float) -> float:
    """The x with P(X <= x) = share, for 0 < share < 1."""
    return _inverse(lambda x: gamma_share(x / 2, freedom / 2), share)


def _inverse(below: Callable[[float], float], share: float) -> float:
    """The x >= 0 at which a rising function reaches `share`, to the last digits of a float."""
    if not 0 < share < 1:
        raise ValueError(f"a share of {share}")
    low, high = 0.0, 1.0
    while below(high) < share:
        low, high = high, high * 2
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if below(middle) < share else (low, middle)
    return (low + high) / 2


def _beta_fraction(x: float, a: float, b: float) -> float:
    def term(at: int) -> float:
        m = at // 2
        if at % 2:
            return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))

    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    product = d
    for at in range(2, _STEPS):
        d = 1 / _away(1 + term(at) * d)
        c = _away(1 + term(at) / c)
        product *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return product


def _gamma_parts(x: float, a: float) -> tuple[float, float]:
    """Both tails, the smaller one computed, so that it keeps its digits."""
    if x <= 0:
        return 0.0, 1.0
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        below = front * _gamma_series(x, a)
        return below, 1 - below
    above = front * _gamma_fraction(x, a)
    return 1 - above, above


def _gamma_series(x: float, a: float) -> float:
    term = total = 1 / a
    for at in range(1, _STEPS):
        term *= x / (a + at)
        total += term
        if term < total * 1e-17:
            break
    return total


def _gamma_fraction(x: float, a: float) -> float:
    b = x + 1 - a
    c, d = 1 / _TINY, 1 / _away(b)
    product = d
    for at in range(1, _STEPS):
        b += 2
        step = -at * (at - a)
        d = 1 / _away(step * d + b)
        c = _away(b + step / c)
        product *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return product


def _away(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
