"""Items of one document count together: in standard errors, in intervals, and in tests that would take them apart."""

from collections.abc import Callable, Hashable
from typing import Any

import pytest

from annotation.algorithms.agreement import krippendorff_alpha, percent_agreement
from annotation.algorithms.concordance import kendall_w
from annotation.algorithms.conger import conger_kappa, kappa_of_raters, light_kappa, pi_of_raters
from annotation.algorithms.fleiss import fleiss_of_category, fleiss_with_test
from annotation.algorithms.gwet import brennan_prediger, gwet_ac
from annotation.algorithms.icc import FORMS, Form, icc
from annotation.algorithms.statistic import Statistic
from annotation.algorithms.study import Study

Measure = Callable[..., Statistic]
MEANS: list[Measure] = [
    percent_agreement,
    kappa_of_raters,
    pi_of_raters,
    fleiss_with_test,
    brennan_prediger,
    gwet_ac,
    conger_kappa,
    light_kappa,
]
LABELS = ["112", "222", "111", "331", "333", "123", "211", "222", "111", "133", "322", "111"]


def _study(times: int, *, together: bool, labels: list[str] = LABELS) -> Study:
    """Every item `times` times; the copies of one item are a document, or every item is by itself."""
    rows = [
        ((at, copy), rater, int(label))
        for at, said in enumerate(labels)
        for copy in range(times)
        for rater, label in enumerate(said)
    ]
    groups: dict[Hashable, Hashable] = {item: item[0] for item, _, _ in rows}
    return Study.from_triples(rows, groups=groups if together else None)


@pytest.mark.parametrize("measure", MEANS)
def test_copies_of_an_item_in_one_document_tell_no_more_than_the_item(measure: Measure) -> None:
    once, copied, apart = (
        measure(study, seed=1)
        for study in (_study(1, together=True), _study(4, together=True), _study(4, together=False))
    )
    assert once.standard_error is not None
    assert copied.standard_error == pytest.approx(once.standard_error)
    assert (apart.standard_error or 1) < 0.6 * once.standard_error


@pytest.mark.parametrize("measure", [*MEANS, krippendorff_alpha])
def test_documents_of_one_item_change_no_standard_error(measure: Measure) -> None:
    one, two = (measure(_study(1, together=together), seed=1) for together in (True, False))
    assert one.standard_error == pytest.approx(two.standard_error, rel=1e-12)


def test_two_raters_alike() -> None:
    labels = [said[:2] for said in LABELS]
    once, copied = (kappa_of_raters(_study(times, together=True, labels=labels), seed=1) for times in (1, 3))
    assert copied.standard_error == pytest.approx(once.standard_error)
    assert not {"z", "p_null", "null_standard_error"} & copied.details.keys()
    assert {"asymptotic_low", "p"} <= copied.details.keys()


@pytest.mark.parametrize("form", FORMS)
def test_icc_resamples_documents(form: Form) -> None:
    by_f, once, copied = (
        icc(study, form=form, seed=1)
        for study in (_study(4, together=False), _study(1, together=True), _study(4, together=True))
    )
    assert (by_f.method, copied.method) == ("f", "tilted")
    assert by_f.value == pytest.approx(copied.value)
    assert "p" in by_f.details
    assert "p" not in copied.details
    assert _width(by_f) < 0.8 * _width(copied)
    assert _width(copied) == pytest.approx(_width(once), rel=0.35)


def _width(found: Statistic) -> float:
    assert found.low is not None
    assert found.high is not None
    assert found.low < (found.value or 0) < found.high
    return found.high - found.low


def test_tests_that_take_items_to_be_independent_are_left_out() -> None:
    apart, together = _study(2, together=False), _study(2, together=True)
    told: list[tuple[Measure, dict[str, Any], str]] = [
        (fleiss_with_test, {}, "p_null"),
        (fleiss_of_category, {"category": 2}, "p_null"),
        (kendall_w, {}, "p"),
    ]
    for measure, options, name in told:
        assert name in measure(apart, seed=1, **options).details
        assert name not in measure(together, seed=1, **options).details


def test_one_document_has_no_standard_error() -> None:
    rows = [(at, rater, label) for at, said in enumerate(LABELS) for rater, label in enumerate(said)]
    study = Study.from_triples(rows, groups=dict.fromkeys(range(len(LABELS)), "all"))
    for measure in (*MEANS, krippendorff_alpha):
        found = measure(study, seed=1)
        assert found.value is not None
        assert found.standard_error is None
        assert "asymptotic_low" not in found.details


@pytest.mark.parametrize("rows", ["123 321", "12 21", "12 21 12 21", "13 22 31 22"])
@pytest.mark.parametrize("form", FORMS)
def test_icc_below_zero_has_an_interval_or_a_reason(form: Form, rows: str) -> None:
    """Of "123 321" the degrees of freedom of form 2 are 0 by 0."""
    cells = [(at, rater, int(x)) for at, said in enumerate(rows.split()) for rater, x in enumerate(said)]
    found = icc(Study.from_triples(cells), form=form, seed=1)
    assert (found.value is None) == (found.reason is not None)
    without = [one for one in found.warnings if one.code == "no_interval"]
    assert (found.low is None) == (found.value is None or bool(without))


def test_six_documents_have_both_ends_where_the_value_turns_round_on_the_way() -> None:
    documents = [
        ["233", "222", "222", "345", "344", "334", "334", "33"],
        ["122", "111", "233", "22", "333", "333", "445", "444"],
        ["122", "112", "111", "111", "233", "222", "222", "222", "334", "444"],
        ["122", "2", "22", "222", "3"],
        ["112", "111", "111", "233", "222", "44", "444"],
        ["122", "112", "111", "222", "334", "334", "455", "445", "444", "444"],
    ]
    rows = [
        ((document, item), rater, int(label))
        for document, items in enumerate(documents)
        for item, said in enumerate(items)
        for rater, label in enumerate(said)
    ]
    study = Study.from_triples(rows, groups={item: item[0] for item, _, _ in rows})
    found = krippendorff_alpha(study, level="ordinal", seed=1)
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value - 0.05
    assert found.high > found.value + 0.02
