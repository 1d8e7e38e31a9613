"""Strict, relaxed, character and token F1 from a study; against a reference, and between every pair."""

import random
from collections.abc import Hashable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.algorithms.span_items import Span
from annotation.algorithms.spans import character_f1, pair_scores, relaxed_f1, strict_f1, token_f1
from annotation.algorithms.statistic import Reason, Statistic
from annotation.algorithms.study import Study

Marks = tuple[Span, ...]


def _study(*answers: tuple[Hashable, Hashable, Marks]) -> Study:
    return Study.from_triples((item, rater, tuple(sorted(spans))) for item, rater, spans in answers)


def _pair(one: Marks, other: Marks) -> Study:
    return _study((1, "x", one), (1, "y", other))


SPANS = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 6), st.sampled_from("ab")), max_size=5, unique=True
).map(lambda drawn: tuple(sorted({(start, start + length, label) for start, length, label in drawn})))
ANSWERS = st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 3)), SPANS, max_size=14)


def _figures(study: Study) -> list[Statistic]:
    tokens = {item: [(at, at + 3) for at in range(0, 21, 3)] for item in study.items}
    return [
        strict_f1(study, seed=1),
        relaxed_f1(study, seed=1),
        relaxed_f1(study, seed=1, share=0.5),
        character_f1(study, seed=1),
        token_f1(study, tokens, seed=1),
    ]


def test_any_overlap_is_enough_for_the_relaxed_one() -> None:
    study = _pair(((0, 10, "a"),), ((9, 20, "a"),))
    assert strict_f1(study, seed=1).value == 0
    assert relaxed_f1(study, seed=1).value == 1
    assert relaxed_f1(study, seed=1, share=0.5).value == 0


def test_spans_that_touch_do_not_overlap() -> None:
    assert relaxed_f1(_pair(((0, 5, "a"),), ((5, 9, "a"),)), seed=1).value == 0


def test_the_share_is_of_what_the_two_cover_together() -> None:
    study = _pair(((0, 8, "a"),), ((2, 10, "a"),))  # 6 of 10
    assert relaxed_f1(study, seed=1, share=0.6).value == 1
    assert relaxed_f1(study, seed=1, share=0.61).value == 0


def test_one_long_span_against_three_short_ones() -> None:
    study = _pair(((0, 30, "a"),), ((0, 5, "a"), (10, 15, "a"), (20, 25, "a"), (40, 45, "a")))
    found = relaxed_f1(study, seed=1, reference="y")
    assert found.details["precision"] == 1
    assert found.details["recall"] == pytest.approx(3 / 4)
    assert found.value == pytest.approx(2 * 0.75 / 1.75)


def test_against_a_reference_precision_and_recall_differ() -> None:
    study = _study(
        (1, "gold", ((0, 5, "a"), (6, 9, "a"))), (1, "x", ((0, 5, "a"),)), (2, "x", ()), (2, "y", ())
    )
    found = strict_f1(study, seed=1, reference="gold")
    assert (found.details["precision"], found.details["recall"]) == (1.0, 0.5)
    assert found.value == pytest.approx(2 / 3)
    assert found.items == 1
    assert strict_f1(study, seed=1, reference="nobody").reason == Reason.NO_SHARED_ITEMS


def test_labels_can_be_left_out_of_account() -> None:
    study = _pair(((0, 5, "a"),), ((0, 5, "b"),))
    assert strict_f1(study, seed=1).value == 0
    assert strict_f1(study, seed=1, typed=False).value == 1
    assert character_f1(study, seed=1, typed=False).value == 1


def test_characters_of_nested_spans_count_once_under_a_label() -> None:
    study = _pair(((0, 10, "a"), (2, 4, "a"), (2, 4, "b")), ((0, 6, "a"),))
    assert character_f1(study, seed=1).value == pytest.approx(2 * 6 / (10 + 2 + 6))


def test_tokens_count_when_they_are_touched() -> None:
    study = _pair(((0, 4, "a"),), ((3, 9, "a"),))
    found = token_f1(study, {1: [(0, 3), (4, 6), (7, 9)]}, seed=1)
    assert found.value == pytest.approx(2 * 0 / 3)
    found = token_f1(study, {1: [(0, 4), (4, 6), (7, 9)]}, seed=1)
    assert found.value == pytest.approx(2 * 1 / (1 + 3))


def test_a_label_of_few_items_says_so() -> None:
    found = strict_f1(_pair(((0, 5, "a"),), ((0, 5, "a"),)), seed=1, label="a")
    assert found.carrying == 1
    assert [caution.code for caution in found.warnings] == [
        "few_items",
        "few_items_with_label",
        "few_documents",
    ]
    assert strict_f1(_pair(((0, 5, "a"),), ()), seed=1, label="b").reason == Reason.NO_SPANS


def test_items_of_one_document_are_resampled_together() -> None:
    answers = [
        (item, rater, ((0, 5, "a"),) if item % 3 or rater == "x" else ())
        for item in range(40)
        for rater in "xy"
    ]
    alone = strict_f1(Study.from_triples(answers), seed=1)
    together = strict_f1(Study.from_triples(answers, groups=dict.fromkeys(range(40), "one")), seed=1)
    assert alone.value == together.value
    assert alone.low is not None
    assert together.low is not None
    assert together.low < alone.low


def test_every_ordered_pair_has_its_scores() -> None:
    study = _study((1, "x", ((0, 5, "a"), (7, 9, "a"))), (1, "y", ((0, 5, "a"),)), (1, "z", ()))
    scores = {(score.annotator, score.reference): score for score in pair_scores(study)}
    assert len(scores) == 6
    assert (scores["x", "y"].precision, scores["x", "y"].recall) == (0.5, 1.0)
    assert (scores["z", "x"].precision, scores["z", "x"].recall, scores["z", "x"].f1) == (None, 0.0, 0.0)


@settings(max_examples=40, deadline=None)
@given(ANSWERS, st.randoms(use_true_random=False), st.permutations(range(4)))
def test_neither_the_order_nor_who_is_who_matters(
    answers: dict[tuple[int, int], Marks], shuffle: random.Random, raters: list[int]
) -> None:
    rows = [(item, rater, spans) for (item, rater), spans in answers.items()]
    other = [(item, raters[rater], spans) for item, rater, spans in rows]
    shuffle.shuffle(other)
    for one, two in zip(_figures(_study(*rows)), _figures(_study(*other)), strict=True):
        assert (one.value, one.low, one.high, one.reason) == (two.value, two.low, two.high, two.reason)


@settings(max_examples=40, deadline=None)
@given(ANSWERS)
def test_a_whole_overlap_is_the_strict_match_and_less_is_never_fewer(
    answers: dict[tuple[int, int], Marks],
) -> None:
    study = _study(*((item, rater, spans) for (item, rater), spans in answers.items()))
    strict, loose = strict_f1(study, seed=1), relaxed_f1(study, seed=1)
    assert relaxed_f1(study, seed=1, share=1.0).value == strict.value
    if strict.value is not None:
        assert loose.value is not None
        assert loose.value >= strict.value - 1e-12


@settings(max_examples=40, deadline=None)
@given(ANSWERS)
def test_characters_by_intervals_are_characters_by_sets(answers: dict[tuple[int, int], Marks]) -> None:
    study = _study(*((item, rater, spans) for (item, rater), spans in answers.items()))
    both = single = 0
    for (item, rater), spans in answers.items():
        for (same, other), theirs in answers.items():
            if same == item and other != rater:
                one, two = (
                    {(at, label) for start, end, label in marks for at in range(start, end)}
                    for marks in (spans, theirs)
                )
                both, single = both + len(one & two), single + len(one)
    found = character_f1(study, seed=1)
    assert found.value == (pytest.approx(both / single) if single else None)
