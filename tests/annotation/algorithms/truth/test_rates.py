"""How people differ is found from what others say, also where the truth is in doubt."""

from __future__ import annotations

import numpy as np
import pytest

from annotation.algorithms.truth import Labels, fit
from annotation.algorithms.truth.rates import from_others, likelihood
from annotation.algorithms.truth.rows import highest, normalised, total
from annotation.algorithms.truth.strength import STRONGEST
from tests.annotation.algorithms.truth.crowds import simulated


@pytest.mark.parametrize(("annotators", "each"), [(40, 5), (150, 4), (60, 3)])
def test_the_strength_of_a_crowd_is_found_from_labels(annotators: int, each: int) -> None:
    """People drawn from Beta(6, 2), whose strength is 8. Counts of expected right answers would say hundreds."""
    found = []
    for seed in range(6):
        right = np.random.default_rng([seed, 1]).beta(6, 2, size=annotators)
        labels, _ = simulated(
            seed, items=400, annotators=annotators, each=each, classes=3, right=right.tolist()
        )
        found.append(fit(labels, "one_coin").strength)
    assert 5 < np.median(found) < 14


def test_people_who_do_not_differ_are_trusted_alike() -> None:
    labels, _ = simulated(3, items=400, annotators=40, each=5, classes=3, right=[0.8] * 40)
    found = fit(labels, "one_coin")
    assert found.strength >= STRONGEST or np.ptp(found.confusion[:, 0, 0]) < 0.1


def test_a_label_is_judged_by_others_alone() -> None:
    """Ann says a of the item where both others say b, however often she repeats it."""
    triples = [("x", "ann", "a"), ("x", "bob", "b"), ("x", "cid", "b"), ("y", "ann", "a")]
    triples += [(f"i{at}", who, "ab"[at % 2]) for at in range(20) for who in ("ann", "bob", "cid")]
    once, often = (
        from_others(fit(Labels.from_triples(rows)))
        for rows in (triples, [*triples, *(("x", "ann", "a"),) * 5])
    )
    labels = Labels.from_triples(triples)
    mine = (labels.item == labels.items.index("x")) & (labels.annotator == 0)
    alone = labels.item == labels.items.index("y")
    assert once[mine] < 0.2
    assert often.min() < 0.2
    assert once[alone] == 0.5


def test_nobody_else_says_nothing() -> None:
    lonely = fit(Labels.from_triples([(at, "ann", "ab"[at % 2]) for at in range(8)]))
    assert np.allclose(likelihood(lonely), 1)


def test_rows() -> None:
    table = np.random.default_rng(0).normal(size=(50, 4)) * 300
    assert np.array_equal(highest(table)[:, 0], table.max(axis=1))
    assert np.allclose(total(table)[:, 0], table.sum(axis=1))
    assert np.allclose(normalised(table).sum(axis=1), 1)
