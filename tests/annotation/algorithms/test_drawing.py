"""Samples drawn as sums, with every kind drawn by itself and with most of them together."""

import numpy as np
import pytest

from annotation.algorithms import drawing
from annotation.algorithms.agreement import krippendorff_alpha
from annotation.algorithms.counts import Counts
from annotation.algorithms.drawing import draw_sums


def test_sums_have_the_mean_and_the_spread_of_drawing_items() -> None:
    random = np.random.default_rng(1)
    rows = random.normal(size=(500, 3)) + np.array([5.0, 0.0, 1.0])
    shares = random.dirichlet(np.full(500, 0.5))
    pull = rows[:, 1]
    sums = draw_sums(rows, shares, 2_000, pull, 20_000, np.random.default_rng(2))
    middle = shares @ rows
    spread = (rows - middle).T @ ((rows - middle) * shares[:, None]) * 2_000
    assert sums.mean(axis=0) == pytest.approx(2_000 * middle, rel=0.003, abs=1)
    assert np.cov(sums.T) == pytest.approx(spread, rel=0.05, abs=60)


def test_many_kinds_together_give_the_interval_of_each_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(3)
    times = np.unique(random.multinomial(5, random.dirichlet(np.full(6, 0.4), 2_000)), axis=0)
    counts = Counts(tuple("abcdef"), times, random.integers(1, 9, len(times)))
    assert len(times) > drawing.EXACT
    together = krippendorff_alpha(counts, seed=1)
    monkeypatch.setattr(drawing, "EXACT", 10_000)
    alone = krippendorff_alpha(counts, seed=1)
    assert together.low is not None
    assert together.high is not None
    assert alone.low is not None
    assert alone.high is not None
    width = alone.high - alone.low
    assert together.low == pytest.approx(alone.low, abs=0.06 * width)
    assert together.high == pytest.approx(alone.high, abs=0.06 * width)
    assert together.value == alone.value
