"""Simulated crowds whose truth is known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from annotation.algorithms.truth import Labels


def simulated(
    seed: int,
    *,
    items: int,
    annotators: int,
    each: int,
    classes: int,
    right: Sequence[float] | None = None,
    confusion: NDArray[np.float64] | None = None,
    shares: Sequence[float] | None = None,
) -> tuple[Labels, NDArray[np.int64]]:
    """`each` labels for each item by different people, and the true classes.

    People are right as often as `right` says (0.6 to 0.95 without it), or err as `confusion` (W x K x K) says.
    """
    rng = np.random.default_rng(seed)
    truth = rng.choice(classes, size=items, p=shares)
    if confusion is None:
        rates = rng.uniform(0.6, 0.95, size=annotators) if right is None else np.asarray(right)
        same = np.eye(classes)
        wrong = (1 - same) / (classes - 1)
        confusion = rates[:, None, None] * same + (1 - rates)[:, None, None] * wrong
    who = np.argsort(rng.random((items, annotators)), axis=1)[:, :each].reshape(-1)
    what = np.repeat(np.arange(items), each)
    rows = confusion[who, truth[what]].cumsum(axis=1)
    said = (rng.random((len(what), 1)) * rows[:, -1:] > rows).sum(axis=1)
    names = [tuple(range(count)) for count in (items, annotators, classes)]
    return Labels.from_codes(names[0], names[1], names[2], what, who, said), truth.astype(np.int64)
