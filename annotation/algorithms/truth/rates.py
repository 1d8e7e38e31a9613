"""How likely an annotator's labels are, for each rate at which they may be right, given what others say.

With c the probability, from all labels of an item but the annotator's own, that its class is the one they said, a label
of somebody who is right with probability r has the probability

    r c + (1 - r) (1 - c) / (K - 1)

so the labels of an annotator make a likelihood of r, flat where others are at odds, and no label confirms itself. The
r of a crowd's annotators come from Beta(s m, s (1 - m)), and s (how many labels the mean m is worth) is where the
labels of all are most probable, r being integrated out. Counts of expected right answers would not do: doubt about the
truth draws everybody to the mean, and would be taken for likeness. All on a grid of r.

Morris, C. N. (1983). Parametric empirical Bayes inference. JASA 78, 47-55. doi:10.1080/01621459.1983.10477920
"""

from __future__ import annotations

import numpy as np

from annotation.algorithms.truth.fitted import Fit
from annotation.algorithms.truth.labels import Floats
from annotation.algorithms.truth.rows import normalised
from annotation.algorithms.truth.strength import STRONGEST

CELLS = 256
"""Cells of the grid of r, and points of the grid of c."""
RATES = (np.arange(CELLS) + 0.5) / CELLS
FAR = 14.0
CHANCES = 1 / (1 + np.exp(-np.linspace(-FAR, FAR, CELLS)))
"""The points of c, even in log odds from one in a million to all but that: with many classes a chance of one in a
hundred is more than that of a label said at random, so that nearness to 0 must show."""
WORTHS = np.exp(np.linspace(np.log(2.0), np.log(1000.0), 25))
LEAST = 1e-6
DIFFER = 2.0
"""People differ when a strength makes the labels more probable than the greatest one by so much (in logarithms)."""


def from_others(fit: Fit) -> Floats:
    """The probability, from the labels of others, that the class of its item is the one a label says, L.

    1 / K where nobody else labelled the item.
    """
    labels = fit.labels
    parts = fit.parts or ((1.0, fit),)
    said = np.zeros(labels.item.size)
    rows = np.arange(labels.item.size)
    for share, part in parts:
        logs = np.log(np.maximum(part.confusion, LEAST)).transpose(0, 2, 1).reshape(-1, len(labels.classes))
        logs = np.take(logs, labels.cell, axis=0)
        rest = np.take(labels.by_item(logs), labels.item, axis=0) - labels.own_sums(logs)
        said += (
            share * normalised(part.power * rest + np.log(np.maximum(part.prior, LEAST)))[rows, labels.value]
        )
    return np.where(labels.people[labels.item] > 1, said, 1 / len(labels.classes))


def likelihood(fit: Fit) -> Floats:
    """The likelihood of each rate, W x CELLS, each row's highest 1."""
    people, classes = len(fit.labels.annotators), len(fit.labels.classes)
    if classes < 2 or not fit.labels.item.size:
        return np.ones((people, CELLS))
    counts = _counts(fit, from_others(fit))
    table = CHANCES[:, None] * RATES + (1 - CHANCES[:, None]) * (1 - RATES) / (classes - 1)  # c x r
    logs = counts @ np.log(table)
    return np.asarray(np.exp(logs - logs.max(axis=1, keepdims=True)))


def _counts(fit: Fit, chances: Floats) -> Floats:
    """How many labels of each annotator lie at each point of c, W x CELLS: a label between two points counts at both,
    by nearness. Labels of items that nobody else labelled are left out."""
    labels = fit.labels
    sure = np.clip(chances, CHANCES[0], CHANCES[-1])
    odds = np.log(sure) - np.log1p(-sure)
    place = np.clip((odds + FAR) / (2 * FAR) * (CELLS - 1), 0, CELLS - 1)
    cell = np.minimum(place.astype(np.int64), CELLS - 2)
    shared = (labels.people[labels.item] > 1).astype(np.float64)
    counts = np.zeros(len(labels.annotators) * CELLS)
    for step, weight in ((0, cell + 1 - place), (1, place - cell)):
        at = labels.annotator * CELLS + cell + step
        counts += np.bincount(at, weights=weight * shared, minlength=counts.size)
    return counts.reshape(-1, CELLS)


def priors(means: Floats) -> Floats:
    """The cells of Beta(s m, s (1 - m)) for each mean m and each strength s of `WORTHS`, (means x WORTHS) x CELLS."""
    mean, worth = (each.reshape(-1, 1) for each in np.meshgrid(means, WORTHS, indexing="ij"))
    return normalised((mean * worth - 1) * np.log(RATES) + ((1 - mean) * worth - 1) * np.log1p(-RATES))


def worth(likely: Floats, mean: float) -> float:
    """The strength of a prior with this mean; `STRONGEST` where people do not differ by more than chance."""
    found = np.log(np.maximum(likely @ priors(np.array([mean])).T, 1e-300)).sum(axis=0)
    best = int(np.argmax(found))
    return float(WORTHS[best]) if found[best] - found[-1] > DIFFER else STRONGEST
