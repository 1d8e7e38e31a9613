"""What is refused by a named reason, and what is said of a value beside it."""

from collections.abc import Callable
from typing import Any

import pytest

from annotation.algorithms.agreement import gwet_weighted_alpha, krippendorff_alpha, percent_agreement
from annotation.algorithms.concordance import kendall_w
from annotation.algorithms.conger import conger_kappa, kappa_of_raters, light_kappa, pi_of_raters
from annotation.algorithms.gwet import fleiss_kappa, gwet_ac
from annotation.algorithms.icc import icc
from annotation.algorithms.kappa import cohen_kappa, kappa_of_pairs, scott_pi
from annotation.algorithms.preferences import consistency
from annotation.algorithms.statistic import Reason, Statistic
from annotation.algorithms.study import Study

Measure = Callable[..., Statistic]


def _numbers(*labels: float) -> Study:
    return Study.from_triples((at // 2, at % 2, label) for at, label in enumerate(labels))


@pytest.mark.parametrize("largest", [1e308, 10**400])
@pytest.mark.parametrize("level", ["interval", "ratio", "polar", "circular"])
def test_numbers_beyond_what_squares_hold_are_refused(level: str, largest: float) -> None:
    for study in (_numbers(1, 1, largest, 2, 2, largest), _numbers(1e-200, 2e-200, 1e-200, 1e-200)):
        found = krippendorff_alpha(study, level=level, seed=1)
        assert (found.value, found.reason) == (None, Reason.NUMBERS_OUT_OF_RANGE)
        assert icc(study, seed=1).reason == Reason.NUMBERS_OUT_OF_RANGE
        for measure in (gwet_ac, fleiss_kappa, conger_kappa, gwet_weighted_alpha):
            assert measure(study, weights="linear", seed=1).reason == Reason.NUMBERS_OUT_OF_RANGE
        assert krippendorff_alpha(study, level="ordinal", seed=1).value is not None


def test_the_interval_level_takes_the_greatest_numbers_it_can() -> None:
    one, great = (
        krippendorff_alpha(_numbers(*(x * unit for x in (1, 1, -3, 2, 2, 2))), level="interval", seed=1)
        for unit in (1.0, 2.0**190)
    )
    assert (one.value, one.low, one.high) == (great.value, great.low, great.high)


def test_the_ratio_of_numbers_below_zero_is_not_defined() -> None:
    study = _numbers(-1, 1, 2, 2, 3, 4)
    assert krippendorff_alpha(study, level="ratio", seed=1).reason == Reason.NEGATIVE_NUMBERS
    assert krippendorff_alpha(study, level="interval", seed=1).value is not None
    assert krippendorff_alpha(_numbers(0, 1, 2, 2, 3, 4), level="ratio", seed=1).value is not None


def test_two_raters_who_share_nothing() -> None:
    study = Study.from_triples([(1, "x", "a"), (2, "y", "b")])
    for found in (scott_pi(study, "x", "y", seed=1), cohen_kappa(study, "x", "y", seed=1)):
        assert found.reason == Reason.NO_SHARED_ITEMS
    assert pi_of_raters(study, seed=1).reason == Reason.NO_SHARED_ITEMS
    assert pi_of_raters(Study.from_triples([]), seed=1).reason == Reason.NO_LABELS


KEPT = [(1, "x", 1), (1, "x", 2), (1, "y", 2), (2, "x", 3), (2, "y", 3), (3, "x", 3), (3, "y", 1)]


@pytest.mark.parametrize(
    ("measure", "options"),
    [
        (kappa_of_raters, {}),
        (kappa_of_raters, {"weights": "linear"}),
        (pi_of_raters, {}),
        (light_kappa, {}),
        (conger_kappa, {}),
        (icc, {"form": "2,1"}),
        (icc, {"form": "3,k"}),
        (kendall_w, {}),
    ],
)
def test_two_labels_of_one_rater_are_refused_where_raters_are_compared(
    measure: Measure, options: dict[str, Any]
) -> None:
    kept, last = (Study.from_triples(KEPT, repeats=repeats) for repeats in ("keep", "last"))
    assert measure(kept, seed=1, **options).reason == Reason.REPEATED_LABELS
    assert measure(last, seed=1, **options).value is not None


def test_other_measures_count_kept_labels_as_if_two_raters_had_given_them() -> None:
    kept = Study.from_triples(KEPT, repeats="keep")
    three = Study.from_triples([(1, "z", 1), *KEPT[1:]])
    for measure in (krippendorff_alpha, percent_agreement, fleiss_kappa, gwet_ac):
        assert measure(kept, seed=1).value == measure(three, seed=1).value


def test_of_all_pairs_only_those_of_the_rater_who_repeats_have_no_value() -> None:
    others = [(item, "z", label) for item, label in ((1, 1), (2, 3), (3, 1))]
    found = kappa_of_pairs(Study.from_triples([*KEPT, *others], repeats="keep"), seed=1)
    assert found["x", "y"].reason == found["x", "z"].reason == Reason.REPEATED_LABELS
    assert found["y", "z"].value is not None


def test_percent_has_the_standard_error_of_a_share() -> None:
    study = _numbers(*[1, 1] * 6, *[1, 2] * 4)
    found = percent_agreement(study, seed=1)
    assert found.standard_error == pytest.approx((0.6 * 0.4 / 9) ** 0.5)
    assert percent_agreement(_numbers(1, 1), seed=1).standard_error is None


def test_light_says_observed_and_expected() -> None:
    rows = [
        (item, rater, int(label))
        for item, said in enumerate(["112", "222", "112", "221"])
        for rater, label in enumerate(said)
    ]
    study = Study.from_triples(rows)
    pairs = kappa_of_pairs(study, seed=1).values()
    found = light_kappa(study, seed=1)
    assert found.observed == pytest.approx(sum(pair.observed or 0 for pair in pairs) / 3)
    assert found.expected == pytest.approx(sum(pair.expected or 0 for pair in pairs) / 3)


@pytest.mark.parametrize(
    "measure",
    [kappa_of_raters, pi_of_raters, light_kappa, conger_kappa, percent_agreement, gwet_ac, kendall_w, icc],
)
def test_two_items_are_said_to_be_few(measure: Measure) -> None:
    found = measure(_numbers(1, 1, 2, 3), seed=1)
    assert found.value is not None
    assert "few_items" in {caution.code for caution in found.warnings}


def test_consistency_of_one_rater_says_why_it_has_no_interval() -> None:
    answers = [(("a", "b"), "x", "a"), (("b", "c"), "x", "b"), (("a", "c"), "x", "a")]
    found = consistency(Study.from_triples(answers), seed=1)
    assert found.value == 1
    assert [caution.code for caution in found.warnings] == ["few_items", "one_rater_no_interval"]
