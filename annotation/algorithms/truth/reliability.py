"""How often each annotator is right, with an interval.

An annotator's labels make a likelihood of the rate r at which they are right, from what others say of the items
(`rates`). The crowd's r come from a Beta distribution whose mean and strength are not known either: each of a grid has
the weight with which it makes the labels of all probable. An annotator's posterior has its mean as value and its
quantiles as bounds: few labels say little, and are drawn to the crowd, the less the fewer people tell what it is. What
is not in the interval is doubt about how right the *others* are: with a handful of people it is a little narrow.

Gelman, A. et al. (2013). Bayesian Data Analysis, 3rd ed., section 5.3 (a hierarchical Beta-binomial model on a grid).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from annotation.algorithms.truth.fitted import Fit
from annotation.algorithms.truth.labels import Floats
from annotation.algorithms.truth.rates import CELLS, LEAST, RATES, likelihood, priors
from annotation.algorithms.truth.rows import normalised, total

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
    chances, crowd = _posterior(likely, len(labels.classes))
    tail = (1 - confidence) / 2
    low, high = (_quantile(chances, share) for share in (tail, 1 - tail))
    return Reliability(chances @ RATES, low, high, labels.given, right, crowd, confidence)


def _posterior(likely: Floats, classes: int) -> tuple[Floats, float]:
    """The cells of each annotator's rate, W x CELLS, and the crowd's mean; flat where labels tell nothing."""
    if np.all(likely > 1 - LEAST) or classes < 2:
        return np.full_like(likely, 1 / CELLS), 0.5
    drawn = priors(1 / classes + (1 - 1 / classes) * (np.arange(_MEANS) + 0.5) / _MEANS)
    found = np.maximum(likely @ drawn.T, 1e-300)  # W x (means x strengths): the labels of each, given a crowd
    weights = normalised(np.log(found).sum(axis=0)[None, :])[0]
    chances = likely * ((weights / found) @ drawn)
    return chances / total(chances), float(weights @ (drawn @ RATES))


def _quantile(chances: Floats, share: float) -> Floats:
    """The rate below which each row has the share, W; within a cell by straight line."""
    below = np.cumsum(chances, axis=1)
    at = np.minimum((below < share).sum(axis=1), CELLS - 1)
    rows = np.arange(len(chances))
    inside = chances[rows, at]
    over = share - (below[rows, at] - inside)
    return np.asarray((at + np.clip(over / np.maximum(inside, 1e-300), 0, 1)) / CELLS)
