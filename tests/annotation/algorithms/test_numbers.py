"""Intraclass correlation and Kendall's W where labels are missing or do not vary; interval by F and by resampling."""

from collections.abc import Sequence

import numpy as np
import pytest

from annotation.algorithms.concordance import kendall_w
from annotation.algorithms.conger import light_kappa
from annotation.algorithms.icc import FORMS, Form, icc
from annotation.algorithms.kappa import cohen_kappa, kappa_of_pairs
from annotation.algorithms.statistic import Reason
from annotation.algorithms.study import Study

# Shrout and Fleiss 1979, table 2.
TABLE = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def _study(rows: Sequence[Sequence[float | None]]) -> Study:
    return Study.from_triples(
        (item, rater, label) for item, row in enumerate(rows) for rater, label in enumerate(row)
    )


@pytest.mark.parametrize("form", FORMS)
def test_an_item_without_a_label_is_left_out_with_a_caution(form: Form) -> None:
    whole, more = (
        icc(_study(TABLE), form=form, seed=1),
        icc(_study([*TABLE, [1, None, 9, 9]]), form=form, seed=1),
    )
    assert (more.value, more.low, more.high) == (whole.value, whole.low, whole.high)
    assert [warning.code for warning in more.warnings] == ["few_items", "incomplete_items"]


def test_the_first_form_needs_no_raters_that_are_the_same() -> None:
    shifted = Study.from_triples(
        (item, rater + item, label) for item, row in enumerate(TABLE) for rater, label in enumerate(row)
    )
    assert icc(shifted, form="1,1", seed=1).value == pytest.approx(
        icc(_study(TABLE), form="1,1", seed=1).value
    )
    assert icc(shifted, form="2,1", seed=1).reason == Reason.INCOMPLETE


@pytest.mark.parametrize("form", FORMS)
def test_identical_raters_are_not_certain(form: Form) -> None:
    found = icc(_study([[1, 1], [2, 2], [5, 5], [3, 3]]), form=form, seed=1)
    assert (found.value, found.high, found.method) == (1.0, 1.0, "exact")
    assert found.low is not None
    assert found.low < 0.5


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], Reason.NO_LABELS),
        ([[1], [2]], Reason.ONE_ANNOTATOR),
        ([[1, 2]], Reason.ONE_ITEM),
        ([[1, None], [None, 2]], Reason.NO_SHARED_ITEMS),
        ([[3, 3], [3, 3]], Reason.NO_VARIATION),
        ([[1, 2, None], [None, 1, 2]], Reason.INCOMPLETE),
    ],
)
def test_there_is_a_reason_without_a_value(rows: list[list[float | None]], reason: Reason) -> None:
    assert icc(_study(rows), form="2,1", seed=1).reason == reason
    assert kendall_w(_study(rows), seed=1).reason == reason


def test_words_are_no_numbers_and_forms_have_names() -> None:
    assert icc(Study.from_triples([(1, "x", "a"), (1, "y", "b")]), seed=1).reason == Reason.NOT_NUMBERS
    with pytest.raises(ValueError, match="1,1"):
        icc(_study(TABLE), form="4,1", seed=1)  # type: ignore[arg-type]


def test_the_interval_of_w_covers_like_a_bootstrap_of_items() -> None:
    random = np.random.default_rng(5)
    truth = random.normal(size=(150, 1))
    rows = np.round(truth + random.normal(size=(150, 4)), 2).tolist()
    found = kendall_w(_study(rows), seed=1)
    drawn = [
        kendall_w(_study([rows[at] for at in random.integers(0, 150, 150)]), seed=1).value or 0
        for _ in range(200)
    ]
    low, high = np.quantile(drawn, [0.025, 0.975])
    assert found.low == pytest.approx(low, abs=0.03)
    assert found.high == pytest.approx(high, abs=0.03)


def test_kappa_of_pairs_is_that_of_each_two() -> None:
    rows: list[list[float | None]] = [[1, 1, 2], [2, 2, 2], [3, 1, None], [1, 1, 1], [2, None, 2]]
    study = _study(rows)
    found = kappa_of_pairs(study, weights="linear", seed=1)
    assert list(found) == [(0, 1), (0, 2), (1, 2)]
    assert all(found[pair] == cohen_kappa(study, *pair, weights="linear", seed=1) for pair in found)
    light = light_kappa(study, weights="linear", seed=1)
    assert light.value == pytest.approx(np.mean([one.value for one in found.values()]))
    cautions = {warning.code: warning.params for warning in light.warnings}
    assert cautions["little_overlap"] == {"pairs": 3, "all": 3, "wanted": 10}


@pytest.mark.parametrize(
    ("rows", "form"),
    [([[1, 1, 2.5], [3, 3, 0]], "2,k"), ([[1, 2], [1, 2], [1, 2]], "2,1"), ([[1, 2], [1, 2], [1, 2]], "3,k")],
)
def test_items_that_do_not_differ_have_no_reliability(rows: list[list[float]], form: Form) -> None:
    found = icc(_study(rows), form=form, seed=1)
    assert (found.value, found.low, found.high, found.reason) == (None, None, None, Reason.ITEMS_ALIKE)
