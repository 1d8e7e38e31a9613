"""Intervals do not depend on what labels, items and annotators are called, nor on the order of rows."""

import random
from collections.abc import Hashable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.algorithms.measures import MEASURES, NOMINAL, Measure, fitting
from annotation.algorithms.statistic import Statistic
from annotation.algorithms.study import Study

RATERS, ITEMS, LABELS = 4, 30, 5
Cells = list[tuple[int, int, int]]
Groups = dict[Hashable, Hashable] | None


@st.composite
def _cells(draw: st.DrawFn) -> Cells:
    """Items that mostly get one label, with holes: many kinds of item, few of them alike."""
    chance = draw(st.randoms(use_true_random=False))
    raters, items = draw(st.integers(2, RATERS)), draw(st.integers(4, ITEMS))
    own = [chance.randrange(LABELS) for _ in range(items)]
    return [
        (item, rater, own[item] if chance.random() < 0.6 else chance.randrange(LABELS))
        for item in range(items)
        for rater in range(raters)
        if chance.random() < 0.8
    ]


def _found(measure: Measure, cells: Cells, documents: int, **options: Any) -> Statistic:
    """`documents` is how many items have one together: 0 for none."""
    groups: Groups = {item: item // documents for item, _, _ in cells} if documents else None
    return measure.compute(Study.from_triples(cells, groups=groups), seed=3, **options)


def _same(one: Statistic, other: Statistic) -> None:
    for name in ("value", "low", "high", "standard_error"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1e-9), name
    assert (one.reason, one.method, one.undefined) == (other.reason, other.method, other.undefined)


@pytest.mark.parametrize("documents", [0, 3])
@pytest.mark.parametrize("measure", fitting(NOMINAL), ids=lambda measure: measure.name)
def test_names_of_labels_items_and_annotators_do_not_matter(measure: Measure, documents: int) -> None:
    @settings(max_examples=6, deadline=None)
    @given(
        _cells(),
        st.permutations(range(LABELS)),
        st.permutations(range(RATERS)),
        st.permutations(range(ITEMS)),
        st.randoms(use_true_random=False),
    )
    def holds(
        cells: Cells, labels: list[int], raters: list[int], items: list[int], shuffle: random.Random
    ) -> None:
        options = [{"category": 2}, {"category": labels[2]}] if "category" in measure.options else [{}, {}]
        renamed = [(f"i{items[item]}", raters[rater], labels[label]) for item, rater, label in cells]
        shuffle.shuffle(renamed)
        groups: Groups = (
            {f"i{items[item]}": f"d{7 * (item // documents) % 11}" for item, _, _ in cells}
            if documents
            else None
        )
        other = measure.compute(Study.from_triples(renamed, groups=groups), seed=3, **options[1])
        _same(_found(measure, cells, documents, **options[0]), other)

    holds()


@pytest.mark.parametrize("documents", [0, 3])
@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("alpha", {"level": "ordinal"}),
        ("alpha", {"level": "interval"}),
        ("alpha_gwet", {}),
        ("cohen_kappa", {"weights": "linear"}),
        ("light_kappa", {"weights": "quadratic"}),
        ("conger_kappa", {"weights": "linear"}),
        ("gwet_ac", {"weights": "ordinal"}),
        ("icc", {"form": "2,1"}),
        ("kendall_w", {}),
    ],
)
def test_names_of_items_and_annotators_do_not_matter_to_scales(
    name: str, options: dict[str, Any], documents: int
) -> None:
    @settings(max_examples=6, deadline=None)
    @given(_cells(), st.permutations(range(RATERS)), st.permutations(range(ITEMS)))
    def holds(cells: Cells, raters: list[int], items: list[int]) -> None:
        renamed = [(f"i{items[item]}", raters[rater], label) for item, rater, label in cells]
        groups: Groups = {f"i{items[item]}": item // documents for item, _, _ in cells} if documents else None
        study = Study.from_triples(renamed, groups=groups)
        _same(
            _found(MEASURES[name], cells, documents, **options),
            MEASURES[name].compute(study, seed=3, **options),
        )

    holds()
