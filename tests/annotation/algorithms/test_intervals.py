"""Intervals where labels are rare, and the words where there is none."""

from collections.abc import Callable

import numpy as np
import pytest

from annotation.algorithms.agreement import krippendorff_alpha
from annotation.algorithms.bootstrap import Floats, Sums
from annotation.algorithms.estimate import with_interval
from annotation.algorithms.gwet import fleiss_kappa
from annotation.algorithms.patterns import Patterns
from annotation.algorithms.statistic import Statistic


@pytest.mark.parametrize("items", [2, 30, 1_000])
@pytest.mark.parametrize("annotators", [2, 3])
@pytest.mark.parametrize("measure", [krippendorff_alpha, fleiss_kappa])
def test_one_lone_label_has_bounds_on_both_sides(
    measure: Callable[..., Statistic], annotators: int, items: int
) -> None:
    """Alpha is 0 however many items agree on the other label; what nobody saw may have been agreed on."""
    alike, lone = (("a", annotators),), (("a", annotators - 1), ("b", 1))
    found = measure(Patterns({alike: items - 1, lone: 1}), seed=1)
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < 0.5 < found.high <= 1
    assert found.high < 1 or items == 2


def test_a_value_without_an_interval_says_so() -> None:
    def five_or_six(sums: Floats) -> Floats:
        return np.where(np.abs(sums[..., 1] - 5.5) < 1, sums[..., 1], np.nan)

    sums = Sums(np.eye(2), np.array([20, 5]), five_or_six)
    plain = Statistic(kind="any", value=5.0)
    found = with_interval(plain, sums, seed=1, confidence=0.95, reach=1.0, bounds=(0.0, 25.0))
    assert (found.low, found.high) == (None, None)
    assert [caution.code for caution in found.warnings] == ["undefined_draws", "no_interval"]
