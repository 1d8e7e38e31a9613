"""Functions of the gamma and beta distributions against published values and the standard library."""

from __future__ import annotations

import math

import numpy as np
import pytest

from annotation.algorithms.distributions import beta_share
from annotation.algorithms.truth.special import beta_below, beta_quantile, digamma, log_gamma
from annotation.algorithms.truth.strength import STRONGEST, strength


def test_log_gamma_is_that_of_the_standard_library() -> None:
    x = np.concatenate([np.geomspace(1e-6, 1e6, 200), [0.5, 1.0, 2.0]])
    assert np.allclose(log_gamma(x), [math.lgamma(value) for value in x], rtol=1e-12, atol=1e-11)


def test_digamma_at_tabled_points() -> None:
    """Abramowitz and Stegun (1964), 6.3.2 and 6.3.3, table 6.1."""
    assert digamma(1.0) == pytest.approx(-0.5772156649015329, abs=1e-12)
    assert digamma(0.5) == pytest.approx(-1.9635100260214235, abs=1e-12)
    assert digamma(2.0) == pytest.approx(0.4227843350984671, abs=1e-12)


def test_the_beta_distribution() -> None:
    grid = [
        (x, a, b) for x in (0.0, 0.01, 0.3, 0.9, 1.0) for a in (0.5, 2.0, 40.0) for b in (0.7, 5.0, 300.0)
    ]
    ours = beta_below(*(np.array(column) for column in zip(*grid, strict=True)))
    assert np.allclose(ours, [beta_share(*row) for row in grid], atol=1e-10)
    a, b = np.array([0.5, 3.0, 95.0]), np.array([4.0, 3.0, 5.0])
    for share in (0.025, 0.5, 0.975):
        assert np.allclose(beta_below(beta_quantile(share, a, b), a, b), share, atol=1e-8)


@pytest.mark.parametrize("true", [5.0, 30.0])
def test_the_strength_of_a_crowd_is_found(true: float) -> None:
    rng = np.random.default_rng(1)
    mean = np.array([0.7, 0.2, 0.1])
    counts = np.array([rng.multinomial(40, rng.dirichlet(true * mean)) for _ in range(400)], dtype=np.float64)
    assert true / 1.4 < strength(counts, mean) < true * 1.4
    same = np.array([rng.multinomial(40, mean) for _ in range(400)], dtype=np.float64)
    assert strength(same, mean) > 300
    assert strength(np.array([[1.0, 0.0]] * 5), np.array([0.5, 0.5])) == pytest.approx(STRONGEST)
