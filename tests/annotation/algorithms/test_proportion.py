import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.algorithms.proportion import interval


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int]:
    asked = draw(st.integers(0, 2000))
    return draw(st.integers(0, asked)), asked


@pytest.mark.parametrize(
    ("right", "asked", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_it_gives_newcombe_s_figures(right: int, asked: int, low: float, high: float) -> None:
    """Newcombe, R. G. (1998). Two-sided confidence intervals for the single proportion. Table I, method 3.

    doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E
    """
    assert interval(right, asked) == pytest.approx((low, high), abs=5e-5)


def test_nothing_asked_says_nothing() -> None:
    assert interval(0, 0) == (0.0, 1.0)


def test_a_higher_level_is_wider() -> None:
    (low, high), (lower, higher) = interval(8, 10, 0.9), interval(8, 10, 0.99)
    assert lower < low < 0.8 < high < higher


@given(counts())
def test_it_holds_the_share_and_stays_between_0_and_1(found: tuple[int, int]) -> None:
    right, asked = found
    low, high = interval(right, asked)
    share = right / asked if asked else 0.5

    assert 0 <= low <= share <= high <= 1
    assert low < high


@given(counts())
def test_right_and_wrong_are_mirrored(found: tuple[int, int]) -> None:
    right, asked = found
    low, high = interval(right, asked)

    assert interval(asked - right, asked) == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize("wrong", [(-1, 3, 0.95), (4, 3, 0.95), (1, 3, 0.0), (1, 3, 1.0)])
def test_what_cannot_be_is_refused(wrong: tuple[int, int, float]) -> None:
    with pytest.raises(ValueError, match="of"):
        interval(*wrong)
