"""Gamma as published, its best alignment against trying everything, and what it says where there is no value."""

import random
from functools import cache
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.algorithms.gamma.alignment import Alignment, best_alignment
from annotation.algorithms.gamma.clusters import Groups, TooLarge
from annotation.algorithms.gamma.marks import Continuum, Marks, Weights, dissimilarity, mean_units
from annotation.algorithms.gamma.measure import GammaStudy, gamma, gamma_cat, gamma_k
from annotation.algorithms.gamma.packing import best_packing
from annotation.algorithms.gamma.sampling import Sampling, sampler_of
from annotation.algorithms.gamma.units import Unit, best_disorder, gamma_of_units
from annotation.algorithms.span_items import Span
from annotation.algorithms.statistic import Reason
from annotation.algorithms.study import Study
from tests.annotation.shared_data import reference_cases

CODES = {"a": 0, "b": 1}
SAMPLED: dict[str, Sampling] = {
    "gamma (Mathet 2015), sampled expectation": "statistical",
    "gamma (Mathet 2015), shuffle sampler": "shuffle",
}


def _units(case: dict[str, Any]) -> list[Unit]:
    return [(who, label, start, end) for who, label, start, end in case["data"]]


def _weights(case: dict[str, Any]) -> dict[str, Any]:
    params = case["params"]
    return {"alpha": params["alpha"], "beta": params["beta"], "delta_empty": params["deltaEmpty"]}


@pytest.mark.parametrize("case", reference_cases("gamma best-alignment disorder (Mathet 2015)"))
def test_the_disorder_of_the_best_alignment_is_the_published_one(case: dict[str, Any]) -> None:
    found = best_disorder(_units(case), **_weights(case))
    assert found == pytest.approx(case["expected"], abs=case["tolerance"])


@pytest.mark.parametrize("case", reference_cases(*SAMPLED))
def test_gamma_is_the_published_one(case: dict[str, Any]) -> None:
    sampler = SAMPLED[case["metric"]]
    found = gamma_of_units(_units(case), **_weights(case), sampler=sampler, precision=0.01, seed=3)
    assert found.value == pytest.approx(case["expected"], abs=case["tolerance"])


@pytest.mark.parametrize("case", reference_cases("gamma-cat (Mathet 2017)"))
def test_gamma_cat_is_the_published_one(case: dict[str, Any]) -> None:
    found = gamma_of_units(_units(case), **_weights(case), sampler="shuffle", precision=0.01, seed=3)
    assert found.cat == pytest.approx(case["expected"], abs=case["tolerance"])


MARKS = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 6), st.sampled_from("ab")), max_size=3, unique=True
).map(lambda rows: Marks.of([(start, start + length, label) for start, length, label in rows], CODES))
TEXT = st.lists(MARKS, min_size=2, max_size=3).map(tuple).filter(lambda text: any(map(len, text)))
WEIGHTS = st.builds(
    Weights, st.sampled_from([0.5, 1.0, 3.0]), st.sampled_from([0.0, 1.0, 2.0]), st.sampled_from([0.5, 1.0])
)


@settings(max_examples=150, deadline=None)
@given(TEXT, WEIGHTS)
def test_no_alignment_costs_less_than_the_best_one(text: Continuum, weights: Weights) -> None:
    assert best_alignment(text, weights).cost == pytest.approx(_least_cost(text, weights), abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(st.lists(MARKS, min_size=4, max_size=4).map(tuple).filter(lambda text: 0 < sum(map(len, text)) < 8))
def test_four_annotators_are_aligned_at_the_least_cost(text: Continuum) -> None:
    assert best_alignment(text, Weights()).cost == pytest.approx(_least_cost(text, Weights()), abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(TEXT, WEIGHTS)
def test_the_alignment_costs_what_it_says_and_has_every_unit_once(text: Continuum, weights: Weights) -> None:
    found = best_alignment(text, weights)
    for rater, marks in enumerate(text):
        used = found.groups[:, rater][found.groups[:, rater] >= 0].tolist()
        assert len(set(used)) == len(used)
        assert set(used) <= set(range(len(marks)))
    assert found.cost == pytest.approx(_cost_of(text, weights, found), abs=1e-9)


@settings(max_examples=50, deadline=None)
@given(TEXT, st.randoms(use_true_random=False))
def test_neither_the_order_of_annotators_nor_the_place_in_the_text_matters(
    text: Continuum, order: random.Random
) -> None:
    moved = [Marks(marks.start + 7, marks.end + 7, 1 - marks.label) for marks in text]
    order.shuffle(moved)
    assert best_alignment(tuple(moved), Weights()).disorder == pytest.approx(
        best_alignment(text, Weights()).disorder, abs=1e-6
    )


def test_a_fractional_relaxation_is_branched_on() -> None:
    """Three pairs of three units, of which only one fits: the relaxation takes half of each."""
    members = np.array([[0, 1, -1], [1, 2, -1], [0, 2, -1], [3, 4, -1]])
    found = best_packing(Groups(members, *[np.array([1.0, 1.1, 1.0, 0.5])] * 2), 5)
    assert found == [1, 3]


def test_three_annotators_with_forty_units_each_are_aligned() -> None:
    made = np.random.default_rng(5)
    text = []
    for _ in range(3):
        start = np.sort(made.integers(0, 400, 40))
        rows = zip(
            start.tolist(), made.integers(1, 30, 40).tolist(), made.choice(["a", "b"], 40), strict=True
        )
        text.append(Marks.of([(at, at + length, str(label)) for at, length, label in rows], CODES))
    found = best_alignment(tuple(text), Weights())
    assert found.cost == pytest.approx(_cost_of(tuple(text), Weights(), found), abs=1e-9)


@pytest.mark.parametrize("kind", ["statistical", "shuffle"])
def test_a_random_text_is_like_the_one_it_was_made_from(kind: Sampling) -> None:
    text = (
        Marks.of([(0, 4, "a"), (10, 12, "b")], CODES),
        Marks.of([(5, 9, "a")], CODES),
        Marks.of([], CODES),
    )
    sampler, random_ = sampler_of(text, kind), np.random.default_rng(1)
    drawn = [sampler.draw(random_) for _ in range(500)]
    assert {len(one) for one in drawn} == {3}
    assert all(mean_units(one) > 0 for one in drawn)
    assert all((marks.end > marks.start).all() for one in drawn for marks in one)
    share = np.concatenate([marks.label for one in drawn for marks in one]).mean()
    assert share == pytest.approx(1 / 3, abs=0.06)


def test_an_unknown_sampler_is_refused() -> None:
    with pytest.raises(ValueError, match="no sampler"):
        sampler_of((Marks.of([(0, 1, "a")], CODES),), "dice")  # type: ignore[arg-type]


def _study(*texts: tuple[tuple[Span, ...], ...]) -> Study:
    return Study.from_triples(
        (item, rater, tuple(sorted(spans)))
        for item, text in enumerate(texts)
        for rater, spans in enumerate(text)
    )


ONE = ((0, 5, "a"), (10, 14, "b"))
OTHER = ((1, 5, "a"), (20, 24, "b"))


def test_equal_answers_are_one_and_the_seed_repeats_the_value() -> None:
    study = _study((ONE, ONE), (OTHER, OTHER))
    found = gamma(study, seed=1)
    assert found.value == 1.0
    assert found.chance_corrected
    assert gamma_cat(study, seed=1).value == 1.0
    apart = _study((ONE, OTHER), (OTHER, ONE))
    assert gamma(apart, seed=1).to_json() == gamma(apart, seed=1).to_json()


def test_one_text_of_a_study_has_the_gamma_of_its_units() -> None:
    units = [
        (str(rater), label, start, end) for rater, m in enumerate((ONE, OTHER)) for start, end, label in m
    ]
    whole = gamma_of_units(units, seed=4)
    made = GammaStudy.of(_study((ONE, OTHER)), seed=4)
    assert made.gamma().value == pytest.approx(whole.value)
    assert made.gamma_cat().value == pytest.approx(whole.cat)
    assert made.gamma_k("a").value == pytest.approx(whole.by_category["a"])


def test_the_value_lies_in_its_interval_and_says_what_it_rests_on() -> None:
    made = GammaStudy.of(_study(*[(ONE, OTHER), (ONE, ONE), (OTHER, ())] * 4), seed=2)
    for found in (made.gamma(), made.gamma_cat(), made.gamma_k("b")):
        assert found.value is not None
        assert found.low is not None
        assert found.high is not None
        assert found.low <= found.value <= found.high
        assert found.items == 12
        assert found.details["chance_draws"] >= 30
        assert found.warnings


@pytest.mark.parametrize(
    ("study", "reason"),
    [
        (_study(), Reason.NO_LABELS),
        (_study((ONE,), (ONE,)), Reason.ONE_ANNOTATOR),
        (_study(((), ()), ((), ())), Reason.NO_SPANS),
        (Study.from_triples([(1, "x", ONE), (2, "y", ONE)]), Reason.NO_SHARED_ITEMS),
    ],
)
def test_too_little_has_a_name(study: Study, reason: Reason) -> None:
    for found in (gamma(study, seed=1), gamma_cat(study, seed=1), gamma_k(study, "a", seed=1)):
        assert (found.value, found.reason) == (None, reason)


def test_labels_are_compared_only_where_units_are_aligned() -> None:
    study = _study((((0, 3, "a"),), ((90, 93, "b"),)))
    assert gamma_cat(study, seed=1).reason == Reason.NO_OVERLAP
    assert gamma_k(study, "z", seed=1).reason == Reason.LABEL_UNUSED
    one_label = _study((((0, 3, "a"),), ((0, 4, "a"),)))
    assert gamma_cat(one_label, seed=1).reason == Reason.NO_VARIATION
    assert gamma_cat(one_label, seed=1).value is None


def test_random_texts_that_never_differ_expect_nothing() -> None:
    same = (((0, 3, "a"),), ((0, 3, "a"),))
    assert gamma(_study(same), seed=1).reason == Reason.NO_VARIATION


def test_texts_share_the_random_ones_of_as_many_annotators() -> None:
    made = GammaStudy.of(_study((ONE, OTHER), (OTHER, ONE), (ONE, OTHER, ONE)), seed=1)
    first, second, third = (one.chance for one in made.found)
    assert first is second
    assert first is not third
    alone = GammaStudy.of(_study((ONE, OTHER), (OTHER, ONE)), seed=1, sampling="shuffle")
    assert alone.found[0].chance is not alone.found[1].chance


def test_crowded_texts_are_left_out_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    crowded = tuple((start, start + 9, "a") for start in range(10))
    monkeypatch.setattr("annotation.algorithms.gamma.clusters.MOST_GROUPS", 40)
    found = gamma(_study((crowded, crowded), (ONE, OTHER)), seed=1)
    assert found.value is not None
    assert found.items == 1
    assert "too_large_items" in {warning.code for warning in found.warnings}
    assert gamma(_study((crowded, crowded)), seed=1).reason == Reason.TOO_LARGE
    with pytest.raises(TooLarge):
        best_disorder([(who, "a", start, start + 9) for who in "xy" for start in range(10)])


def _least_cost(text: Continuum, weights: Weights) -> float:
    """The least cost of all alignments, by trying every one."""
    raters = range(len(text))
    between = {(a, b): dissimilarity(text[a], text[b], weights) for a, b in combinations(raters, 2)}

    @cache
    def least(left: tuple[tuple[int, int], ...]) -> float:
        if not left:
            return 0.0
        (mine, unit), rest = left[0], left[1:]
        choices = [[unit] if at == mine else [-1, *(u for r, u in rest if r == at)] for at in raters]
        return min(
            _cost(group, between, weights) + least(tuple((r, u) for r, u in rest if group[r] != u))
            for group in product(*choices)
        )

    return least(tuple((rater, unit) for rater in raters for unit in range(len(text[rater]))))


def _cost(group: tuple[int, ...], between: dict[tuple[int, int], Any], weights: Weights) -> float:
    costs = [
        weights.empty if min(group[a], group[b]) < 0 else float(table[group[a], group[b]])
        for (a, b), table in between.items()
    ]
    return sum(costs) / len(costs)


def _cost_of(text: Continuum, weights: Weights, found: Alignment) -> float:
    between = {(a, b): dissimilarity(text[a], text[b], weights) for a, b in combinations(range(len(text)), 2)}
    together = sum(_cost(tuple(group), between, weights) for group in found.groups.tolist())
    alone = sum(map(len, text)) - int((found.groups >= 0).sum())
    return together + alone * weights.empty
