"""F1 of relations: by hand, and what it says where there is no value."""

import pytest

from annotation.algorithms.relations import Match, Relation, relation_f1
from annotation.algorithms.span_items import Span
from annotation.algorithms.statistic import Reason
from annotation.algorithms.study import Study

DRUG: Span = (0, 4, "drug")
DOSE: Span = (6, 9, "dose")
PAIN: Span = (12, 20, "effect")
LONGER: Span = (12, 24, "effect")


def _study(*answers: tuple[int, str, list[Relation]]) -> Study:
    return Study.from_triples((item, rater, tuple(sorted(said))) for item, rater, said in answers)


TREATS: Relation = (DRUG, PAIN, "treats")
HAS: Relation = (DRUG, DOSE, "has")


def test_equal_relations_match() -> None:
    found = relation_f1(_study((1, "x", [TREATS, HAS]), (1, "y", [TREATS])), seed=1, all_spans=True)
    assert found.value == pytest.approx(2 / 3)
    assert found.labels == 3
    assert not found.chance_corrected


def test_a_relation_whose_span_the_other_did_not_mark_does_not_count() -> None:
    study = _study((1, "x", [TREATS, HAS]), (1, "y", [TREATS]))
    found = relation_f1(study, seed=1)
    assert found.value == 1.0
    assert found.details["coverage"] == pytest.approx(4 / 6)


def test_a_relation_that_the_other_left_out_between_marked_spans_counts() -> None:
    study = _study((1, "x", [TREATS, HAS]), (1, "y", [TREATS]))
    marked = Study.from_triples([(1, "x", (DRUG, DOSE, PAIN)), (1, "y", (DRUG, DOSE, PAIN))])
    assert relation_f1(study, seed=1, marked=marked).value == pytest.approx(2 / 3)


def test_direction_and_kind_count_unless_said_otherwise() -> None:
    turned = _study((1, "x", [TREATS]), (1, "y", [(PAIN, DRUG, "treats")]))
    assert relation_f1(turned, seed=1).value == 0.0
    assert relation_f1(turned, seed=1, match=Match(directed=False)).value == 1.0
    other = _study((1, "x", [TREATS]), (1, "y", [(DRUG, PAIN, "causes")]))
    assert relation_f1(other, seed=1).value == 0.0
    assert relation_f1(other, seed=1, match=Match(kinds=False)).value == 1.0


def test_spans_may_overlap_instead_of_being_equal() -> None:
    study = _study((1, "x", [TREATS]), (1, "y", [(DRUG, LONGER, "treats")]))
    assert relation_f1(study, seed=1).reason == Reason.NO_OVERLAP
    assert relation_f1(study, seed=1, all_spans=True).value == 0.0
    assert relation_f1(study, seed=1, match=Match(share=0.5)).value == 1.0
    assert relation_f1(study, seed=1, all_spans=True, match=Match(share=0.9)).value == 0.0


def test_one_kind_is_measured_alone() -> None:
    study = _study((1, "x", [TREATS, HAS]), (1, "y", [TREATS, (DOSE, DRUG, "has")]))
    assert relation_f1(study, seed=1, kind="treats").value == 1.0
    assert relation_f1(study, seed=1, kind="has").value == 0.0
    assert relation_f1(study, seed=1, kind="treats").carrying == 1


def test_precision_is_of_the_annotators_and_recall_of_the_reference() -> None:
    study = _study((1, "x", [TREATS, HAS]), (1, "gold", [TREATS]))
    found = relation_f1(study, seed=1, reference="gold", all_spans=True)
    assert (found.details["precision"], found.details["recall"]) == (0.5, 1.0)


@pytest.mark.parametrize(
    ("study", "reason"),
    [
        (_study(), Reason.NO_LABELS),
        (_study((1, "x", [TREATS])), Reason.ONE_ANNOTATOR),
        (_study((1, "x", [TREATS]), (2, "y", [TREATS])), Reason.NO_SHARED_ITEMS),
        (_study((1, "x", []), (1, "y", [])), Reason.NO_RELATIONS),
    ],
)
def test_too_little_has_a_name(study: Study, reason: Reason) -> None:
    found = relation_f1(study, seed=1)
    assert (found.value, found.reason) == (None, reason)


def test_order_of_rows_changes_nothing() -> None:
    rows = [(item, rater, [TREATS] if item % 2 else [HAS]) for item in range(6) for rater in "xyz"]
    rows[4] = (1, "y", [])
    assert (
        relation_f1(_study(*rows), seed=3).to_json() == relation_f1(_study(*reversed(rows)), seed=3).to_json()
    )
