"""A set's hash follows what comes and goes, in any order and over any shards."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.algorithms.sethash import SetHash

MEMBERS = st.lists(st.tuples(st.integers(0, 5), st.text(max_size=3)).map(list), max_size=20)


@given(MEMBERS, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(members: list[list[object]], shuffle: random.Random) -> None:
    other = list(members)
    shuffle.shuffle(other)
    assert SetHash.of(members) == SetHash.of(other)


@given(MEMBERS, MEMBERS)
def test_shards_add_up_and_what_is_removed_is_gone(one: list[list[object]], two: list[list[object]]) -> None:
    both = SetHash.of(one) + SetHash.of(two)
    assert both == SetHash.of(one + two)
    for member in two:
        both = both.removed(member)
    assert both == SetHash.of(one)


def test_every_change_shows() -> None:
    whole = SetHash.of([[1, "a"], [2, "b"]])
    assert whole not in {SetHash.of([[1, "a"]]), SetHash.of([[1, "a"], [2, "c"]]), SetHash.of([[1, "a"]] * 2)}
    assert SetHash.of([[1, "a"]]) != SetHash.of([[1, "a"]] * 2)


def test_it_can_be_stored() -> None:
    found = SetHash.of([[1, "a"]])
    assert len(found.text) == 66
    assert SetHash.from_text(found.text) == found
    assert SetHash.from_text(SetHash().text) == SetHash()


@pytest.mark.parametrize("text", ["", "12", "zz:1", "-1:1"])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"set hash|invalid literal"):
        SetHash.from_text(text)


def test_nothing_can_be_removed_from_nothing() -> None:
    with pytest.raises(ValueError, match="left"):
        SetHash().removed([1])
