"""Agreement by hand-made studies: values, reasons, intervals."""

import pytest

from annotation.algorithms.agreement import krippendorff_alpha, label_alpha, percent_agreement
from annotation.algorithms.patterns import Patterns
from annotation.algorithms.statistic import Reason


def _items(*items: str) -> Patterns:
    return Patterns.from_items(list(item) for item in items)


def test_percent_is_the_mean_of_the_items_shares_of_agreeing_pairs() -> None:
    found = percent_agreement(_items("aa", "ab", "aab", "c"), seed=1)
    assert found.value == pytest.approx((1 + 0 + 1 / 3) / 3)
    assert (found.items, found.labels) == (3, 7)
    assert not found.chance_corrected


def test_alpha_of_krippendorffs_formula_done_by_hand() -> None:
    # 4 items, 8 labels: 5 a, 3 b; one item disagrees: observed 2/8, expected 30/56.
    found = krippendorff_alpha(_items("aa", "aa", "bb", "ab"), seed=1)
    assert found.observed == pytest.approx(2 / 8)
    assert found.expected == pytest.approx(30 / 56)
    assert found.value == pytest.approx(1 - (2 / 8) / (30 / 56))


@pytest.mark.parametrize(
    ("patterns", "reason"),
    [
        (_items(), Reason.NO_LABELS),
        (_items("a", "b"), Reason.NO_SHARED_ITEMS),
        (_items("ab"), Reason.ONE_ITEM),
        (_items("aa"), Reason.ONE_ITEM),
        (_items("aa", "aa"), Reason.NO_VARIATION),
    ],
)
def test_alpha_names_why_it_has_no_value(patterns: Patterns, reason: Reason) -> None:
    found = krippendorff_alpha(patterns, seed=1)
    assert (found.value, found.low, found.high, found.reason) == (None, None, None, reason)


def test_ten_unanimous_items_are_not_certain() -> None:
    found = krippendorff_alpha(_items(*["aa"] * 5, *["bb"] * 5), seed=1)
    assert (found.value, found.high, found.method) == (1.0, 1.0, "exact")
    assert found.low is not None
    assert found.low < 0.6


def test_items_that_all_look_alike_get_an_exact_bound_both_ways() -> None:
    found = krippendorff_alpha(_items(*["ab"] * 20), seed=1)
    assert found.method == "exact"
    assert found.low is not None
    assert found.high is not None
    assert found.low < (found.value or 0) < found.high < 0.5


def test_few_items_are_said_to_be_few() -> None:
    assert [w.code for w in krippendorff_alpha(_items("aa", "ab", "bb"), seed=1).warnings][:1] == [
        "few_items"
    ]
    many = krippendorff_alpha(_items(*["aa", "ab", "bb", "bb"] * 30), seed=1)
    assert many.warnings == ()


def test_a_label_against_the_rest() -> None:
    patterns = _items(*["aa", "bb", "bc", "cc"] * 30)
    assert label_alpha(patterns, "a", seed=1).value == pytest.approx(1.0)
    assert (label_alpha(patterns, "b", seed=1).value or 0) < 0.6
    assert label_alpha(patterns, "z", seed=1).reason == Reason.LABEL_UNUSED


def test_a_rare_label_says_on_how_few_items_it_rests() -> None:
    found = label_alpha(_items(*["aa"] * 100, "bb", "ab", "bb"), "b", seed=1)
    cautions = {warning.code: warning.params for warning in found.warnings}
    assert cautions["few_items_with_label"] == {"label": "b", "items": 3}


def test_undefined_draws_are_counted() -> None:
    found = krippendorff_alpha(_items(*["aa"] * 30, "ab"), seed=1)
    assert found.undefined > 0
    assert any(warning.code == "undefined_draws" for warning in found.warnings)


def test_the_same_seed_gives_the_same_interval() -> None:
    patterns = _items(*["aa", "ab", "bb", "bbb", "aab"] * 20)
    one, two, other = (krippendorff_alpha(patterns, seed=seed) for seed in (3, 3, 4))
    assert one == two
    assert (one.low, one.high) != (other.low, other.high)
    assert one.value == other.value
