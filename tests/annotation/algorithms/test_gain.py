"""What settling a dispute is worth, in bits."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.algorithms.gain import uncertainty, uncertainty_of_sets
from annotation.algorithms.posterior import posterior

VOTES = st.lists(st.tuples(st.sampled_from("abc"), st.floats(0.3, 0.99)), min_size=1, max_size=6)


def test_no_vote_is_no_dispute() -> None:
    assert uncertainty([], 3) == 0
    assert uncertainty_of_sets([]) == 0
    assert uncertainty_of_sets([((), 0.8), ((), 0.8)]) == 0


def test_it_is_the_entropy_of_the_posterior_with_what_nobody_said() -> None:
    votes = [("a", 0.8), ("b", 0.8)]
    chances = posterior(votes, 4)
    rest = 1 - sum(chances.values())
    spread = [*chances.values(), rest / 2, rest / 2]
    assert uncertainty(votes, 4) == pytest.approx(-sum(p * math.log2(p) for p in spread))


def test_even_answers_come_before_two_against_one_and_unanimous_ones_last() -> None:
    three = uncertainty([("a", 0.8), ("b", 0.8), ("c", 0.8)], 3)
    two = uncertainty([("a", 0.8), ("a", 0.8), ("b", 0.8)], 3)
    none = uncertainty([("a", 0.8)] * 3, 3)
    assert three == pytest.approx(math.log2(3))
    assert three > two > none > 0


def test_one_span_of_ten_is_worth_less_than_one_of_one() -> None:
    same: Any = tuple((at, at + 1, "x") for at in range(9))
    odd = ((50, 60, "x"),)
    many = uncertainty_of_sets([(same + odd, 0.8), (same, 0.8)])
    alone = uncertainty_of_sets([(odd, 0.8), ((), 0.8)])
    assert 0 < many < alone <= 1


@given(VOTES, st.integers(3, 8), st.randoms())
def test_it_is_bounded_and_does_not_depend_on_the_order(votes: Any, labels: int, random: Any) -> None:
    bits = uncertainty(votes, labels)
    assert -1e-9 <= bits <= math.log2(labels) + 1e-9
    shuffled = [*votes]
    random.shuffle(shuffled)
    assert uncertainty(shuffled, labels) == pytest.approx(bits)
