"""Reliability holds what its interval promises; difficulty and soft labels say what they are."""

from __future__ import annotations

import numpy as np
import pytest

from annotation.algorithms.truth import Labels, difficulty, entropy, fit, reliability
from tests.annotation.algorithms.truth.crowds import simulated


@pytest.mark.parametrize(
    ("annotators", "each"), [(20, 5), (60, 4)], ids=["100 labels each", "27 labels each"]
)
def test_intervals_cover_as_often_as_they_say(annotators: int, each: int) -> None:
    inside, widths = [], []
    for seed in range(12):
        right = np.random.default_rng([seed, 9]).beta(8, 3, size=annotators)
        labels, _ = simulated(
            seed, items=400, annotators=annotators, each=each, classes=3, right=right.tolist()
        )
        found = reliability(fit(labels))
        inside += [((found.low <= right) & (right <= found.high)).mean()]
        widths += [(found.high - found.low).mean()]
    assert 0.90 <= np.mean(inside) <= 0.99
    assert np.mean(widths) < 0.4


def test_few_labels_are_drawn_to_the_crowd_and_leave_room() -> None:
    labels, _ = simulated(2, items=400, annotators=20, each=5, classes=2, right=[0.95] * 10 + [0.7] * 10)
    rows = list(zip(labels.item.tolist(), labels.annotator.tolist(), labels.value.tolist(), strict=True))
    new = [(0, 20, int(labels.value[0])), (1, 20, int(labels.value[labels.item == 1][0]))]
    items, people, values = zip(*rows, *new, strict=True)
    found = reliability(fit(Labels.from_codes(range(400), range(22), range(2), items, people, values)))
    assert found.high[20] - found.low[20] > 2 * (found.high[0] - found.low[0])
    assert abs(found.value[20] - found.crowd) < 0.1
    assert found.value[21] == pytest.approx(found.crowd, abs=0.01)
    assert found.low[21] < found.low[20]
    assert np.all(found.value[:10].min() > found.value[10:20].max())


def test_without_any_label_nothing_is_known() -> None:
    found = reliability(fit(Labels.from_codes("xy", "uv", "ab", [], [], [])))
    assert np.allclose(found.value, 0.5)
    assert found.low[0] < 0.1 < 0.9 < found.high[0]
    with pytest.raises(ValueError, match="confidence"):
        reliability(fit(Labels.from_codes("xy", "uv", "ab", [], [], [])), 1.0)


def test_difficulty_is_higher_where_people_disagree() -> None:
    triples = [(i, w, "a") for i in range(20) for w in range(5)]
    triples += [(20, w, "ab"[w % 2]) for w in range(5)]
    found = fit(Labels.from_triples(triples))
    hard = difficulty(found)
    assert hard[20] > 3 * hard[:20].max()
    assert entropy(found)[20] > entropy(found)[0]
    assert np.all((hard >= 0) & (hard <= 1))


def test_soft_labels_draw_few_votes_to_the_mean_and_leave_many() -> None:
    rng = np.random.default_rng(3)
    shares = rng.dirichlet([4.0, 2.0, 2.0], size=300)
    triples = [(i, w, int(rng.choice(3, p=shares[i]))) for i in range(300) for w in range(5)]
    labels = Labels.from_triples(triples)
    soft = fit(labels, "soft")
    assert 4 < soft.strength < 16  # 8 in truth
    assert np.abs(soft.posterior - shares).mean() < np.abs(labels.shares - shares).mean()


def test_labels_plainly_wrong_count_as_wrong_where_there_are_many_classes() -> None:
    """With 80 classes an error at random is a chance of 1 in 79: a label that others rule out is less likely yet."""
    rng = np.random.default_rng(80)
    right = rng.uniform(0.55, 0.95, size=20)
    labels, _ = simulated(8, items=400, annotators=20, each=5, classes=80, right=right.tolist())
    for method in ("default", "majority"):
        found = reliability(fit(labels, method))
        assert abs(found.value.mean() - right.mean()) < 0.02
        assert np.mean((found.low <= right) & (right <= found.high)) >= 0.85
