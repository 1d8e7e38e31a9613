import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.algorithms.expected_gain import expected_gain

VOTES = st.lists(st.tuples(st.sampled_from("abc"), st.floats(0.3, 1)), max_size=6)


def test_the_first_vote_tells_what_a_channel_of_its_reliability_carries() -> None:
    """Two labels, right in .8: log 2 - H(.8) nats, and .3 more of the answers are right."""
    found = expected_gain([], 2, 0.8)

    assert found.nats == pytest.approx(math.log(2) + 0.8 * math.log(0.8) + 0.2 * math.log(0.2))
    assert found.points == pytest.approx(0.3)
    assert found.worth_it()


def test_a_vote_at_chance_tells_nothing() -> None:
    assert expected_gain([("a", 0.8)], 4, 0.25) == pytest.approx((0, 0), abs=1e-12)
    assert not expected_gain([("a", 0.8)], 4, 0.25).worth_it()


def test_one_of_two_who_differ_needs_a_third_more_than_two_who_agree() -> None:
    split = expected_gain([("a", 0.8), ("b", 0.8)], 2, 0.8)
    agreed = expected_gain([("a", 0.8), ("a", 0.8)], 2, 0.8)

    assert split.nats > agreed.nats
    assert split.points > 0.1
    assert agreed.points == 0


def test_of_an_item_on_which_many_differ_one_more_tells_little() -> None:
    votes = [("a", 0.8), ("b", 0.8)] * 6

    assert expected_gain([*votes, ("a", 0.8)], 2, 0.8).nats < 0.03


@given(VOTES, st.integers(0, 5), st.floats(0.2, 1))
def test_it_is_never_less_than_nothing(
    votes: list[tuple[str, float]], labels: int, reliability: float
) -> None:
    found = expected_gain(votes, labels, reliability)

    assert 0 <= found.nats <= math.log(max(labels, 4) + 1)
    assert 0 <= found.points <= 1
