"""Of few documents an interval is Student's t, as wide as that is, and says that it rests on few."""

from collections.abc import Callable, Hashable

import numpy as np
import pytest

from annotation.algorithms.agreement import krippendorff_alpha, percent_agreement
from annotation.algorithms.bootstrap import Sums, interval
from annotation.algorithms.conger import conger_kappa, light_kappa
from annotation.algorithms.figures import Table, figures
from annotation.algorithms.gwet import fleiss_kappa, gwet_ac
from annotation.algorithms.icc import FORMS, Form, icc
from annotation.algorithms.statistic import Statistic
from annotation.algorithms.study import Study
from annotation.algorithms.unitizing import alpha_unitizing

MEASURES: list[Callable[..., Statistic]] = [
    percent_agreement,
    krippendorff_alpha,
    fleiss_kappa,
    gwet_ac,
    conger_kappa,
    light_kappa,
]


def _study(documents: int, items: int, seed: int, *, hard: bool = True) -> Study:
    """Items of three labels by three raters; half of the documents are hard, where they may be."""
    random = np.random.default_rng(seed)
    rows: list[tuple[int, int, int]] = []
    groups: dict[Hashable, Hashable] = {}
    for document in range(documents):
        right = random.choice([0.5, 0.95]) if hard else 0.7
        for at in range(items):
            item = document * items + at
            groups[item] = document
            truth = random.integers(3)
            said = np.where(random.random(3) < right, truth, random.integers(3, size=3))
            rows += [(item, rater, int(label)) for rater, label in enumerate(said)]
    return Study.from_triples(rows, groups=groups)


def _codes(found: Statistic) -> set[str]:
    return {one.code for one in found.warnings}


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("documents", [2, 3, 5, 6, 9])
def test_below_six_it_is_students_and_says_so(measure: Callable[..., Statistic], documents: int) -> None:
    found = measure(_study(documents, 40, 1), seed=1)
    few = documents < 6
    assert ("few_documents" in _codes(found)) == few
    assert found.method == ("t" if few else "tilted")
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high
    if few and "asymptotic_low" in found.details:
        assert found.low <= max(found.details["asymptotic_low"], 0) + 0.02
        assert found.high >= found.details["asymptotic_high"] - 0.02


@pytest.mark.parametrize(("documents", "least"), [(2, 0.88), (3, 0.8)])
def test_it_holds_the_truth_more_often_than_resampling_did(documents: int, least: float) -> None:
    """Resampling held it in .54 to .71 of samples with two documents."""
    truth = krippendorff_alpha(_study(1500, 5, 99), seed=1, level="nominal").value
    assert truth is not None
    made = [krippendorff_alpha(_study(documents, 5, at), seed=1, level="nominal") for at in range(80)]
    ends = [(one.low, one.high) for one in made if one.low is not None and one.high is not None]
    assert np.mean([low <= truth <= high for low, high in ends]) >= least


def test_students_interval_of_a_mean() -> None:
    """Of 1, 2 and 6 it is 3 plus and minus 4.302653 times the root of 7 / 3."""
    rows = np.array([[1.0, 1.0], [1.0, 2.0], [1.0, 6.0]])
    sums = Sums(rows, np.ones(3, dtype=np.int64), lambda sums: np.asarray(sums[..., 1] / sums[..., 0]))
    found = interval(sums, seed=1, reach=1.0, bounds=(-100.0, 100.0))
    assert found.method == "t"
    assert found.low == pytest.approx(3 - 4.302653 * (7 / 3) ** 0.5, abs=1e-5)
    assert found.high == pytest.approx(3 + 4.302653 * (7 / 3) ** 0.5, abs=1e-5)


def test_documents_that_are_all_alike_have_the_exact_interval_and_the_caution() -> None:
    rows = [(at, rater, label) for at, label in enumerate("abab") for rater in range(2)]
    found = krippendorff_alpha(
        Study.from_triples(rows, groups={at: at // 2 for at in range(4)}), level="nominal", seed=1
    )
    assert found.method == "exact"
    assert found.value == 1
    assert found.low is not None
    assert found.low < 0
    assert "few_documents" in _codes(found)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(12))
def test_icc_of_few_items_has_an_interval_that_holds_it_or_none(form: Form, seed: int) -> None:
    random = np.random.default_rng(seed)
    items = int(random.integers(2, 6))
    table = random.integers(1, 6, size=(items, 3))
    rows = [(at, rater, int(table[at, rater])) for at in range(items) for rater in range(3)]
    found = icc(Study.from_triples(rows, groups={at: at for at in range(items)}), form=form, seed=1)
    if found.value is None:
        return
    assert "few_documents" in _codes(found)
    assert (found.low is None) == ("no_interval" in _codes(found))
    if found.low is not None:
        assert found.high is not None
        assert found.low <= found.value <= found.high


def test_alpha_u_of_two_texts() -> None:
    spans = [[((2, 9, "a"),), ((3, 9, "a"),)], [((1, 5, "a"),), ((1, 9, "a"),)]]
    rows = [(at, rater, said) for at, both in enumerate(spans) for rater, said in enumerate(both)]
    found = alpha_unitizing(Study.from_triples(rows, extents={0: 30, 1: 20}), "a", seed=1)
    assert found.method == "t"
    assert "few_documents" in _codes(found)
    assert found.low is not None
    assert found.high is not None
    assert found.high - found.low > 0.3


def test_spans_of_two_documents() -> None:
    rows = [({"all": [2 * at % 3, 4], "answers": 2, "labels": {}}, 1) for at in range(40)]
    table = Table("spans", rows=rows, documents=["a", "b"] * 20)
    found = figures(table, seed=1)[0].statistic
    assert "few_documents" in _codes(found)
