"""Gamma, relations and texts: neither the order of items nor who is who changes a value."""

import random
from collections.abc import Hashable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.algorithms.gamma.measure import gamma
from annotation.algorithms.relations import relation_f1
from annotation.algorithms.statistic import Statistic
from annotation.algorithms.study import Study
from annotation.algorithms.texts import text_edits, text_ngrams

SPAN = st.tuples(st.integers(0, 9), st.integers(1, 5), st.sampled_from("ab")).map(
    lambda one: (one[0], one[0] + one[1], one[2])
)
SPANS = st.lists(SPAN, max_size=3, unique=True).map(lambda spans: tuple(sorted(spans)))
RELATIONS = st.lists(st.tuples(SPAN, SPAN, st.sampled_from("rs")), max_size=3, unique=True).map(
    lambda found: tuple(sorted(found))
)
TEXT = st.text(alphabet="ab ", max_size=5)
Rows = list[tuple[Hashable, Hashable, Any]]


def _rows(label: st.SearchStrategy[Any]) -> st.SearchStrategy[Rows]:
    pairs = st.tuples(st.integers(0, 3), st.integers(0, 3))
    return st.dictionaries(pairs, label, max_size=9).map(
        lambda said: [(item, rater, value) for (item, rater), value in said.items()]
    )


def _turned(rows: Rows, order: random.Random) -> Rows:
    """The same answers of renamed people on renamed items, in another order."""
    items, raters = order.sample(range(4), 4), order.sample("wxyz", 4)
    named: Rows = [(items[int(str(item))], raters[int(str(rater))], label) for item, rater, label in rows]
    order.shuffle(named)
    return named


def _same(one: Statistic, other: Statistic) -> None:
    assert one.reason == other.reason
    assert one.value == pytest.approx(other.value, abs=1e-6)
    assert (one.items, one.labels) == (other.items, other.labels)


@settings(max_examples=10, deadline=None)
@given(_rows(SPANS), st.randoms(use_true_random=False))
def test_gamma(rows: Rows, order: random.Random) -> None:
    _same(gamma(Study.from_triples(rows), seed=1), gamma(Study.from_triples(_turned(rows, order)), seed=1))


@settings(max_examples=50, deadline=None)
@given(_rows(RELATIONS), st.randoms(use_true_random=False))
def test_relations(rows: Rows, order: random.Random) -> None:
    one, other = Study.from_triples(rows), Study.from_triples(_turned(rows, order))
    for whole in (True, False):
        _same(relation_f1(one, seed=1, all_spans=whole), relation_f1(other, seed=1, all_spans=whole))


@settings(max_examples=50, deadline=None)
@given(_rows(TEXT), st.randoms(use_true_random=False))
def test_texts(rows: Rows, order: random.Random) -> None:
    one, other = Study.from_triples(rows), Study.from_triples(_turned(rows, order))
    for measure in (text_edits, text_ngrams):
        _same(measure(one, seed=1), measure(other, seed=1))
