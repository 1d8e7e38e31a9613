"""A crowd with a known truth, small enough for a test."""

from __future__ import annotations

import numpy as np

from annotation.algorithms.replay.board import Codes, Offers


def crowd(
    seed: int, *, items: int = 60, workers: int = 12, each: int = 6, classes: int = 3
) -> tuple[Offers, Codes]:
    """Labels of people who are right in .5 to .95, and the truth."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(classes, size=items)
    skill = rng.uniform(0.5, 0.95, size=workers)
    item = np.repeat(np.arange(items), each)
    worker = np.concatenate([rng.permutation(workers)[:each] for _ in range(items)])
    right = rng.random(len(item)) < skill[worker]
    other = (truth[item] + rng.integers(1, classes, size=len(item))) % classes
    label = np.where(right, truth[item], other)
    order = rng.permutation(len(item))
    return Offers(items, workers, item[order], worker[order], label[order]), truth
