"""Dawid and Skene's model with annotators drawn from a crowd, for annotators with few labels.

    row t of w's confusion ~ Dirichlet(s phi_t);   P(w says v | t) = (n_wtv + s phi_tv) / (sum_v n_wtv + s)

n are the expected counts of w's labels on other items than the one at hand; phi, the crowd's confusion, is that of all
labels together, itself drawn with the weight of ten labels a class towards the one-coin matrix, so that a class that
hardly occurs is not confused at random. s is the strength at which the counts are most probable (`strength`).

A class's probability before any label is its share of the labels, not estimated: shares and confusions that are
estimated together drift along a ridge of the likelihood, where a class is explained away as the error of another.

`around_coin` is the same with the one-coin matrix for phi: people err in ways of their own, the crowd in none.

Dawid, A. P., & Skene, A. M. (1979). doi:10.2307/2346806. Paun, S. et al. (2018). Comparing Bayesian models of
annotation. TACL 6, 571-585. doi:10.1162/tacl_a_00040 (the hierarchical form).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from annotation.algorithms.truth.fitted import Fit
from annotation.algorithms.truth.hierarchy import Learn, Learned, infer
from annotation.algorithms.truth.labels import Floats, Labels
from annotation.algorithms.truth.one_coin import coin, crowd_mean
from annotation.algorithms.truth.strength import strength

CROWD = 10.0
"""How many labels of each class the one-coin matrix is worth in the crowd's confusion."""
LEAST = 1e-6
"""No label is impossible."""


def pooled(labels: Labels) -> Fit:
    """Fit the model. Needs at least two classes.

    With one annotator, or none who shares an item with two others, confusions cannot be told from classes: the
    answers then follow the prior's shares, and `default` does not use them.
    """
    return infer(labels, _learner(crowds), _shares(labels), "pooled")


def around_coin(labels: Labels) -> Fit:
    """Fit the model with the one-coin matrix in the crowd's place. Needs at least two classes; else as `pooled`."""
    return infer(labels, _learner(_coins), _shares(labels), "around_coin")


def crowd_and_people(labels: Labels, posterior: Floats, keep: float | None) -> Learned:
    """The crowd's and each annotator's confusion, and what each label says, given the items' posterior."""
    return _learner(crowds)(labels, posterior, keep)


def crowds(counts: Floats) -> Floats:
    """The confusion of all labels together, K x K, from their counts."""
    mixed = (counts + CROWD * _coins(counts)) / (counts.sum(axis=1, keepdims=True) + CROWD)
    floor = np.maximum(mixed, LEAST)
    return np.asarray(floor / floor.sum(axis=1, keepdims=True))


def _coins(counts: Floats) -> Floats:
    return coin(np.array(crowd_mean(float(np.trace(counts)), float(counts.sum()), len(counts))), len(counts))


def _shares(labels: Labels) -> Floats:
    shares = np.bincount(labels.value, minlength=labels.shape[2]) + 1.0
    return np.asarray(shares / shares.sum())


def _learner(crowd_of: Callable[[Floats], Floats]) -> Learn:
    """What to learn in each round, with the mean of the annotators' prior as `crowd_of` tells it from all counts."""

    def learn(labels: Labels, posterior: Floats, keep: float | None) -> Learned:
        counts = labels.tables(posterior)
        crowd = crowd_of(counts.sum(axis=0))
        worth = strength(counts, crowd) if keep is None else keep
        confusion = (counts + worth * crowd) / (counts.sum(axis=2, keepdims=True) + worth)
        mine = np.take(posterior, labels.item, axis=0)
        by_cell = counts.transpose(0, 2, 1).reshape(-1, labels.shape[2])
        said = np.take(by_cell, labels.cell, axis=0)
        others = np.maximum(said - mine * labels.own_alike[:, None], 0)
        size = np.take(counts.sum(axis=2), labels.annotator, axis=0)
        size = np.maximum(size - mine * labels.own[:, None], 0)
        expected = np.take(worth * crowd.T, labels.value, axis=0)
        return Learned((others + expected) / (size + worth), confusion, worth)

    return learn
