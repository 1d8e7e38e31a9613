"""Quantiles and probabilities against printed tables and closed forms."""

import math

import pytest

from annotation.algorithms.distributions import (
    beta_share,
    chi_square_above,
    chi_square_quantile,
    f_below,
    f_quantile,
    gamma_share,
    t_below,
    t_quantile,
)


@pytest.mark.parametrize(
    ("share", "first", "second", "value"),
    [  # Abramowitz and Stegun 1964, table 26.9
        (0.95, 1, 1, 161.4476),
        (0.95, 3, 10, 3.7083),
        (0.95, 10, 30, 2.1646),
        (0.975, 5, 15, 3.5764),
        (0.975, 8, 8, 4.4333),
        (0.99, 4, 20, 4.4307),
        (0.99, 60, 120, 1.6557),
    ],
)
def test_f_has_the_tabled_quantiles(share: float, first: float, second: float, value: float) -> None:
    assert f_quantile(share, first, second) == pytest.approx(value, rel=5e-5)
    assert f_below(f_quantile(share, first, second), first, second) == pytest.approx(share, abs=1e-12)


@pytest.mark.parametrize(
    ("share", "freedom", "value"),
    [
        (0.975, 1, 12.7062),
        (0.975, 10, 2.22814),
        (0.95, 30, 1.69726),
        (0.995, 5, 4.03214),
        (0.975, 1e7, 1.959964),
    ],
)
def test_t_has_the_tabled_quantiles(share: float, freedom: float, value: float) -> None:
    assert t_quantile(share, freedom) == pytest.approx(value, rel=5e-6)
    assert t_quantile(1 - share, freedom) == pytest.approx(-value, rel=5e-6)
    assert t_below(0, freedom) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("share", "freedom", "value"),
    [(0.95, 1, 3.84146), (0.95, 5, 11.0705), (0.99, 19, 36.1909), (0.05, 10, 3.94030)],
)
def test_chi_square_has_the_tabled_quantiles(share: float, freedom: float, value: float) -> None:
    assert chi_square_quantile(share, freedom) == pytest.approx(value, rel=5e-6)
    assert chi_square_above(value, freedom) == pytest.approx(1 - share, rel=1e-4)


@pytest.mark.parametrize("x", [0.01, 0.3, 0.5, 0.77, 0.999])
def test_the_incomplete_functions_have_their_closed_forms(x: float) -> None:
    assert beta_share(x, 2, 3) == pytest.approx(6 * x**2 - 8 * x**3 + 3 * x**4, rel=1e-12)
    assert beta_share(x, 0.5, 0.5) == pytest.approx(2 / math.pi * math.asin(math.sqrt(x)), rel=1e-11)
    assert gamma_share(x, 1) == pytest.approx(-math.expm1(-x), rel=1e-12)
    assert gamma_share(9 * x, 0.5) == pytest.approx(math.erf(math.sqrt(9 * x)), rel=1e-11)


def test_tails_far_out_keep_their_digits() -> None:
    # Of 2 degrees of freedom the tail is exp(-x / 2).
    assert chi_square_above(200, 2) == pytest.approx(math.exp(-100), rel=1e-12)
    with pytest.raises(ValueError, match="share"):
        f_quantile(1.0, 2, 2)
