"""A crowd with a known truth, small enough for a test."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

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


def told_by(
    rng: np.random.Generator,
    says: NDArray[np.float64],
    *,
    items: int = 800,
    each: int = 7,
    shares: Sequence[float] | None = None,
) -> tuple[Offers, Codes]:
    """Labels of people who say what their matrices (W x K x K, the truth in rows) make them say, and the truth."""
    workers, classes, _ = says.shape
    truth = rng.choice(classes, size=items, p=shares)
    item = np.repeat(np.arange(items), each)
    worker = np.concatenate([rng.permutation(workers)[:each] for _ in range(items)])
    label = (rng.random((len(item), 1)) > says[worker, truth[item]].cumsum(axis=1)[:, :-1]).sum(axis=1)
    order = rng.permutation(len(item))
    return Offers(items, workers, item[order], worker[order], label[order]), truth


def matrices(skill: NDArray[np.float64], classes: int) -> NDArray[np.float64]:
    """Those of people (W) who see the truth so often, and else say any label."""
    each = np.eye(classes) * skill[:, None, None]
    return each + (1 - skill)[:, None, None] / classes
