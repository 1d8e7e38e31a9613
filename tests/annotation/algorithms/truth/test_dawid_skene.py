"""Dawid and Skene's estimates of 1979, and the rounds of EM."""

from __future__ import annotations

import csv
import json
from typing import Any

import numpy as np
import pytest

from annotation.algorithms.truth import Fit, Labels, fit
from tests.annotation.algorithms.truth.crowds import simulated
from tests.annotation.shared_data import judgements, shared

SET = "labels/dawid_skene_anaesthesia"


def _published(name: str) -> dict[str, Any]:
    cases = json.loads(shared("reference/values.json").read_text(encoding="utf-8"))["truth_inference"]
    found: dict[str, Any] = next(case for case in cases if case["id"] == name)["expected"]
    return found


def _agrees(found: Fit, published: dict[str, Any]) -> None:
    labels = found.labels
    assert found.converged
    assert np.allclose(found.prior, published["pi"], atol=2e-5)
    for at, annotator in enumerate(labels.annotators):
        assert np.allclose(found.confusion[at], published["theta"][annotator], atol=2e-5)
    assert found.log_likelihood == pytest.approx(published["loglik"], abs=2e-4)
    answers = {
        int(str(item)): int(str(labels.classes[code]))
        for item, code in zip(labels.items, found.answer, strict=True)
    }
    assert [answers[item] for item in published["items"]] == published["map"]
    rows = {str(item): found.posterior[at] for at, item in enumerate(labels.items)}
    for item, chances in published["uncertain"].items():
        assert np.allclose(rows[item], chances, atol=1e-3)


def test_the_anaesthetists_of_1979() -> None:
    """45 patients, five observers, the first of whom rated each patient three times."""
    published = _published("ds1979_anaesthesia_A")
    _agrees(fit(Labels.from_triples(judgements(SET)), "dawid_skene"), published)


def test_the_error_rates_usually_quoted() -> None:
    """Patient 7 as in the paper's table: observer 1 said 1, 2 and 2."""
    published = _published("ds1979_anaesthesia_B")
    rows = judgements(SET)
    theirs = [row for row in rows if row[:2] != ("7", "w0001")]
    theirs += [("7", "w0001", value) for value in "122"]
    assert len(theirs) == len(rows)
    _agrees(fit(Labels.from_triples(theirs), "dawid_skene"), published)


def test_every_accuracy_that_was_published_and_reproduced() -> None:
    """Zheng et al. (2017), table 6, and what crowd-kit reaches: majority and Dawid-Skene on real sets."""
    cases = json.loads(shared("reference/values.json").read_text(encoding="utf-8"))["truth_inference"]
    methods = {"MV": "majority", "DS": "dawid_skene"}
    checked = 0
    for case in cases:
        method = methods.get(
            str(case.get("params", {}).get("method") if isinstance(case.get("params"), dict) else "")
        )
        # cf_weather: 461 people with four labels each; where EM stops on that ridge is chance
        if (
            case["metric"] != "accuracy"
            or method is None
            or ("cf_weather" in case["data"] and method != "majority")
        ):
            continue
        gold_file = shared(f"data/{case['data']}/gold.csv")
        with gold_file.open(encoding="utf-8") as file:
            gold = {row["item"]: row["label"] for row in csv.DictReader(file)}
        found = fit(
            Labels.from_triples(judgements(case["data"])),
            "majority" if method == "majority" else "dawid_skene",
        )
        code = {name: at for at, name in enumerate(found.labels.classes)}
        rows = [at for at, item in enumerate(found.labels.items) if item in gold]
        truth = np.array([code.get(gold.get(str(item), ""), -1) for item in found.labels.items])
        assert found.correctness(truth)[rows].mean() == pytest.approx(
            case["expected"], abs=case["tolerance"]
        ), case["id"]
        checked += 1
    assert checked > 10


def test_the_likelihood_never_falls() -> None:
    labels, _ = simulated(3, items=200, annotators=20, each=4, classes=3)
    one = fit(labels, "dawid_skene")
    assert one.converged
    assert one.log_likelihood is not None
    counts = labels.tables(labels.shares)
    start = counts / np.maximum(counts.sum(axis=2, keepdims=True), 1e-300)
    logs = np.log(np.maximum(start, 1e-300))[labels.annotator, :, labels.value]
    begun = np.logaddexp.reduce(labels.by_item(logs) + np.log(labels.shares.mean(axis=0)), axis=1).sum()
    assert one.log_likelihood > begun


def test_smoothing_leaves_no_label_impossible() -> None:
    labels, _ = simulated(4, items=60, annotators=8, each=3, classes=4)
    assert fit(labels, "dawid_skene").confusion.min() == 0
    assert fit(labels, "smoothed").confusion.min() > 0
