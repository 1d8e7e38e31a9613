"""Truth of spans: against majority on real marks, on made ones, and the chain against going through every path."""

import gzip
import json
from itertools import product
from typing import Any

import numpy as np
import pytest

from annotation.algorithms.span_chain import chains_of, smoothed
from annotation.algorithms.span_items import Span
from annotation.algorithms.span_overlap import covered, shared, size
from annotation.algorithms.span_truth import SpanTruth, infer_spans, majority_spans
from annotation.algorithms.study import Study
from annotation.algorithms.tokens import tokens_of
from tests.annotation import shared_data

PICO = "data/labels/spans_pico/pico_acl17_test.jsonl.gz"
MAJORITY_AS_PUBLISHED = 0.717


def _study(answers: dict[tuple[Any, str], list[Span]]) -> Study:
    return Study.from_triples((item, rater, tuple(sorted(spans))) for (item, rater), spans in answers.items())


def _spans(found: SpanTruth, item: Any) -> list[Span]:
    return [(span.start, span.end, span.label) for span in found.spans[item]]


def test_weighted_votes_beat_majority_on_abstracts_read_by_a_crowd() -> None:
    """Nguyen et al. (2017): 188 abstracts with participants marked by experts; their majority has .717."""
    with gzip.open(shared_data.shared(PICO), "rt") as file:
        rows = [json.loads(line) for line in file]
    study = _study(
        {
            (row["id"], who): [(*span, "P") for span in spans]
            for row in rows
            for who, spans in row["crowd"].items()
        }
    )
    tokens = {row["id"]: tokens_of(row["text"]) for row in rows}
    ours = _character_f1(rows, infer_spans(study, tokens))
    assert ours > max(MAJORITY_AS_PUBLISHED, _character_f1(rows, majority_spans(study, tokens))) + 0.02


def _character_f1(rows: list[dict[str, Any]], found: SpanTruth) -> float:
    both = marked = true = 0
    for row in rows:
        (expert,) = row["expert"].values()
        if expert is not None:
            mine = covered(_spans(found, row["id"]), typed=False)
            gold = covered([(start, end, "P") for start, end in expert], typed=False)
            both, marked, true = both + shared(mine, gold), marked + size(mine), true + size(gold)
    return 2 * both / (marked + true)


@pytest.fixture(scope="module")
def crowd() -> tuple[Study, dict[int, list[Span]]]:
    """Sixty texts of a hundred characters: two who mark well, three who miss two spans in three and add their own."""
    made = np.random.default_rng(8)
    truth: dict[int, list[Span]] = {}
    answers: dict[tuple[Any, str], list[Span]] = {}
    for item in range(60):
        truth[item] = [(at, at + 8, "a") for at in (10, 50, 80) if made.random() < 0.7]
        for who, keeps, adds in (
            ("v", 0.95, 0.02),
            ("w", 0.95, 0.02),
            *((name, 0.35, 0.3) for name in "xyz"),
        ):
            kept = [span for span in truth[item] if made.random() < keeps]
            answers[item, who] = kept + ([(30, 38, "a")] if made.random() < adds else [])
    return _study(answers), truth


def test_who_marks_well_weighs_more_than_many_who_do_not(crowd: tuple[Study, dict[int, list[Span]]]) -> None:
    study, truth = crowd
    found, plain = infer_spans(study), majority_spans(study)
    right = sum(_spans(found, item) == truth[item] for item in truth)
    assert right > 45
    assert right > sum(_spans(plain, item) == truth[item] for item in truth) + 20
    by_name = {annotator.annotator: annotator for annotator in found.annotators}
    assert by_name["v"].sensitivity == pytest.approx(0.95, abs=0.06)
    assert by_name["x"].sensitivity == pytest.approx(0.35, abs=0.12)
    assert (by_name["v"].precision or 0) > (by_name["x"].precision or 0)
    assert by_name["v"].answers == 60


def test_order_of_rows_changes_nothing(crowd: tuple[Study, dict[int, list[Span]]]) -> None:
    study, _ = crowd
    rows = [
        (study.items[i], study.raters[r], study.categories[v])
        for i, r, v in zip(study.item.tolist(), study.rater.tolist(), study.value.tolist(), strict=True)
    ]
    turned = infer_spans(Study.from_triples(reversed(rows)))
    assert turned == infer_spans(study)


def test_what_everybody_marked_is_true_whatever_the_label() -> None:
    both: list[Span] = [(0, 5, "a"), (3, 9, "b")]
    found = infer_spans(_study({(item, who): both for item in range(3) for who in "xyz"}))
    assert _spans(found, 0) == both
    assert all(span.probability > 0.9 for span in found.spans[0])
    assert set(found.rounds) == {"a", "b"}


def test_places_are_tokens_where_they_are_given() -> None:
    text = "forty-two men, aged 60"
    study = _study({(1, "x"): [(0, 12, "a")], (1, "y"): [(0, 13, "a")], (1, "z"): [(2, 13, "a")]})
    assert _spans(infer_spans(study, {1: tokens_of(text)}), 1) == [(0, 13, "a")]


def test_nothing_marked_and_nothing_answered_have_no_spans() -> None:
    assert infer_spans(_study({(1, "x"): [], (1, "y"): []})).spans == {1: ()}
    assert infer_spans(_study({})) == SpanTruth({})


def test_a_single_answer_stands() -> None:
    study = _study({(1, "x"): [(2, 4, "a")]})
    assert _spans(infer_spans(study), 1) == [(2, 4, "a")]


def test_majority_leaves_ties_out() -> None:
    study = _study({(1, "x"): [(0, 6, "a")], (1, "y"): [(3, 9, "a")]})
    assert _spans(majority_spans(study), 1) == [(3, 6, "a")]
    assert _spans(majority_spans(study, more_than=0.3), 1) == [(0, 9, "a")]


def test_texts_without_tokens_are_passed_over() -> None:
    study = _study(
        {(1, "x"): [], (2, "x"): [(0, 2, "a")], (2, "y"): [(0, 2, "a")], (3, "x"): [], (3, "y"): []}
    )
    found = infer_spans(study, {1: [], 2: [(0, 2), (3, 4)], 3: []})
    assert _spans(found, 2) == [(0, 2, "a")]
    assert found.spans[3] == ()


def test_the_chain_is_the_sum_over_all_paths() -> None:
    made = np.random.default_rng(4)
    lengths = np.array([3, 5, 1])
    evidence = made.normal(size=(9, 2, 2))
    trans = np.array([[0.9, 0.1], [0.3, 0.7]])
    steps, likelihood = smoothed(lengths, evidence, trans)
    expected, total, first = np.zeros((9, 2, 2)), 0.0, 0
    for length in lengths.tolist():
        weights = {}
        for path in product((0, 1), repeat=length):
            before = (0, *path[:-1])
            weights[path] = np.prod(
                [
                    trans[was, now] * np.exp(evidence[first + at, was, now])
                    for at, (was, now) in enumerate(zip(before, path, strict=True))
                ]
            )
        for path, weight in weights.items():
            for at, (was, now) in enumerate(zip((0, *path[:-1]), path, strict=True)):
                expected[first + at, was, now] += weight / sum(weights.values())
        total, first = total + np.log(sum(weights.values())), first + length
    assert steps == pytest.approx(expected)
    assert likelihood == pytest.approx(total)


def test_marks_are_counted_by_step_and_cell() -> None:
    chains = chains_of([[(0, np.array([0, 1, 1])), (1, np.array([1, 0, 0]))], [(1, np.array([1]))]], 2)
    steps = chains.steps(np.array([0.0, 1.0, 1.0, 1.0]))
    counts = chains.counts(steps)
    assert counts[0, 0, 0, 0] == counts[0, 1, 0, 1] == counts[0, 3, 1, 1] == 1
    assert counts[1, 1].tolist() == [[1, 1], [0, 0]]
    assert counts.sum() == 7
    assert chains.votes().tolist() == [0.5, 0.5, 0.5, 1.0]


def test_tokens_are_words_signs_and_characters_of_chinese() -> None:
    text = "Two men, 肺炎 x1."
    assert [text[start:end] for start, end in tokens_of(text)] == ["Two", "men", ",", "肺", "炎", "x1", "."]
