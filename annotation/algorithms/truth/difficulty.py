"""How hard each item is: the share of labels that a crowd like this would get wrong on it.

    d_i = (wrong_i + s m) / (labels_i + s),   wrong_i = sum over its labels of 1 - P(what was said is true)

m is the share of wrong labels over all items and s the strength at which the counts of all items are most probable
(`strength`): one wrong label of two says less than ten of twenty.
"""

from __future__ import annotations

import numpy as np

from annotation.algorithms.truth.fitted import Fit
from annotation.algorithms.truth.labels import Floats
from annotation.algorithms.truth.strength import strength


def difficulty(fit: Fit) -> Floats:
    """Each item's difficulty in [0, 1], N. An item without labels has the mean; without any label all have 1/2."""
    labels = fit.labels
    missed = 1 - fit.posterior[labels.item, labels.value]
    wrong, size = labels.by_item(missed), labels.votes.sum(axis=1)
    mean = float((missed.sum() + 1) / (missed.size + 2))
    worth = strength(np.stack([wrong, np.maximum(size - wrong, 0)], axis=1), np.array([mean, 1 - mean]))
    return np.asarray((wrong + worth * mean) / (size + worth))


def entropy(fit: Fit) -> Floats:
    """How open each item's answer is, N: the entropy of its posterior in bits; 0 where the answer is certain."""
    chances = np.maximum(fit.posterior, 1e-300)
    return np.asarray(np.abs(-(fit.posterior * np.log2(chances)).sum(axis=1)))
