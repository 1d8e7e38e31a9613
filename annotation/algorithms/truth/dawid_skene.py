"""Dawid and Skene's model: every annotator has a confusion matrix, every class a share, both by maximum likelihood.

    T[i, t] proportional to p_t prod over labels (i, w, v) of theta_wtv
    theta_wtv = sum_i T[i, t] n_iwv / sum_iv T[i, t] n_iwv;   p_t = mean over i of T[i, t]

The rounds of EM start at the shares of the votes and stop when the log likelihood gains less than a tenth of a
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
STILL = 1e-9
SMOOTHING = 1.0
_NEVER = 1e-300


def dawid_skene(labels: Labels) -> Fit:
    """The paper's model. An annotator's row for a class that nobody's item has is equal shares."""
    return _em(labels, 0.0, "dawid_skene")


def smoothed(labels: Labels) -> Fit:
    """The same with a Dirichlet prior: no label is impossible."""
    return _em(labels, SMOOTHING, "smoothed")


def _em(labels: Labels, added: float, method: str) -> Fit:
    posterior, before, rounds, gained = labels.shares, -np.inf, 0, np.inf
    while True:
        prior, confusion = _maximise(labels, posterior, added)
        posterior, likelihood = _expect(labels, prior, confusion)
        rounds += 1
        reached = likelihood + added * (
            float(np.log(confusion).sum() + np.log(prior).sum()) if added else 0.0
        )
        gained, before = reached - before, reached
        done = gained <= STILL * max(abs(reached), 1.0)
        if done or rounds >= ROUNDS:
            return Fit(
                labels, method, posterior, prior, confusion, added, 1.0, likelihood, None, rounds, bool(done)
            )


def _maximise(labels: Labels, posterior: Floats, added: float) -> tuple[Floats, Floats]:
    classes = labels.shape[2]
    counts = labels.tables(posterior) + added
    size = counts.sum(axis=2, keepdims=True)
    confusion = np.where(size > 0, counts / np.maximum(size, _NEVER), 1 / classes)
    prior = posterior.sum(axis=0) + added
    return prior / max(prior.sum(), _NEVER), confusion


def _expect(labels: Labels, prior: Floats, confusion: Floats) -> tuple[Floats, float]:
    classes = labels.shape[2]
    logs = np.log(np.maximum(confusion, _NEVER)).transpose(0, 2, 1).reshape(-1, classes)
    weights = labels.by_item(logs[labels.cell]) + np.log(np.maximum(prior, _NEVER))
    most = weights.max(axis=1, keepdims=True)
    chances = np.exp(weights - most)
    size = chances.sum(axis=1, keepdims=True)
    return chances / size, float((np.log(size) + most).sum())
