"""Conger's and Light's kappa: intervals that hold the truth, with rare labels and with many raters."""

from collections.abc import Callable

import numpy as np
import pytest

from annotation.algorithms import panel
from annotation.algorithms.conger import conger_kappa, light_kappa
from annotation.algorithms.kappa import cohen_kappa
from annotation.algorithms.panel_kappas import conger_sums
from annotation.algorithms.statistic import Statistic
from annotation.algorithms.study import Study
from benchmarks.coverage import PANEL, Cell, held


def _study(*items: str) -> Study:
    return Study.from_triples(
        (at, rater, label)
        for at, labels in enumerate(items)
        for rater, label in enumerate(labels)
        if label != "-"
    )


@pytest.mark.parametrize("measure", [conger_kappa, light_kappa])
def test_a_label_nobody_agreed_on_leaves_the_truth_in_reach(measure: Callable[..., Statistic]) -> None:
    found = measure(_study(*["aaa"] * 26, "aab", "aba", "baa", "aab"), seed=1)
    assert found.value is not None
    assert found.high is not None
    assert found.value < 0 < 0.3 < found.high


@pytest.mark.parametrize("name", sorted(PANEL))
@pytest.mark.parametrize(
    ("alpha", "items", "scale"), [(0.7, 30, "2 skewed"), (0.95, 30, "3 skewed"), (0.7, 100, "2 rare")]
)
def test_the_interval_holds_the_truth_as_often_as_it_says(
    name: str, alpha: float, items: int, scale: str
) -> None:
    """Two points around 95 % and no more than 4.5 % too high, give or take two standard errors of 200 samples."""
    found = held(Cell("slips", alpha, items, 3, scale), PANEL[name], 200)
    assert found.inside >= 0.90
    assert found.above <= 0.075


def test_the_sums_of_conger_are_his_kappa() -> None:
    study = _study("aab", "ab-", "bbb", "-ab", "aaa", "bba", "aa-")
    found = conger_kappa(study, seed=1)
    sums = conger_sums(study, np.eye(2), np.zeros(7))
    assert float(sums.evaluate(sums.totals)) == pytest.approx(found.value)


def test_light_of_two_raters_is_cohen_in_all_it_says() -> None:
    study = _study("ab", "aa", "bb", "ba", "aa", "bc", "cc", "ac")
    one, two = light_kappa(study, seed=1), cohen_kappa(study, 0, 1, seed=1)
    for name in ("value", "observed", "expected"):
        assert getattr(one, name) == pytest.approx(getattr(two, name)), name


def test_too_many_sums_are_taken_to_first_order(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(5)
    labels = ["".join(random.choice(list("abc"), size=4, p=[0.6, 0.3, 0.1])) for _ in range(60)]
    study = _study(*["aaaa"] * 40, *["bbbb"] * 20, *labels)
    exact = [measure(study, seed=1) for measure in (conger_kappa, light_kappa)]
    monkeypatch.setattr(panel, "WIDE", 0)
    for wide, narrow in zip(
        [measure(study, seed=1) for measure in (conger_kappa, light_kappa)], exact, strict=True
    ):
        assert (wide.value, wide.standard_error) == (narrow.value, narrow.standard_error)
        assert wide.low == pytest.approx(narrow.low, abs=0.02)
        assert wide.high == pytest.approx(narrow.high, abs=0.02)


def test_first_order_knows_labels_nobody_agreed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panel, "WIDE", 0)
    for measure in (conger_kappa, light_kappa):
        found = measure(_study(*["aaa"] * 26, "aab", "aba", "baa", "aab"), seed=1)
        assert found.high is not None
        assert found.high > 0.2


@pytest.mark.parametrize("raters", [3, 4, 7, 8, 11, 12, 15, 20, 30])
@pytest.mark.parametrize("measure", [conger_kappa, light_kappa])
def test_everything_was_agreed_on_by_a_panel_of_any_size(
    measure: Callable[..., Statistic], raters: int
) -> None:
    """Of many people the sums are too many to hold, and here no label is left that nobody saw."""
    random = np.random.default_rng(raters)
    rows = []
    for item in range(300):
        truth = int(random.integers(3))
        said = np.where(random.random(3) < 0.8, truth, random.integers(3, size=3))
        chosen = random.choice(raters, 3, replace=False)
        rows += [(item, int(rater), int(label)) for rater, label in zip(chosen, said, strict=True)]
    found = measure(Study.from_triples(rows), seed=1)
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high
