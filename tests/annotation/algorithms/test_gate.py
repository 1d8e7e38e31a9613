"""A gate reads the lower end, and a hundred items or a lead's word."""

from dataclasses import replace

import pytest

from annotation.algorithms.agreement import krippendorff_alpha
from annotation.algorithms.gate import Because, passes
from annotation.algorithms.patterns import Patterns
from annotation.algorithms.statistic import Reason, Statistic
from annotation.algorithms.study import Study

GOOD = Statistic(kind="alpha", value=0.9, low=0.82, high=0.95, items=100)


def test_a_lower_end_on_the_floor_passes() -> None:
    assert passes(GOOD, 0.82).because == Because.REACHED
    assert passes(GOOD, 0.82).passed


def test_a_value_above_the_floor_is_not_enough() -> None:
    verdict = passes(GOOD, 0.85)
    assert (verdict.passed, verdict.because, verdict.low) == (False, Because.BELOW, 0.82)


def test_fewer_than_a_hundred_items_do_not_pass_unless_waived() -> None:
    few = replace(GOOD, items=99)
    assert passes(few, 0.8).because == Because.FEW_ITEMS
    assert passes(few, 0.8, waived=True) == replace(
        passes(GOOD, 0.8), because=Because.WAIVED, passed=True, items=99
    )
    assert passes(few, 0.85, waived=True).because == Because.BELOW


@pytest.mark.parametrize("waived", [True, False])
def test_of_few_documents_nothing_passes(waived: bool) -> None:
    rows = [(at, rater, at % 2) for at in range(300) for rater in range(2 + (at == 7))] + [(3, 5, 0)]
    for documents, because in ((2, Because.FEW_DOCUMENTS), (5, Because.FEW_DOCUMENTS), (30, Because.REACHED)):
        study = Study.from_triples(rows, groups={at: at % documents for at in range(300)})
        found = krippendorff_alpha(study, level="nominal", seed=1)
        assert passes(found, 0.2, waived=waived).because == because


def test_no_value_and_no_interval_do_not_pass_even_when_waived() -> None:
    none = Statistic(kind="alpha", reason=Reason.NO_VARIATION)
    assert passes(none, 0.0, waived=True).because == Because.NO_VALUE
    assert passes(replace(GOOD, low=None), 0.0, waived=True).because == Because.NO_INTERVAL


def test_ten_unanimous_items_pass_no_gate() -> None:
    ten = krippendorff_alpha(Patterns({(("a", 3),): 5, (("b", 3),): 5}), seed=1)
    assert ten.value == 1
    assert not passes(ten, 0.1).passed
    assert not passes(ten, 0.8, waived=True).passed


def test_a_floor_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="floor"):
        passes(GOOD, float("nan"))
