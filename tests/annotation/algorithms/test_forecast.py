"""The forecast: what it refuses, that it repeats itself, and how often its interval holds on replayed projects."""

from itertools import pairwise
from random import Random

import pytest

from annotation.algorithms.forecast import HORIZON, NoForecast, forecast
from benchmarks.forecast import Coverage, check, pooled, replayed, simulated


def test_nothing_left_is_done() -> None:
    assert forecast([3] * 10, 0, weekday=0, seed=1).reason is NoForecast.DONE


@pytest.mark.parametrize("daily", [[], [4], [0, 0, 0, 0, 0, 0, 0, 3]])
def test_too_little_history_is_no_forecast(daily: list[int]) -> None:
    assert forecast(daily, 10, weekday=0, seed=1).reason is NoForecast.TOO_SHORT


def test_a_project_at_rest_has_no_rate() -> None:
    assert forecast([5] * 30 + [0] * 14, 10, weekday=0, seed=1).reason is NoForecast.IDLE


def test_the_same_arguments_give_the_same_answer() -> None:
    days = [4, 6, 5, 0, 7, 3, 8, 5, 6]
    assert forecast(days, 50, weekday=2, seed=9) == forecast(days, 50, weekday=2, seed=9)


def test_an_even_pace_ends_when_division_says() -> None:
    found = forecast([10] * 56, 100, weekday=0, seed=1)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= 10 <= found.high
    assert found.median in range(9, 12)


def test_days_off_stay_days_off() -> None:
    week = [10, 10, 10, 10, 10, 0, 0]
    found = forecast(week * 8, 50, weekday=6, seed=1)
    assert found.median in range(5, 8)
    rises = [later[2] - earlier[2] for earlier, later in pairwise(found.fan)]
    assert all(rise == 0 for rise in rises[4:6])


def test_the_fan_rises_to_what_was_left_and_no_further() -> None:
    found = forecast([3, 9, 4, 6, 5, 8, 2, 7, 5, 6], 60, weekday=4, seed=3)
    for lows in zip(*found.fan, strict=True):
        assert list(lows) == sorted(lows)
    assert all(low <= middle <= high <= 60 for _, low, middle, high in found.fan)


def test_an_end_beyond_the_horizon_is_not_named() -> None:
    found = forecast([0, 1] * 20, 10 * HORIZON, weekday=0, seed=1)
    assert (found.low, found.median, found.high) == (None, None, None)
    assert found.reason is None


def test_the_interval_holds_as_often_as_it_says() -> None:
    """Eight kinds of simulated projects; single kinds are told in benchmarks/README.md."""
    found = pooled(simulated(16, seed=11))
    assert 0.74 <= found.share <= 0.92


def test_a_replayed_file_keeps_every_item() -> None:
    items = [f"i{number}" for number in range(200) for _ in range(3)]
    days = replayed(items, Random(4))
    assert sum(days) == 200
    found = Coverage()
    check(days, found, seed=1)
    assert found.inside
