"""Exact-match F1 between annotators."""

import pytest

from annotation.algorithms.spans import Answer, span_f1
from annotation.algorithms.statistic import Reason


def _answer(item: int, who: str, *spans: tuple[int, int, str]) -> Answer:
    return item, who, frozenset(spans)


A, B, C = (0, 5, "drug"), (2, 3, "dose"), (7, 9, "drug")


def test_f1_is_pooled_over_pairs_and_items() -> None:
    answers = [
        _answer(1, "x", A, B),
        _answer(1, "y", A),
        _answer(2, "x", C),
        _answer(2, "y", C),
        _answer(3, "x", A),
    ]
    found = span_f1(answers, seed=1)
    assert found.value == pytest.approx(2 * 2 / (3 + 2))
    assert (found.items, found.labels) == (2, 5)
    assert not found.chance_corrected


def test_a_span_with_another_label_does_not_match() -> None:
    found = span_f1([_answer(1, "x", (0, 5, "drug")), _answer(1, "y", (0, 5, "dose"))], seed=1)
    assert found.value == 0


def test_three_annotators_make_three_pairs() -> None:
    found = span_f1([_answer(1, "x", A), _answer(1, "y", A), _answer(1, "z")], seed=1)
    assert found.value == pytest.approx(2 * 1 / (2 * 2))


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ([], Reason.NO_LABELS),
        ([_answer(1, "x", A), _answer(2, "x", A)], Reason.ONE_ANNOTATOR),
        ([_answer(1, "x", A), _answer(2, "y", A)], Reason.NO_SHARED_ITEMS),
        ([_answer(1, "x"), _answer(1, "y")], Reason.NO_SPANS),
    ],
)
def test_without_a_value_there_is_a_reason(answers: list[Answer], reason: Reason) -> None:
    found = span_f1(answers, seed=1)
    assert (found.value, found.reason) == (None, reason)


def test_an_answer_without_spans_counts_against_agreement() -> None:
    assert span_f1([_answer(1, "x", A), _answer(1, "y")], seed=1).value == 0


def test_the_order_of_answers_does_not_matter() -> None:
    answers = [
        _answer(item, who, *spans) for item in range(30) for who, spans in (("x", (A, B)), ("y", (A, C)))
    ]
    answers += [_answer(item, who, A) for item in range(30, 60) for who in "xy"]
    assert span_f1(answers, seed=1) == span_f1(answers[::-1], seed=1)


def test_unanimous_spans_are_not_certain() -> None:
    found = span_f1([_answer(item, who, A) for item in range(10) for who in "xy"], seed=1)
    assert (found.value, found.method) == (1.0, "exact")
    assert found.low is not None
    assert found.low < 0.75
