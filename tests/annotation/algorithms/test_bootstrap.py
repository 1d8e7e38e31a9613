"""The interval covers the truth about as often as it says (simulated with fixed seeds)."""

import numpy as np
import pytest

from annotation.algorithms.agreement import krippendorff_alpha
from annotation.algorithms.patterns import Patterns


def _missed(true: float, items: int, times: int) -> tuple[float, float]:
    """Shares of samples whose interval lies above and below the true alpha of two raters with two labels."""
    random = np.random.default_rng(2026)
    above = below = 0
    for _ in range(times):
        same = random.random(items) < true
        one, two = random.integers(0, 2, (2, items))
        labels = np.column_stack([one, np.where(same, one, two)]).tolist()
        found = krippendorff_alpha(Patterns.from_items(labels), seed=1)
        if found.low is not None and found.high is not None:
            above += found.low > true
            below += found.high < true
    return above / times, below / times


@pytest.mark.parametrize("true", [0.4, 0.7, 0.95])
@pytest.mark.parametrize("items", [30, 100])
def test_the_interval_misses_about_one_time_in_twenty(true: float, items: int) -> None:
    above, below = _missed(true, items, 300)
    assert above < 0.07  # the plain percentile bootstrap has 0.48 at 0.95 and 30 items
    assert below < 0.07
    assert above + below < 0.09
