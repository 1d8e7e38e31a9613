"""MACE: an annotator either knows the class or labels without looking, by a habit of their own.

    P(w says v | t) = (1 - e_w) [v = t] + e_w x_wv

e_w, the share of labels given without looking, has a Beta(1/2, 1/2) prior and the habit x_w a Dirichlet one (10 for
each class); both are found by variational Bayes, from the shares of the votes. Classes are equally probable.

Hovy, D., Berg-Kirkpatrick, T., Vaswani, A., & Hovy, E. (2013). Learning whom to trust with MACE. NAACL-HLT, 1120-1130.
https://aclanthology.org/N13-1132/
"""

from __future__ import annotations

import numpy as np

from annotation.algorithms.truth.fitted import Fit
from annotation.algorithms.truth.labels import Floats, Labels
from annotation.algorithms.truth.rows import normalised
from annotation.algorithms.truth.special import digamma

LOOKING = 0.5
HABIT = 10.0
ROUNDS = 100
STILL = 1e-4


def mace(labels: Labels) -> Fit:
    """Fit the model. Somebody whose labels are always those of the others counts as looking."""
    posterior, rounds, moved = labels.shares, 0, 1.0
    careless: Floats = np.full(
        labels.item.size, 0.5
    )  # of a label that says the true class: given without looking
    habit: Floats = np.full((labels.shape[1], labels.shape[2]), 1 / labels.shape[2])
    away: Floats = np.full(labels.shape[1], 0.5)
    while rounds < ROUNDS and moved >= STILL:
        hit = posterior[labels.item, labels.value]
        guessed = 1 - hit + hit * careless
        away, looks, habit = _maximise(labels, guessed)
        guess = away[labels.annotator] * habit[labels.annotator, labels.value]
        know = looks[labels.annotator] + guess
        careless = guess / know
        new = normalised(labels.by_item(np.log(_said(labels, know, guess))))
        moved = float(np.abs(new - posterior).max(initial=0.0))
        posterior = new
        rounds += 1
    return Fit(
        labels,
        "mace",
        posterior,
        np.full(labels.shape[2], 1 / labels.shape[2]),
        _confusion(labels, away, habit),
        strength=2 * LOOKING,
        iterations=rounds,
        converged=moved < STILL,
    )


def _maximise(labels: Labels, guessed: Floats) -> tuple[Floats, Floats, Floats]:
    """exp(E log) of: labelling without looking (W), looking (W), each class by habit (W x K)."""
    _, annotators, classes = labels.shape
    habits = np.bincount(labels.cell, weights=guessed, minlength=annotators * classes)
    habits = habits.reshape(annotators, classes)
    blind = habits.sum(axis=1)
    whole = digamma(labels.given + 2 * LOOKING)
    away = np.exp(digamma(blind + LOOKING) - whole)
    looks = np.exp(digamma(np.maximum(labels.given - blind, 0) + LOOKING) - whole)
    each = np.exp(digamma(habits + HABIT) - digamma(blind + classes * HABIT)[:, None])
    return away, looks, each


def _said(labels: Labels, know: Floats, guess: Floats) -> Floats:
    said = np.repeat(guess[:, None], labels.shape[2], axis=1)
    said[np.arange(guess.size), labels.value] = know
    return np.maximum(said, 1e-300)


def _confusion(labels: Labels, away: Floats, habit: Floats) -> Floats:
    classes = labels.shape[2]
    rest = np.clip(1 - away, 0, 1)[:, None, None] * np.eye(classes)
    table = rest + away[:, None, None] * habit[:, None, :]
    return np.asarray(table / table.sum(axis=2, keepdims=True))
