import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.algorithms.expected_gain import expected_gain
from annotation.algorithms.posterior import posterior
from annotation.algorithms.stopping import Outcome, Votes, Wanted, adaptive, all_of, fixed, rule_for, stands

ENOUGH, MORE, DISPUTED = Outcome.SETTLED, Outcome.ASK, Outcome.ADJUDICATE
AGREED: Votes = [("a", 0.8), ("a", 0.9)]  # 0.946 of two labels
SPLIT: Votes = [("a", 0.8), ("b", 0.8)]
VOTES = st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 1)), min_size=1, max_size=6)


def test_a_fixed_number_is_enough_whatever_it_says() -> None:
    assert fixed(SPLIT, 2, 2, 2).outcome is ENOUGH
    assert fixed(AGREED, 2, 2, 3).outcome is MORE


@pytest.mark.parametrize(
    ("votes", "threshold", "given", "decision"),
    [
        (AGREED, 0.94, 2, ENOUGH),
        (AGREED, 0.95, 2, MORE),
        (AGREED, 0.95, 5, DISPUTED),
        (SPLIT, 0.97, 2, MORE),
        (SPLIT, 0.97, 5, DISPUTED),
        (SPLIT, 0.5, 2, ENOUGH),
        ([], 0.5, 0, MORE),
    ],
)
def test_the_adaptive_rule(votes: Votes, threshold: float, given: int, decision: Outcome) -> None:
    assert adaptive(threshold)(votes, 2, given, 5).outcome is decision


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6), st.floats(0.01, 0.999), st.floats(0, 1))
def test_one_more_who_agrees_never_asks_for_more(
    reliabilities: list[float], threshold: float, another: float
) -> None:
    rule = adaptive(threshold)
    votes = [("a", reliability) for reliability in reliabilities]
    if rule(votes, 2, len(votes), 9).outcome is ENOUGH:
        assert rule([*votes, ("a", another)], 2, len(votes) + 1, 9).outcome is ENOUGH


@given(VOTES)
def test_the_order_of_the_votes_makes_no_difference(votes: list[tuple[str, float]]) -> None:
    rule = adaptive(0.9)

    assert rule(votes, 2, len(votes), 6) == rule(votes[::-1], 2, len(votes), 6)


def test_a_policy_has_its_rule() -> None:
    assert rule_for("fixed", {}) is fixed
    assert rule_for("panel", {"threshold": 0.9}) is fixed
    assert rule_for("adaptive", {"threshold": 0.94})(AGREED, 2, 2, 5).outcome is ENOUGH


def test_a_threshold_out_of_range_is_refused() -> None:
    for threshold in (0.0, -1.0, 1.1, float("nan")):
        with pytest.raises(ValueError, match="threshold"):
            adaptive(threshold)
    with pytest.raises(KeyError):
        rule_for("adaptive", {})


def test_an_item_waits_for_each_of_its_questions() -> None:
    assert all_of([]) is ENOUGH
    assert all_of([ENOUGH, ENOUGH]) is ENOUGH
    assert all_of([ENOUGH, DISPUTED]) is DISPUTED
    assert all_of([DISPUTED, MORE, ENOUGH]) is MORE


def test_the_answer_says_how_probable_and_whom_to_ask() -> None:
    asking = adaptive(0.85)([("a", 0.9), ("b", 0.9), ("a", 0.9)], 5, 3, 8)
    assert asking.probability == max(posterior([("a", 0.9), ("b", 0.9), ("a", 0.9)], 5).values())
    assert asking.wanted
    assert asking.wanted.between == ("a", "b")
    assert 1 / 5 < asking.wanted.least < 0.9
    settled = adaptive(0.94)(AGREED, 2, 2, 5)
    assert (round(settled.probability, 3), settled.wanted) == (0.946, None)
    assert adaptive(0.97)(SPLIT, 2, 5, 5).wanted is None
    assert fixed(SPLIT, 2, 2, 3).wanted == Wanted(("a", "b"))


@pytest.mark.parametrize(
    "votes", [SPLIT, AGREED, [("a", 0.9), ("b", 0.6)], [("a", 0.8), ("a", 0.8), ("b", 0.8)]]
)
def test_from_the_wanted_reliability_on_a_vote_is_worth_its_price(votes: Votes) -> None:
    threshold = 0.96
    asking = adaptive(threshold)(votes, 3, 2, 9)
    assert asking.wanted
    assert expected_gain(votes, 3, asking.wanted.least).worth_it(threshold)
    assert not expected_gain(votes, 3, asking.wanted.least - 0.01).worth_it(threshold)


@pytest.mark.parametrize("votes", ["", "a", "ab", "aab", "aabb", "aaaab"])
def test_how_a_question_stands_is_what_the_rule_says(votes: str) -> None:
    said = [(label, 0.8) for label in votes]
    for most in (len(votes), len(votes) + 2):
        decision = adaptive(0.85)(said, 3, len(votes), most)
        assert stands(said, 3, most, 0.85) == (decision.outcome, decision.probability)
