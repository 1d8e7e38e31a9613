"""What must not matter does not: order of items, of raters, names of labels, sharding."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.algorithms.agreement import krippendorff_alpha, percent_agreement
from annotation.algorithms.kappa import cohen_kappa
from annotation.algorithms.patterns import Patterns, pattern_of
from annotation.algorithms.statistic import Statistic
from annotation.algorithms.study import Study

Triples = list[tuple[int, int, str]]
TRIPLES = st.dictionaries(
    st.tuples(st.integers(0, 12), st.integers(0, 4)), st.sampled_from("abc"), max_size=40
).map(lambda cells: [(item, rater, label) for (item, rater), label in cells.items()])


def _close(one: Statistic, other: Statistic) -> bool:
    if one.value is None or other.value is None:
        return (one.value, one.reason) == (other.value, other.reason)
    return abs(one.value - other.value) < 1e-12


def _figures(triples: Triples) -> list[Statistic]:
    patterns = Study.from_triples(triples).patterns()
    return [krippendorff_alpha(patterns, seed=1), percent_agreement(patterns, seed=1)]


@settings(max_examples=60, deadline=None)
@given(TRIPLES, st.randoms(use_true_random=False))
def test_the_order_of_items_does_not_matter(triples: Triples, shuffle: random.Random) -> None:
    other = list(triples)
    shuffle.shuffle(other)
    assert _figures(triples) == _figures(other)
    assert Study.from_triples(triples).inputs_hash == Study.from_triples(other).inputs_hash


@settings(max_examples=60, deadline=None)
@given(TRIPLES, st.permutations(range(5)))
def test_who_is_who_does_not_matter(triples: Triples, raters: list[int]) -> None:
    renamed = [(item, raters[rater], label) for item, rater, label in triples]
    assert _figures(triples) == _figures(renamed)


@settings(max_examples=60, deadline=None)
@given(TRIPLES, st.permutations("xyz"))
def test_names_of_labels_do_not_matter(triples: Triples, names: list[str]) -> None:
    renamed = [(item, rater, names["abc".index(label)]) for item, rater, label in triples]
    assert all(_close(one, other) for one, other in zip(_figures(triples), _figures(renamed), strict=True))


@settings(max_examples=60, deadline=None)
@given(TRIPLES)
def test_kappa_is_the_same_from_both_sides(triples: Triples) -> None:
    study = Study.from_triples(triples)
    if {0, 1} <= set(study.raters):
        assert _close(cohen_kappa(study, 0, 1, seed=1), cohen_kappa(study, 1, 0, seed=1))


@settings(max_examples=60, deadline=None)
@given(TRIPLES, st.integers(0, 12))
def test_patterns_of_shards_add_up(triples: Triples, cut: int) -> None:
    whole = Study.from_triples(triples).patterns()
    shards = [
        Study.from_triples(triple for triple in triples if (triple[0] < cut) == low).patterns()
        for low in (True, False)
    ]
    assert shards[0] + shards[1] == whole
    assert Patterns.from_json((shards[0] + shards[1]).to_json()) == whole


@settings(max_examples=60, deadline=None)
@given(TRIPLES)
def test_folding_labels_in_one_by_one_gives_the_batch(triples: Triples) -> None:
    table, seen = Patterns(), dict[int, list[str]]()
    for item, _, label in triples:
        before = pattern_of(seen.setdefault(item, []))
        seen[item].append(label)
        table = table.moved(before, pattern_of(seen[item]))
    assert table == Study.from_triples(triples).patterns()


@settings(max_examples=60, deadline=None)
@given(TRIPLES)
def test_a_value_is_finite_and_within_its_interval_or_has_a_reason(triples: Triples) -> None:
    for found in _figures(triples):
        assert (found.value is None) == (found.reason is not None)
        if found.value is not None:
            assert -1 <= found.value <= 1
        if found.low is not None and found.high is not None:
            assert -1 <= found.low <= found.high <= 1
