"""Studies and their pieces."""

import math

import pytest

from annotation.algorithms.canonical import canonical_json, inputs_hash
from annotation.algorithms.patterns import Patterns, pattern_of
from annotation.algorithms.study import Study


def test_the_later_of_two_labels_by_one_rater_counts() -> None:
    triples = [(1, "x", "a"), (1, "x", "b"), (1, "y", "b")]
    assert Study.from_triples(triples).patterns() == Patterns({(("b", 2),): 1})
    assert Study.from_triples(triples, repeats="first").patterns() == Patterns({(("a", 1), ("b", 1)): 1})
    assert Study.from_triples(triples, repeats="keep").patterns() == Patterns({(("a", 1), ("b", 2)): 1})


def test_a_missing_label_is_no_label() -> None:
    study = Study.from_triples([(1, "x", None), (1, "y", "b")])
    assert study.raters == ("y",)


def test_values_may_be_sets_written_as_tuples() -> None:
    study = Study.from_triples([(1, "x", ("a", "b")), (1, "y", ("a",))])
    stored = Patterns.from_json(study.patterns().to_json())
    assert stored == study.patterns()


def test_an_unknown_rater_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        Study.from_triples([(1, "x", "a")]).pair_table("x", "nobody")


def test_moving_an_item_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="pattern"):
        Patterns().moved(pattern_of("a"), pattern_of("ab"))


def test_the_hash_of_inputs_ignores_their_order_and_sees_every_change() -> None:
    one = [(1, "x", "a"), (2, "x", "b")]
    assert inputs_hash(one) == inputs_hash(reversed(one))
    assert inputs_hash(one) != inputs_hash([(1, "x", "a"), (2, "x", "c")])


def test_canonical_json_refuses_what_json_has_not() -> None:
    assert canonical_json({"b": "中", "a": 1}) == '{"a":1,"b":"中"}'.encode()
    with pytest.raises(ValueError, match="JSON"):
        canonical_json(math.nan)


def test_patterns_of_a_scale_in_its_own_order_add_up_with_others() -> None:
    scale = ("low", "high")
    study = Study.from_triples([(1, "a", "low"), (1, "b", "high")], categories=scale)
    assert study.categories == scale
    assert study.patterns() == Study.from_triples([(1, "a", "low"), (1, "b", "high")]).patterns()


def test_numbers_stand_by_size() -> None:
    assert Study.from_triples([(1, "a", 10), (1, "b", 9.5), (2, "a", 2)]).categories == (2, 9.5, 10)


def test_items_of_one_group_share_a_code() -> None:
    triples = [(1, "a", "x"), (2, "a", "x"), (3, "a", "x")]
    group = Study.from_triples(triples, groups={1: "deed", 3: "deed"}).group
    assert group is not None
    assert group[0] == group[2] != group[1]
