import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.algorithms.posterior import MOST_RELIABLE, expected_reliability, posterior

VOTES = st.lists(st.tuples(st.sampled_from("abcd"), st.floats(0, 1)), min_size=1, max_size=8)


def test_one_vote_of_two_labels_is_worth_its_reliability() -> None:
    assert posterior([("a", 0.8)], 2) == {"a": pytest.approx(0.8)}


def test_two_that_agree_on_two_labels() -> None:
    """.8 * .9 against .2 * .1."""
    assert posterior([("a", 0.8), ("a", 0.9)], 2) == {"a": pytest.approx(0.72 / 0.74)}


def test_two_that_differ_on_three_labels() -> None:
    """a: .8 * .3/2 = .12; b: .2/2 * .7 = .07; the third: .2/2 * .3/2 = .015."""
    found = posterior([("a", 0.8), ("b", 0.7)], 3)

    assert found == {"a": pytest.approx(0.12 / 0.205), "b": pytest.approx(0.07 / 0.205)}
    assert math.fsum(found.values()) < 1


def test_one_who_is_reliable_outweighs_two_who_are_not() -> None:
    """a: .95 * .4 * .4 = .152; b: .05 * .6 * .6 = .018."""
    found = posterior([("a", 0.95), ("b", 0.6), ("b", 0.6)], 2)

    assert found == {"a": pytest.approx(0.152 / 0.17), "b": pytest.approx(0.018 / 0.17)}


def test_where_any_value_may_be_said_there_is_one_more() -> None:
    """K = 2: what was said, and anything else."""
    assert posterior([((0, 5, "Party"), 0.8)], 0) == {(0, 5, "Party"): pytest.approx(0.8)}
    assert posterior([(1, 0.8), (2, 0.8)], 0) == {
        1: pytest.approx(0.08 / 0.17),
        2: pytest.approx(0.08 / 0.17),
    }


def test_a_vote_at_chance_says_nothing_and_one_below_no_less() -> None:
    for reliability in (0.0, 0.1, 0.25):
        assert posterior([("a", 0.9), ("b", reliability)], 4)["a"] == pytest.approx(0.9)


def test_no_vote_is_proof() -> None:
    assert posterior([("a", 1.0)], 2) == {"a": pytest.approx(MOST_RELIABLE)}


def test_more_labels_said_than_there_are_are_all_counted() -> None:
    assert len(posterior([("a", 0.8), ("b", 0.8), (None, 0.8)], 2)) == 3
    assert posterior([("a", 0.8)], 1) == {"a": pytest.approx(0.8)}


def test_without_votes_nothing_is_known() -> None:
    assert posterior([], 3) == {}


def test_a_thousand_votes_are_no_trouble() -> None:
    found = posterior([("a", 0.6)] * 1000 + [("b", 0.6)] * 900, 20)

    assert found["a"] == pytest.approx(1)
    assert 0 <= found["b"] < 1e-9


def test_who_was_never_tested_is_right_in_four_of_five() -> None:
    assert expected_reliability(0, 0) == 0.8
    assert expected_reliability(0, 15) == 0.2
    assert expected_reliability(95, 95) == 0.99


@given(VOTES, st.integers(0, 6))
def test_probabilities_add_up_to_1_at_most(votes: list[tuple[str, float]], labels: int) -> None:
    found = posterior(votes, labels)

    assert set(found) == {label for label, _ in votes}
    assert all(0 <= chance <= 1 for chance in found.values())
    assert math.fsum(found.values()) <= 1 + 1e-12


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 1)), min_size=2, max_size=4), st.integers(0, 5)
)
def test_the_order_of_the_votes_makes_no_difference(votes: list[tuple[str, float]], labels: int) -> None:
    found = posterior(votes, labels)

    assert all(posterior(turned, labels) == found for turned in permutations(votes))


@given(VOTES, st.integers(0, 6), st.floats(0, 1))
def test_one_more_vote_for_a_label_never_lowers_it(
    votes: list[tuple[str, float]], labels: int, reliability: float
) -> None:
    label = votes[0][0]

    assert posterior([*votes, (label, reliability)], labels)[label] >= posterior(votes, labels)[label] - 1e-12
