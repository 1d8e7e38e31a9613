"""Tables of patterns kept as labels come, change and go, over any shards, are the tables of the whole."""

import json
from collections import defaultdict
from functools import reduce
from operator import add
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.algorithms.agreement import krippendorff_alpha, percent_agreement
from annotation.algorithms.patterns import Label, Patterns, pattern_of
from annotation.algorithms.sethash import SetHash
from annotation.algorithms.statistic import Reason
from annotation.algorithms.study import Study

RATERS = "pqrs"

labels = st.sampled_from(["a", "b", "c"])
steps = st.lists(st.tuples(st.integers(0, 9), st.sampled_from(RATERS), st.none() | labels), max_size=60)
"""(item, rater, label), where None takes the label back: adding, correcting and retracting in any order."""


class Folded:
    """Shards of items, each with its table and its hash, moved by one label at a time."""

    def __init__(self, shards: int) -> None:
        self.tables = [Patterns() for _ in range(shards)]
        self.hashes = [SetHash() for _ in range(shards)]
        self.said: dict[int, dict[str, Label]] = defaultdict(dict)

    def fold(self, item: int, rater: str, label: Label | None) -> None:
        """Let a rater say, correct or take back a label."""
        shard, mine = item % len(self.tables), self.said[item]
        before = pattern_of(mine.values())
        if rater in mine:
            self.hashes[shard] = self.hashes[shard].removed([item, rater, mine.pop(rater)])
        if label is not None:
            mine[rater] = label
            self.hashes[shard] = self.hashes[shard].added([item, rater, label])
        self.tables[shard] = self.tables[shard].moved(before, pattern_of(mine.values()))

    @property
    def triples(self) -> list[tuple[int, str, Label]]:
        """What stands in the end."""
        return [(item, rater, label) for item, mine in self.said.items() for rater, label in mine.items()]


@settings(max_examples=60, deadline=None)
@given(steps, st.integers(1, 5))
def test_folding_over_shards_is_the_batch(taken: list[tuple[int, str, Label | None]], shards: int) -> None:
    folded = Folded(shards)
    for step in taken:
        folded.fold(*step)
    whole = reduce(add, folded.tables)
    study = Study.from_triples(folded.triples)
    assert whole == study.patterns()
    assert whole.to_json() == study.patterns().to_json()
    assert reduce(add, folded.hashes) == SetHash.of(map(list, folded.triples))
    for measure in (krippendorff_alpha, percent_agreement):
        stored, batch = (
            measure(source, seed=1)
            for source in (Patterns.from_json(json.loads(json.dumps(whole.to_json()))), study)
        )
        # A table does not know that all its labels are one person's.
        assert batch.reason in {stored.reason, Reason.ONE_ANNOTATOR}
        assert (stored.items, stored.labels) == (batch.items, batch.labels)
        for figure in ("value", "low", "high", "observed", "expected"):
            one, two = getattr(stored, figure), getattr(batch, figure)
            assert one == two or one == pytest.approx(two, abs=1e-12)


@given(st.lists(st.lists(labels, max_size=4), max_size=20), st.randoms(use_true_random=False))
def test_the_order_of_items_and_shards_changes_nothing(items: list[list[str]], random: Random) -> None:
    mixed = [random.sample(one, len(one)) for one in random.sample(items, len(items))]
    cut = random.randint(0, len(items))
    apart = Patterns.from_items(mixed[cut:]) + Patterns.from_items(mixed[:cut])
    assert apart == Patterns.from_items(items)
    assert apart.inputs_hash() == Patterns.from_items(items).inputs_hash()


def test_labels_of_every_kind_come_back_from_json() -> None:
    table = Patterns.from_items(
        [[1, 2.5, "x", True], [("a", "b"), ()], [((0, 4, "drug"),), ((0, 4, "drug"), (9, 12, "dose"))]]
    )
    assert Patterns.from_json(json.loads(json.dumps(table.to_json()))) == table


def test_an_item_that_loses_its_last_label_leaves_the_table() -> None:
    one = pattern_of("a")
    assert Patterns().moved((), one).moved(one, ()) == Patterns()
