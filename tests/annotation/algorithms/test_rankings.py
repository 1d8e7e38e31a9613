"""Rankings and pairwise preferences by hand."""

import pytest

from annotation.algorithms.agreement import krippendorff_alpha, percent_agreement
from annotation.algorithms.concordance import kendall_w
from annotation.algorithms.preferences import consistency, sides
from annotation.algorithms.rankings import ranking_alpha, ranking_tau, ranking_w
from annotation.algorithms.statistic import Reason
from annotation.algorithms.study import Study

ABC, ACB, CBA = ("a", "b", "c"), ("a", "c", "b"), ("c", "b", "a")
TIED = (("a", "b"), ("c",))


def _study(*items: tuple[object, ...]) -> Study:
    return Study.from_triples(
        (item, rater, label) for item, row in enumerate(items) for rater, label in enumerate(row)
    )


def test_identical_rankings_agree_wholly() -> None:
    study = _study((ABC, ABC), (CBA, CBA), (ACB, ACB))
    for measure in (ranking_w, ranking_tau, ranking_alpha):
        found = measure(study, seed=1)
        assert (found.value, found.method, found.items) == (1.0, "exact", 3)


def test_values_by_hand() -> None:
    # tau: 1/3 and -1; W of two raters is (1 + Spearman) / 2: (1 + 1/2) / 2 and 0.
    study = _study((ABC, ACB), (ABC, CBA))
    assert ranking_tau(study, seed=1).value == pytest.approx((1 / 3 - 1) / 2)
    assert ranking_w(study, seed=1).value == pytest.approx((0.75 + 0) / 2)
    # Distances: ABC-ACB 1/3, ABC-CBA 1, ACB-CBA 2/3; three ABC, one each of the others.
    observed, pairs = (1 / 3 + 1) / 2, 2 * (2 * 1 / 3 + 2 * 1 + 2 / 3) / 12
    assert ranking_alpha(study, seed=1).value == pytest.approx(1 - observed / pairs)


def test_a_tie_is_half_a_difference() -> None:
    found = ranking_alpha(_study((ABC, TIED), (ABC, ABC)), seed=1)
    assert found.observed == pytest.approx(0.5 * (1 / 6))
    # tau-b of ABC with TIED: 2 concordant of 3 and 2 untied pairs.
    assert ranking_tau(_study((ABC, TIED), (ABC, TIED)), seed=1).value == pytest.approx(2 / 6**0.5)


@pytest.mark.parametrize(
    ("study", "reason"),
    [
        (_study(), Reason.NO_LABELS),
        (_study((ABC,), (ACB,)), Reason.ONE_ANNOTATOR),
        (_study((ABC, ACB)), Reason.ONE_ITEM),
        (_study((ABC, None), (None, ACB)), Reason.NO_SHARED_ITEMS),
        (_study((ABC, "a"), (ABC, ABC)), Reason.NOT_RANKINGS),
        (_study((ABC, ("a", "b")), (ABC, ("b", "a"))), Reason.INCOMPLETE),
    ],
)
def test_there_is_a_reason_without_a_value(study: Study, reason: Reason) -> None:
    for measure in (ranking_w, ranking_tau):
        assert (measure(study, seed=1).value, measure(study, seed=1).reason) == (None, reason)


def test_items_with_different_options_are_left_out_and_counted() -> None:
    found = ranking_tau(_study((ABC, ACB), (ABC, CBA), (ABC, ("a", "d"))), seed=1)
    cautions = {warning.code: warning.params for warning in found.warnings}
    assert cautions["incomplete_items"] == {"items": 1, "used": 2}
    assert ranking_alpha(_study((ABC, ACB), (ABC, ("a", "d"))), seed=1).reason == Reason.NOT_RANKINGS


def test_w_over_items_ranks_within_raters() -> None:
    # Ties among the first rater's labels: ranks 1.5, 1.5, 3 and 1, 2, 3.
    found = kendall_w(_study((5, 10), (5, 20), (9, 30)), seed=1)
    sums = (2.5, 3.5, 6.0)
    spread = 12 * sum((one - 4) ** 2 for one in sums)
    assert found.value == pytest.approx(spread / (4 * 24 - 2 * 6))
    assert found.details["chi_square"] == pytest.approx(2 * 2 * (found.value or 0))


def _preferences(**raters: str) -> Study:
    """Per rater: preferences such as "ab" (a over b), over pairs in alphabetical order."""
    return Study.from_triples(
        (tuple(sorted(said)), rater, said[0]) for rater, given in raters.items() for said in given.split()
    )


def test_a_circle_is_not_transitive() -> None:
    found = consistency(_preferences(x="ab bc ac", y="ab bc ca"), seed=1)
    assert (found.value, found.details["triples"], found.details["circular"]) == (0.5, 2, 1)
    four = consistency(_preferences(x="ab bc ca ad bd cd"), seed=1)
    assert (four.value, four.low) == (0.75, None)


def test_without_three_options_there_is_no_consistency() -> None:
    assert consistency(_preferences(x="ab cd"), seed=1).reason == Reason.INCOMPLETE
    assert consistency(_preferences(), seed=1).reason == Reason.NO_LABELS
    with pytest.raises(ValueError, match="no pair"):
        consistency(Study.from_triples([(1, "x", "a")]), seed=1)


def test_preferences_are_compared_by_side() -> None:
    study = sides(_preferences(x="ab bc ac", y="ab cb ac"))
    assert study.categories == ("first", "second", "tie")
    assert percent_agreement(study, seed=1).value == pytest.approx(2 / 3)
    assert krippendorff_alpha(study, seed=1).value == pytest.approx(1 - (2 / 6) / (2 * 5 / 30))
