"""Intervals: they cover the truth about as often as they say (drawn with fixed seeds), and the degenerate ones."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.algorithms.agreement import krippendorff_alpha, percent_agreement
from annotation.algorithms.bootstrap import Floats, Sums, clustered, interval
from annotation.algorithms.patterns import Patterns
from annotation.algorithms.study import Study
from annotation.algorithms.units import mean_of_second
from benchmarks.coverage import Cell, Held, held, percentile, tilted

SAMPLES = 300  # a share of 5 % has a standard error of 1.3 points


def _honest(found: Held) -> bool:
    """Two points around 95 %, and no more than 4.5 % too high, give or take two standard errors.

    With 30 items and almost no disagreement the number of disagreements is so small that no interval holds the truth
    more than 95 % and less than 98 % of the time; there too much is no fault.
    """
    return found.inside >= 0.905 and found.above <= 0.07 and found.below <= 0.08


@pytest.mark.parametrize("alpha", [0.4, 0.7, 0.95])
@pytest.mark.parametrize("items", [30, 100])
@pytest.mark.parametrize(
    ("raters", "scale"), [(3, "2 even"), (2, "2 even"), (3, "2 skewed"), (5, "3 skewed")]
)
def test_the_interval_holds_the_truth_as_often_as_it_says(
    alpha: float, items: int, raters: int, scale: str
) -> None:
    assert _honest(held(Cell("slips", alpha, items, raters, scale), tilted, SAMPLES))


def test_the_interval_holds_the_truth_with_a_thousand_items() -> None:
    assert _honest(held(Cell("slips", 0.95, 1_000, 3, "3 skewed"), tilted, SAMPLES))


@pytest.mark.parametrize("scale", ["2 even", "2 skewed"])
def test_the_plain_percentile_bootstrap_would_not_pass(scale: str) -> None:
    found = held(Cell("slips", 0.95, 30, 3, scale), percentile, 100)
    assert found.above > 0.2
    assert not _honest(found)


def test_documents_are_resampled_together_and_items_alone_would_seem_too_sure() -> None:
    cell = Cell("documents", 0.7, 1_000, 3, "2 even")
    together, alone = held(cell, tilted, 150), held(cell, _alone, 150)
    assert _honest(together)
    assert alone.inside < together.inside
    assert alone.width < 0.8 * together.width


def _alone(study: Study, seed: int) -> tuple[float | None, float | None]:
    return tilted(replace(study, group=None), seed)


def test_ten_unanimous_items_leave_room_below() -> None:
    found = krippendorff_alpha(Patterns({(("a", 2),): 5, (("b", 2),): 5}), seed=1)
    assert (found.value, found.high, found.method) == (1.0, 1.0, "exact")
    # Clopper and Pearson: with nothing seen in ten a share is at most 1 - .025^(1/10); by chance 10 in 19 disagree.
    assert found.low == pytest.approx(1 - (1 - 0.025**0.1) / (10 / 19))


def test_a_share_has_the_exact_interval_with_the_mid_p_rule() -> None:
    """Ten of 400: P(X > x) + P(X = x) / 2 is a / 2 at the ends (Berry and Armitage 1995, doi:10.2307/2348891)."""
    sums = Sums(np.array([[1.0, 0.0], [1.0, 1.0]]), np.array([390, 10]), mean_of_second)
    found = interval(sums, seed=3, reach=1.0, bounds=(0.0, 1.0), draws=20_000)
    assert found.low is not None
    assert found.high is not None
    assert found.low == pytest.approx(_mid_p(10, 400, upper=False), rel=0.03)
    assert found.high == pytest.approx(_mid_p(10, 400, upper=True), rel=0.03)


def _mid_p(seen: int, of: int, *, upper: bool) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        mass = [math.comb(of, x) * middle**x * (1 - middle) ** (of - x) for x in range(seen + 1)]
        below = sum(mass[:-1]) + mass[-1] / 2
        rejected = below < 0.025 if upper else 1 - below < 0.025
        low, high = (low, middle) if rejected == upper else (middle, high)
    return (low + high) / 2


def test_a_label_nobody_agreed_on_leaves_the_truth_in_reach() -> None:
    """No item has two `b`: as far as it goes agreement on `b` is 0, but a few items do not show it."""
    found = krippendorff_alpha(Patterns({(("a", 3),): 26, (("a", 2), ("b", 1)): 4}), seed=1)
    assert found.value is not None
    assert found.high is not None
    assert found.value < 0 < 0.3 < found.high


def test_the_order_of_kinds_and_their_doubles_change_nothing() -> None:
    features = np.array([[1.0, 0.0], [1.0, 0.5], [1.0, 1.0], [1.0, 0.5]])
    counts = np.array([5, 7, 9, 3])
    order = [3, 1, 0, 2]
    one = interval(Sums(features, counts, mean_of_second), seed=1, reach=1, bounds=(0, 1))
    two = interval(Sums(features[order], counts[order], mean_of_second), seed=1, reach=1, bounds=(0, 1))
    merged = Sums(features[:3], np.array([5, 10, 9]), mean_of_second)
    assert one == two == interval(merged, seed=1, reach=1, bounds=(0, 1))


def test_documents_are_sums_over_their_items() -> None:
    features = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 1.0], [1.0, 5.0]])
    sums = clustered(features, np.array([1, 1, 1, 0]), np.array([4, 4, 9, 11]), mean_of_second)
    kinds = {tuple(row): int(count) for row, count in zip(sums.features, sums.counts, strict=True)}
    assert kinds == {(2.0, 1.0): 1, (1.0, 1.0): 1, (1.0, 5.0): 0}
    assert list(sums.totals) == [3.0, 2.0]


def test_draws_without_a_value_are_counted() -> None:
    def from_four(sums: Floats) -> Floats:
        return np.where(sums[..., 1] > 3.5, sums[..., 1], np.nan)

    found = interval(Sums(np.eye(2), np.array([20, 5]), from_four), seed=1, reach=1, bounds=(0, 25))
    assert found.undefined == pytest.approx(234, abs=50)  # P(X <= 3) of 25 with a share of .2
    assert found.method == "tilted"


def test_more_than_half_of_the_draws_without_a_value_is_no_interval() -> None:
    def five_or_six(sums: Floats) -> Floats:
        return np.where(np.abs(sums[..., 1] - 5.5) < 1, sums[..., 1], np.nan)

    found = interval(Sums(np.eye(2), np.array([20, 5]), five_or_six), seed=1, reach=1, bounds=(0, 25))
    assert (found.low, found.high, found.method) == (None, None, None)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=5), min_size=1, max_size=12))
def test_any_interval_holds_its_value_and_keeps_to_its_scale(items: list[list[str]]) -> None:
    for measure in (krippendorff_alpha, percent_agreement):
        found: Any = measure(Patterns.from_items(items), seed=1)
        if found.low is not None:
            assert -1 <= found.low <= found.value <= found.high <= 1
