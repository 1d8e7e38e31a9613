"""The default is safe: where there is nothing to learn it is the majority, and where there is it learns."""

from __future__ import annotations

import csv

import numpy as np
import pytest
from numpy.typing import NDArray

from annotation.algorithms.truth import Labels, fit
from annotation.algorithms.truth.risk import chance_of_loss, credit
from tests.annotation.algorithms.truth.crowds import simulated
from tests.annotation.shared_data import SHARED, judgements

SETS = sorted(path.parent.name for path in (SHARED / "data" / "labels").glob("*/gold.csv"))
NUMBERS = {"zheng_N_Emotion", "snow_affect_joy", "snow_affect_valence", "snow_wordsim"}
BEST_SINGLE = 0.8954
"""Dawid-Skene's mean over the eleven sets, by crowd-kit (the table beside the data)."""


def _gain(labels: Labels, truth: NDArray[np.int64]) -> float:
    """Points of accuracy above the majority."""
    return 100 * float((fit(labels).correctness(truth) - fit(labels, "majority").correctness(truth)).mean())


def _accuracies(name: str) -> tuple[float, float] | None:
    with (SHARED / "data" / "labels" / name / "gold.csv").open(encoding="utf-8") as file:
        gold = {row["item"]: row["label"] for row in csv.DictReader(file)}
    if not gold:
        return None
    labels = Labels.from_triples(judgements(f"labels/{name}"))
    code = {str(label): at for at, label in enumerate(labels.classes)}
    rows = [at for at, item in enumerate(labels.items) if item in gold]
    truth = np.array([code.get(gold.get(str(item), ""), -1) for item in labels.items])
    ours, theirs = (fit(labels, method).correctness(truth)[rows].mean() for method in ("default", "majority"))
    return float(ours), float(theirs)


@pytest.mark.skipif(not SETS, reason="shared data is not here: data/labels (set ASSAY_SHARED to its folder)")
def test_on_no_real_set_is_it_more_than_a_point_below_the_majority() -> None:
    found = {name: _accuracies(name) for name in SETS if name not in NUMBERS}
    scores = {name: pair for name, pair in found.items() if pair is not None}
    assert len(scores) == 11
    assert {name: pair for name, pair in scores.items() if pair[0] < pair[1] - 0.01} == {}
    assert np.mean([ours for ours, _ in scores.values()]) >= BEST_SINGLE


def test_where_nobody_can_be_told_apart_it_is_the_majority() -> None:
    """500 people with two or three labels each, all equally good."""
    labels, _ = simulated(1, items=300, annotators=500, each=4, classes=3, right=[0.8] * 500)
    assert np.array_equal(fit(labels).top, fit(labels, "majority").top)


@pytest.mark.parametrize(
    ("right", "classes", "least"),
    [
        ([0.9] * 12 + [0.34] * 8, 3, 3.0),  # two in five guess
        ([0.85] * 16 + [0.2] * 4, 2, 3.0),  # adversaries
        ([0.6] * 18 + [0.97] * 2, 3, 0.5),  # a few experts
    ],
    ids=["guessers", "adversaries", "experts"],
)
def test_where_people_differ_it_learns_whom_to_trust(right: list[float], classes: int, least: float) -> None:
    gains = [
        _gain(*simulated(seed, items=400, annotators=20, each=5, classes=classes, right=right))
        for seed in range(3)
    ]
    assert np.mean(gains) > least


def test_a_crowd_that_errs_in_one_direction_is_seen_through() -> None:
    """39 people judge 108 items each; many say yes too easily. One coin sides with them."""
    rng = np.random.default_rng(2)
    gains = []
    for seed in range(3):
        yes = np.clip(rng.normal(0.45, 0.25, 39), 0.02, 0.98)
        hit = np.clip(yes + rng.uniform(0.1, 0.6, 39), 0.02, 0.98)
        confusion = np.stack([np.stack([1 - yes, yes], 1), np.stack([1 - hit, hit], 1)], axis=1)
        gains.append(
            _gain(*simulated(seed, items=108, annotators=39, each=39, classes=2, confusion=confusion))
        )
    assert min(gains) >= 0
    assert np.mean(gains) > 2


def test_shares_of_classes_may_be_uneven() -> None:
    gains = [
        _gain(*simulated(seed, items=600, annotators=30, each=5, classes=2, shares=[0.95, 0.05]))
        for seed in range(3)
    ]
    assert min(gains) >= -0.5


def test_a_chance_of_loss() -> None:
    sure = np.array([[0.9, 0.1]] * 50)
    other = np.array([[0.4, 0.6]] * 50)
    assert chance_of_loss(sure, sure, sure, 0.0) == 0
    assert chance_of_loss(sure, other, sure, 0.01) < 1e-6
    assert chance_of_loss(other, sure, sure, 0.01) > 1 - 1e-6
    assert chance_of_loss(other, sure, np.full((50, 2), 0.5), 0.0) == pytest.approx(0.5)
    assert credit(np.array([[0.5, 0.5, 0.0]])).tolist() == [[0.5, 0.5, 0.0]]
