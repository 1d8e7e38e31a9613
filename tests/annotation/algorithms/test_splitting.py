"""Splits: shares hold within strata, groups stay whole, and what was drawn never moves."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.algorithms.splitting import Counts, Group, check_shares, draw

SHARES = {"train": 0.8, "validation": 0.1, "test": 0.1}


def ones(names: list[str], stratum: str | None = None) -> dict[str, Group]:
    return {name: Group(1, Counter([stratum] if stratum else [])) for name in names}


shares = st.sampled_from(
    [
        SHARES,
        {"train": 1.0, "validation": 0.0, "test": 0.0},
        {"train": 0.5, "validation": 0.0, "test": 0.5},
        {"train": 0.98, "validation": 0.01, "test": 0.01},
        {"train": 1 / 3, "validation": 1 / 3, "test": 1 / 3},
    ]
)
groups = st.dictionaries(
    st.text(min_size=1, max_size=8),
    st.tuples(st.integers(1, 6), st.sampled_from("abcd")).map(
        lambda it: Group(it[0], Counter({it[1]: it[0]}))
    ),
    max_size=150,
)


@given(groups, shares, st.integers(-(2**40), 2**40))
@settings(max_examples=150, deadline=None)
def test_shares_hold_over_all_and_within_each_stratum(
    given_groups: dict[str, Group], wanted: dict[str, float], seed: int
) -> None:
    counts = Counts()
    drawn = draw(given_groups, wanted, seed, counts)
    assert drawn.keys() == given_groups.keys()
    held = Counts()
    for name, split in drawn.items():
        held.add(split, given_groups[name])
    assert (held.splits, held.strata) == (counts.splits, counts.strata)
    largest = max((group.items for group in given_groups.values()), default=0)
    for split, share in wanted.items():
        assert abs(held.splits[split] - share * held.drawn) <= 2 * largest
        assert share or not held.splits[split]
        for stratum, size in held.sizes.items():
            assert abs(held.strata[stratum, split] - share * size) <= 4 * largest


@given(groups, st.integers(0, 2**32), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_in_which_groups_are_given_makes_no_difference(
    given_groups: dict[str, Group], seed: int, random: object
) -> None:
    names = list(given_groups)
    random.shuffle(names)  # type: ignore[attr-defined]
    assert draw({name: given_groups[name] for name in names}, SHARES, seed, Counts()) == draw(
        given_groups, SHARES, seed, Counts()
    )


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8), st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_shares_hold_whatever_comes_at_once(sizes: list[int], seed: int) -> None:
    """Chunks and later versions: counts that are handed on keep the shares, and nothing drawn is drawn again."""
    counts, number = Counts(), 0
    for size in sizes:
        names = [str(number + at) for at in range(size)]
        number += size
        draw(ones(names), SHARES, seed, counts)
        for split, share in SHARES.items():
            assert abs(counts.splits[split] - share * number) <= 2


def test_a_seed_draws_its_own_way_and_always_the_same() -> None:
    names = [str(number) for number in range(300)]
    first = draw(ones(names), SHARES, 1, Counts())
    assert first == draw(ones(names), SHARES, 1, Counts())
    assert first != draw(ones(names), SHARES, 2, Counts())
    assert Counter(first.values()) == {"train": 240, "validation": 30, "test": 30}


def test_labels_that_occur_once_each_are_spread_too() -> None:
    counts = Counts()
    draw({str(at): Group(1, Counter([f"label {at}"])) for at in range(100)}, SHARES, 5, counts)
    assert abs(counts.splits["train"] - 80) <= 2


def test_a_group_goes_where_its_labels_are_missing() -> None:
    counts = Counts()
    counts.add("train", Group(80, Counter(a=40, b=40)))
    counts.add("validation", Group(10, Counter(a=10)))
    counts.add("test", Group(10, Counter(b=10)))
    assert draw({"x": Group(2, Counter(b=2))}, SHARES, 0, counts) == {"x": "validation"}
    assert draw({"x": Group(2, Counter(a=2))}, SHARES, 0, counts) == {"x": "test"}


@pytest.mark.parametrize(
    "wrong",
    [{}, {"train": 0.9}, {"train": 1.1, "test": -0.1}, {"train": float("nan")}, {"train": float("inf")}],
)
def test_what_are_no_shares_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="share"):
        check_shares(wrong)
    with pytest.raises(ValueError, match="share"):
        draw(ones(["a"]), wrong, 0, Counts())
