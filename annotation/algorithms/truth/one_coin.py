"""The one-coin model: an annotator is right with one probability, whatever the class; who is wrong says each of the
other classes equally often. Annotators are drawn from a crowd.

    r_w ~ Beta(m r, m (1 - r));   r_w | counts = (right_w + m r) / (labels_w + m)
    P(w says v | t) = r_w if v = t, else (1 - r_w) / (K - 1);   classes equally probable before any label

right_w are the expected right answers of w among other items than the one at hand, r is the crowd's mean and m the
strength at which the labels are most probable (`rates`), found from equal trust on, in a few turns: where annotators do
not differ by more than chance all are trusted alike, and the answer is the majority's. Below 1/K an annotator's label
speaks against its class. With fewer than three annotators nobody can be told from the others: they are trusted alike.

The model of Dawid, A. P., & Skene, A. M. (1979), doi:10.2307/2346806, with one number for a confusion matrix, as in
Raykar, V. C. et al. (2010). Learning from crowds. JMLR 11, 1297-1322.
"""

from __future__ import annotations

import numpy as np

from annotation.algorithms.truth.fitted import Fit
from annotation.algorithms.truth.hierarchy import Learn, Learned, infer
from annotation.algorithms.truth.labels import Floats, Labels
from annotation.algorithms.truth.rates import likelihood, worth
from annotation.algorithms.truth.strength import STRONGEST

TURNS = 4
"""So often the strength is found anew."""
SUREST = 1e-4
"""Nobody is right, or wrong, more surely than this."""


def one_coin(labels: Labels) -> Fit:
    """Fit the model. Needs at least two classes. One annotator or two, one item, all labels the same: the answers
    are the majority's."""
    flat = np.full(labels.shape[2], 1 / labels.shape[2])
    found = infer(labels, equal, flat, "one_coin")
    if np.unique(labels.annotator).size < 3:
        return found
    for _ in range(TURNS):
        right = float(found.posterior[labels.item, labels.value].mean())
        strength = worth(likelihood(found), right)
        if strength == found.strength or strength >= STRONGEST:
            return found
        found = infer(labels, _learner(strength), flat, "one_coin")
    return found


def crowd_mean(right: float, size: float, classes: int) -> float:
    """How often the crowd is right, kept above chance: below it the names of the classes would be meaningless."""
    return float(np.clip((right + 1) / (size + 2), 1 / classes + 0.01, 1 - 1e-3))


def coin(right: Floats, classes: int) -> Floats:
    """Confusion matrices (... x K x K) of annotators who are right with these probabilities (...)."""
    same = np.eye(classes)
    rates = np.asarray(right)[..., None, None]
    return np.asarray(same * rates + (1 - same) * (1 - rates) / (classes - 1))


def equal(labels: Labels, posterior: Floats, keep: float | None) -> Learned:
    """Everybody is trusted alike: the crowd's mean for all."""
    classes = labels.shape[2]
    right = posterior[np.arange(labels.shape[0])[labels.item], labels.value].sum()
    mean = crowd_mean(float(right), float(labels.item.size), classes)
    table = coin(np.full(labels.shape[1], mean), classes)
    return Learned(_said(labels, np.full(labels.item.size, mean)), table, float("inf"))


def _learner(strength: float) -> Learn:
    """What to learn in each round, the crowd's mean being worth so many labels."""

    def learn(labels: Labels, posterior: Floats, keep: float | None) -> Learned:
        classes = labels.shape[2]
        hit = posterior[labels.item, labels.value]
        right = labels.by_annotator(hit)
        mean = crowd_mean(float(hit.sum()), float(hit.size), classes)
        others = np.maximum(right[labels.annotator] - hit * labels.own_alike, 0)
        given = labels.given[labels.annotator] - labels.own
        rate = np.clip((others + strength * mean) / (given + strength), SUREST, 1 - SUREST)
        whole = np.clip((right + strength * mean) / (labels.given + strength), SUREST, 1 - SUREST)
        return Learned(_said(labels, rate), coin(whole, classes), strength)

    return learn


def _said(labels: Labels, rate: Floats) -> Floats:
    """The probability of each label for each class (L x K), its annotator being right with the given rate (L)."""
    classes = labels.shape[2]
    said = np.repeat(((1 - rate) / (classes - 1))[:, None], classes, axis=1)
    said[np.arange(rate.size), labels.value] = rate
    return said
