"""The measures equal their definitions written as loops over pairs, on any study."""

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.algorithms.agreement import krippendorff_alpha
from annotation.algorithms.conger import conger_kappa, light_kappa
from annotation.algorithms.gwet import brennan_prediger, fleiss_kappa, gwet_ac
from annotation.algorithms.kappa import cohen_kappa
from annotation.algorithms.statistic import Statistic
from annotation.algorithms.study import Study
from tests.annotation.algorithms import slow

Triples = list[tuple[int, int, int]]
SCALE = (1, 2, 3, 4)
TRIPLES = st.dictionaries(
    st.tuples(st.integers(0, 9), st.integers(0, 4)), st.sampled_from(SCALE), max_size=35
).map(lambda cells: [(item, rater, label) for (item, rater), label in cells.items()])
WEIGHTS: dict[str, slow.Distance] = {
    "identity": lambda one, two: float(one == two),
    "linear": lambda one, two: 1 - abs(one - two) / 3,
    "quadratic": lambda one, two: 1 - (one - two) ** 2 / 9,
}
SETS = ((), ("a",), ("a", "b"), ("b", "c"), ("a", "b", "c"), ("d",))


def _same(found: Statistic, wanted: float | None) -> None:
    if wanted is None:
        assert found.reason is not None
        assert found.value is None
    else:
        assert found.value == pytest.approx(wanted, abs=1e-10)


@settings(max_examples=60, deadline=None)
@given(TRIPLES)
def test_alpha_is_its_definition_at_every_level(triples: Triples) -> None:
    study = Study.from_triples(triples, categories=SCALE)
    for level, distance in {**slow.LEVELS, "ordinal": slow.ordinal(triples, SCALE)}.items():
        wanted = slow.alpha(triples, distance)
        for source in (study, study.patterns(), study.counts):
            _same(krippendorff_alpha(source, level=level, seed=1), wanted)


@settings(max_examples=20, deadline=None)
@given(TRIPLES)
def test_alpha_over_sets_is_its_definition(triples: Triples) -> None:
    chosen = [(item, rater, SETS[label]) for item, rater, label in triples]

    def jaccard(one: tuple[str, ...], two: tuple[str, ...]) -> float:
        return 1 - len({*one} & {*two}) / len({*one} | {*two}) if one or two else 0.0

    def masi(one: tuple[str, ...], two: tuple[str, ...]) -> float:
        a, b = {*one}, {*two}
        step = 1.0 if a == b else 0.0 if not a & b else 2 / 3 if a <= b or b <= a else 1 / 3
        return 1 - (1 - jaccard(one, two)) * step

    for level, distance in (("jaccard", jaccard), ("masi", masi)):
        _same(
            krippendorff_alpha(Study.from_triples(chosen), level=level, seed=1), slow.alpha(chosen, distance)
        )


@settings(max_examples=60, deadline=None)
@given(TRIPLES, st.sampled_from(sorted(WEIGHTS)))
def test_fleiss_gwet_and_brennan_prediger_are_their_definitions(triples: Triples, name: str) -> None:
    study = Study.from_triples(triples, categories=SCALE)
    pairs: list[tuple[Callable[..., Statistic], Callable[..., float | None]]] = [
        (fleiss_kappa, slow.fleiss),
        (gwet_ac, slow.gwet),
        (brennan_prediger, slow.brennan_prediger),
    ]
    for measure, definition in pairs:
        wanted = definition(triples, SCALE, WEIGHTS[name]) if triples else None
        _same(measure(study, weights=name, seed=1), wanted)
        _same(measure(study.patterns(), weights=name, categories=SCALE, seed=1), wanted)


@settings(max_examples=60, deadline=None)
@given(TRIPLES, st.sampled_from(sorted(WEIGHTS)))
def test_kappa_and_light_are_their_definitions(triples: Triples, name: str) -> None:
    study = Study.from_triples(triples, categories=SCALE)
    values = []
    for one, two in combinations(study.raters, 2):
        wanted = slow.cohen(triples, one, two, lambda a, b: 1 - WEIGHTS[name](a, b))
        _same(cohen_kappa(study, one, two, weights=name, seed=1), wanted)
        values += [] if wanted is None else [wanted]
    enough = sum(len(labels) > 1 for labels in slow.by_item(triples)) > 1
    _same(light_kappa(study, weights=name, seed=1), float(np.mean(values)) if values and enough else None)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from(SCALE)] * 3), min_size=2, max_size=12))
def test_conger_of_complete_data_is_the_mean_of_cohens_parts(rows: list[tuple[int, int, int]]) -> None:
    triples = [(item, rater, label) for item, row in enumerate(rows) for rater, label in enumerate(row)]
    study, n = Study.from_triples(triples, categories=SCALE), len(rows)
    agreed = expected = 0.0
    for one, two in combinations(range(3), 2):
        agreed += sum(row[one] == row[two] for row in rows) / n / 3
        expected += sum(a[one] == b[two] for a in rows for b in rows) / n**2 / 3
    wanted = (agreed - expected) / (1 - expected) if 1 - expected > 1e-12 else None
    _same(conger_kappa(study, seed=1), wanted)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(st.sampled_from(SCALE), min_size=2, max_size=4), min_size=2, max_size=8))
def test_standard_errors_are_those_of_leaving_one_out(rows: list[list[int]]) -> None:
    """Items with two labels or more, each many times: there the jackknife is near."""
    labelled = [(item, rater, label) for item, row in enumerate(rows) for rater, label in enumerate(row)]
    many = [(item + 100 * again, rater, label) for again in range(40) for item, rater, label in labelled]
    study, n = Study.from_triples(many, categories=SCALE), 40 * len(rows)
    for measure in (krippendorff_alpha, fleiss_kappa, gwet_ac, brennan_prediger):
        whole = measure(study, seed=1)
        if whole.value is None:
            continue
        left = []
        for item in range(len(rows)):
            kept = Study.from_triples([row for row in many if row[0] != item], categories=SCALE)
            left.append(measure(kept, seed=1).value or 0.0)
        pulls = (n - 1) * (whole.value - np.array(left))
        assert whole.standard_error == pytest.approx((pulls.var() / n) ** 0.5, rel=0.05, abs=1e-3)
