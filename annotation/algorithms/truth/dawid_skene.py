"""Dawid and Skene's model: every annotator has a confusion matrix, every class a share, both by maximum likelihood.

    T[i, t] proportional to p_t prod over labels (i, w, v) of theta_wtv
    theta_wtv = sum_i T[i, t] n_iwv / sum_iv T[i, t] n_iwv;   p_t = mean over i of T[i, t]

The rounds of EM start at the shares of the votes and stop when the log likelihood gains less than a hundred
millionth of itself. The smoothed form adds a Dirichlet prior, and so is a maximum of the posterior: `SMOOTHING` labels
for each cell of a matrix and for each class.

Dawid, A. P., & Skene, A. M. (1979). Maximum likelihood estimation of observer error-rates using the EM algorithm.
Applied Statistics 28(1), 20-28. doi:10.2307/2346806
"""

from __future__ import annotations

import numpy as np

from annotation.algorithms.truth.fitted import Fit
from annotation.algorithms.truth.labels import Floats, Labels

ROUNDS = 500
STILL = 1e-8
SMOOTHING = 0.1
_NEVER = 1e-300


def dawid_skene(labels: Labels) -> Fit:
    """The paper's model. An annotator's row for a class that nobody's item has is equal shares."""
    return _em(labels, 0.0, "dawid_skene")


def smoothed(labels: Labels) -> Fit:
    """The same with a Dirichlet prior: no label is impossible."""
    return _em(labels, SMOOTHING, "smoothed")


class _Rounds:
    """The two steps of EM, class by class (tables K x N), in arrays that are made once: most of a round's time is
    memory."""

    def __init__(self, labels: Labels, added: float) -> None:
        self.labels, self.added = labels, added
        self.posterior: Floats = np.ascontiguousarray(labels.shares.T)
        self.filled = labels.item[labels.begins]
        self.row: Floats = np.empty(labels.item.size)

    def maximise(self) -> None:
        """The prior (K) and the confusions (W x K x K) at which the posterior makes the labels most probable."""
        _, annotators, classes = self.labels.shape
        counts = np.empty((annotators, classes, classes))
        for true in range(classes):
            np.take(self.posterior[true], self.labels.item, out=self.row, mode="clip")
            cells = np.bincount(self.labels.cell, weights=self.row, minlength=annotators * classes)
            counts[:, true, :] = cells.reshape(annotators, classes)
        counts += self.added
        size = counts.sum(axis=2, keepdims=True)
        self.confusion = np.where(size > 0, counts / np.maximum(size, _NEVER), 1 / classes)
        prior = self.posterior.sum(axis=1) + self.added
        self.prior = prior / max(prior.sum(), _NEVER)

    def expect(self) -> float:
        """The posterior given the prior and the confusions; returns the log likelihood of the labels."""
        logs = np.log(np.maximum(self.confusion, _NEVER)).transpose(1, 0, 2).reshape(len(self.prior), -1)
        weights = np.zeros_like(self.posterior)
        for true, table in enumerate(logs):
            np.take(table, self.labels.cell, out=self.row, mode="clip")
            weights[true, self.filled] = np.add.reduceat(self.row, self.labels.begins)
        weights += np.log(np.maximum(self.prior, _NEVER))[:, None]
        most = weights.max(axis=0)
        weights -= most
        np.exp(weights, out=weights)
        size = weights.sum(axis=0)
        weights /= size
        self.posterior = weights
        return float((np.log(size) + most).sum())


def _em(labels: Labels, added: float, method: str) -> Fit:
    now, before, rounds, gained = _Rounds(labels, added), -np.inf, 0, np.inf
    likelihood = reached = 0.0
    while rounds < ROUNDS and gained > STILL * max(abs(reached), 1.0):
        now.maximise()
        likelihood = reached = now.expect()
        if added:
            reached += added * float(np.log(now.confusion).sum() + np.log(now.prior).sum())
        gained, before = reached - before, reached
        rounds += 1
    return Fit(
        labels,
        method,
        np.ascontiguousarray(now.posterior.T),
        now.prior,
        now.confusion,
        strength=added,
        log_likelihood=likelihood,
        iterations=rounds,
        converged=bool(gained <= STILL * max(abs(reached), 1.0)),
    )
