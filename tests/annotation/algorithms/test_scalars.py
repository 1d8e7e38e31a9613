"""A truth value is no number, and a number is the same however it is written."""

from itertools import permutations

import pytest

from annotation.algorithms.agreement import krippendorff_alpha, label_alpha
from annotation.algorithms.canonical import canonical_json, sort_key
from annotation.algorithms.conger import kappa_of_raters
from annotation.algorithms.contribution import pattern
from annotation.algorithms.gwet import gwet_ac
from annotation.algorithms.patterns import Patterns
from annotation.algorithms.scalars import Boolean, as_json, as_label
from annotation.algorithms.statistic import Reason
from annotation.algorithms.study import Study

ROWS = [
    (1, "x", True),
    (1, "y", 1),
    (2, "x", 1),
    (2, "y", 1.0),
    (3, "x", False),
    (3, "y", 0),
    (4, "x", True),
    (4, "y", True),
]
NAMED = {1: "true one", 2: "one one", 3: "false zero", 4: "true true"}


def test_true_is_not_one_and_one_is_one_however_written() -> None:
    study = Study.from_triples(ROWS)
    assert set(study.categories) == {Boolean.FALSE, Boolean.TRUE, 0, 1}
    named = Study.from_triples(
        (item, rater, NAMED[item].split()[at % 2]) for at, (item, rater, _) in enumerate(ROWS)
    )
    for measure in (krippendorff_alpha, kappa_of_raters, gwet_ac):
        one, two = (measure(given, seed=1) for given in (study, named))
        assert (one.value, one.low, one.high) == (two.value, two.low, two.high)
    assert krippendorff_alpha(study, level="interval", seed=1).reason == Reason.NOT_NUMBERS


def test_the_order_of_rows_does_not_choose_how_a_number_is_written() -> None:
    hashes = {Study.from_triples(rows).inputs_hash for rows in permutations(ROWS[2:5])}
    assert len(hashes) == 1


def test_tables_of_patterns_keep_them_apart_too() -> None:
    study = Study.from_triples(ROWS)
    patterns = study.patterns()
    assert len(patterns.counts) == 4
    assert Patterns.from_json(patterns.to_json()) == patterns
    assert patterns.to_json()[0][0][0][0] in (False, True)
    assert krippendorff_alpha(patterns, seed=1).value == krippendorff_alpha(study, seed=1).value
    assert len(pattern("choice", [("x", True), ("y", 1)])) == 2


@pytest.mark.parametrize(("label", "carrying"), [(True, 2), (1, 2), (False, 1), (0, 1)])
def test_a_label_of_its_own_is_the_one_that_was_asked_for(label: object, carrying: int) -> None:
    found = label_alpha(Study.from_triples(ROWS), label, seed=1)
    assert found.carrying == carrying
    assert found.warnings[-1].params["label"] is label


def test_the_scale_may_name_both() -> None:
    study = Study.from_triples(ROWS, categories=[False, True, 0, 1, 2.0])
    assert study.categories == (Boolean.FALSE, Boolean.TRUE, 0, 1, 2)
    assert gwet_ac(study.patterns(), categories=[True, 1, 7], seed=1).value is not None


def test_sets_of_truth_values_are_no_sets_of_numbers() -> None:
    study = Study.from_triples(
        [(1, "x", (True, "a")), (1, "y", (1, "a")), (2, "x", (True, "a")), (2, "y", (True, "a"))]
    )
    assert len(study.categories) == 2
    assert (krippendorff_alpha(study, level="jaccard", seed=1).value or 0) < 1


def test_a_boolean_is_written_as_json_has_it() -> None:
    assert canonical_json([Boolean.TRUE, 1, (Boolean.FALSE,)]) == b"[true,1,[false]]"
    assert sort_key(Boolean.TRUE) != sort_key(1)
    assert as_json(as_label((True, 1, (False,)))) == (True, 1, (False,))
    assert not Boolean.FALSE
    assert str(Boolean.TRUE) == "True"
    with pytest.raises(TypeError):
        canonical_json(object())
