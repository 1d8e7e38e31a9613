"""What must not matter to any measure of the table: order of items and annotators, and, to nominal ones, of labels."""

import random
from collections.abc import Hashable, Sequence
from inspect import signature
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.algorithms.measures import (
    MEASURES,
    NOMINAL,
    PREFERENCES,
    RANKINGS,
    RELATIONS,
    SETS,
    SPANS,
    TEXT,
    Measure,
    fitting,
)
from annotation.algorithms.statistic import Reason, Statistic
from annotation.algorithms.study import Study

Cells = dict[tuple[int, int], Any]
RATERS = 4

LABELS: dict[str, Sequence[Hashable]] = {
    SETS: ((), ("a",), ("a", "b"), ("b", "c")),
    RANKINGS: (("a", "b", "c"), ("b", "a", "c"), (("a", "b"), ("c",)), ("c", "b", "a")),
}
NUMBERS = (1, 2, 3, 5)
OPTIONS: dict[str, dict[str, Any]] = {"fleiss_kappa_category": {"category": 2}}


def _cells(measure: Measure) -> st.SearchStrategy[Cells]:
    labels = LABELS.get(measure.fits[0], NUMBERS)
    labels_of = st.sampled_from(labels)

    def cells(raters: int) -> st.SearchStrategy[Cells]:
        keys = st.tuples(st.integers(0, 7), st.integers(0, raters - 1))
        return st.dictionaries(keys, labels_of, max_size=24)

    return st.integers(2, RATERS).flatmap(cells)


def _found(measure: Measure, cells: Cells, **options: Any) -> Statistic:
    given = OPTIONS.get(measure.name, {}) | options
    return measure.compute(Study.from_triples((*key, label) for key, label in cells.items()), seed=3, **given)


def _same(one: Statistic, other: Statistic) -> None:
    assert (one.reason, one.items, one.labels) == (other.reason, other.items, other.labels)
    for name in ("value", "standard_error", "observed", "expected", "low", "high"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1e-9), name


OWN_TESTS = {SPANS, RELATIONS, TEXT}
EVERY = [measure for measure in MEASURES.values() if measure.fits[0] not in OWN_TESTS]
GENERAL = [measure for measure in EVERY if measure.fits != (PREFERENCES,)]


@pytest.mark.parametrize("measure", GENERAL, ids=lambda measure: measure.name)
def test_the_order_of_items_and_annotators_does_not_matter(measure: Measure) -> None:
    @settings(max_examples=25, deadline=None)
    @given(
        _cells(measure),
        st.permutations(range(8)),
        st.permutations(range(RATERS)),
        st.randoms(),
    )
    def holds(cells: Cells, items: list[int], raters: list[int], shuffle: random.Random) -> None:
        whole = _found(measure, cells)
        rows = list(cells.items())
        shuffle.shuffle(rows)
        assert _found(measure, dict(rows)) == whole
        _same(_found(measure, {(items[i], raters[r]): label for (i, r), label in cells.items()}), whole)

    holds()


@pytest.mark.parametrize("measure", fitting(NOMINAL), ids=lambda measure: measure.name)
def test_the_names_of_labels_do_not_matter_to_nominal_measures(measure: Measure) -> None:
    @settings(max_examples=25, deadline=None)
    @given(_cells(measure), st.permutations(["w", "x", "y", "z"]))
    def holds(cells: Cells, names: list[str]) -> None:
        named = dict(zip(NUMBERS, names, strict=True))
        options = {"category": named[2]} if measure.name == "fleiss_kappa_category" else {}
        _same(
            _found(measure, {key: named[label] for key, label in cells.items()}, **options),
            _found(measure, cells),
        )

    holds()


@pytest.mark.parametrize("measure", EVERY, ids=lambda measure: measure.name)
def test_there_is_a_value_or_a_reason_and_never_both(measure: Measure) -> None:
    @settings(max_examples=25, deadline=None)
    @given(_cells(measure))
    def holds(cells: Cells) -> None:
        if measure.fits == (PREFERENCES,):
            cells = {((f"o{item}", f"o{item + 1}"), rater): f"o{item}" for item, rater in cells}  # type: ignore[misc]
        found = _found(measure, cells)
        assert (found.value is None) == (found.reason is not None)
        if found.value is not None:
            assert found.value == found.value
            assert found.value <= 1 + 1e-12
            if found.low is not None and found.high is not None:
                assert found.low <= found.high <= 1 + 1e-12

    holds()


def test_the_table_names_what_its_measures_take_and_answer() -> None:
    for name, measure in MEASURES.items():
        asked = signature(measure.compute).parameters
        assert {"seed", "confidence"} | measure.options <= asked.keys(), name
        assert measure.publication
        needs = {key: "x" for key in ("label", "category", "tokens") if key in measure.options}
        if measure.fits[0] in (*OWN_TESTS, PREFERENCES) or needs:
            continue
        found = measure.compute(Study.from_triples([]), seed=1)
        assert found.reason == Reason.NO_LABELS, name
        assert found.chance_corrected == measure.chance_corrected, name
