"""How often each annotator is right, with an interval.

The truth is not known; what the others say of an item is. With c the probability, from all labels of the item but the
annotator's own, that its class is the one they said, a label of somebody who is right with probability r has the
probability

    r c + (1 - r) (1 - c) / (K - 1)

so the labels of an annotator make a likelihood of r, flat where others are at odds, and no label confirms itself. The
r of a crowd's annotators come from Beta(s m, s (1 - m)); m and s are where the labels of all are most probable, r being
integrated out (so that doubt about the truth is not taken for likeness). An annotator's posterior has its mean as value
and its quantiles as bounds: few labels say little, and are drawn to the crowd. All on a grid of r.

Morris, C. N. (1983). Parametric empirical Bayes inference. JASA 78, 47-55. doi:10.1080/01621459.1983.10477920
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from annotation.algorithms.truth.fitted import Fit
from annotation.algorithms.truth.labels import Floats
from annotation.algorithms.truth.rows import normalised

CELLS = 256
"""Cells of the grid of r, and of c."""
_RATES = (np.arange(CELLS) + 0.5) / CELLS
_MEANS = 40
_WORTHS = np.exp(np.linspace(np.log(2.0), np.log(1000.0), 25))
_LEAST = 1e-6


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
    likelihood = _likelihood(fit)
    crowd, prior = _crowd(likelihood, len(labels.classes))
    chances = likelihood * prior
    chances /= chances.sum(axis=1, keepdims=True)
    tail = (1 - confidence) / 2
    low, high = (_quantile(chances, share) for share in (tail, 1 - tail))
    return Reliability(chances @ _RATES, low, high, labels.given, right, crowd, confidence)


def from_others(fit: Fit) -> Floats:
    """The probability, from the labels of others, that the class of its item is the one a label says, L.

    1 / K where nobody else labelled the item.
    """
    labels = fit.labels
    parts = fit.parts or ((1.0, fit),)
    said = np.zeros(labels.item.size)
    rows = np.arange(labels.item.size)
    for share, part in parts:
        logs = np.log(np.maximum(part.confusion, _LEAST))[labels.annotator, :, labels.value]
        rest = np.take(labels.by_item(logs), labels.item, axis=0) - labels.own_sums(logs)
        said += (
            share * normalised(part.power * rest + np.log(np.maximum(part.prior, _LEAST)))[rows, labels.value]
        )
    return np.where(labels.people[labels.item] > 1, said, 1 / len(labels.classes))


def _likelihood(fit: Fit) -> Floats:
    """The likelihood of each rate, W x CELLS, each row's highest 1."""
    people, classes = len(fit.labels.annotators), len(fit.labels.classes)
    if classes < 2 or not fit.labels.item.size:
        return np.ones((people, CELLS))
    cell = np.minimum((from_others(fit) * CELLS).astype(np.int64), CELLS - 1)
    counts = np.bincount(fit.labels.annotator * CELLS + cell, minlength=people * CELLS).reshape(people, CELLS)
    table = _RATES[:, None] * _RATES + (1 - _RATES[:, None]) * (1 - _RATES) / (classes - 1)  # c x r
    logs = counts @ np.log(table)
    return np.asarray(np.exp(logs - logs.max(axis=1, keepdims=True)))


def _crowd(likelihood: Floats, classes: int) -> tuple[float, Floats]:
    """The mean of the prior of r at which the labels are most probable, and that prior's cells.

    Where labels tell nothing the prior is flat.
    """
    if np.all(likelihood > 1 - _LEAST):
        return 0.5, np.full(CELLS, 1 / CELLS)
    means = (
        1 / classes + (1 - 1 / classes) * (np.arange(_MEANS) + 0.5) / _MEANS
        if classes > 1
        else np.array([0.5])
    )
    mean, worth = (each.reshape(-1, 1) for each in np.meshgrid(means, _WORTHS, indexing="ij"))
    logs = (mean * worth - 1) * np.log(_RATES) + ((1 - mean) * worth - 1) * np.log1p(-_RATES)
    priors = normalised(logs)
    found = np.log(np.maximum(likelihood @ priors.T, 1e-300)).sum(axis=0)
    best = int(np.argmax(found))
    return float(mean[best, 0]), priors[best]


def _quantile(chances: Floats, share: float) -> Floats:
    """The rate below which each row has the share, W; within a cell by straight line."""
    below = np.cumsum(chances, axis=1)
    at = np.minimum((below < share).sum(axis=1), CELLS - 1)
    rows = np.arange(len(chances))
    inside = chances[rows, at]
    over = share - (below[rows, at] - inside)
    return np.asarray((at + np.clip(over / np.maximum(inside, 1e-300), 0, 1)) / CELLS)
