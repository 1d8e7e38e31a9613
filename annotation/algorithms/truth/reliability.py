"""How often each annotator is right, with an interval.

An annotator's labels make a likelihood of the rate r at which they are right, from what others say of the items
(`rates`). The crowd's r come from a Beta distribution whose mean and strength are where the labels of all are most
probable. An annotator's posterior has its mean as value and its quantiles as bounds: few labels say little, and are
drawn to the crowd. What is not in the interval is doubt about the others: with three people it is too narrow.

Morris, C. N. (1983). Parametric empirical Bayes inference. JASA 78, 47-55. doi:10.1080/01621459.1983.10477920
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from annotation.algorithms.truth.fitted import Fit
from annotation.algorithms.truth.labels import Floats
from annotation.algorithms.truth.rates import CELLS, LEAST, RATES, evidence, likelihood, priors

_MEANS = 40


@dataclass(frozen=True, eq=False)
class Reliability:
    """Of each annotator (W): the share of right answers `value`, its bounds `low` and `high` with probability
    `confidence`, the number of `labels` and the expected number of `right` ones. `crowd` is the mean of the crowd that
    they come from."""

    value: Floats
    low: Floats
    high: Floats
    labels: Floats
    right: Floats
    crowd: float
    confidence: float


def reliability(fit: Fit, confidence: float = 0.95) -> Reliability:
    """The reliability of the fit's annotators.

    Somebody without labels has the crowd's mean and its range. Where nobody shares an item with another nothing is
    known: all have the whole range. With two annotators only their agreement is known, and both have the same
    value. Raises ValueError unless 0 < confidence < 1.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence of {confidence}")
    labels = fit.labels
    right = labels.by_annotator(fit.posterior[labels.item, labels.value])
    likely = likelihood(fit)
    prior = _crowd(likely, len(labels.classes))
    chances = likely * prior
    chances /= chances.sum(axis=1, keepdims=True)
    tail = (1 - confidence) / 2
    low, high = (_quantile(chances, share) for share in (tail, 1 - tail))
    return Reliability(chances @ RATES, low, high, labels.given, right, float(prior @ RATES), confidence)


def _crowd(likely: Floats, classes: int) -> Floats:
    """The cells of the prior of r at which the labels are most probable; flat where they tell nothing."""
    if np.all(likely > 1 - LEAST) or classes < 2:
        return np.full(CELLS, 1 / CELLS)
    drawn = priors(1 / classes + (1 - 1 / classes) * (np.arange(_MEANS) + 0.5) / _MEANS)
    return np.asarray(drawn[int(np.argmax(evidence(likely, drawn)))])


def _quantile(chances: Floats, share: float) -> Floats:
    """The rate below which each row has the share, W; within a cell by straight line."""
    below = np.cumsum(chances, axis=1)
    at = np.minimum((below < share).sum(axis=1), CELLS - 1)
    rows = np.arange(len(chances))
    inside = chances[rows, at]
    over = share - (below[rows, at] - inside)
    return np.asarray((at + np.clip(over / np.maximum(inside, 1e-300), 0, 1)) / CELLS)
