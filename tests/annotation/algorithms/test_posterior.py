import math
from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.algorithms.posterior import MOST_RELIABLE, expected_reliability, posterior

VOTES = st.lists(st.tuples(st.sampled_from("abcd"), st.floats(0, 1)), min_size=1, max_size=8)


def by_hand(votes: Sequence[tuple[object, float]], of: int, label: object) -> float:
    """The docstring's formula, for skills that need no bound: an ease's share times the product of its votes."""
    total = 0.0
    for ease, share in ((1.0, 0.7), (0.5, 0.2), (0.0, 0.1)):
        part = share
        for said, reliability in votes:
            skill = (reliability - 0.2 / of) / 0.8
            part *= ease * (skill if said == label else (1 - skill) / (of - 1)) + (1 - ease) / of
        total += part
    return total


def test_one_vote_of_two_labels_is_worth_its_reliability() -> None:
    assert posterior([("a", 0.8)], 2) == {"a": pytest.approx(0.8)}


def test_two_that_agree_on_two_labels() -> None:
    """Skills .875 and .75. Easy: .65625 against .03125; half: .4297, .1172; guesses: .25. So .5703 against .0703."""
    votes = [("a", 0.8), ("a", 0.7)]
    right, wrong = by_hand(votes, 2, "a"), by_hand(votes, 2, "b")

    assert right == pytest.approx(0.5703125)
    assert wrong == pytest.approx(0.0703125)
    assert posterior(votes, 2) == {"a": pytest.approx(right / (right + wrong))}


def test_two_that_differ_on_three_labels() -> None:
    votes = [("a", 0.8), ("b", 0.7)]
    chances = {label: by_hand(votes, 3, label) for label in "abc"}
    found = posterior(votes, 3)

    assert found == {label: pytest.approx(chances[label] / sum(chances.values())) for label in "ab"}
    assert math.fsum(found.values()) < 1


def test_one_who_is_reliable_outweighs_two_who_are_not() -> None:
    found = posterior([("a", 0.95), ("b", 0.6), ("b", 0.6)], 2)

    assert found == {"a": pytest.approx(0.815, abs=1e-3), "b": pytest.approx(0.185, abs=1e-3)}


def test_a_majority_with_one_against_it_is_less_sure_than_without_hard_items() -> None:
    """Three of four who are right in .9: .98 if errors came alone, but who disagree may be guessing."""
    assert posterior([("a", 0.9)] * 3 + [("b", 0.9)], 3)["a"] == pytest.approx(0.815, abs=1e-3)


def test_where_any_value_may_be_said_there_is_one_more() -> None:
    """K = 2: what was said, and anything else."""
    assert posterior([((0, 5, "Party"), 0.8)], 0) == {(0, 5, "Party"): pytest.approx(0.8)}
    found = posterior([(1, 0.8), (2, 0.8)], 0)
    assert found[1] == found[2] < 0.5


def test_a_vote_at_chance_says_nothing_of_the_labels_and_one_below_no_less() -> None:
    for reliability in (0.0, 0.1, 0.25):
        assert posterior([("a", 0.9), ("b", reliability)], 4)["a"] == pytest.approx(
            posterior([("a", 0.9)], 4)["a"]
        )


def test_no_vote_is_proof() -> None:
    """Right in .99 of easy items, of half in .745, of guesses in .5."""
    assert posterior([("a", 1.0)], 2) == {"a": pytest.approx(0.7 * MOST_RELIABLE + 0.2 * 0.745 + 0.1 * 0.5)}


def test_no_crowd_is_proof_that_guessing_crowds_are_rare() -> None:
    assert posterior([("a", 0.8)] * 3, 2)["a"] < 0.98


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
