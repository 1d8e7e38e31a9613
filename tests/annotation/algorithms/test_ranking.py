import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.algorithms import ranking

UNIT = st.floats(0, 1)
PARTS = st.dictionaries(st.sampled_from(sorted(ranking.DEFAULT_WEIGHTS)), UNIT)
WEIGHTS = st.dictionaries(st.sampled_from(sorted(ranking.DEFAULT_WEIGHTS)), st.floats(0, 10))


def test_the_score_is_the_weighted_mean() -> None:
    parts = {"speciality": 1.0, "language": 0.7, "load": 0.5}

    found = ranking.score(parts, {"speciality": 2, "language": 1, "load": 1})

    assert found == pytest.approx((2 * 1.0 + 0.7 + 0.5) / 4)


def test_a_part_that_is_absent_counts_as_nothing_and_a_weight_of_nothing_not_at_all() -> None:
    assert ranking.score({"speciality": 1.0}, {"speciality": 1, "load": 1}) == 0.5
    assert ranking.score({"speciality": 1.0, "load": 0.0}, {"speciality": 1, "load": 0}) == 1.0
    assert ranking.score({"speciality": 1.0}, {"speciality": 0}) == 0.0
    assert ranking.score({"speciality": 1.0}, {}) == 0.0


@given(PARTS, WEIGHTS)
def test_the_score_stays_between_0_and_1(parts: dict[str, float], weights: dict[str, float]) -> None:
    assert 0 <= ranking.score(parts, weights) <= 1


@given(PARTS, WEIGHTS, st.sampled_from(sorted(ranking.DEFAULT_WEIGHTS)), UNIT)
def test_a_better_part_never_lowers_the_score(
    parts: dict[str, float], weights: dict[str, float], name: str, more: float
) -> None:
    better = {**parts, name: max(parts.get(name, 0.0), more)}

    assert ranking.score(better, weights) >= ranking.score(parts, weights)


def test_a_verified_match_is_worth_more_than_a_declared_one() -> None:
    assert [ranking.match(True, True), ranking.match(True, False)] == [1.0, 1.0]
    assert [ranking.match(False, True), ranking.match(False, False)] == [0.6, 0.0]


def test_language_levels_rise() -> None:
    levels = [None, "", "X9", "A1", "A2", "B1", "B2", "C1", "C2", "native"]

    assert [ranking.language(level) for level in levels] == [0, 0, 0, 0.1, 0.2, 0.4, 0.7, 0.85, 0.95, 1]


def test_reliability_begins_at_a_half() -> None:
    assert ranking.reliability(0, 0) == 0.5
    assert ranking.reliability(9, 10) == pytest.approx(10 / 12)


def test_load_counts_against_the_hours_offered() -> None:
    assert ranking.load(0, 5) == 1
    assert ranking.load(10, None) == 0.5
    assert ranking.load(10, 0) == 0.5
    assert ranking.load(10, 40) == 0.8


def test_a_rate_counts_against_the_ceiling() -> None:
    assert ranking.rate(25, 100) == 0.75
    assert ranking.rate(150, 100) == 0
    assert ranking.rate(None, 100) == ranking.rate(25, None) == ranking.rate(25, 0) == 1


def test_a_deadline_presses_as_it_nears() -> None:
    assert ranking.deadline(None) == 0
    assert ranking.deadline(-2) == ranking.deadline(0) == 1
    assert ranking.deadline(3) == 0.5
    assert ranking.deadline(27) == pytest.approx(0.1)


def test_waiting_rises_from_nothing() -> None:
    assert ranking.waiting(0) == ranking.waiting(-1) == 0
    assert ranking.waiting(24) == pytest.approx(1 - math.exp(-1))
    assert ranking.waiting(1e9) == 1


def test_weights_come_back_as_floats() -> None:
    assert ranking.checked_weights({"load": 1, "rate": 10}) == {"load": 1.0, "rate": 10.0}
    assert ranking.checked_weights(ranking.DEFAULT_WEIGHTS) == ranking.DEFAULT_WEIGHTS


@pytest.mark.parametrize(
    ("weights", "named"),
    [
        ({"charm": 1}, "charm"),
        ({"load": -0.1}, "load"),
        ({"load": 10.5}, "load"),
        ({"load": math.nan}, "load"),
        ({"load": math.inf}, "load"),
        ({"load": True}, "load"),
        ({"load": "1"}, "load"),
        ({"load": None}, "load"),
        ({"load": 0}, "all"),
        ({}, "all"),
    ],
)
def test_weights_that_say_nothing_are_refused_by_name(weights: dict[str, object], named: str) -> None:
    with pytest.raises(ValueError, match=f"^{named}$"):
        ranking.checked_weights(weights)
