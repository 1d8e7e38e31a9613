"""Alpha-U as published in 1995 and 2004, and the coefficients of 2016 against their definition position by position."""

import random
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.algorithms.alpha_u import Continuum, alpha_u, disagreements, features, knots_of
from annotation.algorithms.bootstrap import Floats
from annotation.algorithms.span_items import Span
from annotation.algorithms.statistic import Reason
from annotation.algorithms.study import Study
from annotation.algorithms.unitizing import alpha_unitizing, cu_alpha, ku_alpha, u_alpha, u_alpha_binary
from tests.annotation.shared_data import reference_cases

Marks = tuple[Span, ...]
TERMS = {
    "krippendorff_alpha_U (1995/2004)": "value",
    "krippendorff_alpha_U observed disagreement": "observed",
    "krippendorff_alpha_U expected disagreement": "expected",
}
LENGTH = 24


def _study(answers: dict[tuple[int, Any], Marks], length: int = LENGTH) -> Study:
    rows = [(item, rater, tuple(sorted(spans))) for (item, rater), spans in answers.items()]
    return Study.from_triples(rows, extents=dict.fromkeys((item for item, _, _ in rows), length))


def _units(drawn: list[tuple[int, int, str]]) -> Marks:
    """Units one after the other: gap, length and label of each."""
    at, found = 0, []
    for gap, length, label in drawn:
        start = at + gap
        at = start + length
        if at <= LENGTH:
            found.append((start, at, label))
    return tuple(found)


UNITS = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 6), st.sampled_from("ab")), max_size=4).map(
    _units
)
TEXT = st.lists(UNITS, min_size=2, max_size=4)


@pytest.mark.parametrize("case", reference_cases(*TERMS))
def test_alpha_u_is_the_published_one(case: dict[str, Any]) -> None:
    params = case["params"]
    found = alpha_u(case["data"], params["begin"], params["length"], params["category"], params["raters"])
    assert getattr(found, TERMS[case["metric"]]) == pytest.approx(case["expected"], abs=case["tolerance"])


@pytest.mark.parametrize("case", reference_cases("krippendorff_alpha_U (1995/2004)"))
def test_a_study_of_one_text_has_the_published_value(case: dict[str, Any]) -> None:
    params = case["params"]
    answers: dict[tuple[int, Any], Marks] = {(1, rater): () for rater in range(params["raters"])}
    for start, length, rater, label in case["data"]:
        answers[1, rater] += ((start - params["begin"], start - params["begin"] + length, label),)
    found = alpha_unitizing(_study(answers, params["length"]), params["category"], seed=1)
    assert found.value == pytest.approx(case["expected"], abs=case["tolerance"])
    assert (found.items, found.warnings[0].code) == (1, "few_items")


def test_units_of_one_annotator_that_overlap_are_refused_by_the_formula() -> None:
    with pytest.raises(ValueError, match="overlap"):
        alpha_u([(0, 5, 0, "a"), (3, 5, 0, "a")], 0, 20, "a", 2)
    assert alpha_u([(0, 5, 0, "a")], 0, 20, "b", 2) is None


def test_in_a_study_they_are_taken_as_one_and_it_says_so() -> None:
    nested = _study({(1, "x"): ((0, 9, "a"), (3, 5, "a")), (1, "y"): ((0, 9, "a"),)})
    found = alpha_unitizing(nested, "a", seed=1)
    assert found.value == 1
    assert {"units": 1} in [one.params for one in found.warnings]
    assert u_alpha_binary(nested, seed=1).value == 1


def test_where_labels_overlap_both_are_the_value() -> None:
    both = ((0, 9, "a"), (3, 5, "b"))
    found = u_alpha(_study({(1, "x"): both, (1, "y"): both}), seed=1)
    assert found.value == 1
    assert {"pieces": 2} in [one.params for one in found.warnings]
    less = u_alpha(_study({(1, "x"): both, (1, "y"): ((0, 9, "a"),)}), seed=1)
    assert less.value is not None
    assert less.value < 1


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({}, Reason.NO_LABELS),
        ({(1, "x"): ((0, 5, "a"),)}, Reason.ONE_ANNOTATOR),
        ({(1, "x"): ((0, 5, "a"),), (2, "y"): ()}, Reason.NO_SHARED_ITEMS),
        ({(1, "x"): (), (1, "y"): ()}, Reason.NO_SPANS),
    ],
)
def test_without_a_value_there_is_a_reason(answers: dict[tuple[int, str], Marks], reason: Reason) -> None:
    study = _study(answers)
    for found in (
        alpha_unitizing(study, "a", seed=1),
        u_alpha(study, seed=1),
        u_alpha_binary(study, seed=1),
        cu_alpha(study, seed=1),
        ku_alpha(study, "a", seed=1),
    ):
        assert (found.value, found.reason) == (None, reason)


def test_what_chance_alone_explains_has_no_value() -> None:
    whole = _study({(1, "x"): ((0, LENGTH, "a"),), (1, "y"): ((0, LENGTH, "a"),)})
    assert u_alpha(whole, seed=1).reason == Reason.NO_VARIATION
    assert cu_alpha(whole, seed=1).reason == Reason.NO_VARIATION
    apart = _study({(1, "x"): ((0, 5, "a"),), (1, "y"): ((6, 9, "b"),)})
    assert cu_alpha(apart, seed=1).reason == Reason.NO_OVERLAP
    assert ku_alpha(apart, "c", seed=1).reason == Reason.LABEL_UNUSED


def test_texts_without_a_length_have_a_reason_and_spans_outside_are_an_error() -> None:
    rows = [(1, rater, ((0, 5, "a"),)) for rater in "xy"]
    assert u_alpha(Study.from_triples(rows), seed=1).reason == Reason.NO_EXTENT
    with pytest.raises(ValueError, match="outside"):
        u_alpha(_study({(1, "x"): ((0, 30, "a"),), (1, "y"): ()}), seed=1)


def _by_definition(texts: list[list[Marks]], label: str) -> dict[str, float | None]:
    """The four coefficients from labels of positions, as the paper defines them."""
    names = ["", "a", "b"]
    l: Floats = np.zeros((3, 3))  # noqa: E741
    whole: Floats = np.zeros(3)
    coded: Floats = np.zeros(3)
    for text in texts:
        at = [[next((lab for s, e, lab in mine if s <= p < e), "") for p in range(LENGTH)] for mine in text]
        for i, j in permutations(range(len(text)), 2):
            for one, two in zip(at[i], at[j], strict=True):
                l[names.index(one), names.index(two)] += 1 / (len(text) - 1)
            for start, end, lab in text[i]:
                coded[names.index(lab)] += sum(1 for p in range(start, end) if at[j][p]) ** 2 / (
                    len(text) - 1
                )
        whole[0] += sum(mine.count("") for mine in at)
        for mine in text:
            for start, end, lab in mine:
                whole[names.index(lab)] += (end - start) ** 2
    found: dict[str, float | None] = {}
    e = (np.outer(l.sum(1), l.sum(1)) - np.diag(whole)) / (l.sum() - whole.sum() / l.sum())
    found["u"] = _alpha(l.sum() - np.trace(l), e.sum() - np.trace(e))
    found["binary"] = _alpha(l[0].sum() - l[0, 0], e[0].sum() - e[0, 0])
    l = np.asarray(l[1:, 1:])  # noqa: E741
    coded = np.asarray(coded[1:])
    if l.sum() > 0 and l.sum() ** 2 > coded.sum():
        e = (np.outer(l.sum(1), l.sum(1)) - np.diag(coded)) / (l.sum() - coded.sum() / l.sum())
        found["cu"] = _alpha(l.sum() - np.trace(l), e.sum() - np.trace(e))
        k = "ab".index(label)
        if l[k].sum() > 0 and e[k].sum() > 1e-9:
            found["ku"] = _alpha(e[k].sum() * (l[k].sum() - l[k, k]), l[k].sum() * (e[k].sum() - e[k, k]))
    return found


def _alpha(observed: float, expected: float) -> float | None:
    return float(1 - observed / expected) if expected > 1e-9 else None


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=3))
def test_the_coefficients_of_2016_are_their_definition(texts: list[list[Marks]]) -> None:
    study = _study({(at, who): mine for at, text in enumerate(texts) for who, mine in enumerate(text)})
    found = {
        "u": u_alpha(study, seed=1),
        "binary": u_alpha_binary(study, seed=1),
        "cu": cu_alpha(study, seed=1),
        "ku": ku_alpha(study, "a", seed=1),
    }
    if not any(mine for text in texts for mine in text):
        assert {one.reason for one in found.values()} == {Reason.NO_SPANS}
        return
    wanted = _by_definition(texts, "a")
    for name, one in found.items():
        value = wanted.get(name)
        assert one.value == (None if value is None else pytest.approx(value, abs=1e-9)), name


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_neither_the_order_of_texts_nor_of_annotators_matters(
    texts: list[list[Marks]], shuffle: random.Random
) -> None:
    answers = {(at, who): mine for at, text in enumerate(texts) for who, mine in enumerate(text)}
    keys = list(answers)
    shuffle.shuffle(keys)
    turned = {(item, -who): answers[item, who] for item, who in keys}
    for measure in (u_alpha, u_alpha_binary, cu_alpha):
        one, two = measure(_study(answers), seed=1), measure(_study(turned), seed=1)
        assert one.reason == two.reason
        assert one.value == pytest.approx(two.value, abs=1e-9)
    one, two = (alpha_unitizing(_study(each), "a", seed=1) for each in (answers, turned))
    assert one.value == pytest.approx(two.value, abs=1e-9)


def test_with_few_knots_the_sums_are_nearly_the_exact_ones() -> None:
    draw = random.Random(7)
    texts = []
    for _ in range(60):
        cuts = [sorted(draw.sample(range(1000), 8)) for _ in range(3)]
        texts.append(Continuum(1000, tuple(tuple(zip(cut[::2], cut[1::2], strict=True)) for cut in cuts)))
    exact = features(texts, knots_of(texts)).sum(axis=0)
    rough = features(texts, knots_of(texts, 128)).sum(axis=0)
    gaps = [
        float(row[6 : 6 + (row.size - 6) // 2] @ row[6 + (row.size - 6) // 2 :]) for row in (exact, rough)
    ]
    assert gaps[1] == pytest.approx(gaps[0], rel=2e-3)
    assert tuple(rough[:6]) == pytest.approx(tuple(exact[:6]))


def test_several_texts_are_one_continuum_with_a_gap_at_every_border() -> None:
    """Two texts of which each begins and ends with a unit are the concatenated text, whatever stands where."""
    one = {"x": ((0, 4, "a"), (10, LENGTH, "a")), "y": ((0, 6, "a"), (12, LENGTH, "a"))}
    apart = _study({(item, who): spans for item in (1, 2) for who, spans in one.items()})
    joined = [
        (start + at * LENGTH, end - start, who, label)
        for at in (0, 1)
        for who, spans in enumerate(one.values())
        for start, end, label in spans
    ]
    found = alpha_u(joined, 0, 2 * LENGTH, "a", 2)
    assert found is not None
    assert alpha_unitizing(apart, "a", seed=1).value == pytest.approx(found.value)


@pytest.mark.parametrize("weight", [1e-310, 1e-200, 1e-100, 1e-9, 1.0])
def test_a_sample_that_weighs_as_good_as_nothing_has_no_value_and_no_overflow(weight: float) -> None:
    text = Continuum(20, (((2, 9),), ((3, 8),)))
    rows = features([text], knots_of([text]))
    with np.errstate(all="raise", under="ignore"):
        observed, expected = disagreements(rows * weight)
    assert not np.isinf(observed).any()
    assert not np.isinf(expected).any()
    assert np.isnan(expected).all() == (weight < 0.01)
