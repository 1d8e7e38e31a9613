"""Soft labels: what share of people would give each label to an item, where the truth itself is a spread of opinions.

    p_iv = (n_iv + s m_v) / (n_i + s)

An item's shares are drawn from a Dirichlet distribution with the mean m of all labels; its strength s is where the
counts of all items are most probable. So few labels are drawn to the mean, and many speak for themselves.

Minka, T. (2000). Estimating a Dirichlet distribution. Uma, A. N. et al. (2021). Learning from disagreement: a survey.
JAIR 72, 1385-1470. doi:10.1613/jair.1.12752 (why soft labels).
"""

from __future__ import annotations

import numpy as np

from annotation.algorithms.truth.fitted import Fit
from annotation.algorithms.truth.labels import Labels
from annotation.algorithms.truth.majority import majority
from annotation.algorithms.truth.strength import strength


def soft(labels: Labels) -> Fit:
    """The expected shares as the posterior. An item without labels has the mean of all."""
    classes = labels.shape[2]
    mean = (np.bincount(labels.value, minlength=classes) + 1 / classes) / (labels.value.size + 1)
    worth = strength(labels.votes, mean)
    shares = (labels.votes + worth * mean) / (labels.votes.sum(axis=1, keepdims=True) + worth)
    return Fit(labels, "soft", shares, mean, majority(labels).confusion, strength=worth)
