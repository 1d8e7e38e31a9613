"""The knowing model: every person has a confusion matrix of their own, and labels have frequencies.

A row of person w's matrix has a Dirichlet prior whose mean is what the one-coin model gives w, worth WORTH labels. A
label's own part is taken out of its giver's counts before the label is weighed, so that nobody's label confirms itself
(as in collapsed variational Bayes: Asuncion, Welling, Smyth and Teh 2009, On smoothing and inference for topic models,
arXiv:1205.2662).

The labels' frequencies are given, not fitted with the matrices: `frequencies` takes them from the careful model and
believes them in part. That many say one label may be the truth or people's habit, and frequencies and matrices that
are fitted together run away: the more items a label explains, the more frequent it becomes, until every item has it
and whoever says another errs. Where three of ten people said one label whatever they saw, that was the end.

Source: Dawid and Skene (1979), doi:10.2307/2346806; with priors, Kim and Ghahramani (2012), Bayesian classifier
combination, PMLR 22:619-627.
"""

from __future__ import annotations

import numpy as np

from annotation.algorithms.posterior import EASES
from annotation.algorithms.replay.ballots import Ballots, Floats
from annotation.algorithms.replay.belief import ENOUGH, Belief, ease_of, joined, start
from annotation.algorithms.replay.one_coin import reliabilities

BELIEVED = 0.6
"""How far label frequencies are believed: 0 is not at all, 1 wholly. Little, and rare labels are seen where there are
none; much, and many people's habit is taken for the truth (at 0.7 four in ten's among three labels, at 0.6 among four).
"""
WORTH = 10.0
PRIOR = 10.0
FLOOR = 1e-6


def frequencies(ballots: Ballots, careful: Floats) -> Floats:
    """(K,): how frequent the classes are, between all alike and what a model's truth (I, K) says: the geometric mean,
    in which the latter weighs BELIEVED.

    That model must know no frequencies (`one_coin`); PRIOR labels more are supposed, as many of each class.
    """
    counts = careful[ballots.labelled].sum(axis=0) + PRIOR / ballots.classes
    partly = counts**BELIEVED
    return np.asarray(partly / partly.sum())


def confusions(ballots: Ballots, frequency: Floats, before: Floats | None = None, rounds: int = 30) -> Belief:
    """Fit by expectation maximisation, beginning with an earlier fit's `truth` if there is one. `frequency` (K,) is
    each class's before anybody spoke."""
    truth = start(ballots, before)
    meant = 0.9 * truth[ballots.item]
    for _ in range(rounds):
        counts, mean = _counts(ballots, meant), _mean(ballots, meant)
        likely = _likely(ballots, counts, mean, meant)
        parts, new = joined([_evidence(ballots, likely, ease) for ease in EASES], frequency)
        meant = _attentive(ballots, parts, likely)
        moved = float(np.abs(new - truth).max())
        truth = new
        if moved < ENOUGH:
            break
    says = (WORTH * mean + counts) / (WORTH + counts.sum(axis=2, keepdims=True))
    return Belief(truth, ease_of(parts), says)


def _counts(ballots: Ballots, meant: Floats) -> Floats:
    """(W, K, K): how often each person said each label (last axis) of items of each class, in expectation."""
    classes = ballots.classes
    cell = ballots.worker * classes + ballots.label
    tables = [
        np.bincount(cell, weights=meant[:, of], minlength=ballots.workers * classes).reshape(-1, classes)
        for of in range(classes)
    ]
    return np.stack(tables, axis=1)


def _mean(ballots: Ballots, meant: Floats) -> Floats:
    """(W, K, K): what each person is expected to say by one reliability alone."""
    right = meant[np.arange(len(ballots.label)), ballots.label]
    skill = reliabilities(ballots, right, meant.sum(axis=1))
    classes = ballots.classes
    table = np.repeat(((1 - skill) / (classes - 1))[:, None], classes * classes, axis=1)
    table = table.reshape(-1, classes, classes)
    table[:, range(classes), range(classes)] = skill[:, None]
    return table


def _likely(ballots: Ballots, counts: Floats, mean: Floats, meant: Floats) -> Floats:
    """(L, K): the probability of each label if its item were of the class, its own part taken out."""
    own = counts[ballots.worker, :, ballots.label] - meant
    asked = counts.sum(axis=2)[ballots.worker] - meant
    said = WORTH * mean[ballots.worker, :, ballots.label] + np.maximum(own, 0)
    return np.asarray(np.clip(said / (WORTH + np.maximum(asked, 0)), FLOOR, 1))


def _evidence(ballots: Ballots, likely: Floats, ease: float) -> Floats:
    """(I, K): the log probability of each item's labels if it were of the class, at this ease."""
    logs = np.log(ease * likely + (1 - ease) / ballots.classes)
    return np.stack([ballots.by_item(logs[:, of]) for of in range(ballots.classes)], axis=1)


def _attentive(ballots: Ballots, parts: list[Floats], likely: Floats) -> Floats:
    """(L, K): the probability that the item is of the class and the label was meant, not guessed."""
    meant = np.zeros_like(likely)
    for ease, part in zip(EASES, parts, strict=True):
        if ease:
            meant += part[ballots.item] * ease * likely / (ease * likely + (1 - ease) / ballots.classes)
    return meant
