"""How people mark spans, held against the others: known rates come out, own marks do not count, lacks have names."""

import gzip
import json
from typing import Any

import numpy as np
import pytest

from annotation.algorithms.span_reliability import SpanPerson, span_reliability
from annotation.algorithms.statistic import Reason
from annotation.algorithms.study import Study
from annotation.algorithms.tokens import tokens_of
from tests.annotation import shared_data

SEED = 5
PICO = "data/labels/spans_pico/pico_acl17_test.jsonl.gz"
Marks = dict[tuple[Any, str], list[tuple[int, int, str]]]


def _found(answers: Marks, **more: Any) -> dict[Any, SpanPerson]:
    study = Study.from_triples(
        ((item, who, tuple(sorted(spans))) for (item, who), spans in answers.items()), **more
    )
    return {one.annotator: one for one in span_reliability(study, seed=SEED)}


@pytest.fixture(scope="module")
def crowd() -> Marks:
    """120 texts of a hundred characters: two who mark well, three who miss half of the spans and add some."""
    made = np.random.default_rng(8)
    answers: Marks = {}
    for item in range(120):
        truth = [(at, at + 8, "a") for at in (10, 50, 80) if made.random() < 0.7]
        for who, keeps, adds in (
            ("v", 0.95, 0.02),
            ("w", 0.95, 0.02),
            *((name, 0.5, 0.2) for name in "xyz"),
        ):
            kept = [span for span in truth if made.random() < keeps]
            answers[item, who] = kept + ([(30, 38, "a")] if made.random() < adds else [])
    return answers


def test_known_rates_lie_in_the_intervals(crowd: Marks) -> None:
    found = _found(crowd)
    for who, keeps in (("v", 0.95), ("w", 0.95), ("x", 0.5), ("y", 0.5), ("z", 0.5)):
        one = found[who].sensitivity
        assert one.low is not None
        assert one.high is not None
        assert one.low - 0.03 <= keeps <= one.high + 0.03, (who, one)
    assert (found["v"].f1.low or 0) > (found["x"].f1.high or 1)
    assert found["x"].texts == 120


def test_what_one_marks_alone_is_not_there(crowd: Marks) -> None:
    """Whoever marks the whole text finds all that is there, and little of what they mark is."""
    found = _found(crowd | {(item, "all"): [(0, 100, "a")] for item in range(120)})["all"]
    assert found.sensitivity.value == 1
    assert found.precision.value is not None
    assert found.precision.value < 0.25


def test_the_same_from_everybody_is_one_with_an_exact_bound() -> None:
    found = _found({(item, who): [(0, 4, "a")] for item in range(10) for who in "vw"})
    assert [one.value for one in found["v"].figures] == [1, 1, 1]
    assert found["v"].f1.method == "exact"
    assert (found["v"].f1.low or 1) < 0.8


def test_texts_of_one_document_are_resampled_together(crowd: Marks) -> None:
    alone = _found(crowd)["x"].f1
    together = _found(crowd, groups={item: item // 12 for item in range(120)})["x"].f1
    assert together.value == alone.value
    assert (together.low, together.high) != (alone.low, alone.high)


def test_the_order_of_rows_changes_nothing(crowd: Marks) -> None:
    assert _found(dict(reversed(crowd.items()))) == _found(crowd)


def test_every_lack_has_a_name() -> None:
    span = [(0, 4, "a")]
    assert _found({}) == {}
    assert _found({(1, "v"): span})["v"].f1.reason == Reason.ONE_ANNOTATOR
    apart = _found({(1, "v"): span, (2, "w"): span})
    assert {one.reason for one in apart["v"].figures} == {Reason.NO_SHARED_ITEMS}
    nobody = _found({(1, "v"): [], (1, "w"): []})
    assert {one.reason for one in nobody["v"].figures} == {Reason.NO_SPANS}
    little = _found({(1, "v"): [], (1, "w"): span, (1, "x"): span})["v"]
    assert little.sensitivity.value == 0
    assert little.precision.reason == Reason.NO_SPANS


def test_it_orders_a_real_crowd_as_experts_would() -> None:
    """188 abstracts (Nguyen et al. 2017): people's F1 against the experts, and as found without them."""
    with gzip.open(shared_data.shared(PICO), "rt") as file:
        rows = [json.loads(line) for line in file]
    answers = {
        (row["id"], who): tuple(sorted((*span, "P") for span in spans))
        for row in rows
        for who, spans in row["crowd"].items()
    }
    study = Study.from_triples((item, who, spans) for (item, who), spans in answers.items())
    found = span_reliability(study, {row["id"]: tokens_of(row["text"]) for row in rows}, seed=SEED)
    gold = {row["id"]: _covered(next(iter(row["expert"].values())) or ()) for row in rows}
    pairs = []
    for one in found:
        mine = [(item, _covered(spans)) for (item, who), spans in answers.items() if who == one.annotator]
        if one.texts >= 20 and one.f1.value is not None:
            both = sum(len(marked & gold[item]) for item, marked in mine)
            whole = sum(len(marked) + len(gold[item]) for item, marked in mine)
            pairs.append((one.f1.value, 2 * both / whole))
    assert len(pairs) > 10
    assert float(np.corrcoef(np.array(pairs).T)[0, 1]) > 0.8


def _covered(spans: Any) -> set[int]:
    return {place for span in spans for place in range(span[0], span[1])}
