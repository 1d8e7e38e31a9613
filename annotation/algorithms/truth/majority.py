"""The majority: the share of an item's labels is the probability of each class; ties are split."""

from __future__ import annotations

import numpy as np

from annotation.algorithms.truth.fitted import Fit
from annotation.algorithms.truth.labels import Labels
from annotation.algorithms.truth.one_coin import coin, crowd_mean


def majority(labels: Labels) -> Fit:
    """Count the votes. An item without labels has equal shares."""
    _, annotators, classes = labels.shape
    right = float(labels.shares[labels.item, labels.value].sum())
    mean = crowd_mean(right, float(labels.item.size), classes)
    return Fit(
        labels,
        "majority",
        labels.shares,
        np.full(classes, 1 / classes),
        coin(np.full(annotators, mean), classes),
        strength=float("inf"),
    )
